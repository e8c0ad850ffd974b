"""Which columns make up a ClaimRow, and how one is built of them; part of queries."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, case, func, select

from database.models import Capture, Claim, Page, PageText, Passage, Placement
from database.rows import ClaimRow, RecordRow

#: Characters of the page's text to give on either side of a passage: room for one long sentence.
AROUND = 400

_around_start = case((Placement.start > AROUND, Placement.start - AROUND), else_=0)

_TABLES = (
    (Claim, ("statement", "type", "quote", "quote_start", "quote_end", "therapy", "condition", "place", "score")),
    (Claim, ("found_by", "spoke", "qualifiers", "rating", "band", "because", "step")),
    (Placement, ("kind", "heading", "lead_in", "path", "boilerplate", "hidden", "start")),
    (PageText, ("language",)),
    (Capture, ("fetched_at", "body_digest", "archive_file", "archive_offset", "record_id")),
    (Page, ("site_id",)),
)

#: One row a claim, with all that a ClaimRow holds except its records; ask it for some claims with `.where()`.
CLAIM_COLUMNS = (
    select(
        Claim.id.label("claim_id"),
        *(getattr(table, name) for table, names in _TABLES for name in names),
        Page.address.label("page_address"),
        PageText.title.label("page_title"),
        Passage.text.label("passage"),
        _around_start.label("around_start"),
        func.substr(
            PageText.text,
            _around_start + 1,
            Placement.start - _around_start + func.length(Passage.text) + AROUND,
        ).label("around"),
    )
    .join_from(Claim, Placement, Placement.id == Claim.placement_id)
    .join(Passage, Passage.id == Placement.passage_id)
    .join(PageText, PageText.id == Placement.page_text_id)
    .join(Capture, Capture.id == Claim.capture_id)
    .join(Page, Page.id == Capture.page_id)
)


def claim_row(row: Row[*tuple[Any, ...]], records: Sequence[RecordRow]) -> ClaimRow:
    """Build the row of one claim; its records are given in order of weight."""
    fields = dict(row._mapping)
    fields.update(spoke=tuple(row.spoke), qualifiers=tuple(row.qualifiers), records=tuple(records))
    return ClaimRow(**fields)
