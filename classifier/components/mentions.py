"""Mentions of therapies and conditions, linked to their ids in the evidence base."""

import re
from collections.abc import Iterable, Mapping

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from evidence.records import Condition, Therapy

THERAPY = "therapy"
CONDITION = "condition"


def variants(name: str) -> set[str]:
    """Return the forms in which pages write `name`: hyphenated, and in the other number.

    >>> sorted(variants("stem cell injection"))[:2]
    ['stem cell injection', 'stem cell injections']
    """
    forms = {name}
    if re.search(r"[a-zà-ÿ]$", name) and not name.endswith("s"):
        forms.add(name + ("es" if re.search(r"(?:ch|sh|x)$", name) else "s"))
    if name.endswith("s") and not name.endswith(("ss", "is", "us")) and len(name) > 4:
        forms.add(name[:-1])
    forms |= {form.replace(" ", "-") for form in forms if " " in form}
    forms |= {form.replace("-", " ") for form in forms if "-" in form}
    return forms


class Mentions:
    """Finds names in any case and abbreviations in capitals, longest first.

    A name marked ambiguous (MS, RA, BM) counts only in a text that also holds an unambiguous mention.
    """

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._by_name = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._by_abbreviation = PhraseMatcher(nlp.vocab, attr="ORTH")
        self._ambiguous: set[tuple[str, str]] = set()

    def add_names(self, therapies: Mapping[str, Therapy], conditions: Mapping[str, Condition]) -> None:
        """Learn the names of the evidence base: those in the pipeline's language, and the English ones beside them."""
        for label, entries in ((THERAPY, therapies.values()), (CONDITION, conditions.values())):
            for entry in entries:
                self._add(f"{label}:{entry.id}", entry)

    def _add(self, key: str, entry: Therapy | Condition) -> None:
        names = [
            name for language, names in entry.names.items() if language in ("en", self._nlp.lang) for name in names
        ]
        forms = {form for name in [entry.name, *names] for form in variants(name)}
        self._by_name.add(key, list(_docs(self._nlp, forms - set(entry.abbreviations))))
        if entry.abbreviations:
            plural = {f"{short}s" for short in entry.abbreviations}
            self._by_abbreviation.add(key, list(_docs(self._nlp, plural | set(entry.abbreviations))))
        for name in entry.ambiguous:
            self._ambiguous |= {(key, form.lower()) for form in variants(name)}

    def __call__(self, doc: Doc) -> Doc:
        """Put the mentions of `doc` into `doc.spans["mentions"]`: label therapy or condition, kb_id the evidence id."""
        spans = []
        for matcher in (self._by_name, self._by_abbreviation):
            for key, start, end in matcher(doc):
                label, identifier = doc.vocab.strings[key].split(":", 1)
                spans.append(Span(doc, start, end, label=label, kb_id=identifier))
        if spans:
            kept = filter_spans(spans)
            sure = [span for span in kept if (f"{span.label_}:{span.kb_id_}", span.text.lower()) not in self._ambiguous]
            spans = kept if sure else []
        doc.spans["mentions"] = spans
        return doc


def _docs(nlp: Language, names: Iterable[str]) -> Iterable[Doc]:
    return (nlp.make_doc(name) for name in sorted(names))


@Language.factory("clinicwatch_mentions")
def create_mentions(nlp: Language, name: str) -> Mentions:
    """Build the component for the pipeline `nlp`; it knows no names until `add_names` is called."""
    return Mentions(nlp)
