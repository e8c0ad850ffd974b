"""The traps in which a naive checker is wrong: true approvals, ended ones, exceptions, and half-truths."""

from datetime import date

import pytest

from classifier.claim import Claim, ClaimType
from classifier.judge import Bands, Judge
from classifier.verdict import Rating, Verdict
from evidence.load import load_evidence

TODAY = date(2026, 11, 24)


def judged(kind: str, therapy: str, condition: str = "", place: str = "us", on: date = TODAY) -> Verdict:
    claim = Claim(ClaimType(kind), "The page says so.", 0, 17, 0.99, "test", therapy=therapy, condition=condition)
    return Judge(load_evidence(), Bands(0.9, 0.2), place, on).judge(claim)


SUPPORTED, CONTRADICTED, UNSUPPORTED, OVERSTATED = (
    Rating.SUPPORTED,
    Rating.CONTRADICTED,
    Rating.UNSUPPORTED,
    Rating.OVERSTATED,
)


@pytest.mark.parametrize(
    ("kind", "therapy", "condition", "place", "day", "rating"),
    [
        # N1, N2: products were approved after FDA's alert of 2020, for named uses only.
        ("approval", "remestemcel", "acute-gvhd", "us", "2026-11-24", SUPPORTED),
        ("approval", "remestemcel", "acute-gvhd", "us", "2023-01-01", CONTRADICTED),
        ("approval", "remestemcel", "knee-osteoarthritis", "us", "2026-11-24", CONTRADICTED),
        ("approval", "mesenchymal-stem-cells", "knee-osteoarthritis", "us", "2026-11-24", CONTRADICTED),
        ("approval", "omidubicel", "leukemia", "us", "2026-11-24", SUPPORTED),
        # N3: approved in the EU from 2018, withdrawn in December 2024.
        ("approval", "darvadstrocel", "perianal-fistula", "eu", "2020-06-01", SUPPORTED),
        ("approval", "darvadstrocel", "perianal-fistula", "eu", "2026-11-24", CONTRADICTED),
        # N4: a conditional approval in Japan, and none in the US.
        ("approval", "amchepry", "parkinsons-disease", "jp", "2026-11-24", SUPPORTED),
        ("approval", "amchepry", "parkinsons-disease", "us", "2026-11-24", CONTRADICTED),
        ("efficacy", "amchepry", "parkinsons-disease", "jp", "2026-11-24", OVERSTATED),
        # N5: blood stem cell transplant for MS is recommended; mesenchymal cells are not.
        ("efficacy", "ahsct", "multiple-sclerosis", "us", "2026-11-24", SUPPORTED),
        # N6: a small gain in cerebral palsy is on record; a cure is not.
        ("efficacy", "cord-blood", "cerebral-palsy", "us", "2026-11-24", OVERSTATED),
        ("cure", "cord-blood", "cerebral-palsy", "us", "2026-11-24", OVERSTATED),
        # N9: a designation is no approval.
        ("approval", "rexlemestrocel", "disc-degeneration", "us", "2026-11-24", CONTRADICTED),
        ("approval", "jointstem", "knee-osteoarthritis", "kr", "2026-11-24", CONTRADICTED),
        # N10: what Florida allows is not thereby approved by FDA.
        ("approval", "umbilical-cord-msc", "knee-pain", "us-fl", "2026-11-24", CONTRADICTED),
        # N12: fat-derived cells are an unapproved drug, whatever a court said in 2022.
        ("approval", "adipose-svf", "knee-osteoarthritis", "us", "2026-11-24", CONTRADICTED),
        # N13: knee pain "may slightly improve"; that is neither nothing nor new cartilage.
        ("efficacy", "stem-cells", "knee-osteoarthritis", "us", "2026-11-24", OVERSTATED),
        ("regeneration", "stem-cells", "knee-osteoarthritis", "us", "2026-11-24", OVERSTATED),
        # N14: cartilage cells for focal defects are approved; for arthritis they are not.
        ("approval", "maci", "cartilage-defect", "us", "2026-11-24", SUPPORTED),
        ("approval", "maci", "knee-osteoarthritis", "us", "2026-11-24", CONTRADICTED),
        # N15: approved in Korea only.
        ("approval", "cartistem", "cartilage-defect", "kr", "2026-11-24", SUPPORTED),
        ("approval", "cartistem", "cartilage-defect", "us", "2026-11-24", CONTRADICTED),
        # N16: Stemirac is for spinal cord injury.
        ("approval", "stemirac", "spinal-cord-injury", "jp", "2026-11-24", SUPPORTED),
        # N17: some treatments of the eye are approved; injections by clinics are not.
        ("approval", "encelto", "macular-telangiectasia", "us", "2026-11-24", SUPPORTED),
        ("approval", "adipose-svf", "macular-degeneration", "us", "2026-11-24", CONTRADICTED),
        ("safety", "adipose-svf", "macular-degeneration", "us", "2026-11-24", CONTRADICTED),
        # N18: sickle cell disease can be cured by transplant and by approved products.
        ("cure", "hsct", "sickle-cell-disease", "us", "2026-11-24", SUPPORTED),
        ("approval", "casgevy", "sickle-cell-disease", "us", "2026-11-24", SUPPORTED),
        # N21: hyperbaric oxygen has cleared uses, and autism is none of them.
        ("efficacy", "hyperbaric-oxygen", "decompression-sickness", "us", "2026-11-24", SUPPORTED),
        ("efficacy", "hyperbaric-oxygen", "autism", "us", "2026-11-24", CONTRADICTED),
        ("approval", "hyperbaric-oxygen", "autism", "us", "2026-11-24", CONTRADICTED),
        # N22: products that left the market, or missed their goal.
        ("approval", "heartsheet", "heart-failure", "jp", "2020-01-01", SUPPORTED),
        ("approval", "heartsheet", "heart-failure", "jp", "2026-11-24", CONTRADICTED),
        ("efficacy", "lenzumestrocel", "als", "kr", "2026-11-24", CONTRADICTED),
        # N23: nothing supports an injection for spinal stenosis.
        ("efficacy", "stem-cells", "spinal-stenosis", "us", "2026-11-24", UNSUPPORTED),
        ("cure", "stem-cells", "lumbar-spinal-stenosis", "us", "2026-11-24", UNSUPPORTED),
        ("efficacy", "decompression-surgery", "spinal-stenosis", "us", "2026-11-24", SUPPORTED),
        ("safety", "stem-cells", "spinal-stenosis", "us", "2026-11-24", CONTRADICTED),
        ("testimonial", "stem-cells", "knee-pain", "us", "2026-11-24", UNSUPPORTED),
        ("efficacy", "hsct", "leukemia", "us", "2026-11-24", SUPPORTED),
    ],
)
def test_trap(kind: str, therapy: str, condition: str, place: str, day: str, rating: Rating) -> None:
    verdict = judged(kind, therapy, condition, place, date.fromisoformat(day))
    assert verdict.rating is rating, verdict


def test_prp_is_neither_approved_nor_forbidden() -> None:
    assert judged("approval", "prp", "knee-osteoarthritis").rating in (OVERSTATED, CONTRADICTED)


def test_mesenchymal_cells_for_ms_rest_on_no_source_alone() -> None:
    verdict = judged("efficacy", "mesenchymal-stem-cells", "multiple-sclerosis")
    assert verdict.rating in (UNSUPPORTED, CONTRADICTED)
    record = load_evidence().records[verdict.records[0]]
    assert (
        verdict.band is None or verdict.band.value == "review" or record.verified.mark.value in ("primary", "reported")
    )


def test_a_statement_on_no_named_treatment_still_meets_the_rule_on_health_claims() -> None:
    assert judged("efficacy", "", "").rating is UNSUPPORTED
