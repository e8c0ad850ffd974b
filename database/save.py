"""The one file that writes: each function is one transaction, so a kill or a full disk leaves whole pages only."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from classifier.passage import Passage
from classifier.verdict import Judged
from crawler.capture import Capture
from crawler.page_text import PageText
from crawler.site import Site
from database import models
from database.column_types import RunKind
from database.errors import DatabaseError
from database.insert import chunks, insert_new, insert_or_update, insert_rows
from database.record_snapshot import RecordSnapshot
from database.save_page_text import save_page_text
from database.session import writing
from database.storable import statement_digest, storable


@dataclass(frozen=True, slots=True)
class RunStart:
    """What is known of a run when it starts.

    `id` is like `20261124T101500Z-3f9c2a`, `crawl_id` the crawl that a check reads (None for a crawl), `started_at`
    an aware time, `versions` and `settings` plain JSON data.
    """

    id: str
    kind: RunKind
    started_at: datetime
    crawl_id: str | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    archive_folder: str = ""


def save_sites(connection: Connection, sites: Sequence[Site]) -> None:
    """Add sites; one that is known already takes the newer description."""
    with writing(connection):
        insert_or_update(connection, models.Site, [{**asdict(site), "also": list(site.also)} for site in sites], ["id"])


def start_run(connection: Connection, run: RunStart, site_ids: Sequence[str]) -> None:
    """Note that a run has begun and which (saved) sites it sets out to read; again with the same id continues it.

    Raises:
        DatabaseError: a check does not name a saved crawl, a site is not saved, or the id is another kind of run's.
    """
    with writing(connection):
        known = connection.execute(select(models.Run.kind, models.Run.crawl_id).filter_by(id=run.id)).one_or_none()
        if known is not None and tuple(known) != (run.kind.value, run.crawl_id):
            raise DatabaseError(
                f"it is already a {known.kind} of other data", f"run {run.id}", "Choose another run id."
            )
        _require(connection, models.Run, {run.crawl_id} if run.kind is RunKind.CHECK else set(), "crawl", "start_run")
        _require(connection, models.Site, set(site_ids), "site", "save_sites")
        row = {**asdict(run), "kind": run.kind.value, "finished_at": None, "ended": ""}
        row.update(versions=dict(run.versions), settings=dict(run.settings))
        insert_new(connection, models.Run, [row], ["id"])
        listed = [{"run_id": run.id, "site_id": site, "sequence": place} for place, site in enumerate(site_ids)]
        insert_new(connection, models.RunSite, listed, ["run_id", "site_id"])


def finish_run(connection: Connection, run_id: str, finished_at: datetime, ended: str) -> None:
    """Note when a run ended (an aware time) and what ended it (`done`, `interrupted`, ...).

    Raises:
        DatabaseError: there is no such run.
    """
    with writing(connection):
        ending = (
            update(models.Run).where(models.Run.id == run_id).values(finished_at=finished_at, ended=storable(ended))
        )
        if connection.execute(ending).rowcount == 0:
            raise DatabaseError("there is no such run", f"run {run_id}", "Call start_run first.")


def save_captures(connection: Connection, run_id: str, captures: Sequence[Capture]) -> None:
    """Add the captures of a crawl; those that are there already stay as they are.

    Raises:
        DatabaseError: the run or a site is not saved.
    """
    with writing(connection):
        _require(connection, models.Run, {run_id}, "run", "start_run")
        _require(connection, models.Site, {capture.site_id for capture in captures}, "site", "save_sites")
        for part in chunks(captures):
            keys = [(capture.site_id, storable(capture.address)) for capture in part]
            addresses = [{"site_id": site, "address": address} for site, address in sorted(set(keys))]
            insert_new(connection, models.Page, addresses, ["site_id", "address"])
            found = connection.execute(
                select(models.Page.site_id, models.Page.address, models.Page.id)
                .where(models.Page.site_id.in_({site for site, _ in keys}))
                .where(models.Page.address.in_({address for _, address in keys}))
            )
            page_ids = {(row.site_id, row.address): row.id for row in found}
            rows = [_capture_row(run_id, page_ids[key], capture) for key, capture in zip(keys, part, strict=True)]
            insert_new(connection, models.Capture, rows, ["run_id", "page_id"])


def save_records(connection: Connection, run_id: str, records: Sequence[RecordSnapshot]) -> None:
    """Keep the evidence records that a check judges by, as they are worded today.

    Raises:
        DatabaseError: the check is not saved, or was begun with another wording of a record.
    """
    with writing(connection):
        _require(connection, models.Run, {run_id}, "run", "start_run")
        rows = [
            {
                **asdict(record),
                "citations": [dict(cited) for cited in record.citations],
                "content": dict(record.content),
            }
            for record in records
        ]
        insert_new(connection, models.Record, rows, ["slug", "digest"])
        digests = {record.slug: record.digest for record in records}
        found = connection.execute(select(models.Record.id, models.Record.slug, models.Record.digest))
        used = [{"run_id": run_id, "slug": r.slug, "record_id": r.id} for r in found if digests.get(r.slug) == r.digest]
        insert_new(connection, models.RunRecord, used, ["run_id", "slug"])
        for slug, kept in _records_of_run(connection, run_id, digests).items():
            if any(row["slug"] == slug and row["record_id"] != kept for row in used):
                fix = "Start a new check; one check judges by one state of the evidence."
                raise DatabaseError(f"the record {slug} has changed since the check began", f"run {run_id}", fix)


def save_page(
    connection: Connection,
    check_run_id: str,
    capture: Capture,
    page_text: PageText,
    judged: Sequence[Judged],
    passages: Sequence[Passage],
) -> None:
    """Keep all that a check read and found on one page; a page it has saved before is left as it is.

    Raises:
        DatabaseError: the check, the capture or a record that a verdict rests on is not saved.
    """
    with writing(connection):
        capture_id, page_id = _capture_of(connection, check_run_id, capture)
        if _is_done(connection, check_run_id, capture_id):
            return
        all_passages = tuple(dict.fromkeys((*passages, *(item.passage for item in judged))))
        page_text_id, placements = save_page_text(connection, page_id, page_text, all_passages)
        checked = {"run_id": check_run_id, "capture_id": capture_id, "page_text_id": page_text_id, "reason": ""}
        insert_rows(connection, models.CheckedCapture, [checked])
        rows = [
            {"run_id": check_run_id, "capture_id": capture_id, "placement_id": placements[item.passage]}
            | {"sequence": place, **_claim_row(item)}
            for place, item in enumerate(judged)
        ]
        insert_rows(connection, models.Claim, rows)
        _save_claim_records(connection, check_run_id, capture_id, judged)


def save_unread(connection: Connection, check_run_id: str, capture: Capture, reason: str) -> None:
    """Keep why a check could read no text from a stored page; a page it has dealt with before is left as it is.

    Raises:
        DatabaseError: the check or the capture is not saved.
    """
    with writing(connection):
        capture_id, _ = _capture_of(connection, check_run_id, capture)
        if not _is_done(connection, check_run_id, capture_id):
            unread = {"run_id": check_run_id, "capture_id": capture_id, "page_text_id": None, "reason": reason}
            insert_rows(connection, models.CheckedCapture, [unread])


def _is_done(connection: Connection, check_run_id: str, capture_id: int) -> bool:
    done = select(models.CheckedCapture.run_id).filter_by(run_id=check_run_id, capture_id=capture_id)
    return connection.execute(done).first() is not None


def _capture_row(run_id: str, page_id: int, capture: Capture) -> dict[str, Any]:
    row = asdict(capture)
    del row["site_id"], row["address"]
    return {**row, "run_id": run_id, "page_id": page_id, "outcome": capture.outcome.value}


def _claim_row(item: Judged) -> dict[str, Any]:
    claim, verdict = item.claim, item.verdict
    row = asdict(claim)
    row["quote_start"], row["quote_end"] = row.pop("start"), row.pop("end")
    row["statement"] = statement_digest(claim.type.value, item.passage.text, claim.quote)
    row["type"] = claim.type.value
    row["spoke"] = list(claim.spoke)
    row["qualifiers"] = [{**asdict(qualifier), "kind": qualifier.kind.value} for qualifier in claim.qualifiers]
    band = verdict.band.value if verdict.band else None
    return {**row, "rating": verdict.rating.value, "band": band, "because": verdict.because, "step": verdict.step}


def _save_claim_records(connection: Connection, run_id: str, capture_id: int, judged: Sequence[Judged]) -> None:
    used = {slug for item in judged for slug in item.verdict.records}
    known = _records_of_run(connection, run_id, used) if used else {}
    numbers = select(models.Claim.sequence, models.Claim.id).filter_by(run_id=run_id, capture_id=capture_id)
    claim_ids = {row.sequence: row.id for row in connection.execute(numbers)}
    rows = []
    for place, item in enumerate(judged):
        for position, slug in enumerate(dict.fromkeys(item.verdict.records)):
            if slug not in known:
                thing = f"a verdict rests on the record '{slug}', which is not saved for this check"
                raise DatabaseError(thing, f"run {run_id}", "Call save_records with the whole evidence base first.")
            rows.append({"claim_id": claim_ids[place], "position": position, "record_id": known[slug]})
    insert_rows(connection, models.ClaimRecord, rows)


def _records_of_run(connection: Connection, run_id: str, slugs: Collection[str]) -> dict[str, int]:
    used = select(models.RunRecord.slug, models.RunRecord.record_id).filter_by(run_id=run_id)
    found = connection.execute(used.where(models.RunRecord.slug.in_(slugs)))
    return {row.slug: row.record_id for row in found}


def _capture_of(connection: Connection, check_run_id: str, capture: Capture) -> tuple[int, int]:
    found = connection.execute(
        select(models.Capture.id, models.Capture.page_id)
        .join(models.Page, models.Page.id == models.Capture.page_id)
        .join(models.Run, models.Run.crawl_id == models.Capture.run_id)
        .where(models.Run.id == check_run_id, models.Page.site_id == capture.site_id)
        .where(models.Page.address == storable(capture.address))
    ).one_or_none()
    if found is None:
        fix = "Call start_run for the check and save_captures for its crawl first."
        raise DatabaseError("the check or this capture of its crawl is not saved", f"run {check_run_id}", fix)
    return found.id, found.page_id


def _require(connection: Connection, model: Any, ids: set[Any], noun: str, first: str) -> None:
    known = set(connection.execute(select(model.id)).scalars()) if ids else set()
    for missing in sorted(map(str, ids - known)):
        raise DatabaseError(f"the {noun} '{missing}' is not saved", "database", f"Call {first} with it first.")
