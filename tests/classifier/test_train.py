import numpy as np
import pytest

from classifier.claim import ClaimType
from classifier.evaluate import average_precision, calibration_error
from classifier.held_out import is_held_out
from classifier.labelled_rows import own_corpus
from classifier.train import best_f1, digest_of_inputs, fit_blend, highest_with_recall, lowest_with_precision

SCORES = np.array([0.9, 0.8, 0.7, 0.6, 0.5, 0.4])
RIGHT = np.array([1, 1, 0, 1, 0, 0], dtype=np.int8)


def test_thresholds() -> None:
    assert lowest_with_precision(SCORES, RIGHT, 0.95) == 0.8
    assert lowest_with_precision(SCORES, RIGHT, 0.75) == 0.6
    assert lowest_with_precision(SCORES, np.zeros(6, dtype=np.int8), 0.5) == 1.0
    assert highest_with_recall(SCORES, RIGHT, 1.0) == 0.6
    assert highest_with_recall(SCORES, RIGHT, 0.6) == 0.8
    assert best_f1(SCORES, RIGHT) == 0.6


def test_a_blend_makes_logits_calibrated() -> None:
    chance = np.random.default_rng(1)
    logits = chance.normal(size=(4000, 10)) * 2
    targets = (chance.random((4000, 10)) < 1 / (1 + np.exp(-(3 * logits - 1)))).astype(np.int8)
    weights = fit_blend(logits, None, targets)
    assert set(weights) == {"any", *(kind.value for kind in ClaimType)}
    assert weights["any"].counts == pytest.approx(3, abs=0.5)
    assert weights["any"].constant == pytest.approx(-1, abs=0.3)


def test_a_type_that_never_occurs_is_no_error() -> None:
    assert fit_blend(np.zeros((5, 10)), None, np.zeros((5, 10), dtype=np.int8))["cure"].counts == 1.0


def test_ranking_and_calibration() -> None:
    assert average_precision([(0.9, True), (0.8, False), (0.7, True)]) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision([]) == 0.0
    assert calibration_error([(0.25, True), (0.25, False), (0.25, False), (0.25, False)]) == pytest.approx(0)
    assert calibration_error([(0.95, False)]) == pytest.approx(0.95)


def test_held_out_clinics_are_a_sixth_and_never_change() -> None:
    sites = {row.site for row in own_corpus("en")}
    held = {site for site in sites if is_held_out(site)}
    assert 0.08 * len(sites) <= len(held) <= 0.25 * len(sites)
    assert is_held_out("clinic-0.example") is is_held_out("clinic-0.example")


def test_the_digest_of_inputs_is_per_language() -> None:
    assert digest_of_inputs("en") != digest_of_inputs("es")
