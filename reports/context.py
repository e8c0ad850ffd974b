"""Show a quote in its surroundings: the sentence before, the rest of its own sentence, the sentence after."""

import re
from dataclasses import dataclass

from database.rows import ClaimRow

#: Where a sentence ends within a block, e.g. "... in weeks. Call us".
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
#: Kinds of place that are part of the text a visitor reads from top to bottom; what stands beside the others in the
#: stored text (titles, descriptions, attributes) does not stand beside them on the page.
RUNNING_TEXT = frozenset(
    {"heading", "paragraph", "list_item", "table_cell", "quote", "caption", "noscript", "pdf_line"}
)
#: Characters of a neighboring sentence that are shown; the rest becomes an ellipsis.
LONGEST = 240


@dataclass(frozen=True, slots=True)
class Context:
    """A quote in its surroundings; any part but the quote may be empty.

    `lead` and `tail` are the rest of its passage, `before` and `after` the neighboring sentences of the same block,
    `block_before` and `block_after` the nearest sentence of the neighboring block where the block itself has none.
    """

    block_before: str
    before: str
    lead: str
    quote: str
    tail: str
    after: str
    block_after: str


def context_of(claim: ClaimRow) -> Context:
    """Cut a claim's surroundings out of the stored text of its page.

    Neighbors are left out for words outside of the running text, and when the passage does not stand where its offset
    says (text given without a page).
    """
    lead, tail = claim.passage[: claim.quote_start], claim.passage[claim.quote_end :]
    at = claim.start - claim.around_start
    end = at + len(claim.passage)
    if claim.kind not in RUNNING_TEXT or claim.around[at:end] != claim.passage:
        return Context("", "", lead, claim.quote, tail, "", "")
    block_before, before = _last_sentence(claim.around[:at])
    block_after, after = _first_sentence(claim.around[end:])
    return Context(block_before, before, lead, claim.quote, tail, after, block_after)


def _last_sentence(text: str) -> tuple[str, str]:
    """Give the sentence that ends a text, as (of another block, of the same block)."""
    above, _, same = text.rpartition("\n")
    if same.strip():
        return "", _cut_left(SENTENCE_END.split(same.strip())[-1])
    return _cut_left(SENTENCE_END.split(above.strip().rpartition("\n")[2])[-1]), ""


def _first_sentence(text: str) -> tuple[str, str]:
    """Give the sentence that begins a text, as (of another block, of the same block)."""
    same, _, below = text.partition("\n")
    if same.strip():
        return "", _cut_right(SENTENCE_END.split(same.strip())[0])
    return _cut_right(SENTENCE_END.split(below.strip().partition("\n")[0])[0]), ""


def _cut_left(sentence: str) -> str:
    return sentence if len(sentence) <= LONGEST else "…" + sentence[-LONGEST:]


def _cut_right(sentence: str) -> str:
    return sentence if len(sentence) <= LONGEST else sentence[:LONGEST] + "…"
