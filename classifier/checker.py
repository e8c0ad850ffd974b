"""The whole of reading and judging for one jurisdiction and day: passages of a page in, judged claims out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from classifier.build_nlp import build_nlp
from classifier.claim import Claim, ClaimType
from classifier.claim_model import load_model
from classifier.find_claims import ClaimFinder
from classifier.judge import Bands, Judge
from classifier.lexicon import load_lexicon
from classifier.passage import Passage
from classifier.place import Places
from classifier.read_page import PageReader
from classifier.rules_table import load_types
from classifier.verdict import Judged
from evidence.evidence_base import EvidenceBase


class Checker:
    """Finds and judges the claims of pages in one language.

    Raises ClassifierError for a language without a lexicon. `jurisdiction` and `on` are where and when the claims are
    judged, unless a claim names a place of its own.
    """

    def __init__(self, evidence: EvidenceBase, jurisdiction: str, on: date, language: str = "en") -> None:
        lexicon = load_lexicon(language)
        nlp = build_nlp(evidence.therapies, evidence.conditions, language)
        reader = PageReader(nlp, lexicon, load_types(), evidence.therapies)
        model = load_model(language, evidence.therapies)
        self._finder = ClaimFinder(reader, model, evidence.therapies)
        bands = Bands(model.card.conflict_from, model.card.review_from)
        self._judge = Judge(evidence, bands, jurisdiction, on)
        self._places = Places(evidence.jurisdictions)

    def check(self, page: Sequence[Passage]) -> list[tuple[Judged, ...]]:
        """Return the judged claims of each passage of `page`, in the order of the passages."""
        return [
            tuple(self._judged(passage, claim) for claim in claims)
            for passage, claims in zip(page, self._finder.find(page), strict=True)
        ]

    def _judged(self, passage: Passage, claim: Claim) -> Judged:
        if claim.type is ClaimType.APPROVAL:
            claim = replace(claim, place=self._places.place_of(claim.quote))
        verdict = self._judge.judge(claim)
        return Judged(passage, replace(claim, score=self._judge.score(claim, verdict)), verdict)
