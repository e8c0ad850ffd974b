"""A Claim is one statement that a passage makes about a treatment: its type, its exact words and what it is about."""

from dataclasses import dataclass
from enum import StrEnum


class ClaimType(StrEnum):
    """What a passage says or clearly implies of a treatment."""

    CURE = "cure"
    EFFICACY = "efficacy"
    APPROVAL = "approval"
    SAFETY = "safety"
    GUARANTEE = "guarantee"
    SUPERIORITY = "superiority"
    REGENERATION = "regeneration"
    PROOF = "proof"
    TESTIMONIAL = "testimonial"


class QualifierKind(StrEnum):
    """What takes a claim back or changes who makes it."""

    NEGATED = "negated"
    QUESTION = "question"
    HEDGE = "hedge"
    DISCLAIMER = "disclaimer"
    WARNING = "warning"
    REFUTED = "refuted"
    RESEARCH = "research"


@dataclass(frozen=True, slots=True)
class Qualifier:
    """A qualifying phrase; `start` and `end` are its character offsets in the passage's text."""

    kind: QualifierKind
    phrase: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of one passage.

    `start` and `end` are character offsets of `quote` in the passage's text. `therapy` and `condition` are ids of the
    evidence base, empty when the text names none; `place` is the jurisdiction id that the claim speaks of (`us` for
    "FDA"), empty when it names none. `score` is the probability, from 0 to 1, that a careful reader would find this
    claim here. `found_by` names the rule or model (`rule:approval.fda_approved`), `spoke` the words it rests on.
    """

    type: ClaimType
    quote: str
    start: int
    end: int
    score: float
    found_by: str
    therapy: str = ""
    condition: str = ""
    place: str = ""
    qualifiers: tuple[Qualifier, ...] = ()
    spoke: tuple[str, ...] = ()
