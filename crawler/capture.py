"""A Capture is what became of one address in one run: when it was asked for, what came back, and where it is kept."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """How the visit of an address ended; every address asked for ends in exactly one of these."""

    READ = "read"
    REDIRECTED = "redirected"
    NOT_MODIFIED = "not_modified"
    EMPTY = "empty"
    BLOCKED = "blocked"
    ROBOTS_DENIED = "robots_denied"
    OVER_BUDGET = "over_budget"
    OFF_SITE = "off_site"
    NOT_FOUND = "not_found"
    FAILED = "failed"
    UNSUPPORTED = "unsupported"


#: What each outcome means to a reader of a report.
OUTCOME_MEANING: dict[Outcome, str] = {
    Outcome.READ: "fetched, stored and readable",
    Outcome.REDIRECTED: "the server pointed to another address, which has an outcome of its own",
    Outcome.NOT_MODIFIED: "the server said that the page has not changed since the last run",
    Outcome.EMPTY: "fetched and stored, but it holds almost no text (often filled in by JavaScript)",
    Outcome.BLOCKED: "refused or answered with a bot wall (401, 403, 429, challenge or parked page)",
    Outcome.ROBOTS_DENIED: "the site's robots.txt asks crawlers to stay away",
    Outcome.OVER_BUDGET: "not fetched, or cut off: a limit of pages, depth, time or bytes was reached",
    Outcome.OFF_SITE: "led to another web site, which was not followed",
    Outcome.NOT_FOUND: "the server says that there is no such page (404, 410)",
    Outcome.FAILED: "no usable answer: name, connection, certificate, timeout, server error or broken transfer",
    Outcome.UNSUPPORTED: "fetched and stored, but of a kind that is not read (image, archive, ...)",
}


@dataclass(frozen=True, slots=True)
class Capture:
    """One address, one visit.

    `fetched_at` is an aware UTC time. `status` is the HTTP status, None when there was no answer. `body_digest` is
    `sha256:<hex>` over the body after any Content-Encoding was removed and before any decoding to text, empty when
    there was none; `body_length` counts those bytes. `archive_file` is relative to the run's folder, `archive_offset`
    the byte at which the response record (one gzip member) starts; -1 when nothing was stored. `reason` says in one
    sentence why the outcome is what it is; `found_on` is the address that led here, empty for a start address.
    """

    site_id: str
    address: str
    fetched_at: datetime
    outcome: Outcome
    reason: str = ""
    status: int | None = None
    media_type: str = ""
    charset: str = ""
    body_digest: str = ""
    body_length: int = 0
    archive_file: str = ""
    archive_offset: int = -1
    record_id: str = ""
    found_on: str = ""
    redirected_to: str = ""
