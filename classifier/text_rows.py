"""The contract for text: rows of JSON Lines in, one row of claims out for each, in the same order."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from classifier.checker import Checker
from classifier.errors import ClassifierError
from classifier.passage import Passage
from classifier.verdict import Judged

REQUIRED = ("id", "text")
OPTIONAL = ("heading", "page_title", "url", "page")


@dataclass(frozen=True, slots=True)
class TextRow:
    """One input row; rows of one `page` in order of `seq` are one page and serve each other as context."""

    id: str
    text: str
    heading: str
    page_title: str
    page: str
    seq: float


def read_rows(lines: Iterable[str], name: str) -> list[TextRow]:
    """Read JSON Lines; raises ClassifierError naming `name` and the line of a malformed row. Blank lines are skipped.

    Keys that the contract does not name are left alone: rows may carry labels or notes of their own.
    """
    return [_row(line, f"{name}, line {number}") for number, line in enumerate(lines, start=1) if line.strip()]


def _row(line: str, place: str) -> TextRow:
    try:
        raw: Any = json.loads(line)
    except ValueError as error:
        raise ClassifierError(f"{place}: not JSON ({error}). Write one object a line.") from error
    if not isinstance(raw, dict):
        raise ClassifierError(f'{place}: not an object. Write {{"id": "...", "text": "..."}}.')
    for key in REQUIRED:
        if not isinstance(raw.get(key), str):
            raise ClassifierError(f"{place}: '{key}' is missing or not a string.")
    for key in OPTIONAL:
        if not isinstance(raw.get(key), str | None):
            raise ClassifierError(f"{place}: '{key}' must be a string.")
    seq = raw.get("seq", 0)
    if isinstance(seq, bool) or not isinstance(seq, int | float):
        raise ClassifierError(f"{place}: 'seq' must be a number.")
    return TextRow(
        raw["id"], raw["text"], raw.get("heading") or "", raw.get("page_title") or "", raw.get("page") or "", seq
    )


def check_rows(rows: list[TextRow], checker: Checker) -> Iterator[tuple[TextRow, tuple[Judged, ...]]]:
    """Yield each row with its judged claims, in the order of `rows`; a row without a page is a page of its own."""
    pages: dict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        pages[f"page {row.page}" if row.page else f"row {index}"].append(index)
    judged: list[tuple[Judged, ...]] = [()] * len(rows)
    for indexes in pages.values():
        indexes.sort(key=lambda index: (rows[index].seq, index))
        passages = [Passage(text=rows[i].text, heading=rows[i].heading, page_title=rows[i].page_title) for i in indexes]
        for index, found in zip(indexes, checker.check(passages), strict=True):
            judged[index] = found
    yield from zip(rows, judged, strict=True)


def output_row(row: TextRow, judged: Iterable[Judged]) -> dict[str, Any]:
    """Return the output row of the contract."""
    return {"id": row.id, "claims": [_claim(found) for found in judged]}


def _claim(found: Judged) -> dict[str, Any]:
    claim, verdict = found.claim, found.verdict
    return {
        "type": claim.type.value,
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        "rating": verdict.rating.value,
        "band": verdict.band.value if verdict.band is not None else None,
        "score": claim.score,
        "because": verdict.because,
        "evidence": list(verdict.records),
    }
