"""Read text without a crawl: print findings for people, or rows of JSON for programs."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.text import Text

from classifier.checker import Checker
from classifier.components.sentences import split_sentences
from classifier.language import language_of_text
from classifier.passage import Passage
from classifier.text_rows import check_rows, output_row, read_rows
from classifier.verdict import Judged
from clinicwatch.errors import UsageError
from evidence.evidence_base import EvidenceBase
from evidence.load import load_evidence


def judge_lines(
    name: str, jurisdiction: str, on: date, language: str | None, folders: Sequence[Path]
) -> Iterator[dict[str, object]]:
    """Yield one output row of the contract for each row of the JSON Lines file `name` (`-`: standard input), in order."""
    try:
        lines = (sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")).splitlines()
    except UnicodeDecodeError as error:
        raise UsageError(f"{name}: not UTF-8 text (byte {error.start}). Save the file as UTF-8.") from error
    rows = read_rows(lines, "standard input" if name == "-" else name)
    evidence = _evidence_for(jurisdiction, folders)
    spoken = language or language_of_text(" ".join(row.text for row in rows[:200]))
    for row, judged in check_rows(rows, Checker(evidence, jurisdiction, on, spoken)):
        yield output_row(row, judged)


def judge_text(
    text: str, jurisdiction: str, on: date, language: str | None, folders: Sequence[Path], console: Console
) -> None:
    """Print the findings of `text`: each line is a paragraph, all of it one page."""
    evidence = _evidence_for(jurisdiction, folders)
    passages = [
        Passage(text=line[start:end], start=start) for line in text.splitlines() for start, end in split_sentences(line)
    ]
    checker = Checker(evidence, jurisdiction, on, language or language_of_text(text))
    judged = [found for group in checker.check(passages) for found in group]
    for found in judged:
        console.print(_told(found, evidence), soft_wrap=True)
    if not judged:
        console.print("No claim found in this text.")


def _evidence_for(jurisdiction: str, folders: Sequence[Path]) -> EvidenceBase:
    evidence = load_evidence(folders)
    if jurisdiction not in evidence.jurisdictions:
        raise UsageError(
            f"unknown jurisdiction '{jurisdiction}'; known are: {', '.join(sorted(evidence.jurisdictions))}"
        )
    return evidence


def _told(found: Judged, evidence: EvidenceBase) -> Text:
    claim, verdict = found.claim, found.verdict
    band = verdict.band.value if verdict.band is not None else "no finding"
    told = Text()
    told.append(f"{claim.type}", style="bold")
    told.append(f"  {verdict.rating.replace('_', ' ')}", style="bold")
    told.append(f"  ({band}, score {claim.score:.2f}, {claim.found_by})\n", style="dim")
    told.append(f"  The page states: “{claim.quote}”\n")
    told.append(f"  {verdict.because}\n")
    for identifier in verdict.records:
        record = evidence.records[identifier]
        told.append(f"  [{identifier}] {record.summary}\n")
        for citation in record.citations[:1]:
            source = evidence.sources[citation.source]
            when = f", {source.date}" if source.date else ""
            told.append(f"      {source.title} ({source.publisher}{when}) {source.addresses[0]}\n", style="dim")
    return told
