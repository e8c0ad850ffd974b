"""Find the claims of a page: the model says how likely each type is, the rules show on which words it rests."""

from collections.abc import Collection, Mapping, Sequence

from classifier.claim import Claim, ClaimType, Qualifier
from classifier.claim_model import ClaimModel, Probabilities
from classifier.page_context import About, condition_of, standard_care_of, therapy_of
from classifier.passage import Passage
from classifier.read_page import Candidate, PageReader, ReadPassage
from evidence.records import Therapy

#: Passages less likely than this share of the review threshold are not listed at all. On the held-out clinics a half loses
#: 0.002 of average precision, and a tenth 0.05 of the macro F1 over types.
LISTED_FROM = 0.25
#: A type whose words stand in the passage is named from this share of its threshold on. On the held-out clinics it leaves the
#: macro F1 over types as it is (0.851 against 0.855), and no type is left out that a reader sees named in plain words.
CUED = 0.35
#: Effects of these are not the offered therapy's.
OF_OTHERS = frozenset({About.STANDARD, About.BODY})


class ClaimFinder:
    """Finds claims in one language, with a reader of pages and a model that weighs what was read."""

    def __init__(self, reader: PageReader, model: ClaimModel, therapies: Mapping[str, Therapy]) -> None:
        self._reader = reader
        self._model = model
        self._therapies = therapies

    def find(self, page: Sequence[Passage]) -> list[tuple[Claim, ...]]:
        """Return the claims of each passage of `page`, in the order of the passages.

        `page` is the passages of one page in reading order; they serve each other as context. Claims of a passage are
        in the order of ClaimType; there is at most one of a type in a passage.
        """
        read = self._reader.read(page)
        return [
            self._claims(passage, found) for passage, found in zip(read, self._model.probabilities(read), strict=True)
        ]

    def _claims(self, passage: ReadPassage, found: Probabilities) -> tuple[Claim, ...]:
        card = self._model.card
        if found.any_claim < LISTED_FROM * card.review_from:
            return ()
        if found.any_claim < card.conflict_from and rules_doubt(passage.candidates):
            return ()
        strongest = max(ClaimType, key=lambda kind: found.types[kind])
        cued = {cue.type for cue in passage.candidates if not cue.taken_back and cue.about not in OF_OTHERS}
        named = [kind for kind in ClaimType if kind is strongest or found.types[kind] >= self._named_from(kind, cued)]
        return tuple(self._claim(kind, passage, found, strongest) for kind in named)

    def _named_from(self, kind: ClaimType, cued: Collection[ClaimType]) -> float:
        return self._model.card.type_from[kind] * (CUED if kind in cued else 1.0)

    def _claim(self, kind: ClaimType, passage: ReadPassage, found: Probabilities, strongest: ClaimType) -> Claim:
        cues = [candidate for candidate in passage.candidates if candidate.type is kind]
        alive = [cue for cue in cues if not cue.taken_back] or cues
        start, end = _sentence(passage, alive)
        # The strongest type carries the probability of the passage: one that holds a claim holds one of this type.
        score = found.any_claim if kind is strongest else min(found.any_claim, found.types[kind])
        words = tuple(dict.fromkeys(cue.hit.words for cue in alive)) or self._model.spoke(found.features, kind)
        return Claim(
            type=kind,
            quote=passage.reading.text[start:end],
            start=start,
            end=end,
            score=round(score, 4),
            found_by=f"model with rule:{alive[0].cue}" if alive else "model",
            therapy=self._therapy(passage, alive, sure=found.any_claim >= self._model.card.conflict_from),
            condition=condition_of(passage.reading, passage.around),
            qualifiers=_qualifiers(passage, alive),
            spoke=words,
        )

    def _therapy(self, passage: ReadPassage, cues: Sequence[Candidate], *, sure: bool) -> str:
        """Return whose effect the claim tells: established care only where the rules say so and the model is not sure."""
        if not sure and cues and all(cue.about is About.STANDARD for cue in cues):
            return standard_care_of(passage.reading, passage.around, self._therapies)
        return therapy_of(passage.reading, passage.around, self._therapies)


def rules_doubt(found: Sequence[Candidate]) -> bool:
    """Whether the rules found cues, and each is taken back, as in "stem cells cannot cure arthritis".

    Of such passages in the labelled corpus 11 % hold a claim all the same, so only a model that is sure overrules them.
    """
    return bool(found) and all(candidate.taken_back for candidate in found)


def _sentence(passage: ReadPassage, cues: Sequence[Candidate]) -> tuple[int, int]:
    if cues:
        return cues[0].hit.sentence_start, cues[0].hit.sentence_end
    return 0, len(passage.reading.text)


def _qualifiers(passage: ReadPassage, cues: Sequence[Candidate]) -> tuple[Qualifier, ...]:
    """Return the qualifiers that reach the cue, or the whole passage where no cue was found."""
    return cues[0].qualifiers if cues else (*passage.reading.qualifiers, *passage.around.introducing)
