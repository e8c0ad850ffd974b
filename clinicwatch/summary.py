"""What people see at the end of a scan: one line for each site, what was not read, and where everything lies."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlalchemy import Connection

from clinicwatch.errors import ExitCode
from database.queries import run_summary

#: What "conflict" and "review" mean, for a reader who sees them for the first time.
MEANING = (
    "conflict: a careful reader would rarely disagree that the page states this and that the record says otherwise. "
    "review: a person should look. Nothing here has been reviewed by a person yet."
)


def print_summary(
    console: Console, connection: Connection, check_id: str, paths: Sequence[tuple[str, Path | str]]
) -> None:
    """Print the sites of a check side by side and the paths of what was written."""
    summary = run_summary(connection, check_id)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("site", "read", "not read", "conflict", "review", "assessed"):
        table.add_column(heading, justify="left" if heading in ("site", "assessed") else "right", overflow="fold")
    for site in summary.sites:
        # Text, not markup: a site's address may hold square brackets.
        table.add_row(
            Text(site.site.id),
            str(site.read),
            str(site.not_read),
            str(site.conflicts),
            str(site.reviews),
            "yes" if site.assessed else "NO",
        )
    console.print(table)
    console.print(Text(MEANING, style="dim"))
    for name, path in paths:
        console.print(Text(f"{name}: {path}"), soft_wrap=True)


def exit_code(connection: Connection, check_id: str, *, fail_on_conflict: bool) -> ExitCode:
    """Return how the program ends: findings asked for come before sites that could not be read."""
    sites = run_summary(connection, check_id).sites
    if fail_on_conflict and any(site.conflicts for site in sites):
        return ExitCode.FOUND
    return ExitCode.DONE if all(site.assessed for site in sites) else ExitCode.NOT_ALL_READ
