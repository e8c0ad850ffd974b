"""Look-alike letters and invisible characters read as plain ones, and offsets lead back to the original."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.normalise import fold


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("100% ѕafe", "100% safe"),
        ("cu\u200bre", "cure"),
        ("FDA\u2011approved", "FDA-approved"),
        ("ｎｏ ｒｉｓｋ", "no risk"),
        ("We don’t cure", "We don't cure"),
        ("лечение боли", "лечение боли"),
    ],
)
def test_reads_as_plain(written: str, read: str) -> None:
    assert fold(written).text == read


def test_span_leads_back_to_the_original() -> None:
    written = "It cu\u200br\u0435s pain"
    folded = fold(written)
    start = folded.text.index("cures")
    assert written[slice(*folded.span(start, start + 5))] == "cu\u200br\u0435s"


@given(st.text(max_size=80))
def test_every_span_lies_in_the_original(text: str) -> None:
    folded = fold(text)
    for index in range(len(folded.text)):
        start, end = folded.span(index, index + 1)
        assert 0 <= start < end <= len(text)
