"""Measure the classifier on labelled passages: per type and band, ranking, calibration, confusion, worst mistakes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from classifier.checker import Checker
from classifier.claim import ClaimType
from classifier.labelled_rows import LabelledRow, pages
from classifier.verdict import Band, Judged

#: Widths of the bins of the calibration error: ten of equal width, as in Guo et al. 2017 (arXiv:1706.04599).
BINS = 10


@dataclass(frozen=True, slots=True)
class Share:
    """Hits, false alarms and misses, and what follows from them; a share of nothing is 0."""

    hits: int
    alarms: int
    misses: int

    @property
    def precision(self) -> float:
        """Share of what was flagged that is right."""
        return self.hits / (self.hits + self.alarms) if self.hits else 0.0

    @property
    def recall(self) -> float:
        """Share of what is right that was flagged."""
        return self.hits / (self.hits + self.misses) if self.hits else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.hits / (2 * self.hits + self.alarms + self.misses) if self.hits else 0.0


@dataclass(frozen=True, slots=True)
class Mistake:
    """A passage that the program and its label disagree on; `score` is the program's probability of a claim."""

    row: LabelledRow
    score: float
    found: tuple[ClaimType, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures for a set of passages; borderline ones are left out of all of them.

    `bands` holds the figures for "conflict" and for "any" band, `types` those for each type that occurs,
    `average_precision` is over passages by their highest score, `calibration_error` the expected one, and `confusion`
    counts (labelled type, found type) with None for "no claim". `mistakes` are the worst first.
    """

    passages: int
    claims: int
    bands: Mapping[str, Share]
    types: Mapping[ClaimType, Share]
    average_precision: float
    calibration_error: float
    confusion: Mapping[tuple[ClaimType | None, ClaimType | None], int]
    mistakes: tuple[Mistake, ...]

    @property
    def macro_f1(self) -> float:
        """Mean F1 over the types that occur."""
        return sum(share.f1 for share in self.types.values()) / len(self.types) if self.types else 0.0


def evaluate(rows: Sequence[LabelledRow], checker: Checker) -> Evaluation:
    """Run `checker` over `rows`, page by page, and compare; never trains on them."""
    read = [
        (row, judged)
        for _, page in pages(rows)
        for row, judged in zip(page, checker.check([row.passage for row in page]), strict=True)
        if not row.borderline
    ]
    scored = [(max((found.claim.score for found in judged), default=0.0), bool(row.labels)) for row, judged in read]
    mistakes = [
        Mistake(row, score, tuple(found.claim.type for found in judged))
        for (row, judged), (score, _) in zip(read, scored, strict=True)
    ]
    return Evaluation(
        passages=len(read),
        claims=sum(label for _, label in scored),
        bands={
            "conflict": _share([(_has(judged, {Band.CONFLICT}), bool(row.labels)) for row, judged in read]),
            "any": _share([(_has(judged, set(Band)), bool(row.labels)) for row, judged in read]),
        },
        types={
            kind: _share([(any(f.claim.type is kind for f in judged), kind in row.labels) for row, judged in read])
            for kind in ClaimType
            if any(kind in row.labels for row, _ in read)
        },
        average_precision=average_precision(scored),
        calibration_error=calibration_error(scored),
        confusion=_confusion(read),
        mistakes=tuple(sorted(mistakes, key=_how_bad, reverse=True)),
    )


def average_precision(scored: Sequence[tuple[float, bool]]) -> float:
    """Return the mean of the precision at each right passage, ranked by score; equal scores keep their order."""
    hits = total = 0.0
    for rank, (_, right) in enumerate(sorted(scored, key=lambda pair: -pair[0]), start=1):
        if right:
            hits += 1
            total += hits / rank
    return total / hits if hits else 0.0


def calibration_error(scored: Sequence[tuple[float, bool]]) -> float:
    """Return the expected calibration error: how far probabilities lie from shares, over ten bins, weighted by size."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for score, right in scored:
        bins.setdefault(min(int(score * BINS), BINS - 1), []).append((score, right))
    gaps = (abs(sum(score for score, _ in found) - sum(right for _, right in found)) for found in bins.values())
    return sum(gaps) / len(scored) if scored else 0.0


def _share(pairs: Sequence[tuple[bool, bool]]) -> Share:
    counts = Counter(pairs)
    return Share(hits=counts[True, True], alarms=counts[True, False], misses=counts[False, True])


def _has(judged: Sequence[Judged], bands: set[Band]) -> bool:
    return any(found.verdict.band in bands for found in judged)


def _confusion(
    read: Sequence[tuple[LabelledRow, tuple[Judged, ...]]],
) -> Counter[tuple[ClaimType | None, ClaimType | None]]:
    counts: Counter[tuple[ClaimType | None, ClaimType | None]] = Counter()
    for row, judged in read:
        found = {item.claim.type for item in judged if item.verdict.band is not None}
        for kind in row.labels & found:
            counts[kind, kind] += 1
        missed, wrong = row.labels - found, found - row.labels
        for kind in missed:
            others: list[ClaimType | None] = [*wrong] or [None]
            counts.update((kind, other) for other in others)
        if not missed:
            counts.update((None, other) for other in wrong)
    return counts


def _how_bad(mistake: Mistake) -> float:
    return (1 - mistake.score) if mistake.row.labels else mistake.score
