"""A RecordSnapshot is one evidence record as it stands today, with its sources, ready to be kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from database.errors import DatabaseError
from database.storable import digest

#: Where each kind of record names what it is about, best first.
TITLE_FIELDS = ("product", "issued_by", "citation_form", "title")


@dataclass(frozen=True, slots=True)
class RecordSnapshot:
    """One wording of one evidence record.

    `citations` are objects with `source`, `says`, `title`, `publisher`, `voice`, `date` and `addresses`; `content` is
    the whole record as it was loaded; `digest` is `sha256:<hex>` over both.
    """

    slug: str
    digest: str
    kind: str
    title: str
    summary: str
    jurisdiction: str
    level: str
    status: str
    mark: str
    verified_on: date | None
    citations: tuple[Mapping[str, Any], ...]
    content: Mapping[str, Any]


def take_snapshot(record: Mapping[str, Any], sources: Mapping[str, Mapping[str, Any]]) -> RecordSnapshot:
    """Take the snapshot of a record given as plain JSON data (`record.model_dump(mode="json", by_alias=True)`).

    `sources` holds, by id, the sources that it cites, as plain JSON data too.

    Raises:
        DatabaseError: the record cites a source that is not among them.
    """
    citations = tuple(_cite(record, citation, sources) for citation in record["citations"])
    verified = record["verified"]
    return RecordSnapshot(
        slug=record["id"],
        digest=digest(dict(record), citations),
        kind=record["kind"],
        title=next((record[field] for field in TITLE_FIELDS if record.get(field)), ""),
        summary=record["summary"],
        jurisdiction=record["jurisdiction"],
        level=record.get("level") or "",
        status=record.get("status") or "",
        mark=verified["mark"],
        verified_on=date.fromisoformat(verified["on"]) if verified["on"] else None,
        citations=citations,
        content=dict(record),
    )


def _cite(
    record: Mapping[str, Any], citation: Mapping[str, Any], sources: Mapping[str, Mapping[str, Any]]
) -> Mapping[str, Any]:
    source = sources.get(citation["source"])
    if source is None:
        raise DatabaseError(
            f"it cites the source '{citation['source']}', which was not given",
            f"record {record['id']}",
            "Hand over all sources of the evidence base.",
        )
    kept = ("title", "publisher", "voice", "date", "addresses")
    return {"source": citation["source"], "says": citation["says"], **{field: source[field] for field in kept}}
