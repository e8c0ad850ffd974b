"""What queries give back: frozen rows in the words of the project, free of SQL."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from classifier.verdict import Band
from crawler.capture import Outcome

#: Outcomes of addresses that hold a page of the site that a visitor could have read. The others point elsewhere, hold
#: no page, or are of a kind that says nothing (a picture).
READABLE = frozenset(
    {
        Outcome.READ,
        Outcome.NOT_MODIFIED,
        Outcome.EMPTY,
        Outcome.BLOCKED,
        Outcome.ROBOTS_DENIED,
        Outcome.OVER_BUDGET,
        Outcome.FAILED,
    }
)
#: A site is assessed when at least this share of its readable pages was read.
ASSESSED_SHARE = 0.5


def is_assessed(read: int, expected: int) -> bool:
    """Tell whether so many pages read, of those that a visitor could have read, are enough to speak of a site."""
    return read > 0 and read >= ASSESSED_SHARE * expected


@dataclass(frozen=True, slots=True)
class RunRow:
    """A crawl or a check; `finished_at` is None while it is unfinished."""

    id: str
    kind: str
    crawl_id: str | None
    started_at: datetime
    finished_at: datetime | None
    ended: str
    versions: Mapping[str, str]
    settings: Mapping[str, Any]
    archive_folder: str


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A clinic's web presence."""

    id: str
    address: str
    name: str
    country: str
    state: str
    why_listed: str
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotRead:
    """A page of which no text was judged, with its outcome and the reason.

    With the outcome `read` it was stored; the reason then is the check's own, and empty when the check never reached it.
    """

    address: str
    outcome: str
    reason: str
    status: int | None
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Coverage:
    """What of a site was read in a check.

    `outcomes` counts its addresses by outcome; `checked` counts the pages that the check read to the end; `expected`
    counts the pages that a visitor could have read. `not_read` lists those of them that were not read, in order of
    outcome and address.
    """

    outcomes: Mapping[str, int]
    checked: int
    expected: int
    not_read: tuple[NotRead, ...]
    first_at: datetime | None
    last_at: datetime | None

    @property
    def assessed(self) -> bool:
        """Tell whether enough was read to say anything of the site as a whole."""
        return is_assessed(self.checked, self.expected)


@dataclass(frozen=True, slots=True)
class RecordRow:
    """An evidence record as it was worded when the claim was judged."""

    slug: str
    digest: str
    kind: str
    title: str
    summary: str
    jurisdiction: str
    level: str
    status: str
    mark: str
    verified_on: date | None
    citations: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim in one place, with its verdict and its proof.

    `quote_start` and `quote_end` are offsets in `passage`, `start` is the offset of `passage` in the page's text.
    `around` is a piece of that text, from offset `around_start` on, that holds the passage and what stands beside it.
    """

    claim_id: int
    site_id: str
    page_address: str
    page_title: str
    language: str
    fetched_at: datetime
    body_digest: str
    archive_file: str
    archive_offset: int
    record_id: str
    kind: str
    heading: str
    lead_in: str
    path: str
    boilerplate: bool
    hidden: bool
    passage: str
    start: int
    around: str
    around_start: int
    statement: str
    type: str
    quote: str
    quote_start: int
    quote_end: int
    therapy: str
    condition: str
    place: str
    score: float
    found_by: str
    spoke: tuple[str, ...]
    qualifiers: tuple[Mapping[str, Any], ...]
    rating: str
    band: str | None
    because: str
    step: str
    records: tuple[RecordRow, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """The same statement with the same verdict, in all its places; `places[0]` is the one to show in full."""

    places: tuple[ClaimRow, ...]

    @property
    def claim(self) -> ClaimRow:
        """Give the place that stands for all."""
        return self.places[0]


@dataclass(frozen=True, slots=True)
class FrequentStatement:
    """A statement that many pages make, with the passage it stands in, and on how many pages of how many sites."""

    type: str
    rating: str
    band: str
    passage: str
    quote_start: int
    quote_end: int
    pages: int
    sites: int


@dataclass(frozen=True, slots=True)
class SiteSummary:
    """Counts of one site in a check; a statement in many places of a site counts once.

    `outcomes` counts all its addresses, `missed` those that a visitor could have read and the check did not, both by
    outcome; `read` counts pages that the check read. `findings` counts findings by (type, rating, band).
    """

    site: SiteRow
    outcomes: Mapping[str, int]
    missed: Mapping[str, int]
    read: int
    findings: Mapping[tuple[str, str, str], int]
    supported: int
    no_record: int

    @property
    def not_read(self) -> int:
        """Count the pages that a visitor could have read and the check did not."""
        return sum(self.missed.values())

    @property
    def expected(self) -> int:
        """Count the pages that a visitor could have read."""
        return self.read + self.not_read

    @property
    def assessed(self) -> bool:
        """Tell whether enough was read to say anything of the site as a whole."""
        return is_assessed(self.read, self.expected)

    @property
    def conflicts(self) -> int:
        """Count findings in the band `conflict`."""
        return sum(number for (_, _, band), number in self.findings.items() if band == Band.CONFLICT)

    @property
    def reviews(self) -> int:
        """Count findings in the band `review`."""
        return sum(number for (_, _, band), number in self.findings.items() if band == Band.REVIEW)


@dataclass(frozen=True, slots=True)
class RunSummary:
    """The sites of a check in the order of the list, and its most frequent statements."""

    sites: tuple[SiteSummary, ...]
    frequent: tuple[FrequentStatement, ...]
