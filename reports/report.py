"""The contract of a report: what every report is called, says of itself, and does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from database.rows import RunRow, SiteRow


@dataclass(frozen=True, slots=True)
class ReportJob:
    """What a report is asked for: a check, some or all of its sites, and a folder that exists."""

    connection: Connection
    run: RunRow
    sites: Sequence[SiteRow]
    folder: Path


@dataclass(frozen=True, slots=True)
class Report:
    """One kind of report.

    `id` is what users type (`site_dossier`), `title` and `description` are what lists of reports print. `write` writes
    its files into the job's folder, whole or not at all, and gives their paths.
    """

    id: str
    title: str
    description: str
    write: Callable[[ReportJob], tuple[Path, ...]]
