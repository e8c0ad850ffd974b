"""Builders for the classifier's tests: the shipped pipeline, and checks of one sentence."""

from collections.abc import Callable
from datetime import date

import pytest
from spacy.language import Language

from classifier.build_nlp import build_nlp
from classifier.checker import Checker
from classifier.passage import Passage
from classifier.verdict import Judged
from evidence.evidence_base import EvidenceBase
from evidence.load import load_evidence

TODAY = date(2026, 11, 24)

CheckText = Callable[..., tuple[Judged, ...]]


@pytest.fixture(scope="session")
def evidence() -> EvidenceBase:
    return load_evidence()


@pytest.fixture(scope="session")
def pipelines(evidence: EvidenceBase) -> dict[str, Language]:
    from classifier.lexicon import languages

    return {code: build_nlp(evidence.therapies, evidence.conditions, code) for code in languages()}


@pytest.fixture(scope="session")
def checker(evidence: EvidenceBase) -> Checker:
    return Checker(evidence, "us", TODAY)


@pytest.fixture(scope="session")
def check_text(checker: Checker) -> CheckText:
    def check(text: str, heading: str = "", page_title: str = "", lead_in: str = "") -> tuple[Judged, ...]:
        passage = Passage(text=text, heading=heading, page_title=page_title, lead_in=lead_in)
        return checker.check([passage])[0]

    return check
