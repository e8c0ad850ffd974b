"""Whole crawls of a hostile server: every address ends in one outcome, and nothing that was fetched is lost."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawler.capture import Capture, Outcome
from crawler.coverage import coverage
from crawler.extract import extract
from crawler.read_archive import read_body, read_captures, read_manifest
from tests.crawler.hostile_server import hostile_site

SETTINGS = {
    "contact": "tests@clinicwatch.example", "delay": 0.0, "timeout": 2.0, "max_bytes": 5_000_000, "allow_private": True,
    "resolve": [["*.example", "127.0.0.1"]],
}  # fmt: skip


def command(sites: list[str], folder: Path, **settings: object) -> list[str]:
    given = {"sites": sites, "folder": str(folder), "settings": {**SETTINGS, **settings}}
    return [sys.executable, str(Path(__file__).with_name("crawl_once.py")), json.dumps(given)]


def run(sites: list[str], folder: Path, **settings: object) -> Path:
    done = subprocess.run(command(sites, folder, **settings), capture_output=True, text=True, timeout=60, check=True)
    assert "Traceback" not in done.stderr, done.stderr
    return Path(done.stdout)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with hostile_site() as port:
        yield port


@pytest.fixture(scope="module")
def crawled(port: int, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run([f"http://hostile.example:{port}/"], tmp_path_factory.mktemp("crawl"))


@pytest.fixture(scope="module")
def captures(crawled: Path) -> dict[str, Capture]:
    found = list(read_captures(crawled))
    assert max(Counter(capture.address for capture in found).values()) == 1
    return {urlsplit(capture.address).path: capture for capture in found if "hostile.example:" in capture.address}


@pytest.mark.parametrize(
    ("path", "outcome", "word"),
    [
        ("/", Outcome.READ, ""),
        ("/good", Outcome.READ, ""),
        ("/latin", Outcome.READ, ""),
        ("/no-type", Outcome.READ, ""),
        ("/nul", Outcome.READ, ""),
        ("/deep", Outcome.READ, ""),
        ("/text", Outcome.READ, ""),
        ("/refused", Outcome.BLOCKED, "403"),
        ("/slow-down", Outcome.BLOCKED, "429"),
        ("/wall", Outcome.BLOCKED, "challenge"),
        ("/gone", Outcome.NOT_FOUND, "410"),
        ("/error", Outcome.FAILED, "500"),
        ("/slow", Outcome.FAILED, "time limit"),
        ("/cut-short", Outcome.FAILED, "broke"),
        ("/bomb", Outcome.OVER_BUDGET, "limit of bytes"),
        ("/huge", Outcome.OVER_BUDGET, "limit of bytes"),
        ("/empty", Outcome.EMPTY, "0 words"),
        ("/broken.pdf", Outcome.UNSUPPORTED, "PDF"),
        ("/denied", Outcome.ROBOTS_DENIED, "robots.txt"),
        ("/off-site", Outcome.REDIRECTED, ""),
        ("/itself", Outcome.FAILED, "itself"),
        ("/loop-a", Outcome.REDIRECTED, ""),
        ("/loop-b", Outcome.REDIRECTED, ""),
        ("/other-scheme", Outcome.FAILED, "redirects"),
        ("/many-redirects/11", Outcome.FAILED, ""),
    ],
)
def test_each_address_ends_in_one_outcome(captures: dict[str, Capture], path: str, outcome: Outcome, word: str) -> None:
    if path == "/many-redirects/11":
        path = max(
            (found for found in captures if found.startswith("/many")), key=lambda found: int(found.rsplit("/", 1)[1])
        )
    assert captures[path].outcome is outcome, captures[path]
    assert word in captures[path].reason


def test_the_redirect_off_site_is_named_and_not_followed(crawled: Path) -> None:
    off = [capture for capture in read_captures(crawled) if capture.outcome is Outcome.OFF_SITE]
    assert {urlsplit(capture.address).hostname for capture in off} == {"elsewhere.example", "hostile.example.localhost"}
    assert all(not capture.archive_file for capture in off)


def test_the_endless_calendar_ends(captures: dict[str, Capture]) -> None:
    read = [
        path for path, capture in captures.items() if path.startswith("/calendar/") and capture.outcome is Outcome.READ
    ]
    assert 20 <= len(read) <= 70
    reasons = [capture.reason for path, capture in captures.items() if path.startswith("/calendar/")]
    assert any("calendar" in reason or "links from" in reason for reason in reasons)


def test_what_was_read_can_be_read_back_as_text(crawled: Path, captures: dict[str, Capture]) -> None:
    for path in ("/", "/latin", "/deep", "/nul", "/text"):
        capture = captures[path]
        text = extract(read_body(crawled, capture), capture.media_type, capture.charset, capture.address)
        assert "word" in text.text if path == "/text" else "stem cell therapy" in text.text


def test_manifest_and_coverage_tell_how_it_ended(crawled: Path) -> None:
    manifest = read_manifest(crawled)
    assert manifest.ended == "done"
    assert manifest.finished_at is not None
    assert manifest.settings["contact"] == SETTINGS["contact"]
    (site,) = coverage(read_captures(crawled))
    assert site.assessed == (site.share_read >= 0.5)


def test_the_budget_of_pages_holds_and_the_rest_is_told(port: int, tmp_path: Path) -> None:
    found = list(read_captures(run([f"http://hostile.example:{port}/"], tmp_path, max_pages=3, max_depth=1)))
    assert sum(bool(capture.archive_file) for capture in found) == 3
    assert sum("limit of 3 pages" in capture.reason for capture in found) > 15


def test_names_that_lead_inside_are_refused(port: int, tmp_path: Path) -> None:
    sites = [f"http://leads-inside.example:{port}/", f"http://127.0.0.1:{port}/", "http://does-not-exist.invalid/"]
    found = {capture.site_id: capture for capture in read_captures(run(sites, tmp_path, allow_private=False))}
    assert {capture.outcome for capture in found.values()} == {Outcome.FAILED}
    assert "127.0.0.1" in found["leads-inside.example"].reason
    assert "private or local" in found["127.0.0.1"].reason
    assert "not known" in found["does-not-exist.invalid"].reason
    assert not any(capture.archive_file for capture in found.values())


def test_an_unreachable_host_is_an_outcome(tmp_path: Path) -> None:
    (found,) = read_captures(run(["http://closed.example:9/"], tmp_path))
    assert (found.outcome, found.reason) == (Outcome.FAILED, "the server refuses connections")


def test_ctrl_c_keeps_what_was_fetched(port: int, tmp_path: Path) -> None:
    started = subprocess.Popen(
        command([f"http://hostile.example:{port}/"], tmp_path, delay=0.3),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and not any(path.stat().st_size for path in tmp_path.glob("*/captures.jsonl")):
        time.sleep(0.05)
    os.kill(started.pid, signal.SIGINT)
    out, errors = started.communicate(timeout=30)
    assert started.returncode == 0, errors
    folder = Path(out)
    assert read_manifest(folder).ended == "interrupted"
    found = list(read_captures(folder))
    read = [capture for capture in found if capture.outcome is Outcome.READ]
    assert read
    assert all(read_body(folder, capture) for capture in read)
    assert any("was stopped before" in capture.reason for capture in found)


def test_a_full_disk_ends_the_crawl_with_one_line_and_keeps_what_was_stored(port: int, tmp_path: Path) -> None:
    limited = """
import resource, runpy, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (6000, 6000))
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""
    arguments = command([f"http://hostile.example:{port}/"], tmp_path)[1:]
    done = subprocess.run(
        [sys.executable, "-c", limited, *arguments], capture_output=True, text=True, timeout=60, check=False
    )
    assert "CrawlError: the disk is full" in done.stdout, done.stdout + done.stderr
    (folder,) = tmp_path.iterdir()
    assert read_manifest(folder).ended == "disk_full"
    read = [capture for capture in read_captures(folder) if capture.outcome is Outcome.READ]
    assert read
    assert all(read_body(folder, capture) for capture in read)
