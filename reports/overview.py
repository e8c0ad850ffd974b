"""The overview of a run: its sites side by side, what they state, and what was not assessed."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from database.queries import run_summary
from database.rows import SiteSummary
from database.word_lists import CLAIM_TYPES, FINDING_RATINGS
from reports.render import LANGUAGE, render
from reports.report import Report, ReportJob
from reports.site_dossier import crawl_of, dossier_path, in_order, name_of
from reports.whole_file import write_whole
from reports.words import words

#: The name that a browser opens first when it is given the folder.
FILE = "index.html"


def _write(job: ReportJob) -> tuple[Path, ...]:
    summary = run_summary(job.connection, job.run.id, [site.id for site in job.sites])
    crawl = crawl_of(job)
    sites = summary.sites
    document = render(
        "overview.html",
        run=job.run,
        crawl=crawl,
        contact=str(crawl.settings.get("contact", "")),
        lines=[_line(job, site) for site in sites],
        read=sum(site.read for site in sites),
        expected=sum(site.expected for site in sites),
        conflicts=sum(site.conflicts for site in sites),
        reviews=sum(site.reviews for site in sites),
        supported=sum(site.supported for site in sites),
        ratings=FINDING_RATINGS,
        matrix=_matrix(sites),
        frequent=summary.frequent,
        outcomes=in_order(_total([site.outcomes for site in sites])),
        contents=_contents(),
    )
    return (write_whole(job.folder / FILE, [document]),)


def _line(job: ReportJob, summary: SiteSummary) -> dict[str, object]:
    """Give a site with its name and the address of its dossier, which is empty where none was written."""
    dossier = dossier_path(summary.site.id)
    return {
        "summary": summary,
        "name": name_of(summary.site),
        "missed": in_order(summary.missed),
        "dossier": dossier.as_posix() if (job.folder / dossier).exists() else "",
    }


def _matrix(sites: Sequence[SiteSummary]) -> list[tuple[str, list[int]]]:
    """Count findings by type (rows that have any) and rating (columns)."""
    by_rating: dict[tuple[str, str], int] = {}
    for site in sites:
        for (kind, rating, _), number in site.findings.items():
            by_rating[kind, rating] = by_rating.get((kind, rating), 0) + number
    rows = [(kind, [by_rating.get((kind, rating), 0) for rating in FINDING_RATINGS]) for kind in CLAIM_TYPES]
    return [(kind, numbers) for kind, numbers in rows if any(numbers)]


def _total(counts: Sequence[Mapping[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for count in counts:
        for word, number in count.items():
            total[word] = total.get(word, 0) + number
    return total


def _contents() -> list[tuple[str, str, None]]:
    say = words(LANGUAGE)
    sections = ("sites", "unassessed", "types", "frequent", "outcomes")
    return [*((name, say(f"overview.{name}"), None) for name in sections), ("limits", say("limits.title"), None)]


REPORT = Report(
    id="overview",
    title="Overview of the run",
    description="One HTML page: all sites side by side, findings by type and rating, and what was not assessed.",
    write=_write,
)
