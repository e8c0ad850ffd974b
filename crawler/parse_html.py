"""Parse HTML as browsers do, in bounded time however deep it is nested."""

import re

from selectolax.lexbor import LexborHTMLParser

#: Elements nested deeper than this are left out and their text stays; browsers flatten at 512, and the parser's time
#: grows with the square of the depth.
MAX_DEPTH = 2_000
#: Elements that hold no others.
VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "param"]
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")


def parse_html(html: str) -> LexborHTMLParser:
    """Return the parsed page; never raises."""
    return LexborHTMLParser(_flattened(html))


def _flattened(html: str) -> str:
    """Return `html` without the tags that nest deeper than MAX_DEPTH."""
    if html.count("<") - 2 * html.count("</") < MAX_DEPTH:
        return html
    depth = 0

    def kept(match: re.Match[str]) -> str:
        nonlocal depth
        if match[2].lower() in VOID:
            return match[0]
        depth += -1 if match[1] else 1
        return match[0] if depth <= MAX_DEPTH and (not match[1] or depth < MAX_DEPTH) else " "

    return _TAG.sub(kept, html)
