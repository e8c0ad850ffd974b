"""The short lists of words that columns hold, in their proper order, for rooms that only read the database."""

from classifier.claim import ClaimType, QualifierKind
from classifier.verdict import Band, Rating
from crawler.capture import Outcome
from crawler.page_text import BlockKind

OUTCOMES: tuple[str, ...] = tuple(word.value for word in Outcome)
BLOCK_KINDS: tuple[str, ...] = tuple(word.value for word in BlockKind)
CLAIM_TYPES: tuple[str, ...] = tuple(word.value for word in ClaimType)
QUALIFIERS: tuple[str, ...] = tuple(word.value for word in QualifierKind)
RATINGS: tuple[str, ...] = tuple(word.value for word in Rating)
BANDS: tuple[str, ...] = tuple(word.value for word in Band)

CONFLICT = Band.CONFLICT.value
REVIEW = Band.REVIEW.value
#: Ratings that a finding can have.
FINDING_RATINGS: tuple[str, ...] = (Rating.CONTRADICTED.value, Rating.UNSUPPORTED.value, Rating.OVERSTATED.value)
