"""Check the entries of an evidence base against each other: nothing dangling, doubled, circular or contradictory."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from evidence.errors import EvidenceError
from evidence.hierarchy import find_cycle
from evidence.records import Mark, Record, StatusRecord

#: In place of an id: it bears on all of them.
ANY = "any"
#: The claim types a record may name; classifier/claim.py has the same, and a test compares them.
CLAIM_TYPES = (
    "cure",
    "efficacy",
    "approval",
    "safety",
    "guarantee",
    "superiority",
    "regeneration",
    "proof",
    "testimonial",
)

Found = Mapping[str, Mapping[str, tuple[Any, str]]]


def check_together(found: Found) -> None:
    """Raise EvidenceError, naming file, place and fix, for the first entry that does not fit the others.

    `found` maps folder name to id to (entry, file).
    """
    for check in (_check_hierarchies, _check_names, _check_records, _check_overlaps):
        for problem in check(found):
            raise EvidenceError(problem)


def _check_hierarchies(found: Found) -> Iterator[str]:
    for folder in ("therapies", "conditions", "jurisdictions"):
        for entry, file in found[folder].values():
            for parent in entry.parents:
                if parent not in found[folder]:
                    yield f"{file}, parents: there is no '{parent}' in {folder}/. Correct the id, or add {folder}/{parent}.yml."
        if cycle := find_cycle({key: entry for key, (entry, _) in found[folder].items()}):
            yield f"{found[folder][cycle[0]][1]}, parents: a circle ({' > '.join(cycle)}). Remove one of these parents."


def _check_names(found: Found) -> Iterator[str]:
    for folder in ("therapies", "conditions"):
        owners: dict[str, str] = {}
        for entry, file in found[folder].values():
            names = {name.casefold() for group in entry.names.values() for name in group} | {entry.name.casefold()}
            for name in sorted(names | set(entry.abbreviations)):
                if name in owners:
                    yield f"{file}, names: '{name}' is also a name of {owners[name]}. Leave it in one of them."
                owners[name] = entry.id
            for name in entry.ambiguous:
                if name.casefold() not in names and name not in entry.abbreviations:
                    yield f"{file}, ambiguous: '{name}' is none of its names or abbreviations. Add it there, or remove it here."


def _check_records(found: Found) -> Iterator[str]:
    for record, file in found["records"].values():
        if f"/{record.kind}/" not in f"/{file}":
            yield f"{file}, kind: a record of kind '{record.kind}' lies in records/{record.kind}/. Move the file."
        yield from _unknown(record.therapies, found["therapies"], file, "therapies")
        yield from _unknown(record.conditions, found["conditions"], file, "conditions")
        yield from _unknown((record.jurisdiction,), found["jurisdictions"], file, "jurisdictions")
        yield from _unknown((citation.source for citation in record.citations), found["sources"], file, "sources")
        for claim_type in record.claim_types:
            if claim_type not in CLAIM_TYPES:
                yield f"{file}, claim_types: there is no '{claim_type}'. Choose from {', '.join(CLAIM_TYPES)}."
        if not record.citations and record.verified.mark in (Mark.PRIMARY, Mark.REPORTED):
            yield f"{file}, citations: a record marked {record.verified.mark} names where that was seen. Add a source."
        if record.from_ is not None and record.until is not None and record.from_ >= record.until:
            yield f"{file}, until: {record.until} is not after from ({record.from_}). Correct one of them."


def _unknown(ids: Any, known: Mapping[str, Any], file: str, folder: str) -> Iterator[str]:
    for identifier in ids:
        if identifier not in known and not (identifier == ANY and folder in ("therapies", "conditions")):
            yield f"{file}, {folder}: there is no '{identifier}' in {folder}/. Correct the id, or add {folder}/{identifier}.yml."


def _check_overlaps(found: Found) -> Iterator[str]:
    """Yield pairs of status records that say different things of the same product, use, people, place and time."""
    by_subject: dict[tuple[Any, ...], list[tuple[StatusRecord, str]]] = {}
    for record, file in found["records"].values():
        if isinstance(record, StatusRecord):
            subject = (record.product, record.therapies, record.conditions, record.population, record.jurisdiction)
            by_subject.setdefault(subject, []).append((record, file))
    for group in by_subject.values():
        for number, (one, file) in enumerate(group):
            for other, other_file in group[number + 1 :]:
                if _overlap(one, other):
                    yield (
                        f"{file}, from: it holds at the same time as {other_file} for the same product, use, people and place"
                        f" ({one.status} and {other.status}). Give one an end (until), or tell them apart."
                    )


def _overlap(one: Record, other: Record) -> bool:
    starts: Callable[[Record], Any] = lambda record: record.from_.toordinal() if record.from_ else 0  # noqa: E731
    ends: Callable[[Record], Any] = lambda record: record.until.toordinal() if record.until else 10**9  # noqa: E731
    return bool(starts(one) < ends(other) and starts(other) < ends(one))
