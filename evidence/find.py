"""Look up the records that answer a claim: the most specific first, falling back through the hierarchies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

import yaml

from evidence.check import ANY
from evidence.evidence_base import EvidenceBase
from evidence.hierarchy import HasParents, ancestors
from evidence.load import in_force
from evidence.records import HarmRecord, Mark, Record, Status, StatusRecord, StudyRecord

APPROVALS = frozenset({Status.APPROVED, Status.CONDITIONALLY_APPROVED})
MARKS = {Mark.PRIMARY: 0, Mark.REPORTED: 1, Mark.UNKNOWN: 2, Mark.GENERAL_KNOWLEDGE: 3}
#: How far a record may lie above what was asked, for ordering; everything further is equally far.
FAR = 99


class Step(StrEnum):
    """How specific a record is to what was asked, most specific first."""

    PAIR = "pair"
    PRODUCT = "product"
    CLASS = "class"
    THERAPY = "therapy"
    CONDITION = "condition"
    LAW = "law"


@dataclass(frozen=True, slots=True)
class Match:
    """A record that answers, and by which step it was found.

    `sole_ground_ok` is False where the record was seen in no source: no conflict may rest on it alone.
    """

    record: Record
    step: str
    sole_ground_ok: bool


def find(
    base: EvidenceBase, claim_type: str, therapy: str, condition: str, jurisdiction: str, on: date
) -> tuple[Match, ...]:
    """Return the records that answer a claim of `claim_type`, most specific first; empty when none does.

    An empty `therapy` or `condition` is one that the text does not name: then only broader records answer. Studies and
    harms hold everywhere; status, law and guidance only in `jurisdiction` and in what it belongs to. Within a step,
    records are in the order of evidence/answers.yml, then nearer therapy, nearer condition, nearer place,
    those that are not mainly about another condition, better verified, newer, more people, id.
    """
    return _find(base, claim_type, therapy, condition, jurisdiction, on)


@lru_cache(maxsize=50_000)
def _find(
    base: EvidenceBase, claim_type: str, therapy: str, condition: str, jurisdiction: str, on: date
) -> tuple[Match, ...]:
    therapies = _distances(base.therapies, therapy)
    conditions = _distances(base.conditions, condition)
    places = _distances(base.jurisdictions, jurisdiction)
    kinds = _answers()[claim_type]
    found = []
    for record in base.records.values():
        weight = _weight(record, kinds, claim_type)
        place = 0 if isinstance(record, StudyRecord | HarmRecord) else places.get(record.jurisdiction, FAR)
        if weight == FAR or place == FAR or not in_force(record, on):
            continue
        near_therapy, near_condition = _nearest(record.therapies, therapies), _nearest(record.conditions, conditions)
        step = _step(record, near_therapy, near_condition)
        if (
            step is not Step.PAIR
            and claim_type == "approval"
            and _approves_one_of(base, record, therapy, near_condition)
        ):
            step, near_therapy = Step.PRODUCT, 1
        if step is None:
            continue
        firm = record.verified.mark in (Mark.PRIMARY, Mark.REPORTED)
        newest = -(record.from_.toordinal() if record.from_ else 0)
        elsewhere = near_condition == FAR and any(known != ANY for known in record.conditions)
        people = -(record.people or 0) if isinstance(record, StudyRecord | HarmRecord) else 0
        order = (list(Step).index(step), not firm, near_therapy + near_condition, weight, near_therapy, place,
                 elsewhere, MARKS[record.verified.mark], newest, people, record.id)  # fmt: skip
        found.append((order, Match(record, step.value, firm)))
    return tuple(match for _, match in sorted(found, key=lambda pair: pair[0]))


@lru_cache(maxsize=1)
def _answers() -> Mapping[str, tuple[str, ...]]:
    raw = yaml.safe_load(files("evidence").joinpath("answers.yml").read_text(encoding="utf-8"))
    return {claim_type: tuple(kinds) for claim_type, kinds in raw.items()}


def _weight(record: Record, kinds: tuple[str, ...], claim_type: str) -> int:
    """Return the place of the record's kind among those that answer, FAR when it does not answer."""
    if record.claim_types and claim_type not in record.claim_types:
        return FAR
    if isinstance(record, StatusRecord) and "approval" in kinds:
        return kinds.index("approval") if record.status in APPROVALS else FAR
    return kinds.index(record.kind) if record.kind in kinds else FAR


def _distances(entries: Mapping[str, HasParents], identifier: str) -> dict[str, int]:
    """Return how many steps above `identifier` each broader entry lies, itself at 0; empty for an empty id."""
    if not identifier:
        return {}
    return {key: number for number, key in enumerate((identifier, *ancestors(entries, identifier)))}


def _nearest(ids: Iterable[str], distances: Mapping[str, int]) -> int:
    return min((distances[identifier] for identifier in ids if identifier in distances), default=FAR)


def _approves_one_of(base: EvidenceBase, record: Record, therapy: str, condition: int) -> bool:
    """Whether `record` approves a product of the class `therapy` for the very condition.

    "Cell therapies are approved for lymphoma" is true, because CAR-T products are.
    """
    if not isinstance(record, StatusRecord) or record.status not in APPROVALS or condition != 0 or not therapy:
        return False
    return any(therapy in ancestors(base.therapies, known) for known in record.therapies if known in base.therapies)


def _step(record: Record, therapy: int, condition: int) -> Step | None:
    any_therapy, any_condition = ANY in record.therapies, ANY in record.conditions
    if therapy == 0 and condition == 0:
        return Step.PAIR
    if therapy < FAR and condition < FAR:
        return Step.CLASS
    if therapy < FAR and any_condition:
        return Step.THERAPY
    if condition < FAR and any_therapy:
        return Step.CONDITION
    return Step.LAW if any_therapy and any_condition else None
