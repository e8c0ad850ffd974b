"""Turn a stored body into the text of a page, by its media type."""

from crawler.block_walk import Draft
from crawler.decode import decode
from crawler.extract_error import ExtractError
from crawler.extract_html import assemble, extract_html
from crawler.extract_pdf import extract_pdf
from crawler.page_text import BlockKind, PageText

HTML = frozenset({"text/html", "application/xhtml+xml", ""})
PDF = frozenset({"application/pdf", "application/x-pdf"})


def extract(body: bytes, media_type: str, charset: str, address: str) -> PageText:
    """Return the text of `body`; raises ExtractError, in words for a coverage table, when there is none to read.

    A body that begins like a PDF is read as one, whatever it is called.
    """
    if media_type in PDF or body.startswith(b"%PDF-"):
        return extract_pdf(body, address)
    if media_type in HTML:
        return extract_html(decode(body, charset), address)
    if media_type == "text/plain":
        paragraphs = decode(body, charset).split("\n\n")
        drafts = [Draft(BlockKind.PARAGRAPH, text, f"paragraph[{number}]") for number, text in enumerate(paragraphs)]
        return assemble(address, "", "", drafts)
    raise ExtractError(f"a file of type {media_type} is not read")
