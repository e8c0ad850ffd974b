"""Sentences of marketing text."""

import pytest

from classifier.components.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It works. Call us today!", ["It works.", "Call us today!"]),
        ("Dr. Reyes treats knees vs. surgery.", ["Dr. Reyes treats knees vs. surgery."]),
        ('"I walk again." - Maria', ['"I walk again."', "- Maria"]),
        ("Knee pain • Back pain", ["Knee pain", "Back pain"]),
        ("Stem Cells Austin | Lone Oak Clinic", ["Stem Cells Austin", "Lone Oak Clinic"]),
        ("From $3.500 to 8.5 million cells", ["From $3.500 to 8.5 million cells"]),
        ("Is it safe? Yes, it is.", ["Is it safe?", "Yes, it is."]),
        ("   ", []),
        ("", []),
    ],
)
def test_split(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text)] == sentences
