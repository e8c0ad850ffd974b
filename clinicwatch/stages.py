"""The stages as the command line runs them: with progress, with a clear end, and with nothing lost on the way."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.text import Text

from clinicwatch.errors import ExitCode, UsageError
from clinicwatch.progress import Show, showing
from clinicwatch.run import CheckProgress, check_archive
from clinicwatch.summary import exit_code, print_summary
from crawler.coverage import coverage
from crawler.crawl import CrawlProgress, crawl
from crawler.read_archive import read_captures, read_manifest
from crawler.settings import CrawlSettings
from crawler.site_list import read_sites
from database.queries import latest_check_run, run
from database.session import open_database
from evidence.load import load_evidence
from reports.write import write_reports

#: Progress and summaries go to standard error, so that standard output holds what other programs want to read.
CONSOLE = Console(stderr=True, highlight=False)


def crawl_stage(
    arguments: Sequence[str],
    archive: Path,
    *,
    contact: str,
    max_pages: int,
    max_depth: int,
    delay: float,
    allow_private: bool,
    resolve: Sequence[str],
    quiet: bool,
) -> Path:
    """Crawl the sites of `arguments` and return the folder of the crawl."""
    pinned = tuple(read_resolve(entry) for entry in resolve)
    sites = read_sites(arguments, allow_private=allow_private)
    settings = CrawlSettings(
        contact=contact,
        max_pages=max_pages,
        max_depth=max_depth,
        delay=delay,
        allow_private=allow_private,
        resolve=pinned,
    )
    with showing(CONSOLE, quiet=quiet) as show:

        def shown(progress: CrawlProgress) -> None:
            show(
                f"crawl  sites {progress.sites_done}/{progress.sites_total}  pages read {progress.pages_read}  "
                f"blocked {progress.pages_blocked}  failed {progress.pages_failed}  "
                f"{progress.pages_per_second:.1f} pages/s  {progress.address}"
            )

        run_folder = crawl(sites, settings, archive, shown)
        _tell_end(show, run_folder)
    return run_folder


def _tell_end(show: Show, run_folder: Path) -> None:
    manifest = read_manifest(run_folder)
    captures = list(read_captures(run_folder))
    read = sum(capture.outcome == "read" for capture in captures)
    show(
        f"crawl  {manifest.ended or 'unfinished'}: {read} of {len(captures)} addresses read, kept in {run_folder}",
        final=True,
    )
    if manifest.ended != "done":
        show(f"crawl  what was fetched is kept; `clinicwatch check {run_folder}` reads it", final=True)


def crawl_exit_code(run_folder: Path) -> ExitCode:
    """Return NOT_ALL_READ when a site of the crawl was not read well enough to be assessed."""
    manifest = read_manifest(run_folder)
    assessed = {site.site_id: site.assessed for site in coverage(list(read_captures(run_folder)))}
    whole = manifest.ended == "done" and all(assessed.get(site.id, False) for site in manifest.sites)
    return ExitCode.DONE if whole else ExitCode.NOT_ALL_READ


def check_stage(run_folder: Path, database: str, on: date, folders: Sequence[Path], *, quiet: bool) -> str:
    """Check the crawl in `run_folder` into `database` and return the id of the check."""
    # First of all, so that a wrong folder is named before a database is made.
    read_manifest(run_folder)
    evidence = load_evidence(folders, on)
    with showing(CONSOLE, quiet=quiet) as show, open_database(database).connect() as connection:

        def shown(progress: CheckProgress) -> None:
            show(
                f"check  pages {progress.pages_done}/{progress.pages_total}  findings: conflict {progress.conflicts}  "
                f"review {progress.reviews}  {progress.address}"
            )

        result = check_archive(connection, run_folder, evidence, on, shown)
        show(
            f"check  {result.pages - result.unread} pages checked, {result.unread} not readable: "
            f"{result.conflicts} findings in conflict, {result.reviews} for review",
            final=True,
        )
    return result.run_id


def check_exit_code(database: str, check_id: str, *, fail_on_conflict: bool) -> ExitCode:
    """Return how a check ends: with findings, with sites not read, or done."""
    with open_database(database).connect() as connection:
        return exit_code(connection, check_id, fail_on_conflict=fail_on_conflict)


def report_stage(
    database: str, check_id: str | None, folder: Path, *, site: str | None, fail_on_conflict: bool, quiet: bool
) -> ExitCode:
    """Write the reports of a check (the latest without an id), print the summary, and return how the program ends."""
    with open_database(database, must_exist=True).connect() as connection:
        if check_id is None:
            latest = latest_check_run(connection)
            if latest is None:
                raise UsageError(f"{database} holds no check yet; run `clinicwatch scan` or `clinicwatch check` first")
            check_id = latest.id
        run(connection, check_id)
        paths = write_reports(connection, check_id, folder, site=site)
        if not quiet:
            overview = next((path for path in paths if path.name == "index.html"), paths[0])
            print_summary(CONSOLE, connection, check_id, [("report", overview), ("database", database)])
        return exit_code(connection, check_id, fail_on_conflict=fail_on_conflict)


def read_resolve(entry: str) -> tuple[str, str]:
    """Return the pattern and address of PATTERN=ADDRESS."""
    pattern, equals, address = entry.partition("=")
    if not equals or not pattern or not address:
        raise UsageError(f"--resolve takes PATTERN=ADDRESS such as '*.example=127.0.0.1', not '{entry}'")
    return pattern, address


def warn(line: str) -> None:
    """Print one line for people, where progress goes."""
    CONSOLE.print(Text(line), soft_wrap=True)
