"""Show hostile text and addresses as what they are: no link that runs, no character that hides or reorders."""

import re
from urllib.parse import urlsplit

#: Characters that no reader sees but that change what is seen: control characters (not tab and line ends), and the
#: Unicode marks that turn the direction of writing, e.g. U+202E, which shows "gpj.exe" as "exe.jpg".
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
#: Characters that browsers drop or read as something else within an address.
NOT_IN_ADDRESS = re.compile(r"[\x00-\x20\x7f-\x9f\\\u2028\u2029]")


def visible(text: str) -> str:
    """Name unseen characters where they stand, as in "[U+202E]"; everything else stays exactly as it is."""
    return UNSEEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def safe_link(address: str) -> str:
    """Give the address when it is an ordinary http or https one; otherwise an empty text: show it, do not link it."""
    if NOT_IN_ADDRESS.search(address) or UNSEEN.search(address):
        return ""
    try:
        parts = urlsplit(address)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return ""
    return address if usable else ""
