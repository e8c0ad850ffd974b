"""Measure on the labelled corpus how often each cue is right, and write the table the rules are weighed by.

    python -m classifier.measure_rules en

A cue's score is the share of passages with it that a careful reader gave its claim type, counted apart for whose effect
the passage tells and for weakened claims; borderline labels count as half. Small counts are drawn towards the cue's
overall share (four imaginary passages), and that towards the share of all cues.
"""

import hashlib
import sys
from collections import defaultdict
from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path

import yaml
from evidence.load import load_evidence

from classifier.build_nlp import build_nlp
from classifier.find_claims import ClaimFinder
from classifier.labelled_rows import LabelledRow, own_corpus, pages
from classifier.lexicon import load_lexicon
from classifier.rules_table import RulesTable, Scores, load_types

#: How many imaginary passages stand for what is known before a cue is counted.
DRAWN_TOWARDS = 4.0
#: Share of firm findings that must be right in the conflict band on the labelled corpus.
CONFLICT_PRECISION = 0.92


def measure(finder: ClaimFinder, rows: Sequence[LabelledRow]) -> dict[str, dict[str, float]]:
    """Return the score of each cue for each subject ("named", "named weakened", ...)."""
    right: dict[tuple[str, str], float] = defaultdict(float)
    seen: dict[tuple[str, str], int] = defaultdict(int)
    for _, page in pages(rows):
        for row, (_, _, found) in zip(page, finder.candidates([r.passage for r in page]), strict=True):
            alive = {
                (c.cue, f"{c.about} weakened" if c.weakened else str(c.about), c.type)
                for c in found
                if not c.taken_back
            }
            for cue, about, kind in alive:
                seen[cue, about] += 1
                right[cue, about] += (0.5 if row.borderline else 1.0) if kind in row.labels else 0.0
    everywhere = sum(right.values()) / max(1, sum(seen.values()))
    table: dict[str, dict[str, float]] = {}
    for cue in sorted({cue for cue, _ in seen}):
        keys = sorted(key for key in seen if key[0] == cue)
        overall = _drawn(sum(right[key] for key in keys), sum(seen[key] for key in keys), everywhere)
        table[cue] = {about: round(_drawn(right[cue, about], seen[cue, about], overall), 3) for _, about in keys}
    return table


def _drawn(right: float, seen: int, towards: float) -> float:
    return (right + DRAWN_TOWARDS * towards) / (seen + DRAWN_TOWARDS)


def choose_bands(
    finder: ClaimFinder, rows: Sequence[LabelledRow], table: dict[str, dict[str, float]]
) -> tuple[float, float]:
    """Return the lowest conflict threshold that keeps CONFLICT_PRECISION, and the review threshold with the best F1."""
    rules = RulesTable(load_types(), Scores(measured_on="", conflict_from=1, review_from=0, cues=table))
    scored: list[tuple[float, bool]] = []
    for _, page in pages(rows):
        for row, claims in zip(page, finder.find([r.passage for r in page], rules), strict=True):
            if not row.borderline:
                scored.append((max((claim.score for claim in claims), default=0.0), bool(row.labels)))
    scored.sort(reverse=True)
    positives = sum(label for _, label in scored)
    hits, conflict, review, best = 0, 1.0, 1.0, 0.0
    for count, (score, label) in enumerate(scored, start=1):
        hits += label
        if score > 0 and hits / count >= CONFLICT_PRECISION:
            conflict = score
        f1 = 2 * hits / (count + positives)
        if score > 0 and f1 > best:
            best, review = f1, score
    return round(conflict, 3), round(review, 3)


def digest_of_inputs(language: str) -> str:
    """Return a digest of the labelled rows and the lexicon of `language`: what scores.<language>.yml rests on."""
    digest = hashlib.sha256()
    for folder, ending in (("labelled", ".jsonl"), ("lexicon", ".yml")):
        entries = sorted(files("classifier").joinpath(folder, language).iterdir(), key=lambda entry: entry.name)
        for entry in entries:
            if entry.name.endswith(ending):
                digest.update(entry.name.encode())
                digest.update(entry.read_bytes())
    return digest.hexdigest()[:16]


def main(language: str) -> None:
    """Measure and write classifier/rules/scores.<language>.yml."""
    evidence = load_evidence()
    rows = own_corpus(language)
    types = load_types()
    nlp = build_nlp(evidence.therapies, evidence.conditions, language)
    finder = ClaimFinder(nlp, load_lexicon(language), types, evidence.therapies)
    table = measure(finder, rows)
    conflict, review = choose_bands(finder, rows, table)
    with as_file(files("classifier").joinpath("rules")) as folder:
        _write(Path(folder) / f"scores.{language}.yml", digest_of_inputs(language), conflict, review, table)


def _write(path: Path, digest: str, conflict: float, review: float, table: dict[str, dict[str, float]]) -> None:
    head = (
        "# How often each cue was right on classifier/labelled/, by whose effect the passage tells. Written by\n"
        "# `python -m classifier.measure_rules`; do not edit by hand.\n"
    )
    body = {"measured_on": digest, "conflict_from": conflict, "review_from": review, "cues": table}
    path.write_text(head + yaml.safe_dump(body, sort_keys=False, allow_unicode=True), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "en")
