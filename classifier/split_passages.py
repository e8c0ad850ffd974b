"""Split the blocks of a page into passages: one sentence or fragment each, with the context of its block."""

from classifier.components.sentences import split_sentences
from classifier.passage import Passage
from crawler.page_text import PageText


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
        for start, end in split_sentences(block.text)
    ]
