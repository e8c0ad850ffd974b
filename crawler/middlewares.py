"""What stands between the spider and the wire: refusal of private hosts, the budget, and the archive."""

import errno
import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.http import Request, Response
from scrapy.utils.sitemap import sitemap_urls_from_robots
from twisted.web.http import RESPONSES

from crawler.archive import Exchange
from crawler.capture import Outcome
from crawler.judge_answer import NotAsked
from crawler.public_address import private_reason

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.spiders.clinic_site import ClinicSite

logger = logging.getLogger(__name__)


class _OfCrawl:
    """A middleware that knows the crawler it works for."""

    def __init__(self, crawler: "Crawler") -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> "_OfCrawl":
        return cls(crawler)

    @property
    def _spider(self) -> "ClinicSite":
        return self._crawler.spider  # type: ignore[return-value]  # the settings are for this spider alone


class RefusePrivate(_OfCrawl):
    """Stops requests to addresses of private networks; names are judged by the resolver, once they are looked up."""

    def process_request(self, request: Request) -> None:
        """Raise NotAsked for a host whose spelling alone says that it is private."""
        if self._crawler.settings.getbool("CLINICWATCH_ALLOW_PRIVATE"):
            return
        if reason := private_reason(urlsplit(request.url).hostname or ""):
            raise NotAsked(Outcome.FAILED, f"{reason}, which is not visited")


class KeepBudget(_OfCrawl):
    """Stops requests for pages beyond a site's number of pages."""

    def process_request(self, request: Request) -> None:
        """Raise NotAsked when the site's pages are used up, and count this one when they are not."""
        if "site_id" in request.meta and not request.meta.get("sitemap"):
            self._spider.visit(request.meta["site_id"]).take_page()


class ArchiveAnswers(_OfCrawl):
    """Writes every answer to the archive before anything else looks at it, and learns of sitemaps from robots.txt."""

    def process_response(self, request: Request, response: Response) -> Response:
        """Store the exchange, note in the request's meta where, and hand on the response as it is."""
        spider = self._spider
        exchange = Exchange(
            address=request.url,
            method=request.method,
            request_headers=_headers(request, first=[("Host", urlsplit(request.url).netloc)]),
            status=response.status,
            phrase=RESPONSES.get(response.status, b"").decode("ascii"),
            headers=_headers(response),
            body=response.body,
            at=datetime.now(UTC),
            ip=str(response.ip_address or ""),
        )
        try:
            request.meta["stored"] = spider.archive.write(exchange)
        except OSError as error:
            spider.stop_for(error)
            raise NotAsked(Outcome.FAILED, f"the answer could not be stored ({error.strerror})") from error
        if urlsplit(request.url).path == "/robots.txt" and response.status == 200 and len(response.body) < 512 * 1024:
            spider.learn_sitemaps(request.url, list(sitemap_urls_from_robots(response.body, base_url=request.url)))
        return response


def is_disk_full(error: OSError) -> bool:
    """Whether `error` says that there is no room, on the disk or for this user."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def _headers(message: Request | Response, first: list[tuple[str, str]] | None = None) -> list[tuple[str, str]]:
    """Return the header lines of `message`; a line break inside a value cannot end a header here."""
    lines = list(first or [])
    for name, values in message.headers.items():
        for value in values:
            lines.append((name.decode("latin-1"), " ".join(value.decode("latin-1").split())))
    return lines
