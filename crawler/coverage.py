"""How much of each site a crawl has read, from the outcomes of its captures."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crawler.capture import Capture, Outcome

#: Outcomes of pages that a visitor with a browser could have read; the others say nothing on how much was missed.
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


@dataclass(frozen=True, slots=True)
class SiteCoverage:
    """What became of one site's addresses; `share_read` is that of its readable pages, 0 when there are none."""

    site_id: str
    outcomes: Mapping[Outcome, int]
    assessed: bool
    share_read: float


def coverage(captures: Iterable[Capture]) -> tuple[SiteCoverage, ...]:
    """Return the coverage of every site in `captures`, in the order of its first capture."""
    by_site: dict[str, Counter[Outcome]] = {}
    for capture in captures:
        by_site.setdefault(capture.site_id, Counter())[capture.outcome] += 1
    return tuple(_site_coverage(site_id, outcomes) for site_id, outcomes in by_site.items())


def _site_coverage(site_id: str, outcomes: Counter[Outcome]) -> SiteCoverage:
    readable = sum(outcomes[outcome] for outcome in READABLE)
    read = outcomes[Outcome.READ] + outcomes[Outcome.NOT_MODIFIED]
    share = read / readable if readable else 0.0
    return SiteCoverage(site_id, dict(outcomes), read > 0 and share >= ASSESSED_SHARE, share)
