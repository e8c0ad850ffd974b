"""Bytes become text, whatever is declared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.decode import decode


@pytest.mark.parametrize(
    ("body", "charset", "text"),
    [
        ("células".encode(), "utf-8", "células"),
        ("células".encode("latin-1"), "utf-8", "células"),
        ("células".encode("latin-1"), "", "células"),
        (b'<meta charset="iso-8859-1">c\xe9lulas', "", '<meta charset="iso-8859-1">células'),
        ("\ufeffcélulas".encode("utf-16"), "utf-8", "\ufeffcélulas"),
        ("“quote”".encode("cp1252"), "iso-8859-1", "“quote”"),
        (b"a\x00b", "utf-8", "a\ufffdb"),
        (b"caf\xc3\xa9", "no-such-charset", "café"),
    ],
)
def test_decode(body: bytes, charset: str, text: str) -> None:
    assert decode(body, charset) == text


@given(st.binary(max_size=200), st.sampled_from(["", "utf-8", "utf-16", "shift_jis", "latin-1", "bogus"]))
def test_never_raises(body: bytes, charset: str) -> None:
    assert isinstance(decode(body, charset), str)
