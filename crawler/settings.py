"""What a crawl may do, and the settings of Scrapy that follow from it, each with its reason."""

from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from crawler.errors import CrawlError

#: Room for a long page with its pictures inlined; the largest page of the examples has 60 kB.
MAX_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class CrawlSettings:
    """How far and how fast to crawl.

    `contact` is an address or e-mail at which a site can reach the person who crawls. `max_pages` and `max_depth`
    (links from the start page) are for each site, `delay` (seconds between two requests) too; `max_bytes` is for one
    answer, after decompression; `timeout` (seconds) for one answer. `resolve` holds pairs of host pattern and address,
    e.g. ("*.example", "127.0.0.1"). Raises CrawlError for a value out of range.
    """

    contact: str
    max_pages: int = 200
    max_depth: int = 6
    delay: float = 1.0
    max_bytes: int = MAX_BYTES
    timeout: float = 30.0
    allow_private: bool = False
    resolve: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not self.contact.strip() or any(ord(character) < 32 or ord(character) > 126 for character in self.contact):
            raise CrawlError(
                "no contact is given. Sites must be able to reach you: add --contact you@your-office.example (or set "
                "CLINICWATCH_CONTACT)."
            )
        if self.max_pages < 1 or self.max_depth < 0 or self.delay < 0 or self.max_bytes < 1 or self.timeout <= 0:
            raise CrawlError(
                "a limit of the crawl is out of range: pages at least 1, depth, delay and bytes not negative."
            )


def user_agent(contact: str) -> str:
    """Return the name that sites see: the tool, its version, and whom to ask."""
    return f"clinicwatch/{version('clinicwatch')} (+{contact})"


def scrapy_settings(settings: CrawlSettings, sites: int) -> dict[str, Any]:
    """Return the settings of Scrapy for a crawl of so many `sites` with `settings`."""
    return {
        # Polite: one request at a time to a site, at least `delay` apart, slower when the site is slow.
        "USER_AGENT": user_agent(settings.contact),
        "ROBOTSTXT_OBEY": True,
        "ROBOTSTXT_USER_AGENT": "clinicwatch",
        # What is with the downloader can be neither reordered nor taken back at Ctrl-C, so it is given little ahead.
        "CONCURRENT_REQUESTS": min(16, sites + 1),
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": settings.delay,
        "RANDOMIZE_DOWNLOAD_DELAY": False,
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": settings.delay,
        "AUTOTHROTTLE_MAX_DELAY": 30.0,
        "RETRY_TIMES": 1,
        "RETRY_HTTP_CODES": [500, 502, 504],
        # Every hop is judged and recorded by the spider; only robots.txt may be redirected on its own.
        "METAREFRESH_ENABLED": False,
        "REDIRECT_MAX_TIMES": 5,
        "HTTPERROR_ALLOW_ALL": True,
        # Hostile answers: bounded in bytes (before and after decompression) and in time; a cut transfer is a failure.
        "DOWNLOAD_MAXSIZE": settings.max_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_TIMEOUT": settings.timeout,
        "DOWNLOAD_FAIL_ON_DATALOSS": True,
        "DNS_TIMEOUT": min(settings.timeout, 20.0),
        # Scrapy does not check certificates unless it is told to; what somebody on the way wrote is no proof.
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DOWNLOAD_HANDLERS": {"file": None, "ftp": None, "s3": None, "data": None},
        # A proxy of the environment would resolve names itself, out of reach of our refusal of private addresses.
        "HTTPPROXY_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        # Nothing about the visitor: no cookies, no referrer.
        "COOKIES_ENABLED": False,
        "REFERER_ENABLED": False,
        # Only the encodings that every reader of an archive unpacks.
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.5",
            "Accept-Encoding": "gzip, deflate",
        },
        "DNS_RESOLVER": "crawler.resolver.PublicResolver",
        "CLINICWATCH_ALLOW_PRIVATE": settings.allow_private,
        "CLINICWATCH_RESOLVE": [list(pair) for pair in settings.resolve],
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
            "crawler.middlewares.RefusePrivate": 80,
            "crawler.middlewares.KeepBudget": 90,
            # Next to the wire, so that the archive holds the bytes as they were sent, still compressed.
            "crawler.middlewares.ArchiveAnswers": 890,
        },
        "SPIDER_MIDDLEWARES": {"scrapy.spidermiddlewares.depth.DepthMiddleware": None},
        # Treatment pages have the highest priority, so the queue is by priority over all sites.
        "SCHEDULER_PRIORITY_QUEUE": "scrapy.pqueues.DownloaderAwarePriorityQueue",
        # Where logs go is for the program to say, not for the library.
        "LOG_INSTALL_ROOT_HANDLER": False,
        "STATS_DUMP": False,
    }
