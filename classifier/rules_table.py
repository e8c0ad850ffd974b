"""The table of claim types (rules/claim_types.yml): what each means and what qualifiers do to it."""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from classifier.claim import ClaimType, QualifierKind
from classifier.errors import ClassifierError


class TypeRule(BaseModel):
    """One claim type of claim_types.yml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    means: str
    takes_back: frozenset[QualifierKind]
    weakens: frozenset[QualifierKind]


@lru_cache(maxsize=1)
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


def _read(name: str) -> Any:
    return yaml.safe_load(files("classifier").joinpath("rules", name).read_text(encoding="utf-8"))
