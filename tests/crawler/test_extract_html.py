"""No text that a visitor could read is lost, and every block remembers what it is and where it stood."""

import json
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract_html import extract_html, find
from crawler.page_text import PageText

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.html"))


def page(html: str) -> PageText:
    return extract_html(html, "https://a.example/")


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_golden_page(path: Path) -> None:
    expected = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
    text = page(path.read_text(encoding="utf-8"))
    wanted, found = Counter(expected["readable"].split()), Counter(text.text.split())
    assert sum((wanted - found).values()) <= 0.01 * sum(wanted.values()), wanted - found
    for entry in expected["with"]:
        matching = [block for block in text.blocks if all(getattr(block, key) == value for key, value in entry.items())]
        assert matching, (entry, [block for block in text.blocks if block.text == entry["text"]])
    for string in expected["without"]:
        assert string not in text.text


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_paths_find_the_place_again(path: Path) -> None:
    html = path.read_text(encoding="utf-8")
    for block in page(html).blocks:
        if block.path.startswith(("json-ld", "html > head", "meta")):
            continue
        element = find(html, block.path)
        assert element is not None, block.path
        if "::attr" not in block.path and not block.hidden:
            assert "".join(block.text.split()) in "".join(element.text().split())


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div>",
                "<ul>",
                "<li>",
                "<b>",
                "</b>",
                "<br>",
                "<td>",
                "<table>",
                "<tr>",
                "<h2>",
                "</h2>",
                "text",
                "a&amp;b",
                "¿",
                "\u200b",
                "<img",
                "alt='x'>",
            ]
        ),
        max_size=40,
    )
)
def test_offsets_lead_to_the_text(parts: list[str]) -> None:
    text = page(" ".join(parts))
    for block in text.blocks:
        assert text.text[block.start : block.start + len(block.text)] == block.text
        assert block.text.strip() == block.text


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "deep",
        "<b>" * 50_000 + "bold",
        "<p title='" + "x" * 2_000_000 + "'>long attribute",
        "<table>" * 3_000 + "<td>cell",
        "<" * 200_000,
        "&" * 200_000,
        "<p>" + "word " * 1_000_000,
    ],
    ids=["divs", "bold", "attribute", "tables", "lt", "amp", "words"],
)
def test_hostile_markup_takes_bounded_time(html: str) -> None:
    started = time.monotonic()
    page(html)
    assert time.monotonic() - started < 5


def test_zero_width_characters_are_kept_for_the_reader_of_claims() -> None:
    assert page("<p>cu\u200bre</p>").blocks[-1].text == "cu\u200bre"


def test_broken_json_ld_keeps_its_text() -> None:
    script = '<script type="application/ld+json">{"text": "It cures\npain.", "url": "x",}</script>'
    assert "It cures pain." in [block.text for block in page(script).blocks]
