"""Link to the exact words on a page, with the `#:~:text=` form that browsers scroll to and mark."""

from urllib.parse import quote, urldefrag

#: Beyond this many words browsers are asked for the first and the last ones only: a long exact text fails on one typo.
LONGEST = 12
#: Words at either end of a long text; enough to be found, few enough to be the same in the page's own markup.
ENDS = 5


def text_fragment_link(address: str, quoted: str) -> str:
    """Give the address of a page with a fragment that finds `quoted` on it.

    See the URL Fragment Text Directives draft of the WICG. A comma and a hyphen have a meaning there, so they are
    percent-encoded like everything else that is not a letter, a digit, `.`, `_` or `~`.
    """
    page, fragment = urldefrag(address)
    words = quoted.split()
    if not words:
        return address
    wanted = [words] if len(words) <= LONGEST else [words[:ENDS], words[-ENDS:]]
    return f"{page}#{fragment}:~:text=" + ",".join(_encoded(" ".join(part)) for part in wanted)


def _encoded(text: str) -> str:
    return quote(text, safe="", errors="replace").replace("-", "%2D")
