"""Make a file name of a site's id that is safe on every system and different for every id."""

import hashlib
import re

#: Names that Windows keeps for devices, with or without an ending, e.g. "con.html".
DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
#: Characters kept as they are; all others become a hyphen.
UNSAFE = re.compile(r"[^a-z0-9._-]+")
#: Room for a digest and an ending within the 255 bytes that file systems allow.
LONGEST = 80


def file_name(site_id: str, ending: str) -> str:
    """Give `harborspine.example.html` for (`harborspine.example`, `.html`).

    An id that has to be changed gets a piece of its digest, so that "../a" and "..a" do not share a file.
    """
    safe = UNSAFE.sub("-", site_id).strip(".-")[:LONGEST]
    if not safe or safe != site_id or DEVICES.match(safe):
        safe = f"site-{safe}-{hashlib.sha256(site_id.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
    return safe + ending
