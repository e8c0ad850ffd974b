"""What the models read of a passage: its text, and the words around it that give it its sense."""

from collections.abc import Sequence
from dataclasses import dataclass

from classifier.normalise import fold
from classifier.passage import Passage

#: Characters kept of the title, of heading and lead-in, and of the end of the passage before: enough for the words that
#: decide, little enough that the encoder reads a passage in some milliseconds.
TITLE, HEADING, BEFORE = 120, 160, 160


@dataclass(frozen=True, slots=True)
class ModelInput:
    """One passage as the models read it; `context` is empty for a text that stands alone."""

    text: str
    context: str
    title: str
    heading: str
    before: str


def model_inputs(page: Sequence[Passage]) -> list[ModelInput]:
    """Return the inputs for the passages of one page in reading order; look-alike letters are made plain."""
    inputs = []
    before = ""
    for passage in page:
        text = fold(passage.text).text
        title = fold(passage.page_title).text[:TITLE]
        heading = " ".join(part for part in (fold(passage.heading).text, fold(passage.lead_in).text) if part)[:HEADING]
        inputs.append(
            alone(text) if not (title or heading or before) else _within(text, title, heading, before[-BEFORE:])
        )
        before = text
    return inputs


def alone(text: str) -> ModelInput:
    """Return the input for a text without a page."""
    return ModelInput(text, "", "", "", "")


def _within(text: str, title: str, heading: str, before: str) -> ModelInput:
    return ModelInput(text, f"{title} | {heading} | {before}", title, heading, before)
