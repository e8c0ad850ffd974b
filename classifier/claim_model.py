"""The stored model: from a read page to the calibrated probability of each claim type in each passage."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt
import skops.io
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from classifier.claim import ClaimType
from classifier.count_model import CountModel
from classifier.encoder import MODEL_FILE, Encoder
from classifier.errors import ClassifierError
from classifier.features import Features, features_of
from classifier.read_page import ReadPassage
from evidence.records import Therapy

Matrix = npt.NDArray[np.float64]
#: What a stored model may be made of; anything else in its file is refused before it is built.
TRUSTED = ["scipy.sparse._csr.csr_matrix", "sklearn.multiclass._ConstantPredictor"]


class Blend(BaseModel):
    """How the parts' logits become the logit of one output: weights and a constant, fitted on the held-out clinics."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    counts: float
    encoder: float
    constant: float


class Card(BaseModel):
    """stored/<language>.yml: what a model was made from, and the thresholds that were measured with it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    inputs: str = Field(description="Digest of the labelled rows and the lexicon.")
    count_model: str = Field(description="sha256 of <language>.skops.")
    encoder: str = Field(description="sha256 of encoder.onnx; empty for a language without one.")
    conflict_from: float = Field(ge=0, le=1)
    review_from: float = Field(ge=0, le=1)
    type_from: dict[ClaimType, float] = Field(
        description="From which probability a type is named beside the strongest one."
    )
    blend: dict[str, Blend] = Field(description="'any' and each claim type.")


@dataclass(frozen=True, slots=True)
class Probabilities:
    """What the model says of one passage: `any_claim`, and of each type; `features` is what it saw."""

    any_claim: float
    types: Mapping[ClaimType, float]
    features: Features


class ClaimModel:
    """Gives probabilities that a careful reader would find claims; raises ClassifierError for stored files that do not fit."""

    def __init__(
        self, card: Card, counts: CountModel, encoder: Encoder | None, therapies: Mapping[str, Therapy]
    ) -> None:
        self.card = card
        self._counts = counts
        self._encoder = encoder
        self._therapies = therapies

    def probabilities(self, page: Sequence[ReadPassage]) -> list[Probabilities]:
        """Return the probabilities for each passage of a page."""
        if not page:
            return []
        features = [features_of(p.given, p.reading, p.around, p.candidates, self._therapies) for p in page]
        encoded = self._encoder.logits([p.given for p in page]) if self._encoder is not None else None
        blended = blend(self.card.blend, self._counts.logits(features), encoded)
        return [
            Probabilities(float(row[0]), dict(zip(ClaimType, map(float, row[1:]), strict=True)), seen)
            for row, seen in zip(blended, features, strict=True)
        ]

    def spoke(self, seen: Features, kind: ClaimType) -> tuple[str, ...]:
        """Return the words that spoke most for a claim of `kind` in a passage."""
        return self._counts.spoke(seen, 1 + list(ClaimType).index(kind))


def blend(weights: Mapping[str, Blend], counts: Matrix, encoded: npt.NDArray[np.float32] | None) -> Matrix:
    """Return probabilities of shape (passages, 10) from the logits of the parts."""
    columns = []
    for at, name in enumerate(["any", *ClaimType]):
        weight = weights[name]
        logit = weight.counts * counts[:, at] + weight.constant
        if encoded is not None:
            logit = logit + weight.encoder * encoded[:, at]
        columns.append(1 / (1 + np.exp(-logit)))
    return np.stack(columns, axis=1)


@lru_cache(maxsize=4)
def load_card(language: str) -> Card:
    """Read stored/<language>.yml."""
    try:
        return Card(**yaml.safe_load(_stored(f"{language}.yml")))
    except (ValidationError, TypeError, FileNotFoundError) as error:
        raise ClassifierError(
            f"stored/{language}.yml: {error}. Write it with `clinicwatch train --language {language}`."
        ) from error


def load_model(language: str, therapies: Mapping[str, Therapy]) -> ClaimModel:
    """Load the stored model of `language`, whose files must have the digests that its card names."""
    card = load_card(language)
    encoder = None
    if card.encoder:
        _check(MODEL_FILE, _encoder_digest(), card.encoder)
        encoder = _encoder()
    return ClaimModel(card, _count_model(language), encoder, therapies)


@lru_cache(maxsize=4)
def _count_model(language: str) -> CountModel:
    content = _stored(f"{language}.skops")
    _check(f"{language}.skops", hashlib.sha256(content).hexdigest(), load_card(language).count_model)
    return CountModel(skops.io.loads(content, trusted=TRUSTED))


@lru_cache(maxsize=1)
def _encoder() -> Encoder:
    return Encoder()


@lru_cache(maxsize=1)
def _encoder_digest() -> str:
    return hashlib.sha256(_stored(MODEL_FILE)).hexdigest()


def _stored(name: str) -> bytes:
    return files("classifier").joinpath("stored", name).read_bytes()


def _check(name: str, found: str, wanted: str) -> None:
    if found != wanted:
        raise ClassifierError(f"stored/{name}: differs from the digest in its card. Restore the file, or train again.")
