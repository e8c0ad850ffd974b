"""The stored models are the ones that their cards speak of, and give the same figures every time."""

import hashlib
from importlib.resources import files

import numpy as np
import pytest

from classifier.claim import ClaimType
from classifier.claim_model import Blend, blend, load_card, load_model
from classifier.encoder import OUTPUTS, Encoder
from classifier.errors import ClassifierError
from classifier.lexicon import languages
from classifier.model_input import alone, model_inputs
from classifier.passage import Passage
from classifier.train import digest_of_inputs
from evidence.evidence_base import EvidenceBase


@pytest.mark.parametrize("language", languages())
def test_a_model_belongs_to_its_corpus_and_lexicon(language: str) -> None:
    card = load_card(language)
    assert card.inputs == digest_of_inputs(language), "run `clinicwatch train` after a change of corpus or lexicon"
    assert (
        card.count_model
        == hashlib.sha256(files("classifier").joinpath("stored", f"{language}.skops").read_bytes()).hexdigest()
    )
    assert 0 < card.review_from <= card.conflict_from < 1


@pytest.mark.parametrize("language", languages())
def test_stored_models_load_without_running_code_of_their_file(language: str, evidence: EvidenceBase) -> None:
    assert load_model(language, evidence.therapies).probabilities([]) == []


def test_an_unknown_language_is_told() -> None:
    with pytest.raises(ClassifierError, match=r"stored/xx\.yml"):
        load_card("xx")


def test_a_blend_is_a_probability_for_each_output() -> None:
    weights = {name: Blend(counts=1, encoder=0.5, constant=0) for name in ["any", *ClaimType]}
    found = blend(weights, np.zeros((3, OUTPUTS)), np.zeros((3, OUTPUTS), dtype=np.float32))
    assert found.shape == (3, OUTPUTS)
    assert np.allclose(found, 0.5)


def test_the_encoder_reads_each_passage_by_itself() -> None:
    encoder = Encoder()
    texts = ["Our stem cells cure arthritis.", "Call us to book an appointment.", "No side effects, guaranteed."]
    together = encoder.logits([alone(text) for text in texts])
    fresh = Encoder()
    one_by_one = np.stack([fresh.logits([alone(text)])[0] for text in reversed(texts)])[::-1]
    assert np.array_equal(together, one_by_one)
    assert together[0, 0] > together[1, 0]
    assert encoder.logits([]).shape == (0, OUTPUTS)


def test_what_stands_around_a_passage_is_part_of_the_input() -> None:
    page = [
        Passage(text="What it does:", heading="Exosome Therapy", page_title="Clinic"),
        Passage(text="Lеss pain", heading="Exosome Therapy", lead_in="What it does:", page_title="Clinic"),
    ]
    first, second = model_inputs(page)
    assert second.text == "Less pain"
    assert second.context == "Clinic | Exosome Therapy What it does: | What it does:"
    assert first.before == ""
    assert model_inputs([Passage(text="Less pain")])[0].context == ""
