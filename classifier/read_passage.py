"""Read one text with the pipeline and keep what was found as a frozen record: mentions, cues, qualifiers."""

from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from classifier.claim import Qualifier, QualifierKind
from classifier.components.cues import is_fragment
from classifier.components.mentions import THERAPY
from classifier.lexicon import Lexicon
from classifier.normalise import Folded, fold


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of a therapy or condition; `start` and `end` are character offsets in the original text."""

    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CueHit:
    """A cue with its sentence (`sentence_start`, `sentence_end`) and the qualifiers that reach it; offsets in characters."""

    id: str
    start: int
    end: int
    words: str
    sentence_start: int
    sentence_end: int
    qualifiers: tuple[Qualifier, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the pipeline found in one text, without regard to the page around it."""

    text: str
    fragment: bool
    therapies: tuple[Mention, ...]
    conditions: tuple[Mention, ...]
    cues: tuple[CueHit, ...]
    qualifiers: tuple[Qualifier, ...]
    introduces: tuple[Qualifier, ...]
    refers_to_itself: bool
    own_voice: bool
    symptom: bool


def read_passage(nlp: Language, lexicon: Lexicon, text: str) -> Reading:
    """Return what `nlp` finds in `text`; all offsets are those of `text` as given, look-alike letters or not."""
    folded = fold(text)
    doc = nlp(folded.text)
    kinds = {compiled.entry.id: compiled.entry for compiled in lexicon.qualifiers}
    qualifiers = tuple(
        _qualifier(folded, span.label_, span.start_char, span.end_char, lexicon) for span in doc.spans["qualifiers"]
    )
    mentions = [
        (span.label_, Mention(span.kb_id_, *folded.span(span.start_char, span.end_char)))
        for span in doc.spans["mentions"]
    ]
    return Reading(
        text=text,
        fragment=is_fragment(folded.text),
        therapies=tuple(mention for label, mention in mentions if label == THERAPY),
        conditions=tuple(mention for label, mention in mentions if label != THERAPY),
        cues=tuple(_cue_hits(doc, folded, qualifiers)),
        qualifiers=qualifiers,
        introduces=tuple(
            qualifier
            for qualifier, span in zip(qualifiers, doc.spans["qualifiers"], strict=True)
            if kinds[span.label_].scope == "items"
        ),
        refers_to_itself=lexicon.self_reference.search(folded.text) is not None,
        own_voice=lexicon.own_voice.search(folded.text) is not None,
        symptom=lexicon.symptom.search(folded.text) is not None,
    )


def _qualifier(folded: Folded, identifier: str, start: int, end: int, lexicon: Lexicon) -> Qualifier:
    kind = next(compiled.entry.kind for compiled in lexicon.qualifiers if compiled.entry.id == identifier)
    return Qualifier(QualifierKind(kind), folded.text[start:end], *folded.span(start, end))


def _cue_hits(doc: Doc, folded: Folded, qualifiers: tuple[Qualifier, ...]) -> list[CueHit]:
    hits = []
    phrases, scopes = list(doc.spans["qualifiers"]), list(doc.spans["scopes"])
    for cue in doc.spans["cues"]:
        sentence = cue.sent
        reaching = tuple(
            qualifier
            for qualifier, phrase, scope in zip(qualifiers, phrases, scopes, strict=True)
            if scope.start < cue.end
            and cue.start < scope.end
            and not (cue.start <= phrase.start and phrase.end <= cue.end)
        )
        start, end = folded.span(cue.start_char, cue.end_char)
        sentence_start, sentence_end = folded.span(
            sentence.start_char, _end_without_space(sentence.text, sentence.start_char)
        )
        hits.append(CueHit(cue.label_, start, end, cue.text, sentence_start, sentence_end, reaching))
    return hits


def _end_without_space(text: str, start: int) -> int:
    return start + len(text.rstrip())
