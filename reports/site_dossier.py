"""The dossier of one site: what was read of it, and each finding with its words, evidence and proof."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from database import queries
from database.rows import Coverage, RunRow, SiteRow, Statement
from database.word_lists import BANDS, CLAIM_TYPES, CONFLICT, OUTCOMES, REVIEW
from reports.file_name import file_name
from reports.render import LANGUAGE, render
from reports.report import Report, ReportJob
from reports.whole_file import write_whole
from reports.words import words

#: Folder of the dossiers, beside the overview that links to them.
FOLDER = "sites"
#: Pages that were not read and are listed one by one; a site with a page limit can have tens of thousands.
MOST_NOT_READ = 200


def dossier_path(site_id: str) -> Path:
    """Give the place of a site's dossier inside the folder of the reports."""
    return Path(FOLDER) / file_name(site_id, ".html")


def name_of(site: SiteRow) -> str:
    """Give the name that readers know a site by; without one, its id."""
    return site.name or site.id


def in_order(outcomes: Mapping[str, int]) -> list[tuple[str, int]]:
    """Order counts of outcomes from read to never asked for."""
    return sorted(outcomes.items(), key=lambda item: OUTCOMES.index(item[0]))


def crawl_of(job: ReportJob) -> RunRow:
    """Give the crawl whose pages the job's check read."""
    return queries.run(job.connection, job.run.crawl_id or "")


def _write(job: ReportJob) -> tuple[Path, ...]:
    crawl = crawl_of(job)
    summary = queries.run_summary(job.connection, job.run.id, [site.id for site in job.sites])
    no_record = {of.site.id: of.no_record for of in summary.sites}
    paths = []
    for site in job.sites:
        document = render(
            "site_dossier.html",
            site=site,
            name=name_of(site),
            run=job.run,
            crawl=crawl,
            contact=str(crawl.settings.get("contact", "")),
            no_record=no_record[site.id],
            most_not_read=MOST_NOT_READ,
            **_content(job, site),
        )
        paths.append(write_whole(job.folder / dossier_path(site.id), [document]))
    return tuple(paths)


def _content(job: ReportJob, site: SiteRow) -> dict[str, object]:
    coverage = queries.coverage_of_site(job.connection, job.run.id, site.id)
    found = queries.findings_of_site(job.connection, job.run.id, site.id)
    supported = queries.supported_of_site(job.connection, job.run.id, site.id)
    groups = tuple(_by_type(found))
    return {
        "coverage": coverage,
        "outcomes": in_order(coverage.outcomes),
        "findings": groups,
        "supported": supported,
        "conflicts": sum(statement.claim.band == CONFLICT for statement in found),
        "reviews": sum(statement.claim.band == REVIEW for statement in found),
        "contents": _contents(coverage, groups, supported),
    }


def _by_type(found: Sequence[Statement]) -> Iterator[tuple[str, list[tuple[int, Statement]]]]:
    """Group findings by claim type, surest first in each, and number them through."""
    number = 0
    for kind in CLAIM_TYPES:
        alike = [statement for statement in found if statement.claim.type == kind]
        alike.sort(key=lambda statement: (BANDS.index(statement.claim.band or ""), -statement.claim.score))
        if alike:
            yield kind, [(number + place, statement) for place, statement in enumerate(alike, start=1)]
            number += len(alike)


def _contents(
    coverage: Coverage, groups: Sequence[tuple[str, list[tuple[int, Statement]]]], supported: Sequence[Statement]
) -> list[tuple[str, str, int | None]]:
    say = words(LANGUAGE)
    return [
        ("coverage", say("coverage.title"), None),
        *((f"type-{kind}", say(f"type.{kind}.title"), len(statements)) for kind, statements in groups),
        *([("supported", say("dossier.supported"), len(supported))] if supported or coverage.assessed else []),
        ("limits", say("limits.title"), None),
    ]


REPORT = Report(
    id="site_dossier",
    title="Dossier of each site",
    description="One HTML page a site: what was read, what was not, and each finding with words, evidence and proof.",
    write=_write,
)
