"""What the count-based model sees of a passage: its words with names masked, and what the rules found in and around it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from classifier.model_input import ModelInput
from classifier.normalise import fold
from classifier.page_context import Around
from classifier.read_page import Candidate
from classifier.read_passage import Reading
from evidence.records import Therapy

#: Words that stand for a name, so that what is learned of one treatment or disease holds for all.
MASKS = {
    "unproven": "xtherapyx",
    "mixed": "xtherapyx",
    "supported": "xprovenx",
    "standard_care": "xusualcarex",
    "condition": "xconditionx",
}
#: Passages longer than this many words are alike to the model; of the labelled ones 2 % are.
LONG = 40


@dataclass(frozen=True, slots=True)
class Features:
    """One passage for the model: masked text, masked heading, the passage before, and named values from 0 to 1."""

    text: str
    heading: str
    before: str
    values: Mapping[str, float]


def features_of(
    given: ModelInput, reading: Reading, around: Around, found: tuple[Candidate, ...], therapies: Mapping[str, Therapy]
) -> Features:
    """Return the features of a passage from what was read of it and around it."""
    values: dict[str, float] = dict.fromkeys(_signs(reading, around, found, therapies), 1.0)
    values["length"] = min(len(given.text.split()), LONG) / LONG
    # Pages differ by a few passages in a hundred, so the shares are stretched to the range of the other values.
    values["page promises"] = min(1.0, 4 * around.promises)
    values["page cautions"] = min(1.0, 4 * around.cautions)
    if not given.context:
        values["alone"] = 1.0
    heading = masked(around.heading, therapies) if around.heading is not None else given.heading.lower()
    return Features(masked(reading, therapies), heading, given.before.lower(), values)


def masked(reading: Reading, therapies: Mapping[str, Therapy]) -> str:
    """Return the text of `reading` in lower case with names of therapies and conditions masked.

    "Our exosomes relieve arthritis" becomes "our xtherapyx relieve xconditionx".
    """
    marks = [(m.start, m.end, MASKS[therapies[m.id].role]) for m in reading.therapies]
    marks += [(m.start, m.end, MASKS["condition"]) for m in reading.conditions]
    parts, at = [], 0
    for start, end, mask in sorted(marks):
        if start >= at:
            parts += [reading.text[at:start], mask]
            at = end
    return fold("".join([*parts, reading.text[at:]])).text.lower()


def _signs(
    reading: Reading, around: Around, found: tuple[Candidate, ...], therapies: Mapping[str, Therapy]
) -> Iterator[str]:
    for candidate in found:
        kind = candidate.type.value
        if candidate.taken_back:
            yield f"taken back {kind}"
            continue
        yield from (
            f"cue {candidate.cue}",
            f"type {kind}",
            f"type {kind} of {candidate.about}",
            f"of {candidate.about}",
        )
        if candidate.weakened:
            yield f"weakened {kind}"
        if reading.fragment:
            yield f"type {kind} in a fragment"
    yield from (f"qualifier {qualifier.kind}" for qualifier in reading.qualifiers)
    yield from (f"qualifier above {qualifier.kind}" for qualifier in around.introducing)
    for name in ("fragment", "own_voice", "refers_to_itself", "symptom"):
        if getattr(reading, name):
            yield name.replace("_", " ")
    for place, near in (
        ("", reading),
        (" in heading", around.heading),
        (" in lead-in", around.lead_in),
        (" in title", around.title),
    ):
        if near is not None:
            yield from (f"names {therapies[m.id].role}{place}" for m in near.therapies)
            if near.conditions:
                yield f"names condition{place}"
    for near in (around.heading, around.lead_in):
        if near is not None:
            yield from (f"heading of type {hit.id.split('.')[0]}" for hit in near.cues)
            yield from (f"heading is {qualifier.kind}" for qualifier in near.qualifiers)
    yield f"page sells {therapies[around.sells].role}" if around.sells else "page sells nothing"
