from collections.abc import Callable
from datetime import date

import pytest

from classifier.claim import Claim, ClaimType, Qualifier, QualifierKind
from classifier.judge import Bands, Judge, load_verdicts
from classifier.verdict import Band, Judged, Rating
from evidence.load import load_evidence

JUDGE = Judge(load_evidence(), Bands(conflict_from=0.8, review_from=0.3), "us", date(2026, 11, 24))


def claim(kind: ClaimType, score: float = 0.95, **more: object) -> Claim:
    return Claim(kind, "words", 0, 5, score, "test", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("score", "band"), [(0.95, Band.CONFLICT), (0.79, Band.REVIEW), (0.31, Band.REVIEW), (0.29, None)]
)
def test_bands_follow_the_score(score: float, band: Band | None) -> None:
    assert JUDGE.judge(claim(ClaimType.SAFETY, score, therapy="exosomes")).band is band


@pytest.mark.parametrize("kind", [QualifierKind.HEDGE, QualifierKind.NEGATED, QualifierKind.REFUTED])
def test_a_qualified_claim_is_never_in_conflict(kind: QualifierKind) -> None:
    found = claim(
        ClaimType.EFFICACY, therapy="prp", condition="knee-osteoarthritis", qualifiers=(Qualifier(kind, "may", 0, 3),)
    )
    assert JUDGE.judge(found).band is Band.REVIEW


def test_nothing_rests_on_general_knowledge_alone() -> None:
    verdict = JUDGE.judge(claim(ClaimType.EFFICACY, therapy="ahsct", condition="crohns-disease"))
    assert (
        verdict.band is not Band.CONFLICT
        or load_evidence().records[verdict.records[0]].verified.mark != "general_knowledge"
    )


def test_supported_claims_are_no_findings_but_are_told() -> None:
    verdict = JUDGE.judge(claim(ClaimType.APPROVAL, therapy="maci", condition="cartilage-defect"))
    assert (verdict.rating, verdict.band) == (Rating.SUPPORTED, None)
    assert verdict.records[0] == "us-fda-maci"
    assert JUDGE.score(claim(ClaimType.APPROVAL), verdict) < 0.1


def test_every_type_of_claim_has_a_row_for_what_the_law_says() -> None:
    rows = load_verdicts().rows
    assert {kind for kind, best in rows if best == "law"} == set(ClaimType)


def test_sentences_name_treatment_and_condition_and_accuse_nobody() -> None:
    verdict = JUDGE.judge(claim(ClaimType.CURE, therapy="stem-cells", condition="spinal-stenosis"))
    assert "spinal stenosis" in verdict.because
    for row in load_verdicts().rows.values():
        assert not {"lie", "fraud", "fake", "scam", "illegal"} & set(row.because.lower().replace(".", "").split())


def test_a_claim_that_names_a_place_is_judged_there(check_text: Callable[..., tuple[Judged, ...]]) -> None:
    japan = [
        f
        for f in check_text("Stemirac is approved in Japan for spinal cord injury.")
        if f.claim.type is ClaimType.APPROVAL
    ]
    assert [found.verdict.rating for found in japan] == [Rating.SUPPORTED]
