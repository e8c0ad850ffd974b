"""What stands around a passage: whose effect it tells, which therapy and condition it is about."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from classifier.claim import ClaimType, Qualifier, QualifierKind
from classifier.read_passage import CueHit, Reading
from evidence.records import Therapy

#: A page with fewer passages than this has no tone.
FEW = 8
CAUTIONS = frozenset(
    {
        QualifierKind.WARNING,
        QualifierKind.NEGATED,
        QualifierKind.RESEARCH,
        QualifierKind.REFUTED,
        QualifierKind.DISCLAIMER,
    }
)


class About(StrEnum):
    """Whose effect a passage tells, and how near to it that is said."""

    NAMED = "named"  # "Our exosomes reduce pain": an unproven therapy is named in the passage
    REFERRED = "referred"  # "This treatment reduces pain": it is referred to
    HEADED = "headed"  # "Reduces pain" under the heading "Exosome therapy"
    PAGE = "page"  # only the page sells it
    PROVEN = "proven"  # "A stem cell transplant cures leukaemia": a therapy proven in its own field is named
    STANDARD = "standard"  # "Exercise reduces pain": established care is named, or headed, and nothing else
    BODY = "body"  # "Arthritis reduces mobility": the disease or the body is
    NOTHING = "nothing"  # no therapy anywhere near


@dataclass(frozen=True, slots=True)
class Around:
    """The readings of what a reader sees around a passage, and what its page sells."""

    heading: Reading | None
    lead_in: Reading | None
    title: Reading | None
    sells: str
    speaks_of: str
    #: Shares of the page's passages, from 0 to 1, that promise something and that warn, ask, deny or report research.
    promises: float = 0.0
    cautions: float = 0.0

    @property
    def introducing(self) -> tuple[Qualifier, ...]:
        """Qualifiers of the heading and the lead-in that reach the passages below them."""
        return tuple(q for reading in (self.lead_in, self.heading) if reading is not None for q in reading.introduces)


def what_the_page_sells(
    readings: Sequence[Reading], titles: Sequence[Reading], therapies: Mapping[str, Therapy]
) -> tuple[str, str]:
    """Return the therapy and the condition that a page speaks of most, titles and headings counted three times.

    A therapy of established care is never what the page sells. Either is empty when the page names none.
    """
    sells: Counter[str] = Counter()
    speaks_of: Counter[str] = Counter()
    for weight, group in ((3, titles), (1, readings)):
        for reading in group:
            sells.update({m.id: weight for m in reading.therapies if therapies[m.id].role != "standard_care"})
            speaks_of.update({m.id: weight for m in reading.conditions})
    return _most(sells), _most(speaks_of)


def tone_of(readings: Sequence[Reading]) -> tuple[float, float]:
    """Return the shares of a page's passages with a cue that no qualifier reaches, and with a cautioning qualifier.

    Both are 0 for fewer than FEW passages, which say nothing on the tone of a page.
    """
    if len(readings) < FEW:
        return 0.0, 0.0
    promises = sum(any(not hit.qualifiers for hit in reading.cues) for reading in readings)
    cautions = sum(any(q.kind in CAUTIONS for q in reading.qualifiers) for reading in readings)
    return promises / len(readings), cautions / len(readings)


def _most(counter: Counter[str]) -> str:
    # Ties go to the id that comes first, so that the same page always gives the same answer.
    return min(counter, key=lambda key: (-counter[key], key)) if counter else ""


def whose_effect(reading: Reading, hit: CueHit, around: Around, therapies: Mapping[str, Therapy]) -> About:
    """Return whose effect `hit` tells.

    Names inside a comparison do not count as its subject: in "heal without surgery" surgery is what is spared.
    """
    comparing = hit.id.startswith(ClaimType.SUPERIORITY)
    outside = [m for m in reading.therapies if not (comparing and hit.start <= m.start < hit.end)]
    roles = {therapies[m.id].role for m in outside}
    if roles & {"unproven", "mixed"}:
        return About.NAMED
    if "supported" in roles:
        return About.PROVEN
    if "standard_care" in roles and not comparing:
        return About.STANDARD
    if reading.refers_to_itself:
        return About.REFERRED
    return _from_surroundings(reading, hit, around, therapies, comparing)


def _from_surroundings(
    reading: Reading, hit: CueHit, around: Around, therapies: Mapping[str, Therapy], comparing: bool
) -> About:
    for near in (around.lead_in, around.heading):
        if near is None or not near.therapies:
            continue
        roles = {therapies[m.id].role for m in near.therapies}
        if roles & {"unproven", "mixed"}:
            return About.HEADED
        if roles == {"standard_care"} and not comparing:
            return About.STANDARD
    if any(m.start < hit.start for m in reading.conditions) and not reading.own_voice and not reading.fragment:
        return About.BODY
    return About.PAGE if around.sells else About.NOTHING


def therapy_of(reading: Reading, around: Around, therapies: Mapping[str, Therapy]) -> str:
    """Return the therapy a passage is about: named in it, in its lead-in or heading, or the one the page sells."""
    return (
        _nearest(
            reading, around, lambda near: [m.id for m in near.therapies if therapies[m.id].role != "standard_care"]
        )
        or around.sells
    )


def standard_care_of(reading: Reading, around: Around, therapies: Mapping[str, Therapy]) -> str:
    """Return the established care a passage is about: named in it, in its lead-in or heading; empty when none is."""
    return _nearest(
        reading, around, lambda near: [m.id for m in near.therapies if therapies[m.id].role == "standard_care"]
    )


def condition_of(reading: Reading, around: Around) -> str:
    """Return the condition a passage is about, in the same order; empty when none is named near it."""
    return _nearest(reading, around, lambda near: [m.id for m in near.conditions]) or around.speaks_of


def _nearest(reading: Reading, around: Around, ids: Callable[[Reading], list[str]]) -> str:
    for near in (reading, around.lead_in, around.heading, around.title):
        if near is not None and (found := ids(near)):
            return found[0]
    return ""
