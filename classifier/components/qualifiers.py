"""Qualifiers with their scope in tokens: what takes a claim back or changes who makes it (the ConText idea)."""

from spacy.language import Language
from spacy.tokens import Doc, Span

from classifier.lexicon import Lexicon, QualifierCue, load_lexicon


class Qualifiers:
    """Finds the qualifiers of a lexicon and how far each reaches.

    "Not a cure, but the tremor drops a lot": "but" ends the scope of "not", so the tremor is still a claim. After
    Harkema et al. 2009 (ConText), with marketing English in place of clinical notes.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def __call__(self, doc: Doc) -> Doc:
        """Put the phrases into `doc.spans["qualifiers"]` and, in the same order, their scopes into `doc.spans["scopes"]`."""
        phrases: list[Span] = []
        scopes: list[Span] = []
        for compiled in self._lexicon.qualifiers:
            for match in compiled.pattern.finditer(doc.text):
                phrase = doc.char_span(match.start(), match.end(), label=compiled.entry.id, alignment_mode="expand")
                if phrase is None or not len(phrase):
                    continue
                phrases.append(phrase)
                scopes.append(self._scope(doc, phrase, compiled.entry))
        doc.spans["qualifiers"] = phrases
        doc.spans["scopes"] = scopes
        return doc

    def _scope(self, doc: Doc, phrase: Span, cue: QualifierCue) -> Span:
        sentence_start, sentence_end = _sentence_bounds(doc, phrase)
        if cue.scope == "text":
            return doc[:]
        if cue.scope in ("sentence", "items"):
            return Span(doc, sentence_start, sentence_end, label=cue.kind.value)
        start, end = phrase.start, phrase.end
        if cue.scope in ("forward", "both"):
            end = min(sentence_end, phrase.end + cue.reach)
            breaking = self._lexicon.breaking.search(doc.text, _char(doc, phrase.end), _char(doc, end))
            if breaking is not None:
                end = next((t.i for t in doc[phrase.end : end] if t.idx >= breaking.start()), end)
        if cue.scope in ("backward", "both"):
            start = max(sentence_start, phrase.start - cue.reach)
            for token in reversed(doc[start : phrase.start]):
                if self._lexicon.breaking.fullmatch(token.text):
                    start = token.i + 1
                    break
        return Span(doc, start, max(end, start + 1), label=cue.kind.value)


def _sentence_bounds(doc: Doc, phrase: Span) -> tuple[int, int]:
    start = phrase.start
    while start > 0 and not doc[start].is_sent_start:
        start -= 1
    end = phrase.end
    while end < len(doc) and not doc[end].is_sent_start:
        end += 1
    return start, end


def _char(doc: Doc, token_index: int) -> int:
    return doc[token_index].idx if token_index < len(doc) else len(doc.text)


@Language.factory("clinicwatch_qualifiers")
def create_qualifiers(nlp: Language, name: str) -> Qualifiers:
    """Build the component with the lexicon of the pipeline's language."""
    return Qualifiers(load_lexicon(nlp.lang))
