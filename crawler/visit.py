"""What a crawl knows of one site while it goes on: which addresses wait, how many pages are left, what was found."""

from crawler.capture import Outcome
from crawler.choose_links import Traps
from crawler.judge_answer import NotAsked
from crawler.site import Site

#: At most so many times the page budget may wait in the queue of a site; the rest is counted, not queued.
QUEUE_PER_PAGE = 10
#: Addresses that were found and not queued are named in the coverage up to this number.
NAMED = 100


class Visit:
    """The state of one site's crawl."""

    def __init__(self, site: Site, max_pages: int, max_depth: int) -> None:
        self.site = site
        self.waiting: dict[str, str] = {}
        self.sitemaps_open = 0
        self.sitemaps_seen: set[str] = set()
        self._max_pages = max_pages
        self._max_depth = max_depth
        self._pages = 0
        self._seen: set[str] = set()
        self._traps = Traps()
        self._left_out: dict[str, tuple[str, str]] = {}
        self._left_out_more = 0

    @property
    def done(self) -> bool:
        """Whether nothing of this site waits any more."""
        return not self.waiting and not self.sitemaps_open

    def admit(self, address: str, found_on: str, depth: int) -> bool:
        """Whether to ask for `address`, which was found `depth` links from the start; remembers why not."""
        if address in self._seen:
            return False
        if depth > self._max_depth:
            self._leave_out(address, found_on, f"it is more than {self._max_depth} links from the start page")
            return False
        if reason := self._traps.reason(address):
            self._seen.add(address)
            self._leave_out(address, found_on, reason)
            return False
        if len(self._seen) >= self._max_pages * QUEUE_PER_PAGE:
            self._leave_out(address, found_on, "the site names more addresses than were asked for")
            return False
        self._seen.add(address)
        self._left_out.pop(address, None)
        self.waiting[address] = found_on
        return True

    def take_page(self) -> None:
        """Count one page of the budget; raises NotAsked when there is none left."""
        if self._pages >= self._max_pages:
            raise NotAsked(Outcome.OVER_BUDGET, f"the limit of {self._max_pages} pages for this site was reached")
        self._pages += 1

    def left_out(self) -> list[tuple[str, str, str]]:
        """Return (address, found on, reason) of what was found and not asked for; the last reason counts the unnamed rest."""
        named = [(address, found_on, reason) for address, (found_on, reason) in self._left_out.items()]
        if named and self._left_out_more:
            address, found_on, reason = named[-1]
            named[-1] = (address, found_on, f"{reason}; {self._left_out_more} further addresses were left out likewise")
        return named

    def _leave_out(self, address: str, found_on: str, reason: str) -> None:
        if len(self._left_out) < NAMED:
            self._left_out.setdefault(address, (found_on, reason))
        elif address not in self._left_out:
            self._left_out_more += 1
