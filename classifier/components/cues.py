"""Cues: the words of a sentence that speak for a claim of some type."""

import re

from spacy.language import Language
from spacy.tokens import Doc, Span

from classifier.components.mentions import CONDITION
from classifier.lexicon import Compiled, Cue, Lexicon, load_lexicon

#: How many tokens may stand between a cue and its object, e.g. "relieves [the burning and numbness of] neuropathy".
OBJECT_WITHIN = 9
#: A fragment (heading, card, list item) is a text of at most this many words without a closing full stop.
FRAGMENT_WORDS = 14


def is_fragment(text: str) -> bool:
    """Whether `text` reads like a heading, card or list item rather than a sentence ("Gentle and Safe")."""
    return len(text.split()) <= FRAGMENT_WORDS and not re.search(r"[.!?]\W*$", text)


class Cues:
    """Finds the cues of a lexicon; needs the mentions, because some cues want a condition as their object."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def __call__(self, doc: Doc) -> Doc:
        """Put the cues of `doc` into `doc.spans["cues"]`, each labelled with its id."""
        text = doc.text
        fragment = is_fragment(text)
        found: list[Span] = []
        for compiled in self._lexicon.cues:
            if compiled.entry.only == "fragment" and not fragment:
                continue
            found.extend(self._matches(doc, text, compiled))
        doc.spans["cues"] = found
        return doc

    def _matches(self, doc: Doc, text: str, compiled: Compiled[Cue]) -> list[Span]:
        spans = []
        for match in compiled.pattern.finditer(text):
            span = doc.char_span(
                match.start(), max(match.end(), match.start() + 1), label=compiled.entry.id, alignment_mode="expand"
            )
            if span is None:
                continue
            if compiled.entry.object:
                span = self._with_object(doc, span, compiled.entry)
                if span is None:
                    continue
            spans.append(span)
        return spans

    def _with_object(self, doc: Doc, span: Span, cue: Cue) -> Span | None:
        """Return `span` up to the condition or symptom that follows it, or None when nothing suitable does."""
        limit = min(len(doc), span.end + OBJECT_WITHIN)
        ends = [
            m.end
            for m in doc.spans["mentions"]
            if m.label_ == CONDITION and span.start < m.end and m.start < limit and m.end > span.end
        ]
        if cue.object == "symptom_or_condition":
            after = doc[span.end : limit]
            symptom = self._lexicon.symptom.search(after.text) if len(after) else None
            if symptom is not None:
                object_span = doc.char_span(
                    after.start_char + symptom.start(), after.start_char + symptom.end(), alignment_mode="expand"
                )
                if object_span is not None:
                    ends.append(object_span.end)
        if not ends:
            return None
        return Span(doc, span.start, min(ends), label=cue.id)


@Language.factory("clinicwatch_cues")
def create_cues(nlp: Language, name: str) -> Cues:
    """Build the component with the lexicon of the pipeline's language."""
    return Cues(load_lexicon(nlp.lang))
