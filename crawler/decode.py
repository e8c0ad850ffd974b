"""Turn the bytes of a page into text, whatever its headers and meta tags claim about the charset."""

import codecs
import re

from w3lib.encoding import html_body_declared_encoding, read_bom, resolve_encoding

#: What browsers fall back to for Western pages.
FALLBACK = "cp1252"


def decode(body: bytes, charset: str = "") -> str:
    """Return `body` as text; never raises. `charset` is the one of the Content-Type header, empty when it names none.

    The order is that of browsers: byte order mark, header, meta tag, then UTF-8 if the bytes are valid in it, then
    cp1252. A declared UTF-8 that the bytes contradict is not believed. NUL bytes and lone surrogates become U+FFFD.
    """
    bom_encoding, bom = read_bom(body)
    if bom_encoding is not None and bom is not None:
        return _clean(body[len(bom) :].decode(bom_encoding, errors="replace"))
    for declared in (charset, html_body_declared_encoding(body[:4096]) or "", "utf-8"):
        encoding = resolve_encoding(declared) if declared else None
        if encoding is None:
            continue
        try:
            return _clean(codecs.decode(body, encoding))
        except (UnicodeDecodeError, LookupError):
            continue
    return _clean(body.decode(FALLBACK, errors="replace"))


def _clean(text: str) -> str:
    return re.sub("[\x00\ud800-\udfff]", "\ufffd", text)
