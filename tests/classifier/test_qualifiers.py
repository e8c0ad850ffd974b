"""What takes a claim back, and what does not."""

from collections.abc import Callable

import pytest

from classifier.claim import ClaimType
from classifier.verdict import Judged


@pytest.mark.parametrize(
    "text",
    [
        "Our stem cell injections are not approved by the FDA.",
        "Stem cells are not a cure for arthritis.",
        "Can stem cells cure arthritis?",
        "Some clinics claim that stem cells cure autism.",
        "We cannot guarantee results of stem cell therapy.",
        "There is no evidence that exosomes regrow cartilage.",
        "FDA-registered is not FDA-approved.",
    ],
)
def test_taken_back(check_text: Callable[..., tuple[Judged, ...]], text: str) -> None:
    assert [found.claim for found in check_text(text) if found.verdict.band is not None] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Our stem cell injections have no side effects.", ClaimType.SAFETY),
        ("With stem cells you can avoid surgery.", ClaimType.SUPERIORITY),
        (
            "Stem cell therapy is not a cure, but it relieves pain and stiffness in Parkinson's disease.",
            ClaimType.EFFICACY,
        ),
        ("Exosomes heal the knee without surgery.", ClaimType.SUPERIORITY),
    ],
)
def test_still_claims(check_text: Callable[..., tuple[Judged, ...]], text: str, kind: ClaimType) -> None:
    assert kind in {found.claim.type for found in check_text(text) if found.verdict.band is not None}


def test_warning_heading_reaches_its_items(check_text: Callable[..., tuple[Judged, ...]]) -> None:
    found = check_text("Cures arthritis in one visit", heading="Be careful if a website says that stem cells:")
    assert all(judged.verdict.band is None for judged in found)
