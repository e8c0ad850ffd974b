"""Split the blocks of a page into passages: one sentence or fragment each, with the context of its block."""

from classifier.components.sentences import split_sentences
from classifier.passage import Passage
from crawler.page_text import Block, BlockKind, PageText


def split_passages(page: PageText) -> list[Passage]:
    """Return the passages of `page` in reading order; `page.text[p.start : p.start + len(p.text)] == p.text` for each."""
    return [
        Passage(
            text=block.text[start:end],
            kind=block.kind,
            start=block.start + start,
            heading=block.heading,
            lead_in=block.lead_in,
            page_title=page.title,
            path=block.path,
            boilerplate=block.boilerplate,
            hidden=block.hidden,
        )
        for block in page.blocks
        for start, end in parts_of(block)
    ]


def parts_of(block: Block) -> list[tuple[int, int]]:
    """Return the offsets of the passages of `block`.

    A heading that ends in a question is one: in "My aunt was cured by it. Should I have it?" the first sentence is the
    patient's, not the clinic's.
    """
    if block.kind in (BlockKind.HEADING, BlockKind.BUTTON) and block.text.endswith("?"):
        return [(0, len(block.text))]
    return split_sentences(block.text)
