"""The arguments and options that several verbs of the command line share, each with the sentence that --help prints."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from clinicwatch.errors import UsageError

DEFAULT_FOLDER = Path("clinicwatch-data")

Sites = Annotated[
    list[str],
    typer.Argument(
        help="Addresses (https://a.example) and CSV files with a column 'address' (and name, country, state).",
        show_default=False,
    ),
]
Archive = Annotated[Path, typer.Option("--archive", help="Folder that keeps a sub-folder for each crawl.")]
Database = Annotated[
    str,
    typer.Option(
        "--database",
        envvar="CLINICWATCH_DATABASE",
        help="SQLite file, or an address such as postgresql+psycopg://host/name.",
    ),
]
Reports = Annotated[Path, typer.Option("--reports", help="Folder that the reports are written to.")]
Contact = Annotated[
    str,
    typer.Option(
        "--contact",
        envvar="CLINICWATCH_CONTACT",
        help="Address or e-mail that sites can reach you at; part of the user agent.",
    ),
]
MaxPages = Annotated[int, typer.Option("--max-pages", min=1, help="Pages to fetch of one site at most.")]
MaxDepth = Annotated[int, typer.Option("--max-depth", min=0, help="Links to follow from the start page at most.")]
Delay = Annotated[float, typer.Option("--delay", min=0, help="Seconds between two requests to one site.")]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Allow private and loopback addresses (for tests and demonstrations).")
]
Resolve = Annotated[
    list[str] | None,
    typer.Option(
        "--resolve",
        help="Look up names matching PATTERN at ADDRESS instead: '*.example=127.0.0.1'.",
        metavar="PATTERN=ADDRESS",
    ),
]
AsOf = Annotated[
    datetime | None,
    typer.Option(
        "--as-of", formats=["%Y-%m-%d"], help="Judge by the evidence in force on this day.", show_default="today"
    ),
]
FailOn = Annotated[
    str,
    typer.Option(
        "--fail-on", help="'conflict': end with code 1 when a finding in this band exists.", show_default=False
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress and no summary.")]
Check = Annotated[str | None, typer.Option("--check", help="Id of the check to report on.", show_default="the latest")]
Evidence = Annotated[
    list[Path] | None,
    typer.Option(
        "--evidence",
        help="Folder with evidence of your own, which adds to the shipped records or replaces them by id.",
        metavar="FOLDER",
    ),
]


def fails_on_conflict(fail_on: str) -> bool:
    """Return whether findings in conflict end the program with code 1; raises UsageError for another word."""
    if fail_on not in ("", "conflict"):
        raise UsageError(f"--fail-on takes 'conflict', not '{fail_on}'")
    return fail_on == "conflict"


def day(as_of: datetime | None) -> date:
    """Return the day to judge by: the one given, or today in UTC."""
    return as_of.date() if as_of is not None else datetime.now(UTC).date()
