"""Train the count-based model, blend it with the encoder on clinics that neither has seen, and choose the thresholds."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from zipfile import ZIP_DEFLATED

import numpy as np
import numpy.typing as npt
import skops.io
import yaml
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from classifier.build_nlp import build_nlp
from classifier.claim import ClaimType
from classifier.claim_model import Blend, Card, blend
from classifier.count_model import CountModel
from classifier.encoder import MODEL_FILE, Encoder
from classifier.features import Features, features_of
from classifier.held_out import split
from classifier.labelled_rows import LabelledRow, own_corpus, pages
from classifier.lexicon import load_lexicon
from classifier.model_input import ModelInput
from classifier.read_page import PageReader
from classifier.rules_table import load_types
from evidence.evidence_base import EvidenceBase
from evidence.records import Therapy

#: Share of the findings in `conflict` that must be right on the held-out clinics.
CONFLICT_PRECISION = 0.95
#: Share of the firm claims that must be in `conflict` or `review` on the held-out clinics.
REVIEW_RECALL = 0.95
#: Parts into which the clinics of a small corpus are split, to measure each by a model that did not see it.
FOLDS = 6
#: Languages that the encoder reads.
ENCODED = frozenset({"en"})

Targets = npt.NDArray[np.int8]
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled passage, read."""

    row: LabelledRow
    given: ModelInput
    features: Features


def examples_of(rows: Sequence[LabelledRow], reader: PageReader, therapies: Mapping[str, Therapy]) -> list[Example]:
    """Return `rows` as the model sees them, page by page."""
    found = []
    for _, page in pages(rows):
        for row, read in zip(page, reader.read([row.passage for row in page]), strict=True):
            features = features_of(read.given, read.reading, read.around, read.candidates, therapies)
            found.append(Example(row, read.given, features))
    return found


def alone(rows: Sequence[LabelledRow]) -> list[LabelledRow]:
    """Return each row once more as a text without its page, as quotations are read."""
    return [
        replace(row, id=f"{row.id}-alone", page="", passage=replace(row.passage, heading="", lead_in="", page_title=""))
        for row in rows
    ]


def targets_of(examples: Sequence[Example]) -> Targets:
    """Return 0 and 1 of shape (len(examples), 10): any claim, then each claim type."""
    rows = [[bool(e.row.labels), *(kind in e.row.labels for kind in ClaimType)] for e in examples]
    return np.array(rows, dtype=np.int8)


def train(language: str, evidence: EvidenceBase, folder: Path) -> Card:
    """Train the model of `language` from the corpus of this package and write it to `folder`; returns its card.

    The same corpus, lexicon and encoder give the same figures. Borderline passages are neither trained nor measured on.
    """
    types = load_types()
    nlp = build_nlp(evidence.therapies, evidence.conditions, language)
    reader = PageReader(nlp, load_lexicon(language), types, evidence.therapies)
    corpus = own_corpus(language)
    shown, unseen = split(corpus) if language in ENCODED else (corpus, corpus)
    trained_on = _firm(examples_of([*shown, *alone(shown)], reader, evidence.therapies))
    measured_on = _firm(examples_of(unseen, reader, evidence.therapies))
    model = CountModel.fitted([e.features for e in trained_on], targets_of(trained_on))
    if language in ENCODED:
        counts = model.logits([e.features for e in measured_on])
        encoded = Encoder().logits([e.given for e in measured_on])
    else:
        counts, encoded = out_of_fold(trained_on, measured_on), None
    weights = fit_blend(counts, encoded, targets_of(measured_on))
    return _write(language, folder, model, weights, blend(weights, counts, encoded), targets_of(measured_on))


def _firm(examples: Sequence[Example]) -> list[Example]:
    return [example for example in examples if not example.row.borderline]


def out_of_fold(trained_on: Sequence[Example], measured_on: Sequence[Example]) -> Matrix:
    """Return logits for `measured_on`, each from a model that saw nothing of its clinic; for corpora too small to hold out."""
    sites = np.array([e.row.site for e in measured_on])
    logits = np.zeros((len(measured_on), 1 + len(ClaimType)))
    for _, part in GroupKFold(FOLDS).split(sites, groups=sites):
        hidden = set(sites[part])
        seen = [e for e in trained_on if e.row.site not in hidden]
        model = CountModel.fitted([e.features for e in seen], targets_of(seen))
        logits[part] = model.logits([measured_on[at].features for at in part])
    return logits


def fit_blend(counts: Matrix, encoded: npt.NDArray[np.float32] | None, targets: Targets) -> dict[str, Blend]:
    """Return the weights that make the parts' logits calibrated logits, for each output."""
    weights = {}
    for at, name in enumerate(["any", *ClaimType]):
        parts: list[Matrix] = [counts[:, at]]
        if encoded is not None:
            parts.append(encoded[:, at].astype(np.float64))
        if targets[:, at].min() == targets[:, at].max():
            # Nothing to fit on: the part trusted most speaks for itself.
            weights[name] = Blend(counts=1.0, encoder=0.0, constant=0.0)
            continue
        fit = LogisticRegression(C=1.0).fit(np.stack(parts, axis=1), targets[:, at])
        coefficients = [round(float(value), 4) for value in fit.coef_[0]]
        weights[name] = Blend(
            counts=coefficients[0],
            encoder=coefficients[1] if encoded is not None else 0.0,
            constant=round(float(fit.intercept_[0]), 4),
        )
    return weights


def lowest_with_precision(scores: Matrix, right: Targets, precision: float) -> float:
    """Return the lowest threshold above which at least `precision` of the passages are right; 1 when there is none."""
    order = np.argsort(-scores, kind="stable")
    share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    fitting = np.flatnonzero(share >= precision)
    return float(scores[order][fitting[-1]]) if len(fitting) else 1.0


def highest_with_recall(scores: Matrix, right: Targets, recall: float) -> float:
    """Return the highest threshold above which at least `recall` of the right passages lie."""
    of_right = np.sort(scores[right == 1])[::-1]
    return float(of_right[min(len(of_right) - 1, int(np.ceil(recall * len(of_right))) - 1)])


def best_f1(scores: Matrix, right: Targets) -> float:
    """Return the threshold with the best F1."""
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(right[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + right.sum())
    return float(scores[order][int(np.argmax(f1))])


def digest_of_inputs(language: str) -> str:
    """Return a digest of the labelled rows and the lexicon of `language`."""
    digest = hashlib.sha256()
    for name, ending in (("labelled", ".jsonl"), ("lexicon", ".yml")):
        for entry in sorted(files("classifier").joinpath(name, language).iterdir(), key=lambda entry: entry.name):
            if entry.name.endswith(ending):
                digest.update(entry.name.encode() + b"\0" + entry.read_bytes() + b"\0")
    return digest.hexdigest()


def _write(
    language: str, folder: Path, model: CountModel, weights: dict[str, Blend], probabilities: Matrix, targets: Targets
) -> Card:
    stored = skops.io.dumps(model.parts, compression=ZIP_DEFLATED, compresslevel=9)
    (folder / f"{language}.skops").write_bytes(stored)
    encoder = (folder / MODEL_FILE).read_bytes() if language in ENCODED else b""
    card = Card(
        inputs=digest_of_inputs(language),
        count_model=hashlib.sha256(stored).hexdigest(),
        encoder=hashlib.sha256(encoder).hexdigest() if encoder else "",
        conflict_from=round(lowest_with_precision(probabilities[:, 0], targets[:, 0], CONFLICT_PRECISION), 4),
        review_from=round(highest_with_recall(probabilities[:, 0], targets[:, 0], REVIEW_RECALL), 4),
        type_from={
            kind: round(best_f1(probabilities[:, 1 + at], targets[:, 1 + at]), 4) for at, kind in enumerate(ClaimType)
        },
        blend=weights,
    )
    head = f"# What stored/{language}.skops is made of. Written by `clinicwatch train`; do not edit by hand.\n"
    body = yaml.safe_dump(card.model_dump(mode="json"), sort_keys=False, allow_unicode=True)
    (folder / f"{language}.yml").write_text(head + body, encoding="utf-8")
    return card
