"""The whole flow on one screen: an archive goes page by page through extraction, claims and verdicts into the database."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Connection

from classifier.claim_model import load_card
from classifier.language import language_of
from classifier.lexicon import languages
from classifier.split_passages import split_passages
from classifier.verdict import Band, Judged
from clinicwatch.checkers import Checkers
from clinicwatch.snapshots import snapshots
from crawler.capture import Capture, Outcome
from crawler.errors import CrawlError
from crawler.extract import extract
from crawler.extract_error import ExtractError
from crawler.page_text import PageText
from crawler.read_archive import read_body, read_captures, read_manifest
from crawler.run_folder import Manifest
from database.column_types import RunKind
from database.save import (
    RunStart,
    finish_run,
    save_captures,
    save_page,
    save_records,
    save_sites,
    save_unread,
    start_run,
)
from evidence.evidence_base import EvidenceBase


@dataclass(frozen=True, slots=True)
class CheckProgress:
    """How far a check has come: pages of the archive in all and done, findings so far by band, the page at hand."""

    pages_total: int
    pages_done: int
    conflicts: int
    reviews: int
    address: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check ended with; `unread` counts stored pages whose text could not be read."""

    run_id: str
    pages: int
    unread: int
    conflicts: int
    reviews: int


def check_archive(
    connection: Connection,
    run_folder: Path,
    evidence: EvidenceBase,
    on: date,
    progress: Callable[[CheckProgress], None],
) -> CheckResult:
    """Read every stored page of a crawl, judge its claims as of the day `on`, and keep the result; needs no network.

    Raises CrawlError for a folder that is no crawl or whose files are damaged, DatabaseError when the database cannot
    be written. What was kept before an error stays, in a run without an end.
    """
    manifest = read_manifest(run_folder)
    captures = list(read_captures(run_folder))
    keep_crawl(connection, manifest, captures, run_folder)
    check_id = start_check(connection, manifest, evidence, on)
    checkers = Checkers(evidence, manifest.sites, on)
    pages = [capture for capture in captures if capture.outcome is Outcome.READ]
    unread = conflicts = reviews = 0
    for done, capture in enumerate(pages):
        progress(CheckProgress(len(pages), done, conflicts, reviews, capture.address))
        text = page_text(run_folder, capture)
        if isinstance(text, PageText):
            passages = split_passages(text)
            judged = [found for group in checkers.of(capture.site_id, text.language).check(passages) for found in group]
            save_page(connection, check_id, capture, text, judged, passages)
            conflicts += count(judged, Band.CONFLICT)
            reviews += count(judged, Band.REVIEW)
        else:
            save_unread(connection, check_id, capture, text)
            unread += 1
    finish_run(connection, check_id, datetime.now(UTC), "done")
    return CheckResult(check_id, len(pages), unread, conflicts, reviews)


def keep_crawl(connection: Connection, manifest: Manifest, captures: list[Capture], run_folder: Path) -> None:
    """Keep what was asked for and what became of it; a crawl that is kept already stays as it is."""
    save_sites(connection, manifest.sites)
    run = RunStart(
        manifest.run_id,
        RunKind.CRAWL,
        manifest.started_at,
        versions=manifest.versions,
        settings=manifest.settings,
        archive_folder=str(run_folder),
    )
    start_run(connection, run, [site.id for site in manifest.sites])
    save_captures(connection, manifest.run_id, captures)
    finish_run(connection, manifest.run_id, manifest.finished_at or datetime.now(UTC), manifest.ended or "interrupted")


def start_check(connection: Connection, manifest: Manifest, evidence: EvidenceBase, on: date) -> str:
    """Note that a check of a kept crawl has begun, by which versions, and return its id."""
    now = datetime.now(UTC)
    check_id = f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
    run = RunStart(
        check_id,
        RunKind.CHECK,
        now,
        crawl_id=manifest.run_id,
        versions=versions(evidence),
        settings={"as_of": on.isoformat()},
    )
    start_run(connection, run, [site.id for site in manifest.sites])
    save_records(connection, check_id, snapshots(evidence))
    return check_id


def page_text(run_folder: Path, capture: Capture) -> PageText | str:
    """Return the text of a stored page in the language it is in, or the reason why it cannot be read."""
    try:
        text = extract(read_body(run_folder, capture), capture.media_type, capture.charset, capture.address)
    except (ExtractError, CrawlError) as error:
        return str(error)
    language = language_of(text)
    if language not in languages():
        return f"the page is in a language that is not read ({language})"
    return PageText(text.address, text.title, language, text.text, text.blocks)


def versions(evidence: EvidenceBase) -> Mapping[str, str]:
    """Return what the verdicts of a check depend on: software, evidence, and the models with what they were made from."""
    models = {f"model_{language}": load_card(language).count_model[:16] for language in languages()}
    return {
        "clinicwatch": version("clinicwatch"),
        "evidence": evidence.version,
        "evidence_digest": evidence.digest,
        **models,
    }


def count(judged: list[Judged], band: Band) -> int:
    """Return how many of `judged` are in `band`."""
    return sum(found.verdict.band is band for found in judged)
