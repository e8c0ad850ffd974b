"""The place of approval that a claim speaks of: the regulator or country named in its sentence."""

import re
from collections.abc import Mapping

from evidence.records import Jurisdiction


class Places:
    """Finds the jurisdiction whose regulator or name stands in a text, the narrowest first."""

    def __init__(self, jurisdictions: Mapping[str, Jurisdiction]) -> None:
        self._patterns = [
            (
                identifier,
                re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + r")(?!\w)"),
            )
            for identifier, entry in sorted(jurisdictions.items(), key=lambda item: -len(item[1].parents))
            if identifier != "world"
            and (names := {*entry.regulators, *(n for group in entry.names.values() for n in group)})
        ]

    def place_of(self, text: str) -> str:
        """Return the id of the jurisdiction first named in `text`, empty when none is ("FDA" gives `us`)."""
        first = min(
            (
                (match.start(), -len(match[0]), identifier)
                for identifier, pattern in self._patterns
                if (match := pattern.search(text))
            ),
            default=None,
        )
        return first[2] if first is not None else ""
