"""A Passage is one unit that is read for claims: a sentence, heading, list item, card, or attribute, with its context."""

from dataclasses import dataclass

from crawler.page_text import BlockKind


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence or fragment of a page.

    `start` is its offset in `PageText.text` in characters (0 for text given without a page). `heading`, `lead_in` and
    `page_title` are what a reader sees around it and are empty when there is none.
    """

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    start: int = 0
    heading: str = ""
    lead_in: str = ""
    page_title: str = ""
    path: str = ""
    boilerplate: bool = False
    hidden: bool = False
