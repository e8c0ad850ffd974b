"""The findings as a table for spreadsheets, with a data dictionary beside it."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from functools import cache
from importlib import resources
from pathlib import Path

import yaml

from database.queries import findings_of_run
from database.rows import ClaimRow, SiteRow
from reports.errors import ReportError
from reports.report import Report, ReportJob
from reports.whole_file import write_whole

FILE = "findings.csv"
DICTIONARY = "findings_columns.csv"
#: A spreadsheet runs a cell that starts with one of these as a formula, also after spaces and in their full-width form.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: With the byte order mark Excel reads UTF-8 as UTF-8; it is the one encoding that Excel and others agree on.
ENCODING = "utf-8-sig"

Cell = str | int | float


@cache
def columns() -> Mapping[str, str]:
    """Give name and meaning of each column, in order.

    Raises:
        ReportError: the file holds something else than names and sentences.
    """
    file = resources.files("reports").joinpath("columns", "findings.yml")
    read = yaml.safe_load(file.read_text(encoding="utf-8"))
    if not isinstance(read, dict) or not all(isinstance(text, str) for pair in read.items() for text in pair):
        raise ReportError("it must hold names and sentences only", "reports/columns/findings.yml", "Quote the others.")
    return read


def harmless(cell: Cell) -> Cell:
    """Put an apostrophe before text that a spreadsheet would run, e.g. "=HYPERLINK(...)"; numbers stay numbers."""
    if isinstance(cell, str) and (cell.startswith(FORMULA_STARTS) or cell.lstrip().startswith(FORMULA_STARTS)):
        return "'" + cell
    return cell


def csv_lines(rows: Iterable[Iterable[Cell]]) -> Iterator[str]:
    """Give the lines of a table as RFC 4180 wants them: every cell in quotes, lines ended by CR and LF."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _write(job: ReportJob) -> tuple[Path, ...]:
    sites = {site.id: site for site in job.sites}
    meanings = [("column", "meaning"), *columns().items(), ("(all)", _NOTE)]
    return (
        write_whole(job.folder / FILE, csv_lines(_rows(job, sites)), ENCODING),
        write_whole(job.folder / DICTIONARY, csv_lines(meanings), ENCODING),
    )


_NOTE = (
    "An apostrophe stands before any text that begins with = + - @, a tab or a line end, so that no spreadsheet runs "
    "it as a formula. findings.jsonl holds the same text without it."
)


def _rows(job: ReportJob, sites: Mapping[str, SiteRow]) -> Iterator[list[Cell]]:
    yield list(columns())
    for claim in findings_of_run(job.connection, job.run.id, list(sites)):
        cells = _cells(job.run.id, sites[claim.site_id], claim)
        yield [cells[name] for name in columns()]


def _cells(run_id: str, site: SiteRow, claim: ClaimRow) -> dict[str, Cell]:
    made: dict[str, Cell] = {
        "run_id": run_id,
        "site_name": site.name,
        "country": site.country,
        "state": site.state,
        "fetched_at": claim.fetched_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "score": round(claim.score, 4),
        "records": " ".join(record.slug for record in claim.records),
        "reviewed": "no",
        "start": claim.start + claim.quote_start,
        "end": claim.start + claim.quote_end,
    }
    stored = asdict(claim)
    return {name: made[name] if name in made else stored[name] for name in columns()}


REPORT = Report(
    id="csv",
    title="Findings as a table",
    description="findings.csv for spreadsheets, a row for each finding in each place, and the meaning of its columns.",
    write=_write,
)
