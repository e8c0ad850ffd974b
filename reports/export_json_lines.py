"""The findings for programs: one JSON object a line, with every field as it was stored."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

from database.queries import findings_of_run
from database.rows import SiteRow
from reports.report import Report, ReportJob
from reports.whole_file import write_whole

FILE = "findings.jsonl"


def _write(job: ReportJob) -> tuple[Path, ...]:
    return (write_whole(job.folder / FILE, _lines(job)),)


def _lines(job: ReportJob) -> Iterator[str]:
    sites: dict[str, SiteRow] = {site.id: site for site in job.sites}
    for claim in findings_of_run(job.connection, job.run.id, list(sites)):
        row = {"run_id": job.run.id, "site": asdict(sites[claim.site_id]), **asdict(claim), "reviewed": False}
        # ASCII only: no line separator of Unicode can end a line early in a careless reader.
        yield json.dumps(row, ensure_ascii=True, default=_plain) + "\n"


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in JSON Lines")


REPORT = Report(
    id="json_lines",
    title="Findings for programs",
    description="findings.jsonl: one finding in one place a line, with its records, proof and all other fields.",
    write=_write,
)
