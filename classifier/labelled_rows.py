"""Read labelled passages: JSON Lines with a text, where it stood, and the claim types a careful reader gives it."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any

from classifier.claim import ClaimType
from classifier.errors import ClassifierError
from classifier.passage import Passage


@dataclass(frozen=True, slots=True)
class LabelledRow:
    """One labelled passage; rows of one `page` in order of `seq` are one page, rows of one `site` one clinic."""

    id: str
    site: str
    page: str
    seq: int
    passage: Passage
    labels: frozenset[ClaimType]
    borderline: bool


def read_labelled(path: Path) -> list[LabelledRow]:
    """Read the rows of `path`; raises ClassifierError naming file and line for one that is malformed."""
    return list(_rows(path.name, path.read_text(encoding="utf-8").splitlines()))


def own_corpus(language: str) -> list[LabelledRow]:
    """Read all rows of classifier/labelled/<language>/, in the order of file names."""
    folder = files("classifier").joinpath("labelled", language)
    entries = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".jsonl")), key=lambda entry: entry.name
    )
    return [row for entry in entries for row in _rows(entry.name, entry.read_text(encoding="utf-8").splitlines())]


def pages(rows: Sequence[LabelledRow]) -> Iterator[tuple[str, list[LabelledRow]]]:
    """Yield each page with its rows in reading order; a row without a page is a page of its own."""
    ordered = sorted(rows, key=lambda row: (row.page or row.id, row.seq))
    for page, group in groupby(ordered, key=lambda row: row.page or row.id):
        yield page, list(group)


def _rows(name: str, lines: Iterable[str]) -> Iterator[LabelledRow]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield _row(json.loads(line))
        except (KeyError, TypeError, ValueError) as error:
            raise ClassifierError(f"{name}, line {number}: not a labelled row ({error!r})") from error


def _row(raw: dict[str, Any]) -> LabelledRow:
    passage = Passage(text=raw["text"], heading=raw.get("heading") or "", page_title=raw.get("page_title") or "")
    return LabelledRow(
        id=raw["id"],
        site=raw.get("site") or "",
        page=raw.get("page") or "",
        seq=int(raw.get("seq") or 0),
        passage=passage,
        labels=frozenset(ClaimType(label) for label in raw["labels"]),
        borderline=bool(raw["borderline"]),
    )
