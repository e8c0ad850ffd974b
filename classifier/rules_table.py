"""The tables of classifier/rules/: what qualifiers do to each claim type, measured scores, bands."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from classifier.claim import ClaimType, QualifierKind
from classifier.errors import ClassifierError


class TypeRule(BaseModel):
    """One claim type of claim_types.yml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    means: str
    takes_back: frozenset[QualifierKind]
    weakens: frozenset[QualifierKind]


class Scores(BaseModel):
    """scores.yml: how often a cue was right on the labelled corpus, by whose effect it tells."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    measured_on: str = Field(description="Digest of the labelled rows and the lexicon that the figures come from.")
    conflict_from: float = Field(ge=0, le=1)
    review_from: float = Field(ge=0, le=1)
    cues: dict[str, dict[str, float]] = Field(description="cue id -> whose effect (+ ' weakened') -> probability")


@dataclass(frozen=True, slots=True)
class RulesTable:
    """All rules, by claim type and by cue."""

    types: Mapping[ClaimType, TypeRule]
    scores: Scores

    def score(self, cue: str, about: str, weakened: bool) -> float:
        """Return the measured probability that a careful reader agrees with this cue told of this subject."""
        return self.scores.cues.get(cue, {}).get(f"{about} weakened" if weakened else about, 0.0)


def load_types() -> Mapping[ClaimType, TypeRule]:
    """Read claim_types.yml; raises ClassifierError for an unknown or missing claim type, key or qualifier."""
    raw = _read("claim_types.yml")
    if set(raw) != {kind.value for kind in ClaimType}:
        raise ClassifierError(
            f"rules/claim_types.yml must name each of {', '.join(ClaimType)} once; it names {', '.join(raw)}"
        )
    try:
        return {ClaimType(name): TypeRule(**fields) for name, fields in raw.items()}
    except (ValidationError, TypeError) as error:
        raise ClassifierError(f"rules/claim_types.yml: {error}") from error


@lru_cache(maxsize=4)
def load_rules(language: str = "en") -> RulesTable:
    """Read the tables for `language`; raises ClassifierError naming file and entry."""
    name = f"scores.{language}.yml"
    try:
        return RulesTable(load_types(), Scores(**_read(name)))
    except (ValidationError, TypeError) as error:
        raise ClassifierError(f"rules/{name}: {error}") from error


def _read(name: str) -> Any:
    return yaml.safe_load(files("classifier").joinpath("rules", name).read_text(encoding="utf-8"))
