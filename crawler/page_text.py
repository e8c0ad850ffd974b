"""PageText is everything a page says, as blocks that remember what they are and where they stood."""

from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """The kind of place a block of text was found in."""

    TITLE = "title"
    META_DESCRIPTION = "meta_description"
    META_KEYWORDS = "meta_keywords"
    OPEN_GRAPH = "open_graph"
    JSON_LD = "json_ld"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_CELL = "table_cell"
    BUTTON = "button"
    LINK = "link"
    QUOTE = "quote"
    CAPTION = "caption"
    ALT_TEXT = "alt_text"
    ARIA_LABEL = "aria_label"
    FORM_TEXT = "form_text"
    NOSCRIPT = "noscript"
    PDF_LINE = "pdf_line"


@dataclass(frozen=True, slots=True)
class Block:
    """One run of text with its place.

    `start` is the offset of `text` in `PageText.text`, in characters. `heading` is the nearest heading above (empty
    if none), `lead_in` the sentence that introduces the list or table it belongs to (empty if none). `path` finds the
    place again: a CSS path for HTML (`html > body > main:nth-of-type(1) > p:nth-of-type(2)`, with `::attr(alt)` for
    an attribute), `json-ld[0].mainEntity[2].acceptedAnswer.text` for JSON-LD, `page[3].line[12]` for PDF.
    `boilerplate` marks navigation, footers and cookie banners; `hidden` marks text a visitor cannot see at first.
    """

    kind: BlockKind
    text: str
    start: int
    heading: str = ""
    lead_in: str = ""
    path: str = ""
    boilerplate: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class PageText:
    """All text of one page.

    `text` is the blocks' texts joined by one newline, so `text[b.start : b.start + len(b.text)] == b.text` for every
    block. `language` is the declared language (`en`, `es`; empty when the page does not say).
    """

    address: str
    title: str
    language: str
    text: str
    blocks: tuple[Block, ...]
