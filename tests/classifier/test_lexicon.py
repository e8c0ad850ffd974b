"""Every example in the lexicons is a test case."""

import pytest
from spacy.language import Language

from classifier.errors import ClassifierError
from classifier.lexicon import Cue, languages, load_lexicon
from classifier.normalise import fold


def _cue_cases() -> list[tuple[str, str, str, bool]]:
    return [
        (language, compiled.entry.id, sentence, wanted)
        for language in languages()
        for compiled in load_lexicon(language).cues
        for sentences, wanted in ((compiled.entry.examples, True), (compiled.entry.counter_examples, False))
        for sentence in sentences
    ]


@pytest.mark.parametrize(("language", "cue", "sentence", "wanted"), _cue_cases())
def test_cue_examples(pipelines: dict[str, Language], language: str, cue: str, sentence: str, wanted: bool) -> None:
    doc = pipelines[language](fold(sentence).text)
    found = {span.label_ for span in doc.spans["cues"]}
    assert (cue in found) is wanted


def test_qualifier_and_context_examples() -> None:
    for language in languages():
        lexicon = load_lexicon(language)
        for compiled in (*lexicon.qualifiers, *lexicon.contexts):
            for sentence in compiled.entry.examples:
                assert compiled.pattern.search(fold(sentence).text), (compiled.entry.id, sentence)
            for sentence in compiled.entry.counter_examples:
                assert not compiled.pattern.search(fold(sentence).text), (compiled.entry.id, sentence)


def test_unknown_language_names_the_known_ones() -> None:
    with pytest.raises(ClassifierError, match=r"language 'xx'.*en"):
        load_lexicon("xx")


def test_unknown_key_is_refused() -> None:
    with pytest.raises(ValueError, match="extra"):
        Cue(id="cure.x", pattern="x", examples=("x",), weight=3)  # type: ignore[call-arg]
