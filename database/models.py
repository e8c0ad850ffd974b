"""The schema: every table and column, each with the sentence that a journalist needs to use it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, ForeignKeyConstraint, Index, MetaData, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, mapped_column

from classifier.claim import ClaimType
from classifier.verdict import Band, Rating
from crawler.capture import Outcome
from crawler.page_text import BlockKind
from database.column_types import Json, RunKind, UtcTime, one_of

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Model(DeclarativeBase):
    """What all tables share: the way in which keys and constraints are named."""

    metadata = MetaData(naming_convention=NAMES)


def _text(comment: str, **options: Any) -> MappedColumn[Any]:
    return mapped_column(Text, comment=comment, **options)


def _to(target: str, comment: str, **options: Any) -> MappedColumn[Any]:
    return mapped_column(ForeignKey(target), comment=comment, **options)


def _number(comment: str, **options: Any) -> MappedColumn[Any]:
    return mapped_column(comment=comment, **options)


def _number_of(thing: str) -> MappedColumn[Any]:
    return mapped_column(primary_key=True, comment=f"Number of the {thing} in this database.")


class Site(Model):
    """A clinic's web presence."""

    __tablename__ = "site"
    __table_args__ = ({"comment": "One clinic's web presence, as the newest site list describes it."},)

    id: Mapped[str] = _text("Readable name of the site, usually its host.", primary_key=True)
    address: Mapped[str] = _text("Address from which the crawl starts.")
    name: Mapped[str] = _text("Name of the clinic; empty when the list does not say.")
    country: Mapped[str] = _text("ISO 3166 code of the country (US); may be empty.")
    state: Mapped[str] = _text("Code of the state or province (FL); may be empty.")
    why_listed: Mapped[str] = _text("Why somebody put the site on the list; may be empty.")
    also: Mapped[list[str]] = mapped_column(Json, comment="Further hosts of the same clinic that the list names.")


class Run(Model):
    """A crawl or a check."""

    __tablename__ = "run"
    __table_args__ = (
        one_of("kind", RunKind),
        {"comment": "One crawl (pages are fetched) or one check (pages of a crawl are read and judged)."},
    )

    id: Mapped[str] = _text("Start time and a random tail, like 20261124T101500Z-3f9c2a.", primary_key=True)
    kind: Mapped[str] = _text("crawl or check.")
    crawl_id: Mapped[str | None] = _to("run.id", "For a check: the crawl whose pages it read.", index=True)
    started_at: Mapped[datetime] = mapped_column(UtcTime, comment="When it started, UTC.")
    finished_at: Mapped[datetime | None] = mapped_column(UtcTime, comment="When it ended, UTC; empty while unfinished.")
    ended: Mapped[str] = _text("What ended it (done, interrupted, disk_full, ...); empty while unfinished.")
    versions: Mapped[dict[str, str]] = mapped_column(
        Json, comment="Versions of software, rules, model, and digest of the evidence."
    )
    settings: Mapped[dict[str, Any]] = mapped_column(Json, comment="The settings it ran with.")
    archive_folder: Mapped[str] = _text("Folder that holds the stored answers of the crawl.")


class RunSite(Model):
    """A site that a run set out to read."""

    __tablename__ = "run_site"
    __table_args__ = ({"comment": "Which sites a run set out to read, so that a site never reached is not forgotten."},)

    run_id: Mapped[str] = _to("run.id", "The run.", primary_key=True)
    site_id: Mapped[str] = _to("site.id", "The site.", primary_key=True, index=True)
    sequence: Mapped[int] = _number("Place in the site list, from 0.")


class Page(Model):
    """An address of a site."""

    __tablename__ = "page"
    __table_args__ = (UniqueConstraint("site_id", "address"), {"comment": "One address of one site."})

    id: Mapped[int] = _number_of("page")
    site_id: Mapped[str] = _to("site.id", "The site it belongs to.")
    address: Mapped[str] = _text("The address (URL).")


class Capture(Model):
    """What became of one page in one crawl."""

    __tablename__ = "capture"
    __table_args__ = (
        UniqueConstraint("run_id", "page_id"),
        one_of("outcome", Outcome),
        Index("ix_capture_run_id_outcome", "run_id", "outcome"),
        {"comment": "One visit of one page in one crawl: what came back, and where the proof is kept."},
    )

    id: Mapped[int] = _number_of("capture")
    run_id: Mapped[str] = _to("run.id", "The crawl.")
    page_id: Mapped[int] = _to("page.id", "The page.", index=True)
    fetched_at: Mapped[datetime] = mapped_column(UtcTime, comment="When it was asked for, UTC.")
    outcome: Mapped[str] = _text("How the visit ended: read, empty, blocked, failed, ...")
    reason: Mapped[str] = _text("Why it ended so, in one sentence.")
    status: Mapped[int | None] = _number("HTTP status; empty when there was no answer.")
    media_type: Mapped[str] = _text("Kind of document, like text/html.")
    charset: Mapped[str] = _text("Character encoding that the server or the page named.")
    body_digest: Mapped[str] = _text("sha256:<hex> of the stored bytes; empty when there were none.", index=True)
    body_length: Mapped[int] = _number("Number of bytes stored.")
    archive_file: Mapped[str] = _text("WARC file in the archive folder of the crawl; empty when nothing was stored.")
    archive_offset: Mapped[int] = _number("Byte at which the record starts in that file; -1 when nothing was stored.")
    record_id: Mapped[str] = _text("WARC-Record-ID of the stored answer.")
    found_on: Mapped[str] = _text("Address of the page that led here; empty for a start address.")
    redirected_to: Mapped[str] = _text("Where the server pointed to instead; usually empty.")


class PageText(Model):
    """What a page said."""

    __tablename__ = "page_text"
    __table_args__ = (
        UniqueConstraint("page_id", "digest"),
        {"comment": "What a page said. Kept once per wording: a page that does not change adds nothing."},
    )

    id: Mapped[int] = _number_of("page text")
    page_id: Mapped[int] = _to("page.id", "The page.")
    digest: Mapped[str] = _text("sha256:<hex> over title, language, text and the places of all passages.")
    title: Mapped[str] = _text("Title of the page.")
    language: Mapped[str] = _text("Declared language (en, es); empty when the page does not say.")
    text: Mapped[str] = _text("All text of the page, one block a line.")


class Passage(Model):
    """A wording, stored once."""

    __tablename__ = "passage"
    __table_args__ = ({"comment": "One sentence, heading, list item, ... Each wording is stored once for all pages."},)

    id: Mapped[int] = _number_of("passage")
    digest: Mapped[str] = _text("sha256:<hex> of the exact text.", unique=True)
    text: Mapped[str] = _text("The exact text.")


class Placement(Model):
    """Where a passage stands."""

    __tablename__ = "placement"
    __table_args__ = (
        UniqueConstraint("page_text_id", "sequence"),
        one_of("kind", BlockKind),
        {"comment": "Where a passage stands in the text of a page, and what stands around it."},
    )

    id: Mapped[int] = _number_of("placement")
    page_text_id: Mapped[int] = _to("page_text.id", "The text of the page.")
    passage_id: Mapped[int] = _to("passage.id", "The passage.", index=True)
    sequence: Mapped[int] = _number("Order on the page, from 0.")
    kind: Mapped[str] = _text("Kind of place: paragraph, heading, alt_text, meta_description, ...")
    start: Mapped[int] = _number("Offset in page_text.text, in characters from 0.")
    heading: Mapped[str] = _text("Nearest heading above; may be empty.")
    lead_in: Mapped[str] = _text("Sentence that introduces the list or table it belongs to; may be empty.")
    path: Mapped[str] = _text("Path that finds the place in the document again (CSS, JSON-LD or PDF).")
    boilerplate: Mapped[bool] = _number("True in navigation, footers and cookie banners.")
    hidden: Mapped[bool] = _number("True for text that a visitor cannot see at first.")


class CheckedCapture(Model):
    """A capture that a check has dealt with to its end."""

    __tablename__ = "checked_capture"
    __table_args__ = (
        {
            "comment": "Which captures a check has dealt with. Only where a text was read may it say that nothing was found."
        },
    )

    run_id: Mapped[str] = _to("run.id", "The check.", primary_key=True)
    capture_id: Mapped[int] = _to("capture.id", "The capture it dealt with.", primary_key=True, index=True)
    page_text_id: Mapped[int | None] = _to("page_text.id", "The text it read; empty when it could not.", index=True)
    reason: Mapped[str] = _text("Why no text could be read; empty when one was.")


class Record(Model):
    """An evidence record as it stood on some day."""

    __tablename__ = "record"
    __table_args__ = (
        UniqueConstraint("slug", "digest"),
        {"comment": "One wording of one evidence record. A record that is edited later gets a second row."},
    )

    id: Mapped[int] = _number_of("record")
    slug: Mapped[str] = _text("Id of the record, equal to its file name in evidence/records.")
    digest: Mapped[str] = _text("sha256:<hex> over the record and its sources.")
    kind: Mapped[str] = _text("status, study, guidance, harm or law.")
    title: Mapped[str] = _text("Product, therapy, case or body that the record is about; may be empty.")
    summary: Mapped[str] = _text("What the record says, in one to three sentences.")
    jurisdiction: Mapped[str] = _text("Where it holds (us, us-fl, eu, world).")
    level: Mapped[str] = _text("How strong the evidence is (studies, some guidance); may be empty.")
    status: Mapped[str] = _text("What a regulator decided (status records); may be empty.")
    mark: Mapped[str] = _text("How well it is verified: primary, reported, general_knowledge or unknown.")
    verified_on: Mapped[date | None] = mapped_column(Date, comment="Day of the last verification.")
    citations: Mapped[list[dict[str, Any]]] = mapped_column(Json, comment="Sources: title, publisher, date, addresses.")
    content: Mapped[dict[str, Any]] = mapped_column(Json, comment="The whole record as it was loaded.")


class RunRecord(Model):
    """The wording of a record that a check judged by."""

    __tablename__ = "run_record"
    __table_args__ = ({"comment": "By which wording of each evidence record a check judged."},)

    run_id: Mapped[str] = _to("run.id", "The check.", primary_key=True)
    slug: Mapped[str] = _text("Id of the record.", primary_key=True)
    record_id: Mapped[int] = _to("record.id", "The wording.", index=True)


class Claim(Model):
    """A statement and its verdict."""

    __tablename__ = "claim"
    __table_args__ = (
        ForeignKeyConstraint(["run_id", "capture_id"], ["checked_capture.run_id", "checked_capture.capture_id"]),
        UniqueConstraint("run_id", "capture_id", "sequence"),
        one_of("type", ClaimType),
        one_of("rating", Rating),
        one_of("band", Band),
        Index("ix_claim_run_id_band_type", "run_id", "band", "type"),
        {"comment": "One statement of one page, with its verdict in one check. With a band it is a finding."},
    )

    id: Mapped[int] = _number_of("claim")
    run_id: Mapped[str] = _text("The check that made the claim.")
    capture_id: Mapped[int] = _number("The capture it was found in.", index=True)
    placement_id: Mapped[int] = _to("placement.id", "The place on the page.", index=True)
    sequence: Mapped[int] = _number("Order on the page, from 0.")
    statement: Mapped[str] = _text("Same wherever the same words are claimed, whatever their case.", index=True)
    type: Mapped[str] = _text("What is claimed: cure, efficacy, approval, safety, guarantee, ...")
    quote: Mapped[str] = _text("The exact words.")
    quote_start: Mapped[int] = _number("First character of the quote in the passage, from 0.")
    quote_end: Mapped[int] = _number("Character after the quote in the passage.")
    therapy: Mapped[str] = _text("Therapy named (id of the evidence base); may be empty.", index=True)
    condition: Mapped[str] = _text("Condition named (id of the evidence base); may be empty.", index=True)
    place: Mapped[str] = _text("Jurisdiction the claim speaks of (us for FDA); may be empty.")
    score: Mapped[float] = _number("Probability from 0 to 1 that a careful reader finds this claim here.")
    found_by: Mapped[str] = _text("Rule or model that found it.")
    spoke: Mapped[list[str]] = mapped_column(Json, comment="The words it rests on.")
    qualifiers: Mapped[list[dict[str, Any]]] = mapped_column(
        Json, comment="What takes it back or changes who speaks: kind, phrase, start, end."
    )
    rating: Mapped[str] = _text("contradicted, unsupported, overstated, supported or no_record.")
    band: Mapped[str | None] = _text("conflict or review for a finding; empty for a claim that reports do not list.")
    because: Mapped[str] = _text("The sentence that explains the rating.")
    step: Mapped[str] = _text("How specific the look-up in the evidence was: pair, class, condition or law.")


class ClaimRecord(Model):
    """A record that a verdict rests on."""

    __tablename__ = "claim_record"
    __table_args__ = ({"comment": "The evidence records that a verdict rests on, the one that weighs most first."},)

    claim_id: Mapped[int] = _to("claim.id", "The claim.", primary_key=True)
    position: Mapped[int] = _number("Order of weight, from 0.", primary_key=True)
    record_id: Mapped[int] = _to("record.id", "The record as it was worded then.", index=True)
