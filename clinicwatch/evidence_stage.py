"""Show the evidence base to those who maintain it: list, one record, what is to be verified, whether all holds together."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import yaml
from rich.console import Console
from rich.text import Text

from clinicwatch.errors import UsageError
from evidence.evidence_base import EvidenceBase
from evidence.load import load_evidence
from evidence.records import Mark, Record

#: Marks that mean "nobody has seen this in a source".
UNSEEN = frozenset({Mark.GENERAL_KNOWLEDGE, Mark.UNKNOWN})


def list_records(folders: Sequence[Path], as_of: date | None, words: Sequence[str], console: Console) -> None:
    """Print a line for each record that has all `words` in its id, kind, therapies, conditions or place."""
    base = load_evidence(folders, as_of)
    for record in base.records.values():
        about = " ".join((record.id, record.kind, *record.therapies, *record.conditions, record.jurisdiction))
        if all(word.lower() in about for word in words):
            console.print(
                Text(f"{record.id}  ({record.kind}, {record.jurisdiction}, {record.verified.mark})"), soft_wrap=True
            )


def show_record(folders: Sequence[Path], identifier: str, console: Console) -> None:
    """Print a record as its file holds it, with its sources; raises UsageError for an unknown id."""
    base = load_evidence(folders)
    if identifier not in base.records:
        close = [key for key in base.records if identifier in key][:5]
        hint = f"Did you mean {', '.join(close)}?" if close else "`clinicwatch evidence list` names them all."
        raise UsageError(f"there is no record '{identifier}'. {hint}")
    record = base.records[identifier]
    console.print(Text(_as_yaml(record)), soft_wrap=True)
    for citation in record.citations:
        source = base.sources[citation.source]
        console.print(
            Text(f"{source.id}: {source.title} ({source.publisher}) {', '.join(source.addresses)}"), soft_wrap=True
        )


def check_records(folders: Sequence[Path], console: Console) -> None:
    """Load everything, which refuses what does not hold together, and print what there is."""
    base = load_evidence(folders)
    console.print(f"{len(base.records)} records hold together (version {base.version}, {base.digest}):")
    for (kind, mark), number in sorted(_count(base).items()):
        console.print(f"  {number:4}  {kind}, {mark}")
    console.print(
        f"{len(base.sources)} sources, {len(base.therapies)} therapies, {len(base.conditions)} conditions, "
        f"{len(base.jurisdictions)} places"
    )


def list_todo(folders: Sequence[Path], on: date, console: Console) -> None:
    """Print the records that nobody has seen in a source, and those whose day of review has come."""
    base = load_evidence(folders)
    for record in base.records.values():
        if record.verified.mark in UNSEEN:
            console.print(Text(f"verify  {record.id}: {record.verified.how or record.verified.mark}"), soft_wrap=True)
    for record in base.records.values():
        if record.review_by <= on:
            console.print(Text(f"review  {record.id}: due on {record.review_by}"), soft_wrap=True)


def _count(base: EvidenceBase) -> Counter[tuple[str, str]]:
    return Counter((record.kind, record.verified.mark.value) for record in base.records.values())


def _as_yaml(record: Record) -> str:
    return yaml.safe_dump(
        record.model_dump(mode="json", by_alias=True, exclude_defaults=True),
        sort_keys=False,
        allow_unicode=True,
        width=110,
    )
