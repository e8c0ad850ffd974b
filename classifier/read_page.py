"""Read a page passage by passage: what is said, whose effect it tells, and which qualifiers reach it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.language import Language

from classifier.claim import ClaimType, Qualifier
from classifier.lexicon import Compiled, ContextCue, Lexicon
from classifier.model_input import ModelInput, model_inputs
from classifier.page_context import About, Around, tone_of, what_the_page_sells, whose_effect
from classifier.passage import Passage
from classifier.read_passage import CueHit, Reading, read_passage
from classifier.rules_table import TypeRule
from evidence.records import Therapy

#: Texts whose reading is kept: menus and footers stand on every page of a site and need to be read once.
READINGS_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cue in a passage with what decides its weight; `qualifiers` are those that reach it, from the passage or above it."""

    type: ClaimType
    cue: str
    hit: CueHit
    about: About
    qualifiers: tuple[Qualifier, ...]
    taken_back: bool
    weakened: bool


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """One passage of a page with all that was found in it and around it."""

    given: ModelInput
    reading: Reading
    around: Around
    candidates: tuple[Candidate, ...]


class PageReader:
    """Reads pages with the lexicon and rules of one language."""

    def __init__(
        self, nlp: Language, lexicon: Lexicon, types: Mapping[ClaimType, TypeRule], therapies: Mapping[str, Therapy]
    ) -> None:
        self._lexicon = lexicon
        self._types = types
        self._therapies = therapies
        self._read = lru_cache(maxsize=READINGS_KEPT)(lambda text: read_passage(nlp, lexicon, text))

    def read(self, page: Sequence[Passage]) -> list[ReadPassage]:
        """Return the passages of one page, read, in the order given; they serve each other as context."""
        readings = [self._read(passage.text) for passage in page]
        titles = [self._read(text) for text in dict.fromkeys(p.page_title for p in page) if text]
        headings = [self._read(text) for text in dict.fromkeys(p.heading for p in page) if text]
        sells, speaks_of = what_the_page_sells(readings, [*titles, *headings], self._therapies)
        promises, cautions = tone_of(readings)
        result = []
        for passage, given, reading in zip(page, model_inputs(page), readings, strict=True):
            around = Around(
                heading=self._read(passage.heading) if passage.heading else None,
                lead_in=self._read(passage.lead_in) if passage.lead_in else None,
                title=self._read(passage.page_title) if passage.page_title else None,
                sells=sells,
                speaks_of=speaks_of,
                promises=promises,
                cautions=cautions,
            )
            hits = [*reading.cues, *self._from_context(reading, around)]
            candidates = tuple(self._candidate(reading, around, hit) for hit in hits)
            result.append(ReadPassage(given, reading, around, candidates))
        return result

    def _from_context(self, reading: Reading, around: Around) -> Iterable[CueHit]:
        """Yield the claims that a fragment makes by standing under a heading or lead-in ("The benefits of PRP:")."""
        if not reading.fragment:
            return
        for near in (around.lead_in, around.heading):
            if near is None or any(q.kind == "warning" for q in near.introduces):
                continue
            for compiled in self._lexicon.contexts:
                if compiled.pattern.search(near.text) and _is_item(reading, compiled):
                    whole = len(reading.text)
                    yield CueHit(f"{compiled.entry.id}", 0, whole, near.text, 0, whole, reading.qualifiers)

    def _candidate(self, reading: Reading, around: Around, hit: CueHit) -> Candidate:
        kind = ClaimType(hit.id.split(".")[0])
        rule = self._types[kind]
        qualifiers = (*hit.qualifiers, *around.introducing)
        return Candidate(
            type=kind,
            cue=hit.id,
            hit=hit,
            about=whose_effect(reading, hit, around, self._therapies),
            qualifiers=qualifiers,
            taken_back=any(q.kind in rule.takes_back for q in qualifiers),
            weakened=any(q.kind in rule.weakens for q in qualifiers),
        )


def _is_item(reading: Reading, compiled: Compiled[ContextCue]) -> bool:
    return compiled.entry.items == "any" or reading.symptom or bool(reading.conditions)
