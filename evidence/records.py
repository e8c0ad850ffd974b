"""The kinds of evidence record and their fields; the field descriptions are the manual of the YAML files."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class Strict(BaseModel):
    """A part of a YAML file: unknown keys are refused, and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, populate_by_name=True)


class Publisher(StrEnum):
    """Who speaks in a source, strongest first."""

    REGULATOR = "regulator"
    COURT = "court"
    LEGISLATURE = "legislature"
    JOURNAL = "journal"
    GUIDELINE = "guideline"
    REGISTRY = "registry"
    SOCIETY = "society"
    TRADE_PRESS = "trade_press"
    NEWS = "news"
    LAW_FIRM = "law_firm"
    COMPANY = "company"
    OTHER = "other"


class Mark(StrEnum):
    """How well a record is verified."""

    PRIMARY = "primary"
    REPORTED = "reported"
    GENERAL_KNOWLEDGE = "general_knowledge"
    UNKNOWN = "unknown"


class Source(Strict):
    """One document that records cite (evidence/sources/<id>.yml)."""

    id: Slug = Field(description="Same as the file name.")
    title: str = Field(min_length=3, description="Title as published, or a plain description of the page.")
    publisher: str = Field(
        min_length=2, description="Who published the text that was read; name a copy as 'X, copy at Y'."
    )
    voice: Publisher = Field(description="Who speaks in the text, which is not always who hosts the copy.")
    addresses: tuple[str, ...] = Field(min_length=1, description="Addresses exactly as they were read.")
    date: str = Field(default="", description="Date as published (2021-06-03, 2021-06 or 2021); empty when not shown.")


class Citation(Strict):
    """One source in support of one record."""

    source: Slug = Field(description="Id of a file in evidence/sources/.")
    says: str = Field(default="", description="What this source shows of the record, in our own words.")


class Verification(Strict):
    """How a record was verified, and on which day."""

    mark: Mark = Field(
        description="primary: seen in a regulator's, court's, register's, guideline's or journal's own text. reported: seen "
        "in a secondary text. general_knowledge: not seen in any source. unknown: looked for and not found, or in conflict."
    )
    on: date = Field(description="Day of the last verification.")
    how: str = Field(default="", description="What was read, and what of the record it did not cover.")


class Level(StrEnum):
    """How strong the evidence is that a therapy helps a condition (evidence/levels.yml tells what each means)."""

    NONE = "none"
    PRECLINICAL = "preclinical"
    EARLY = "early"
    MIXED = "mixed"
    NEGATIVE = "negative"
    CONDITIONAL = "conditional"
    ESTABLISHED = "established"


class Status(StrEnum):
    """What a regulator has decided about a product or a class of products."""

    APPROVED = "approved"
    CONDITIONALLY_APPROVED = "conditionally_approved"
    CLEARED = "cleared"
    EXEMPT = "exempt"
    PERMITTED = "permitted"
    DESIGNATED = "designated"
    UNDER_REVIEW = "under_review"
    NOT_APPROVED = "not_approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    PROHIBITED = "prohibited"


class RecordFields(Strict):
    """What every record has."""

    id: Slug = Field(description="Same as the file name; readable, with the jurisdiction first where there is one.")
    summary: str = Field(
        min_length=20,
        description="One to three neutral sentences in our own words: who found or decided what, for whom, and its limits.",
    )
    therapies: tuple[Slug, ...] = Field(description="Ids of evidence/therapies/ it bears on; [any] for all.")
    conditions: tuple[Slug, ...] = Field(description="Ids of evidence/conditions/ it bears on; [any] for all.")
    jurisdiction: Slug = Field(description="Id of evidence/jurisdictions/ (us, eu, us-fl, world).")
    claim_types: tuple[str, ...] = Field(
        default=(), description="Claim types it bears on (cure, approval, ...); empty means all that its kind answers."
    )
    from_: date | None = Field(
        default=None, alias="from", description="First day on which it holds; empty: always has."
    )
    until: date | None = Field(default=None, description="First day on which it no longer holds; empty: still does.")
    citations: tuple[Citation, ...] = Field(
        default=(), description="Strongest first. May be empty only where the mark is general_knowledge or unknown."
    )
    verified: Verification = Field(description="How well it is verified.")
    review_by: date = Field(description="Day by which somebody should look again.")
    key: str = Field(
        default="", description="Key of the record in the research note it came from (P-RYONCIL); may be empty."
    )
    notes: str = Field(default="", description="What a maintainer should know; not printed in reports.")


class StatusRecord(RecordFields):
    """What a regulator decided: product or class x condition x population x jurisdiction, from a day, until a day."""

    kind: Literal["status"]
    product: str = Field(description="Product and generic name, or the class of products, as a reader knows it.")
    population: str = Field(default="", description="For whom (children from 2 months; adults); empty: not limited.")
    status: Status = Field(description="What was decided.")
    legal_basis: str = Field(default="", description="BLA, 510(k), 21 CFR 1271.10, conditional approval, ...")


class StudyRecord(RecordFields):
    """What studies found of a therapy for a condition."""

    kind: Literal["study"]
    level: Level = Field(description="How strong the evidence is, from evidence/levels.yml.")
    finding: str = Field(min_length=10, description="What was found, in one sentence.")
    design: str = Field(
        default="", description="Design of the best evidence (RCT, meta-analysis, case series, none found)."
    )
    people: int | None = Field(default=None, ge=0, description="Number of people in it, where known.")


class GuidanceRecord(RecordFields):
    """What a regulator or a professional body advises on a therapy, a condition or how to tell of them."""

    kind: Literal["guidance"]
    issued_by: str = Field(description="Who advises.")
    says: str = Field(min_length=10, description="What is advised, in one sentence of our own.")
    level: Level | None = Field(default=None, description="Where it rates evidence: the level that follows from it.")


class HarmRecord(RecordFields):
    """A documented harm."""

    kind: Literal["harm"]
    route: str = Field(
        default="", description="How it was given (intravitreal, intrathecal, intravenous, joint injection)."
    )
    what_happened: str = Field(min_length=10, description="What happened, in one sentence.")
    people: int | None = Field(default=None, ge=0, description="How many people, where known.")


class LawRecord(RecordFields):
    """A law, rule, ruling or settled case that bears on what may be offered or said."""

    kind: Literal["law"]
    citation_form: str = Field(description="How lawyers cite it (16 CFR Part 255; 998 F.3d 1302 (11th Cir. 2021)).")
    says: str = Field(min_length=10, description="What it requires, forbids or decided, in one sentence of our own.")


Record = Annotated[StatusRecord | StudyRecord | GuidanceRecord | HarmRecord | LawRecord, Field(discriminator="kind")]


class Therapy(Strict):
    """A therapy that clinics sell or that they compare themselves with (evidence/therapies/<id>.yml)."""

    id: Slug = Field(description="Same as the file name.")
    name: str = Field(description="The name reports print.")
    role: Literal["unproven", "standard_care", "supported", "mixed"] = Field(
        description="unproven: sold beside or instead of established care. standard_care: established for what it is usually "
        "used for (surgery, exercise, approved drugs). supported: proven in its own field (HSCT for leukaemia). mixed: both."
    )
    parents: tuple[Slug, ...] = Field(default=(), description="Broader therapies this one belongs to.")
    names: dict[Literal["en", "es"], tuple[str, ...]] = Field(
        description="Names and synonyms by language, as written on pages."
    )
    abbreviations: tuple[str, ...] = Field(default=(), description="Matched in capitals only (PRP, SVF, BMAC).")
    ambiguous: tuple[str, ...] = Field(
        default=(),
        description="Names or abbreviations above that mean something else too; matched only beside another mention.",
    )
    identifiers: dict[Literal["mesh", "mondo", "icd10"], str] = Field(
        default_factory=dict, description="Verified identifiers only."
    )
    notes: str = Field(default="", description="What a maintainer should know.")


class Condition(Strict):
    """A disease, complaint or goal that clinics name (evidence/conditions/<id>.yml)."""

    id: Slug = Field(description="Same as the file name.")
    name: str = Field(description="The name reports print.")
    parents: tuple[Slug, ...] = Field(
        default=(), description="Broader conditions this one belongs to (knee OA > osteoarthritis)."
    )
    names: dict[Literal["en", "es"], tuple[str, ...]] = Field(
        description="Names and synonyms by language, as written on pages."
    )
    abbreviations: tuple[str, ...] = Field(default=(), description="Matched in capitals only (MS, ALS, COPD).")
    ambiguous: tuple[str, ...] = Field(
        default=(),
        description="Names or abbreviations above that mean something else too; matched only beside another mention.",
    )
    identifiers: dict[Literal["mesh", "mondo", "icd10"], str] = Field(
        default_factory=dict, description="Verified identifiers only."
    )
    notes: str = Field(default="", description="What a maintainer should know.")


class Jurisdiction(Strict):
    """A place with law of its own (evidence/jurisdictions/<id>.yml)."""

    id: Slug = Field(description="Same as the file name: ISO 3166 in lower case (us, us-fl), eu, or world.")
    name: str = Field(description="The name reports print.")
    parents: tuple[Slug, ...] = Field(default=(), description="us-fl > us > world.")
    names: dict[Literal["en", "es"], tuple[str, ...]] = Field(
        description="Names, and of its regulators, as written on pages."
    )
    regulators: tuple[str, ...] = Field(default=(), description="Regulators' names and abbreviations (FDA, EMA, TGA).")
