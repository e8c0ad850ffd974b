"""A Verdict is the rating of one claim with its reasons; a Finding is a claim whose verdict reports show."""

from dataclasses import dataclass
from enum import StrEnum

from classifier.claim import Claim
from classifier.passage import Passage


class Rating(StrEnum):
    """How a claim stands beside the documented evidence."""

    CONTRADICTED = "contradicted"
    UNSUPPORTED = "unsupported"
    OVERSTATED = "overstated"
    SUPPORTED = "supported"
    NO_RECORD = "no_record"


class Band(StrEnum):
    """How sure the tool is: a careful reader would rarely disagree, or a person should look."""

    CONFLICT = "conflict"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The rating of one claim.

    `because` is the sentence reports print; `records` are ids of evidence records, the one that weighs most first;
    `step` says how specific the look-up was (`pair`, `class`, `condition`, `law`). `band` is None for a claim that
    reports do not list: one the evidence supports, one without a record, one too unsure.
    """

    rating: Rating
    band: Band | None
    because: str
    records: tuple[str, ...] = ()
    step: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim in its passage, with its verdict; a Finding when the verdict has a band."""

    passage: Passage
    claim: Claim
    verdict: Verdict
