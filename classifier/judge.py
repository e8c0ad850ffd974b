"""Judge a claim: look up the evidence that answers it and read its rating off the table of verdicts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from classifier.claim import Claim, ClaimType
from classifier.errors import ClassifierError
from classifier.rules_table import load_types
from classifier.verdict import Band, Rating, Verdict
from evidence.evidence_base import EvidenceBase
from evidence.find import Match, find
from evidence.records import GuidanceRecord, Level, Status, StatusRecord, StudyRecord

#: What a record that is neither a study nor a status says in the table of verdicts.
OTHER_KINDS = frozenset({"guidance", "law", "harm"})
#: Reports cite at most this many records for one claim, strongest first; more tell a reader nothing new.
CITED = 4
#: A supported claim is not a finding: what is left of its score is the chance that it was linked to the wrong record.
#: Assumed, not measured: the labelled corpus holds too few supported claims to count it.
LEFT_WHEN_SUPPORTED = 0.1


ESTABLISHED_CARE = "The statement is on established care, which this evidence base does not cover."


class VerdictRow(BaseModel):
    """One row of rules/verdicts.yml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    claim: tuple[ClaimType, ...] = Field(min_length=1)
    best: tuple[str, ...] = Field(min_length=1)
    rating: Rating
    because: str = Field(min_length=20)


@dataclass(frozen=True, slots=True)
class VerdictTable:
    """rules/verdicts.yml by claim type and what the best record says."""

    rows: Mapping[tuple[ClaimType, str], VerdictRow]


@lru_cache(maxsize=1)
def load_verdicts() -> VerdictTable:
    """Read the table; raises ClassifierError for an unknown level or status, or for two rows that answer the same."""
    known = {level.value for level in Level} | {status.value for status in Status} | OTHER_KINDS
    rows: dict[tuple[ClaimType, str], VerdictRow] = {}
    for number, raw in enumerate(_read(), start=1):
        try:
            row = VerdictRow(**raw)
        except (ValidationError, TypeError) as error:
            raise ClassifierError(f"rules/verdicts.yml, row {number}: {error}") from error
        for kind in row.claim:
            for best in row.best:
                if best not in known:
                    raise ClassifierError(
                        f"rules/verdicts.yml, row {number}: '{best}' is no level, status or kind of record"
                    )
                if (kind, best) in rows:
                    raise ClassifierError(
                        f"rules/verdicts.yml, row {number}: '{kind}' with '{best}' is answered by two rows"
                    )
                rows[kind, best] = row
    return VerdictTable(rows)


def _read() -> list[dict[str, Any]]:
    raw = yaml.safe_load(files("classifier").joinpath("rules", "verdicts.yml").read_text(encoding="utf-8"))
    return list(raw)


@dataclass(frozen=True, slots=True)
class Bands:
    """From which score a claim that the record does not support is in `conflict`, and from which in `review`."""

    conflict_from: float
    review_from: float


class Judge:
    """Judges claims against one evidence base, for one jurisdiction and one day.

    `jurisdiction` is that of the site (`us`); a claim that names a place of its own ("approved in Japan") is judged there.
    """

    def __init__(self, evidence: EvidenceBase, bands: Bands, jurisdiction: str, on: date) -> None:
        self._evidence = evidence
        self._bands = bands
        self._types = load_types()
        self._jurisdiction = jurisdiction
        self._on = on
        self._verdicts = load_verdicts()

    def judge(self, claim: Claim) -> Verdict:
        """Return the verdict of `claim`; `no_record` when the evidence base has nothing that answers it."""
        place = claim.place or self._jurisdiction
        matches = find(self._evidence, claim.type.value, claim.therapy, claim.condition, place, self._on)
        answered = [(match, row) for match in matches if (row := self._row(claim.type, match)) is not None]
        if self._is_established_care(claim.therapy) and all(match.step == "law" for match, _ in answered):
            return Verdict(Rating.NO_RECORD, None, ESTABLISHED_CARE)
        if not answered:
            return Verdict(Rating.NO_RECORD, None, "The evidence base has no record that answers this statement.")
        grounds = [pair for pair in answered if pair[0].sole_ground_ok] or answered
        match, row = grounds[0]
        others = [other for other, other_row in answered if other is not match and other_row.rating is row.rating]
        return Verdict(
            rating=row.rating,
            band=self._band(claim, row.rating, firm=match.sole_ground_ok),
            because=self._sentence(row, claim, match),
            records=tuple(found.record.id for found in [match, *others][:CITED]),
            step=match.step,
        )

    def score(self, claim: Claim, verdict: Verdict) -> float:
        """Return the probability that a careful reader would make this finding: small where the evidence supports the claim."""
        settled = verdict.rating in (Rating.SUPPORTED, Rating.NO_RECORD)
        return round(claim.score * LEFT_WHEN_SUPPORTED, 4) if settled else claim.score

    def _is_established_care(self, therapy: str) -> bool:
        return therapy in self._evidence.therapies and self._evidence.therapies[therapy].role == "standard_care"

    def _row(self, kind: ClaimType, match: Match) -> VerdictRow | None:
        return self._verdicts.rows.get((kind, what_it_says(match)))

    def _band(self, claim: Claim, rating: Rating, *, firm: bool) -> Band | None:
        if rating in (Rating.SUPPORTED, Rating.NO_RECORD):
            return None
        rule = self._types[claim.type]
        touched = any(qualifier.kind in rule.weakens | rule.takes_back for qualifier in claim.qualifiers)
        if claim.score >= self._bands.conflict_from and firm and not touched:
            return Band.CONFLICT
        return Band.REVIEW if claim.score >= self._bands.review_from else None

    def _sentence(self, row: VerdictRow, claim: Claim, match: Match) -> str:
        therapies, conditions = self._evidence.therapies, self._evidence.conditions
        therapy = therapies[claim.therapy].name if claim.therapy in therapies else "this treatment"
        condition = conditions[claim.condition].name if claim.condition in conditions else "this use"
        sentence = row.because.format(therapy=therapy, condition=condition, record=match.record.id)
        return sentence[0].upper() + sentence[1:]


def what_it_says(match: Match) -> str:
    """Return the word of the table of verdicts for a record: its level, its status, or its kind."""
    record = match.record
    if isinstance(record, StudyRecord):
        return record.level.value
    if isinstance(record, StatusRecord):
        return record.status.value
    if isinstance(record, GuidanceRecord) and record.level is not None:
        return record.level.value
    return record.kind
