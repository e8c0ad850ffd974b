"""The spider that walks clinic sites: links and sitemaps, treatment pages first, one capture for every address asked for."""

import hashlib
import logging
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapy import Spider
from scrapy.http import Request, Response
from scrapy.utils.gz import gunzip
from scrapy.utils.sitemap import Sitemap
from twisted.python.failure import Failure

from crawler.archive import ArchiveWriter
from crawler.capture import Capture, Outcome
from crawler.choose_links import Link, choose, is_never_asked, links_of, normalise, priority_of, same_site
from crawler.judge_answer import Ending, judge_answer, judge_failure
from crawler.resolver import PublicResolver
from crawler.run_folder import CaptureLog
from crawler.settings import CrawlSettings
from crawler.site import Site
from crawler.visit import Visit

#: Sitemaps read of one site, and addresses taken from one of them; a sitemap may list 50,000.
MAX_SITEMAPS = 30
MAX_SITEMAP_ADDRESSES = 5_000
#: Bytes of a sitemap after unpacking, the limit that sitemaps.org gives.
MAX_SITEMAP_BYTES = 50 * 1024 * 1024
START_PRIORITY = 1_000

logger = logging.getLogger(__name__)


class ClinicSite(Spider):
    """Walks the sites it is given, side by side; each request carries `site_id`, `depth` and `found_on` in its meta."""

    name = "clinic_site"

    def __init__(
        self,
        sites: Sequence[Site],
        limits: CrawlSettings,
        archive: ArchiveWriter,
        log: CaptureLog,
        on_capture: Callable[[Capture, int], None],
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.archive = archive
        self.trouble: OSError | None = None
        self._log = log
        self._on_capture = on_capture
        self._limits = limits
        self._visits = {site.id: Visit(site, limits.max_pages, limits.max_depth) for site in sites}

    def visit(self, site_id: str) -> Visit:
        """Return the state of the site `site_id`."""
        return self._visits[site_id]

    async def start(self) -> AsyncIterator[Any]:
        """Ask for the first page of every site."""
        for visit in self._visits.values():
            address = normalise(visit.site.address)
            visit.admit(address, "", 0)
            yield self._request(visit, Link(address), "", 0, START_PRIORITY)

    def stop_for(self, error: OSError) -> None:
        """End the crawl, because nothing can be kept any more."""
        if self.trouble is None:
            self.trouble = error
            self.crawler.engine.close_spider(self, "storage")

    def learn_sitemaps(self, robots: str, addresses: Iterable[str]) -> None:
        """Note the sitemaps that the robots.txt at `robots` names, for the site that it belongs to."""
        for visit in self._visits.values():
            if same_site(visit.site, robots):
                visit.sitemaps_seen |= {found for address in addresses if (found := normalise(address, robots))}

    # Answers

    def parse(self, response: Response) -> Iterator[Request]:
        """Record what became of a page and ask for what it leads to."""
        visit, meta = self.visit(response.meta["site_id"]), response.meta
        address, depth = meta["address"], meta["depth"]
        try:
            yield from self._read(response, visit, address, depth)
        except OSError as error:
            self.stop_for(error)
        except Exception as error:  # a page must not be able to end the crawl, nor vanish from the coverage
            logger.exception("reading %s failed", address)
            self._end(
                visit, address, Ending(Outcome.FAILED, f"the page could not be read ({type(error).__name__})"), response
            )

    def _read(self, response: Response, visit: Visit, address: str, depth: int) -> Iterator[Request]:
        if depth == 0 and not response.meta["found_on"]:
            yield from self._ask_sitemaps(visit, response.url)
        if response.status in (301, 302, 303, 307, 308):
            yield from self._follow_redirect(response, visit, address, depth)
            return
        media_type, charset = _content_type(response)
        ending = judge_answer(response.status, media_type, charset, response.body)
        self._end(visit, address, ending, response)
        if ending.tree is not None and ending.outcome in (Outcome.READ, Outcome.EMPTY):
            links = choose(visit.site, links_of(ending.tree, response.url))
            yield from self._ask(visit, links, address, depth + 1)

    def _follow_redirect(self, response: Response, visit: Visit, address: str, depth: int) -> Iterator[Request]:
        raw = (response.headers.get("Location") or b"").decode("latin-1")
        target = normalise(raw, response.url) if raw else ""
        hops = response.meta.get("hops", 0) + 1
        if not target:
            self._end(
                visit, address, Ending(Outcome.FAILED, "the server redirects to no address that can be read"), response
            )
        elif target == address:
            self._end(visit, address, Ending(Outcome.FAILED, "the server redirects the page to itself"), response)
        elif hops > 10:
            self._end(visit, address, Ending(Outcome.FAILED, "more than 10 redirects in a row"), response)
        else:
            self._end(visit, address, Ending(Outcome.REDIRECTED, "", None), response, redirected_to=target)
            if not same_site(visit.site, target):
                # Not asked for: the capture says where the site sends its visitors.
                visit.waiting[target] = address
                reason = "redirected to another web site; name its host in the site list (column also) to read it"
                self._end(visit, target, Ending(Outcome.OFF_SITE, reason), None)
            elif visit.admit(target, address, depth):
                yield self._request(visit, Link(target), address, depth, START_PRIORITY, hops=hops)

    def failed(self, failure: Failure) -> None:
        """Record the address of a request that brought no answer."""
        request: Request = failure.request  # type: ignore[attr-defined]
        host = (urlsplit(request.url).hostname or "").lower()
        visit = self.visit(request.meta["site_id"])
        ending = judge_failure(failure.value or RuntimeError("no answer"), PublicResolver.refused.get(host, ""))
        stored_only = "stored" in request.meta and ending.outcome is Outcome.OVER_BUDGET
        if stored_only:
            logger.info("%s is stored, but not read: %s", request.url, ending.reason)
        self._end(visit, request.meta["address"], ending, None)

    # Sitemaps

    def _ask_sitemaps(self, visit: Visit, start: str) -> Iterator[Request]:
        visit.sitemaps_seen.add(urljoin(start, "/sitemap.xml"))
        for address in sorted(visit.sitemaps_seen):
            yield from self._sitemap_request(visit, address)

    def _sitemap_request(self, visit: Visit, address: str) -> Iterator[Request]:
        if same_site(visit.site, address):
            visit.sitemaps_open += 1
            yield Request(
                address, callback=self.parse_sitemap, errback=self.sitemap_failed, priority=START_PRIORITY, dont_filter=True,
                meta={"site_id": visit.site.id, "sitemap": True, "download_slot": visit.site.id, "dont_redirect": True,
                      "dont_retry": True, "handle_httpstatus_all": True},
            )  # fmt: skip

    def parse_sitemap(self, response: Response) -> Iterator[Request]:
        """Ask for what a sitemap lists; a sitemap is kept in the archive and is no page itself."""
        visit = self.visit(response.meta["site_id"])
        visit.sitemaps_open -= 1
        for kind, address in _sitemap_entries(response):
            found = normalise(address, response.url)
            if not found or not same_site(visit.site, found):
                continue
            if kind != "sitemapindex":
                if not is_never_asked(found):
                    yield from self._ask(visit, [Link(found)], response.url, 1)
            elif found not in visit.sitemaps_seen and len(visit.sitemaps_seen) < MAX_SITEMAPS:
                visit.sitemaps_seen.add(found)
                yield from self._sitemap_request(visit, found)

    def sitemap_failed(self, failure: Failure) -> None:
        """Go on without a sitemap that cannot be had."""
        self.visit(failure.request.meta["site_id"]).sitemaps_open -= 1  # type: ignore[attr-defined]

    # Requests and captures

    def _ask(self, visit: Visit, links: Iterable[Link], found_on: str, depth: int) -> Iterator[Request]:
        for link in links:
            if visit.admit(link.address, found_on, depth):
                yield self._request(visit, link, found_on, depth, priority_of(link) - depth)

    def _request(self, visit: Visit, link: Link, found_on: str, depth: int, priority: int, hops: int = 0) -> Request:
        return Request(
            link.address, callback=self.parse, errback=self.failed, priority=priority, dont_filter=True,
            meta={"site_id": visit.site.id, "address": link.address, "depth": depth, "found_on": found_on, "hops": hops,
                  "download_slot": visit.site.id, "dont_redirect": True, "handle_httpstatus_all": True},
        )  # fmt: skip

    def _end(
        self, visit: Visit, address: str, ending: Ending, response: Response | None, redirected_to: str = ""
    ) -> None:
        """Write the one capture of `address`; an address whose visit has ended already gets no second one."""
        if address not in visit.waiting:
            return
        found_on = visit.waiting.pop(address)
        capture = _capture(visit.site.id, address, ending, response, found_on, redirected_to)
        try:
            self._log.append(capture)
        except OSError as error:
            self.stop_for(error)
            return
        self._on_capture(capture, sum(state.done for state in self._visits.values()))

    def end_what_waits(self, reason: str) -> None:
        """Give every address that was found and not asked for its capture; to be called when the crawl has ended."""
        for visit in self._visits.values():
            for address in list(visit.waiting):
                self._end(visit, address, Ending(Outcome.OVER_BUDGET, reason), None)
            for address, found_on, why in visit.left_out():
                visit.waiting[address] = found_on
                self._end(visit, address, Ending(Outcome.OVER_BUDGET, why), None)


def _capture(
    site_id: str, address: str, ending: Ending, response: Response | None, found_on: str, redirected_to: str
) -> Capture:
    now = datetime.now(UTC)
    if response is None:
        return Capture(
            site_id, address, now, ending.outcome, ending.reason, found_on=found_on, redirected_to=redirected_to
        )
    media_type, charset = _content_type(response)
    stored = response.meta["stored"]
    return Capture(
        site_id=site_id,
        address=address,
        fetched_at=now,
        outcome=ending.outcome,
        reason=ending.reason,
        status=response.status,
        media_type=media_type,
        charset=charset,
        body_digest=f"sha256:{hashlib.sha256(response.body).hexdigest()}" if response.body else "",
        body_length=len(response.body),
        archive_file=stored.file,
        archive_offset=stored.offset,
        record_id=stored.record_id,
        found_on=found_on,
        redirected_to=redirected_to,
    )


def _content_type(response: Response) -> tuple[str, str]:
    """Return media type and charset as the server gave them, in lower case; "text/html; charset=utf-8"."""
    raw = (response.headers.get("Content-Type") or b"").decode("latin-1").lower()
    media_type, _, rest = raw.partition(";")
    charset = next(
        (part.split("=", 1)[1].strip(" \"'") for part in rest.split(";") if part.strip().startswith("charset=")), ""
    )
    return media_type.strip()[:100], charset[:40]


def _sitemap_entries(response: Response) -> Iterator[tuple[str, str]]:
    """Yield (kind of sitemap, address) of its entries; nothing for what is no sitemap."""
    if response.status != 200:
        return
    try:
        body = response.body
        if body[:2] == b"\x1f\x8b":
            body = gunzip(body, max_size=MAX_SITEMAP_BYTES)
        sitemap = Sitemap(body)
        for number, entry in enumerate(sitemap):
            if number >= MAX_SITEMAP_ADDRESSES:
                return
            if entry.get("loc"):
                yield sitemap.type, str(entry["loc"])
    except Exception as error:  # any malformed document; what it said before it broke has been taken
        logger.info("the sitemap %s cannot be read: %r", response.url, error)
