"""The numbers of a check: what each site gave, and which statements stand on most pages; part of queries.run_summary."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from classifier.verdict import Rating
from database import models
from database.pages import ask, on_pages
from database.rows import READABLE, FrequentStatement, SiteRow, SiteSummary

#: How many statements an overview names as the most frequent ones.
MOST_FREQUENT = 20

Counts = Mapping[str, Mapping[Any, int]]


def summary_of(site: SiteRow, pages: Mapping[Any, int], claims: Mapping[Any, int]) -> SiteSummary:
    """Put the counts of one site together."""
    outcomes: dict[str, int] = {}
    for (outcome, _), number in pages.items():
        outcomes[outcome] = outcomes.get(outcome, 0) + number

    def without_band(wanted: Rating) -> int:
        return sum(number for (_, rating, band), number in claims.items() if rating == wanted and band is None)

    return SiteSummary(
        site=site,
        outcomes=outcomes,
        missed={outcome: number for (outcome, read), number in pages.items() if not read and outcome in READABLE},
        read=sum(number for (_, read), number in pages.items() if read),
        findings={key: number for key, number in claims.items() if key[2] is not None},
        supported=without_band(Rating.SUPPORTED),
        no_record=without_band(Rating.NO_RECORD),
    )


def count_pages(connection: Connection, run_id: str, only: Sequence[ColumnElement[bool]]) -> Counts:
    """Count addresses by site and (outcome, whether the check read a text)."""
    checked = models.CheckedCapture
    read = checked.page_text_id.is_not(None).label("read")
    kinds = (models.Page.site_id, models.Capture.outcome, read)
    question = (
        select(*kinds, func.count().label("number"))
        .join_from(models.Capture, models.Page, models.Page.id == models.Capture.page_id)
        .join(models.Run, models.Run.crawl_id == models.Capture.run_id)
        .outerjoin(checked, (checked.capture_id == models.Capture.id) & (checked.run_id == models.Run.id))
        .where(models.Run.id == run_id, *only)
        .group_by(*kinds)
    )
    counts: dict[str, dict[Any, int]] = {}
    for row in ask(connection, question):
        counts.setdefault(row.site_id, {})[row.outcome, bool(row.read)] = row.number
    return counts


def count_claims(connection: Connection, run_id: str, only: Sequence[ColumnElement[bool]]) -> Counts:
    """Count statements by site and (type, rating, band)."""
    kinds = (models.Page.site_id, models.Claim.type, models.Claim.rating, models.Claim.band)
    # Claims alike in these two are one statement, as in queries.findings_of_site.
    number = func.count((models.Claim.statement + models.Claim.because).distinct()).label("number")
    counted = on_pages(select(*kinds, number)).where(models.Claim.run_id == run_id, *only)
    counts: dict[str, dict[Any, int]] = {}
    for row in ask(connection, counted.group_by(*kinds)):
        counts.setdefault(row.site_id, {})[row.type, row.rating, row.band] = row.number
    return counts


def most_frequent(
    connection: Connection, run_id: str, only: Sequence[ColumnElement[bool]]
) -> tuple[FrequentStatement, ...]:
    """Name the findings that stand on more than one page: those on most sites first, then on most pages."""
    alike = (models.Claim.statement, models.Claim.type, models.Claim.rating, models.Claim.band)
    pages = func.count(models.Page.id.distinct()).label("pages")
    sites = func.count(models.Page.site_id.distinct()).label("sites")
    counted = on_pages(select(*alike[1:], func.min(models.Claim.id).label("first"), pages, sites))
    counted = counted.where(models.Claim.run_id == run_id, models.Claim.band.is_not(None), *only).group_by(*alike)
    found = ask(connection, counted.order_by(sites.desc(), pages.desc(), alike[0]).limit(MOST_FREQUENT))
    words = (
        select(models.Claim.id, models.Passage.text, models.Claim.quote_start, models.Claim.quote_end)
        .join(models.Placement, models.Placement.id == models.Claim.placement_id)
        .join(models.Passage, models.Passage.id == models.Placement.passage_id)
        .where(models.Claim.id.in_([row.first for row in found]))
    )
    said = {row.id: (row.text, row.quote_start, row.quote_end) for row in ask(connection, words)}
    return tuple(
        FrequentStatement(row.type, row.rating, row.band, *said[row.first], row.pages, row.sites)
        for row in found
        if row.pages > 1
    )
