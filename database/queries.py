"""The one file that reads: the questions that reports ask, answered as frozen rows."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from classifier.verdict import Rating
from crawler.capture import Outcome
from database import models
from database.claim_columns import CLAIM_COLUMNS, claim_row
from database.column_types import RunKind
from database.errors import DatabaseError
from database.insert import chunks
from database.pages import ask, on_pages
from database.rows import (
    READABLE,
    ClaimRow,
    Coverage,
    NotRead,
    RecordRow,
    RunRow,
    RunSummary,
    SiteRow,
    Statement,
)
from database.summary import count_claims, count_pages, most_frequent, summary_of


def latest_check_run(connection: Connection) -> RunRow | None:
    """Give the check that started last, finished or not; None when there is none."""
    checks = select(models.Run.id).where(models.Run.kind == RunKind.CHECK)
    newest = ask(connection, checks.order_by(models.Run.started_at.desc(), models.Run.id.desc()).limit(1))
    return run(connection, newest[0].id) if newest else None


def run(connection: Connection, run_id: str) -> RunRow:
    """Give a run.

    Raises:
        DatabaseError: there is no such run.
    """
    columns = [getattr(models.Run, name) for name in RunRow.__dataclass_fields__]
    found = ask(connection, select(*columns).where(models.Run.id == run_id))
    if not found:
        raise DatabaseError("there is no such run", f"run {run_id}", "Check the id, or run a scan first.")
    return RunRow(**found[0]._mapping)


def sites_of_run(connection: Connection, run_id: str) -> tuple[SiteRow, ...]:
    """Give the sites that a run set out to read, in the order of its list."""
    columns = [getattr(models.Site, name) for name in SiteRow.__dataclass_fields__]
    found = ask(
        connection,
        select(*columns)
        .join(models.RunSite, models.RunSite.site_id == models.Site.id)
        .where(models.RunSite.run_id == run_id)
        .order_by(models.RunSite.sequence, models.Site.id),
    )
    return tuple(SiteRow(**{**row._mapping, "also": tuple(row.also)}) for row in found)


def coverage_of_site(connection: Connection, run_id: str, site_id: str) -> Coverage:
    """Tell what of a site a check has read, and what it has not and why."""
    checked = models.CheckedCapture
    found = ask(
        connection,
        select(
            models.Page.address,
            models.Capture.outcome,
            models.Capture.reason,
            models.Capture.status,
            models.Capture.fetched_at,
            checked.page_text_id,
            checked.reason.label("unread"),
        )
        .join(models.Page, models.Page.id == models.Capture.page_id)
        .join(models.Run, models.Run.crawl_id == models.Capture.run_id)
        .outerjoin(checked, (checked.capture_id == models.Capture.id) & (checked.run_id == models.Run.id))
        .where(models.Run.id == run_id, models.Page.site_id == site_id)
        .order_by(models.Capture.outcome, models.Page.address),
    )
    outcomes: dict[str, int] = {}
    for row in found:
        outcomes[row.outcome] = outcomes.get(row.outcome, 0) + 1
    missed = [row for row in found if row.outcome in READABLE and row.page_text_id is None]
    return Coverage(
        outcomes=outcomes,
        checked=sum(row.page_text_id is not None for row in found),
        expected=sum(row.outcome in READABLE or row.page_text_id is not None for row in found),
        not_read=tuple(NotRead(row.address, row.outcome, _why(row), row.status, row.fetched_at) for row in missed),
        first_at=min((row.fetched_at for row in found), default=None),
        last_at=max((row.fetched_at for row in found), default=None),
    )


def _why(row: Row[*tuple[Any, ...]]) -> str:
    # What a check says of a stored page comes after what the crawl said of the address, which went well.
    return str(row.unread or "") if row.outcome == Outcome.READ else str(row.unread or row.reason)


def findings_of_site(connection: Connection, run_id: str, site_id: str) -> tuple[Statement, ...]:
    """Give a site's findings; a statement that stands on 40 pages is one, with 40 places."""
    return _statements(_claims(connection, run_id, models.Claim.band.is_not(None), models.Page.site_id == site_id))


def supported_of_site(connection: Connection, run_id: str, site_id: str) -> tuple[Statement, ...]:
    """Give the statements of a site that the evidence supports."""
    supported = models.Claim.rating == Rating.SUPPORTED
    return _statements(_claims(connection, run_id, supported, models.Page.site_id == site_id))


def findings_of_run(connection: Connection, run_id: str, site_ids: Sequence[str] | None = None) -> Iterator[ClaimRow]:
    """Give the findings of a run one by one, each in its place, by site, page and order; memory stays flat."""
    only = [] if site_ids is None else [models.Page.site_id.in_(site_ids)]
    return _claims(connection, run_id, models.Claim.band.is_not(None), *only)


def records_of_findings(connection: Connection, run_id: str) -> tuple[RecordRow, ...]:
    """Give the evidence records that a run's findings rest on, each once, as they were worded then."""
    cited = (
        select(models.ClaimRecord.record_id)
        .join(models.Claim, models.Claim.id == models.ClaimRecord.claim_id)
        .where(models.Claim.run_id == run_id, models.Claim.band.is_not(None))
    )
    found = ask(connection, select(*_RECORD_COLUMNS).where(models.Record.id.in_(cited)).order_by(models.Record.slug))
    return tuple(_record_row(row) for row in found)


def run_summary(connection: Connection, run_id: str, site_ids: Sequence[str] | None = None) -> RunSummary:
    """Count pages, findings and other statements of some or all sites, and name the most frequent findings."""
    only = [] if site_ids is None else [models.Page.site_id.in_(site_ids)]
    pages, claims = count_pages(connection, run_id, only), count_claims(connection, run_id, only)
    sites = sites_of_run(connection, run_id)
    chosen = [site for site in sites if site_ids is None or site.id in site_ids]
    summaries = tuple(summary_of(site, pages.get(site.id, {}), claims.get(site.id, {})) for site in chosen)
    return RunSummary(summaries, most_frequent(connection, run_id, only))


def _claims(connection: Connection, run_id: str, *wanted: ColumnElement[bool]) -> Iterator[ClaimRow]:
    """Give claims in order; only their numbers are held for all, the rest is fetched some hundreds at a time."""
    ordered = (
        on_pages(select(models.Claim.id))
        .where(models.Claim.run_id == run_id, *wanted)
        .order_by(models.Page.site_id, models.Page.address, models.Claim.sequence)
    )
    numbers = [row.id for row in ask(connection, ordered)]
    known: dict[int, RecordRow] = {}
    for part in chunks(numbers):
        cited = _cited(connection, part, known)
        found = {row.claim_id: row for row in ask(connection, CLAIM_COLUMNS.where(models.Claim.id.in_(part)))}
        yield from (claim_row(found[number], cited.get(number, ())) for number in part)


_RECORD_COLUMNS = [models.Record.id, *(getattr(models.Record, name) for name in RecordRow.__dataclass_fields__)]


def _cited(
    connection: Connection, claims: Sequence[int], known: dict[int, RecordRow]
) -> dict[int, tuple[RecordRow, ...]]:
    links = select(models.ClaimRecord.claim_id, models.ClaimRecord.record_id).where(
        models.ClaimRecord.claim_id.in_(claims)
    )
    found = ask(connection, links.order_by(models.ClaimRecord.claim_id, models.ClaimRecord.position))
    new = {row.record_id for row in found} - known.keys()
    for row in ask(connection, select(*_RECORD_COLUMNS).where(models.Record.id.in_(new))):
        known[row.id] = _record_row(row)
    cited: dict[int, tuple[RecordRow, ...]] = {}
    for row in found:
        cited[row.claim_id] = (*cited.get(row.claim_id, ()), known[row.record_id])
    return cited


def _record_row(row: Row[*tuple[Any, ...]]) -> RecordRow:
    fields = {name: getattr(row, name) for name in RecordRow.__dataclass_fields__}
    return RecordRow(**{**fields, "citations": tuple(row.citations)})


def _statements(claims: Iterator[ClaimRow]) -> tuple[Statement, ...]:
    alike: dict[tuple[Any, ...], list[ClaimRow]] = {}
    for claim in claims:
        alike.setdefault((claim.statement, claim.rating, claim.band, claim.because), []).append(claim)
    # What a visitor can see, in the body of a page, stands for the rest.
    return tuple(Statement(tuple(sorted(places, key=lambda c: (c.hidden, c.boilerplate)))) for places in alike.values())
