"""Brochures are read line by line, and what cannot be read says why."""

from pathlib import Path

import pytest

from crawler.extract import extract
from crawler.extract_error import ExtractError
from crawler.extract_pdf import join_lines
from crawler.page_text import BlockKind

BROCHURE = Path(__file__).parents[2] / "examples/sites/granite-ortho.example/pages/files/biologics-brochure.pdf"


def test_brochure_lines() -> None:
    page = extract(
        BROCHURE.read_bytes(), "application/pdf", "", "http://granite-ortho.example/files/biologics-brochure.pdf"
    )
    lines = [block for block in page.blocks if block.kind is BlockKind.PDF_LINE]
    assert any(block.text == "• No side effects" for block in lines)
    assert lines[-1].path.startswith("page[1].line[")
    assert page.title == "Biologics at Granite Peak"


def test_pdf_by_its_bytes_whatever_it_is_called() -> None:
    assert extract(BROCHURE.read_bytes(), "text/html", "", "x").title == "Biologics at Granite Peak"


@pytest.mark.parametrize(
    ("body", "kind", "why"), [(b"%PDF-1.4 broken", "application/pdf", "PDF"), (b"\x89PNG", "image/png", "image/png")]
)
def test_unreadable_says_why(body: bytes, kind: str, why: str) -> None:
    with pytest.raises(ExtractError, match=why):
        extract(body, kind, "", "x")


def test_a_sentence_is_not_cut_at_a_line_end() -> None:
    lines = [
        "Our results",
        "Most patients are free of",
        "pain in six weeks.",
        "• Safe",
        "• Natural",
        "Nine of",
        "10 recover.",
    ]
    assert [text for _, text in join_lines(lines)] == [
        "Our results",
        "Most patients are free of pain in six weeks.",
        "• Safe",
        "• Natural",
        "Nine of 10 recover.",
    ]
