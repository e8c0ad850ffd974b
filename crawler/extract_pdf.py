"""Turn a PDF brochure into blocks: its lines, joined where a sentence runs over a line's end."""

import re
from collections.abc import Iterator

import pypdfium2 as pdfium

from crawler.block_walk import Draft
from crawler.extract_error import ExtractError
from crawler.extract_html import assemble
from crawler.page_text import BlockKind, PageText

#: Brochures have few pages; a book is not read to its end.
MAX_PAGES = 300
#: A line that ends so ends a sentence or an item, e.g. "Pain reduction: 8 of 10." or "Our results:".
_ENDS = re.compile(r"[.!?:;…][\"'”’)]*$")
#: A line that begins so begins an item of its own, e.g. "• Less pain", "1. Book a visit", "Benefits".
_BEGINS = re.compile(r"^(?:[•·▪●\-–*✓]|\d+[.)]\s)")


def extract_pdf(body: bytes, address: str) -> PageText:
    """Return the text of a PDF; raises ExtractError for one that is broken, locked or holds no text."""
    try:
        document = pdfium.PdfDocument(body)
    except pdfium.PdfiumError as error:
        raise ExtractError(f"the PDF cannot be opened ({error})") from error
    try:
        title = str(document.get_metadata_dict().get("Title") or "")
        drafts = [Draft(BlockKind.TITLE, title, "metadata.Title"), *_lines(document)]
    except pdfium.PdfiumError as error:
        raise ExtractError(f"the PDF is damaged ({error})") from error
    finally:
        document.close()
    page = assemble(address, title.strip(), "", drafts)
    if not any(block.kind is BlockKind.PDF_LINE for block in page.blocks):
        raise ExtractError("the PDF holds no text (pictures of pages are not read)")
    return page


def _lines(document: pdfium.PdfDocument) -> Iterator[Draft]:
    for number in range(min(len(document), MAX_PAGES)):
        page = document[number]
        text_page = page.get_textpage()
        text = text_page.get_text_range()
        text_page.close()
        page.close()
        for line, joined in join_lines(text.splitlines()):
            yield Draft(BlockKind.PDF_LINE, joined, f"page[{number}].line[{line}]")


def join_lines(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield (number of the first line, text) with lines joined that are one sentence.

    A line is joined to the next when it does not end a sentence and the next goes on in lower case, so that a claim is
    not cut in the middle and two headings are not glued together.
    """
    start, collected = 0, ""
    for number, line in enumerate(lines):
        text = line.strip().replace("\ufffe", "-")
        if not text:
            continue
        goes_on = (
            collected
            and not _ENDS.search(collected)
            and not _BEGINS.match(text)
            and (text[0].islower() or text[0].isdigit())
        )
        if goes_on:
            collected = (
                collected[:-1] + text if collected.endswith("-") and text[0].islower() else f"{collected} {text}"
            )
            continue
        if collected:
            yield start, collected
        start, collected = number, text
    if collected:
        yield start, collected
