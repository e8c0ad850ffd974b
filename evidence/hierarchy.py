"""Walk the hierarchies of therapies, conditions and jurisdictions: broader things, nearest first."""

from collections.abc import Mapping
from typing import Protocol


class HasParents(Protocol):
    """An entry of a vocabulary."""

    @property
    def parents(self) -> tuple[str, ...]:
        """Ids of the broader entries it belongs to."""


def ancestors(entries: Mapping[str, HasParents], identifier: str) -> tuple[str, ...]:
    """Return the broader entries of `identifier`, nearest first, each once; empty for an unknown id.

    Wharton's jelly belongs to birth tissue, which belongs to regenerative medicine.
    """
    found: dict[str, None] = {}
    level = [identifier]
    while level:
        level = [
            parent for entry in level if entry in entries for parent in entries[entry].parents if parent not in found
        ]
        found.update(dict.fromkeys(level))
    found.pop(identifier, None)
    return tuple(found)


def find_cycle(entries: Mapping[str, HasParents]) -> tuple[str, ...]:
    """Return the ids of a circle in the hierarchy, empty when there is none."""
    done: set[str] = set()
    for start in entries:
        path: list[str] = []
        stack = [(start, False)]
        while stack:
            identifier, leaving = stack.pop()
            if leaving:
                path.pop()
                done.add(identifier)
            elif identifier in path:
                return (*path[path.index(identifier) :], identifier)
            elif identifier not in done:
                path.append(identifier)
                stack.append((identifier, True))
                stack.extend((parent, False) for parent in entries[identifier].parents if parent in entries)
    return ()
