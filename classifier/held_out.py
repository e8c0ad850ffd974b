"""Which clinics of the labelled corpus the models are never trained on, so that they can be measured and calibrated there."""

import hashlib
from collections.abc import Sequence

from classifier.labelled_rows import LabelledRow

#: One clinic in so many is held out.
ONE_IN = 6


def is_held_out(site: str) -> bool:
    """Whether the clinic `site` is held out; the same for ever, however the corpus grows."""
    return int.from_bytes(hashlib.sha256(site.encode()).digest()[:4], "big") % ONE_IN == 0


def split(rows: Sequence[LabelledRow]) -> tuple[list[LabelledRow], list[LabelledRow]]:
    """Return the rows to train on and those held out."""
    return [row for row in rows if not is_held_out(row.site)], [row for row in rows if is_held_out(row.site)]
