"""The command line: each verb is a stage (crawl, check, report), `scan` is the three in a row, `text` reads a sentence."""

import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from clinicwatch.errors import UsageError
from clinicwatch.maintain import evaluate, evidence_app, train
from clinicwatch.options import (
    DEFAULT_FOLDER,
    AllowPrivate,
    Archive,
    AsOf,
    Check,
    Contact,
    Database,
    Delay,
    Evidence,
    FailOn,
    MaxDepth,
    MaxPages,
    Quiet,
    Reports,
    Resolve,
    Sites,
    day,
    fails_on_conflict,
)

app = typer.Typer(
    name="clinicwatch",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Read what clinics tell patients on their web sites, set each statement beside the documented evidence, and keep the proof.",
    epilog="Exit codes: 0 done; 1 conflicts were found and --fail-on conflict asked for them; 2 wrong use or input; "
    "3 some sites could not be read.",
)


@app.command()
def scan(
    sites: Sites,
    archive: Archive = DEFAULT_FOLDER / "archive",
    database: Database = str(DEFAULT_FOLDER / "clinicwatch.sqlite"),
    reports: Reports = DEFAULT_FOLDER / "reports",
    contact: Contact = "",
    max_pages: MaxPages = 200,
    max_depth: MaxDepth = 6,
    delay: Delay = 1.0,
    allow_private: AllowPrivate = False,
    resolve: Resolve = None,
    as_of: AsOf = None,
    evidence: Evidence = None,
    fail_on: FailOn = "",
    quiet: Quiet = False,
) -> None:
    """Crawl sites, check what was stored, and write the reports: the three stages in a row.

    Example: clinicwatch scan https://a.example https://b.example --contact me@newsroom.example
    """
    from clinicwatch.stages import check_stage, crawl_stage, report_stage

    wanted = fails_on_conflict(fail_on)
    run_folder = crawl_stage(
        sites, archive, contact=contact, max_pages=max_pages, max_depth=max_depth, delay=delay,
        allow_private=allow_private, resolve=resolve or [], quiet=quiet,
    )  # fmt: skip
    check_id = check_stage(run_folder, database, day(as_of), evidence or [], quiet=quiet)
    code = report_stage(database, check_id, reports, site=None, fail_on_conflict=wanted, quiet=quiet)
    raise typer.Exit(code)


@app.command()
def crawl(
    sites: Sites,
    archive: Archive = DEFAULT_FOLDER / "archive",
    contact: Contact = "",
    max_pages: MaxPages = 200,
    max_depth: MaxDepth = 6,
    delay: Delay = 1.0,
    allow_private: AllowPrivate = False,
    resolve: Resolve = None,
    quiet: Quiet = False,
) -> None:
    """Visit sites politely and keep every answer; prints the folder of the crawl.

    Ctrl-C stops it; what was fetched stays, and `clinicwatch check FOLDER` reads it.
    """
    from clinicwatch.stages import crawl_stage

    run_folder = crawl_stage(
        sites, archive, contact=contact, max_pages=max_pages, max_depth=max_depth, delay=delay,
        allow_private=allow_private, resolve=resolve or [], quiet=quiet,
    )  # fmt: skip
    from clinicwatch.stages import crawl_exit_code

    typer.echo(str(run_folder))
    raise typer.Exit(crawl_exit_code(run_folder))


@app.command()
def check(
    crawl_folder: Annotated[
        Path, typer.Argument(help="Folder of a crawl, as `clinicwatch crawl` printed it.", show_default=False)
    ],
    database: Database = str(DEFAULT_FOLDER / "clinicwatch.sqlite"),
    as_of: AsOf = None,
    evidence: Evidence = None,
    fail_on: FailOn = "",
    quiet: Quiet = False,
) -> None:
    """Read the stored pages of a crawl, find and judge their claims, and keep them in the database; needs no network.

    Prints the id of the check, which `clinicwatch report --check ID` takes.
    """
    from clinicwatch.stages import check_exit_code, check_stage

    wanted = fails_on_conflict(fail_on)
    check_id = check_stage(crawl_folder, database, day(as_of), evidence or [], quiet=quiet)
    typer.echo(check_id)
    raise typer.Exit(check_exit_code(database, check_id, fail_on_conflict=wanted))


@app.command()
def text(
    sentence: Annotated[
        str | None, typer.Argument(help="A sentence to read; without it, standard input is read.", show_default=False)
    ] = None,
    jsonl: Annotated[
        str | None,
        typer.Option(
            "--jsonl", help="Read JSON Lines from FILE ('-': standard input) and write JSON Lines.", metavar="FILE"
        ),
    ] = None,
    jurisdiction: Annotated[
        str, typer.Option("--jurisdiction", help="Whose law and approvals to judge by (us, us-fl, eu, jp, ...).")
    ] = "us",
    language: Annotated[
        str | None, typer.Option("--language", help="Language of the text (en, es).", show_default="detected")
    ] = None,
    as_of: AsOf = None,
    evidence: Evidence = None,
) -> None:
    """Read a sentence, plain text or JSON Lines and judge it, without a crawl or a database.

    Example: clinicwatch text "Our FDA-approved stem cells cure spinal stenosis with no side effects."
    """
    from clinicwatch.text_stage import judge_lines, judge_text

    if jsonl is not None:
        if sentence is not None:
            raise UsageError("give either a sentence or --jsonl FILE, not both")
        _write_lines(judge_lines(jsonl, jurisdiction, day(as_of), language, evidence or []))
        return
    if sentence is None and sys.stdin.isatty():
        raise UsageError('nothing to read: give a sentence ("..."), pipe text in, or use --jsonl FILE')
    judge_text(
        sentence if sentence is not None else sys.stdin.read(),
        jurisdiction,
        day(as_of),
        language,
        evidence or [],
        Console(highlight=False),
    )


@app.command()
def report(
    database: Database = str(DEFAULT_FOLDER / "clinicwatch.sqlite"),
    reports: Reports = DEFAULT_FOLDER / "reports",
    check: Check = None,
    site: Annotated[
        str | None,
        typer.Option(
            "--site",
            help="Write the dossier of this site alone (its id, as the overview lists it).",
            show_default=False,
        ),
    ] = None,
    fail_on: FailOn = "",
    quiet: Quiet = False,
) -> None:
    """Write the reports of a check: an overview, a dossier for each site, and the findings as CSV and JSON Lines."""
    from clinicwatch.stages import report_stage

    raise typer.Exit(
        report_stage(database, check, reports, site=site, fail_on_conflict=fails_on_conflict(fail_on), quiet=quiet)
    )


@app.callback()
def prepare(
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Write the log of the crawl and of the database to standard error.")
    ] = False,
) -> None:
    """Set up logging: logs are for operators, progress for people."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
    # What goes wrong with a page is in its capture, so without --verbose only what ends the program is worth a line.
    handler.setLevel(logging.INFO if verbose else logging.CRITICAL)
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.INFO)


def _write_lines(rows: Iterator[dict[str, object]]) -> None:
    for row in rows:
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


app.add_typer(evidence_app, name="evidence")
app.command()(evaluate)
app.command()(train)
