"""Crawl a list of sites into a run folder; the edge where Scrapy, the disk and the clock come together."""

import os
import platform
import secrets
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from crawler.archive import ArchiveWriter
from crawler.capture import Capture, Outcome
from crawler.errors import CrawlError
from crawler.middlewares import is_disk_full
from crawler.run_folder import ARCHIVE, CaptureLog, Manifest, write_manifest
from crawler.settings import CrawlSettings, scrapy_settings
from crawler.site import Site
from crawler.spiders.clinic_site import ClinicSite

INTERRUPTED = "the crawl was stopped before this address was asked for"


@dataclass(frozen=True, slots=True)
class CrawlProgress:
    """How far a crawl has come; `address` is the one whose visit ended last."""

    sites_total: int
    sites_done: int
    pages_read: int
    pages_blocked: int
    pages_failed: int
    pages_per_second: float
    address: str


class _Tally:
    """Counts outcomes as they come and passes them on as progress."""

    def __init__(self, sites: int, on_progress: Callable[[CrawlProgress], None]) -> None:
        self._sites = sites
        self._on_progress = on_progress
        self._count = dict.fromkeys(Outcome, 0)
        self._began = time.monotonic()

    def __call__(self, capture: Capture, sites_done: int) -> None:
        self._count[capture.outcome] += 1
        stored = sum(number for outcome, number in self._count.items() if outcome is not Outcome.OVER_BUDGET)
        self._on_progress(
            CrawlProgress(
                sites_total=self._sites,
                sites_done=sites_done,
                pages_read=self._count[Outcome.READ],
                pages_blocked=self._count[Outcome.BLOCKED],
                pages_failed=self._count[Outcome.FAILED],
                pages_per_second=stored / max(0.001, time.monotonic() - self._began),
                address=capture.address,
            )
        )


def crawl(
    sites: Sequence[Site], settings: CrawlSettings, folder: Path, on_progress: Callable[[CrawlProgress], None]
) -> Path:
    """Crawl `sites` and return the folder of the run, a new one below `folder`; to be called once in a process.

    The first Ctrl-C ends the crawl in order: what was fetched is kept and usable, and the manifest says `interrupted`.
    Raises CrawlError when nothing can be written, naming what is kept.
    """
    started_at = datetime.now(UTC)
    run_id = f"{started_at:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
    run_folder = folder / run_id
    manifest = Manifest(run_id, started_at, None, "", _versions(), _plain(settings), tuple(sites))
    try:
        (run_folder / ARCHIVE).mkdir(parents=True)
        write_manifest(run_folder, manifest)
        software = f"clinicwatch/{manifest.versions['clinicwatch']} scrapy/{manifest.versions['scrapy']}"
        with CaptureLog(run_folder) as log, ArchiveWriter(run_folder, run_id, software) as archive:
            ended, trouble = _run(sites, settings, archive, log, _Tally(len(sites), on_progress))
        if trouble is None:
            write_manifest(run_folder, replace(manifest, finished_at=datetime.now(UTC), ended=ended))
    except OSError as error:
        trouble = error
    if trouble is not None:
        raise _cannot_write(trouble, run_folder, manifest) from trouble
    return run_folder


def _run(
    sites: Sequence[Site], settings: CrawlSettings, archive: ArchiveWriter, log: CaptureLog, tally: _Tally
) -> tuple[str, OSError | None]:
    # Imported here: Scrapy chooses its event loop when it is first imported, which is for the process that crawls.
    from scrapy import signals
    from scrapy.crawler import CrawlerProcess

    process = CrawlerProcess(scrapy_settings(settings, len(sites)))
    crawler = process.create_crawler(ClinicSite)
    ends: list[str] = []

    def closed(spider: ClinicSite, reason: str) -> None:
        ends.append("done" if reason == "finished" else "interrupted")
        if spider.trouble is None:
            spider.end_what_waits(INTERRUPTED if reason != "finished" else "it was not asked for")

    crawler.signals.connect(closed, signal=signals.spider_closed)
    process.crawl(crawler, sites=tuple(sites), limits=settings, archive=archive, log=log, on_capture=tally)
    process.start()
    spider = crawler.spider
    trouble = spider.trouble if isinstance(spider, ClinicSite) else None
    return (ends[0] if ends else "interrupted"), trouble


def _cannot_write(error: OSError, run_folder: Path, manifest: Manifest) -> CrawlError:
    if is_disk_full(error):
        # The manifest replaces one of its own size, so there is often room for it on a full disk.
        with suppress(OSError):
            write_manifest(run_folder, replace(manifest, finished_at=datetime.now(UTC), ended="disk_full"))
        return CrawlError(
            f"the disk is full while writing to {run_folder}. What was fetched before is kept there and can be checked: free "
            f"some space and run `clinicwatch check {run_folder}`, or crawl again."
        )
    return CrawlError(
        f"{error.filename or run_folder}: {error.strerror}. Check that the folder exists and may be written."
    )


def _versions() -> dict[str, str]:
    packages = ("clinicwatch", "scrapy", "twisted", "warcio", "selectolax", "pypdfium2", "tldextract")
    found = {package: version(package) for package in packages}
    return {**found, "python": platform.python_version(), "system": f"{sys.platform} {os.uname().release}"}


def _plain(settings: CrawlSettings) -> dict[str, object]:
    return {**asdict(settings), "resolve": [list(pair) for pair in settings.resolve]}
