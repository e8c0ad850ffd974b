"""Write the reports of one check into a folder."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection

from database.column_types import RunKind
from database.errors import DatabaseError
from database.queries import run as run_of
from database.queries import sites_of_run
from database.rows import SiteRow
from reports.errors import ReportError
from reports.registry import REPORTS
from reports.report import Report, ReportJob


def write_reports(
    connection: Connection, run_id: str, folder: Path, only: Sequence[str] | None = None, site: str | None = None
) -> tuple[Path, ...]:
    """Write reports of a check and give the paths of the files, in the order of writing.

    `only` names the reports to write (ids of the registry; None for all), `site` the one site to write of (None for
    all). The folder is made when it is not there; files of the same names in it are replaced.

    Raises:
        ReportError: the run, report or site is unknown, the run holds no site, or the folder cannot be written.
    """
    reports = _chosen(only)
    try:
        run = run_of(connection, run_id)
    except DatabaseError as error:
        raise ReportError(error.thing, error.place, error.fix) from None
    if run.kind != RunKind.CHECK:
        raise ReportError("this is a crawl, and reports are written of checks", f"run {run_id}", "Check it first.")
    job = ReportJob(connection, run, _sites(connection, run_id, site), folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        fix = "Name a folder that can be made and written."
        raise ReportError(f"the folder cannot be made ({error.strerror})", str(folder), fix) from error
    return tuple(path for report in reports for path in report.write(job))


def _chosen(only: Sequence[str] | None) -> tuple[Report, ...]:
    known = {report.id for report in REPORTS}
    for unknown in sorted(set(only or ()) - known):
        raise ReportError(f"there is no report '{unknown}'", "reports", f"Choose among: {', '.join(sorted(known))}.")
    return tuple(report for report in REPORTS if only is None or report.id in only)


def _sites(connection: Connection, run_id: str, site: str | None) -> tuple[SiteRow, ...]:
    sites = sites_of_run(connection, run_id)
    if not sites:
        raise ReportError("the run holds no site", f"run {run_id}", "Give the scan a list with at least one site.")
    if site is None:
        return sites
    found = tuple(row for row in sites if row.id == site)
    if not found:
        known = ", ".join(row.id for row in sites[:10]) + (", ..." if len(sites) > 10 else "")
        raise ReportError(f"the run holds no site '{site}'", f"run {run_id}", f"Choose among: {known}.")
    return found
