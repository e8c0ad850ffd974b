"""Find the claims of a page: read each passage, ask whose effect it tells, weigh its cues, take its qualifiers into account."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.language import Language

from classifier.claim import Claim, ClaimType, Qualifier
from classifier.lexicon import Compiled, ContextCue, Lexicon
from classifier.page_context import About, Around, condition_of, therapy_of, what_the_page_sells, whose_effect
from classifier.passage import Passage
from classifier.read_passage import CueHit, Reading, read_passage
from classifier.rules_table import RulesTable, TypeRule
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


class ClaimFinder:
    """Finds claims with the lexicon and rules of one language.

    A model may take the place of the measured scores: it is handed the same candidates and gives each a probability.
    """

    def __init__(
        self, nlp: Language, lexicon: Lexicon, types: Mapping[ClaimType, TypeRule], therapies: Mapping[str, Therapy]
    ) -> None:
        self._lexicon = lexicon
        self._types = types
        self._therapies = therapies
        self._read = lru_cache(maxsize=READINGS_KEPT)(lambda text: read_passage(nlp, lexicon, text))

    def candidates(self, page: Sequence[Passage]) -> list[tuple[Reading, Around, tuple[Candidate, ...]]]:
        """Return, for each passage of `page` in order, its reading, its surroundings and its candidate claims."""
        readings = [self._read(passage.text) for passage in page]
        titles = [self._read(text) for text in dict.fromkeys(p.page_title for p in page) if text]
        headings = [self._read(text) for text in dict.fromkeys(p.heading for p in page) if text]
        sells, speaks_of = what_the_page_sells(readings, [*titles, *headings], self._therapies)
        result = []
        for passage, reading in zip(page, readings, strict=True):
            around = Around(
                heading=self._read(passage.heading) if passage.heading else None,
                lead_in=self._read(passage.lead_in) if passage.lead_in else None,
                title=self._read(passage.page_title) if passage.page_title else None,
                sells=sells,
                speaks_of=speaks_of,
            )
            hits = [*reading.cues, *self._from_context(reading, around)]
            result.append((reading, around, tuple(self._candidate(reading, around, hit) for hit in hits)))
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
                    yield CueHit(
                        f"{compiled.entry.id}",
                        0,
                        len(reading.text),
                        near.text,
                        0,
                        len(reading.text),
                        reading.qualifiers,
                    )

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

    def find(self, page: Sequence[Passage], rules: RulesTable) -> list[tuple[Claim, ...]]:
        """Return the claims of each passage of `page`, in the order of the passages.

        `page` is the passages of one page in reading order; they serve each other as context. Claims of a passage are
        in the order of ClaimType; there is at most one of a type in a passage.
        """
        return [
            tuple(
                claim
                for kind in ClaimType
                if (claim := self._claim(kind, reading, around, [c for c in found if c.type is kind], rules))
                is not None
            )
            for reading, around, found in self.candidates(page)
        ]

    def _claim(
        self, kind: ClaimType, reading: Reading, around: Around, found: list[Candidate], rules: RulesTable
    ) -> Claim | None:
        alive = [(rules.score(c.cue, c.about, c.weakened), c) for c in found if not c.taken_back]
        if not alive:
            return None
        alive.sort(key=lambda pair: (-pair[0], pair[1].hit.start, pair[1].cue))
        score = _together([score for score, _ in alive])
        if score < rules.scores.review_from / 2:
            return None
        best = alive[0][1]
        start, end = best.hit.sentence_start, best.hit.sentence_end
        return Claim(
            type=kind,
            quote=reading.text[start:end],
            start=start,
            end=end,
            score=round(score, 4),
            found_by=f"rule:{best.cue}",
            therapy=therapy_of(reading, around, self._therapies),
            condition=condition_of(reading, around),
            qualifiers=best.qualifiers,
            spoke=tuple(dict.fromkeys(c.hit.words for _, c in alive)),
        )


def _is_item(reading: Reading, compiled: Compiled[ContextCue]) -> bool:
    return compiled.entry.items == "any" or reading.symptom or bool(reading.conditions)


def _together(scores: list[float]) -> float:
    """Return the probability of a claim for which several cues speak, highest first.

    The cues of one type are far from independent, so each further one closes a fifth of the gap to certainty that its
    own probability would. Measured on the labelled corpus: a half made the scores too high, none too low.
    """
    together = scores[0] if scores else 0.0
    for score in scores[1:]:
        together += (1 - together) * score * 0.2
    return together
