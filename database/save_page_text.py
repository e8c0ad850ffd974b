"""Keep what a page says: its text, its passages (each wording once) and where they stand; part of save.save_page."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from classifier.passage import Passage
from crawler.page_text import PageText
from database import models
from database.insert import chunks, insert_new, insert_rows
from database.storable import digest, storable, text_digest


def save_page_text(
    connection: Connection, page_id: int, page_text: PageText, passages: Sequence[Passage]
) -> tuple[int, dict[Passage, int]]:
    """Keep a text and its passages unless they are there already; give the numbers of the text and the placements."""
    key = {"page_id": page_id, "digest": _digest(page_text, passages)}
    find = select(models.PageText.id).filter_by(**key)
    page_text_id = connection.execute(find).scalar()
    if page_text_id is None:
        row = {**key, "title": page_text.title, "language": page_text.language, "text": page_text.text}
        insert_rows(connection, models.PageText, [row])
        page_text_id = connection.execute(find).scalar_one()
        _save_placements(connection, page_text_id, passages)
    stored = select(models.Placement.sequence, models.Placement.id).filter_by(page_text_id=page_text_id)
    numbers = {row.sequence: row.id for row in connection.execute(stored)}
    return page_text_id, {passage: numbers[place] for place, passage in enumerate(passages)}


def _save_placements(connection: Connection, page_text_id: int, passages: Sequence[Passage]) -> None:
    texts = [storable(passage.text) for passage in passages]
    # Sorted, so that two writers who add the same passages take their locks in the same order.
    by_digest = {text_digest(text): text for text in sorted(set(texts))}
    new = [{"digest": key, "text": text} for key, text in sorted(by_digest.items())]
    insert_new(connection, models.Passage, new, ["digest"])
    passage_ids: dict[str, int] = {}
    for part in chunks(list(by_digest)):
        found = connection.execute(
            select(models.Passage.digest, models.Passage.id).where(models.Passage.digest.in_(part))
        )
        passage_ids.update({row.digest: row.id for row in found})
    rows = [
        {
            "page_text_id": page_text_id,
            "sequence": place,
            "passage_id": passage_ids[text_digest(text)],
            **_place_of(passage),
        }
        for place, (text, passage) in enumerate(zip(texts, passages, strict=True))
    ]
    insert_rows(connection, models.Placement, rows)


def _place_of(passage: Passage) -> dict[str, Any]:
    return {
        "kind": passage.kind.value,
        "start": passage.start,
        "heading": passage.heading,
        "lead_in": passage.lead_in,
        "path": passage.path,
        "boilerplate": passage.boilerplate,
        "hidden": passage.hidden,
    }


def _digest(page_text: PageText, passages: Sequence[Passage]) -> str:
    places = [(passage.text, *_place_of(passage).values()) for passage in passages]
    return digest(page_text.title, page_text.language, page_text.text, places)
