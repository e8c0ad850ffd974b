"""Read the evidence base from its YAML files; whatever is unclear stops the load and names file, place and fix."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from evidence.check import check_together
from evidence.errors import EvidenceError
from evidence.evidence_base import EvidenceBase
from evidence.records import Condition, Jurisdiction, Record, Source, Therapy

Entry = TypeVar("Entry")

#: A larger file is no record: users' own evidence folders are hostile input.
MAX_BYTES = 200_000
#: The folders of an evidence base and what each of their files holds.
FOLDERS: Mapping[str, TypeAdapter[Any]] = {
    "records": TypeAdapter(Record),
    "sources": TypeAdapter(Source),
    "therapies": TypeAdapter(Therapy),
    "conditions": TypeAdapter(Condition),
    "jurisdictions": TypeAdapter(Jurisdiction),
}


class _Yaml(yaml.CSafeLoader):
    """Safe YAML in which `on` is a word and a key given twice is refused."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for number, key in enumerate(keys):
            if key in keys[:number]:
                raise yaml.YAMLError(f"the key '{key}' stands twice (line {node.value[number][0].start_mark.line + 1})")
        return dict(super().construct_mapping(node, deep=deep))


# YAML 1.1 reads on, off, yes and no as true and false; here they are the words they look like.
_Yaml.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True, slots=True)
class _Read:
    """One entry beside the file it was read from."""

    entry: Any
    file: str


def load_evidence(extra_folders: Sequence[Path] = (), as_of: date | None = None) -> EvidenceBase:
    """Return the shipped evidence base, with the entries of `extra_folders` added to it or in place of it by id.

    With `as_of`, records that were not in force on that day are left out. Raises EvidenceError, naming file, place and
    fix, for anything that is unknown, double, missing or contradictory.
    """
    base = _load(tuple(folder.resolve() for folder in extra_folders))
    if as_of is None:
        return base
    records = {key: record for key, record in base.records.items() if in_force(record, as_of)}
    return EvidenceBase(
        records, base.sources, base.therapies, base.conditions, base.jurisdictions, base.digest, base.version
    )


def in_force(record: Record, on: date) -> bool:
    """Whether `record` holds on the day `on`."""
    return (record.from_ is None or record.from_ <= on) and (record.until is None or on < record.until)


@lru_cache(maxsize=4)
def _load(extra_folders: tuple[Path, ...]) -> EvidenceBase:
    read: dict[str, dict[str, _Read]] = {name: {} for name in FOLDERS}
    digest = hashlib.sha256()
    with as_file(files("evidence")) as shipped:
        for root in (shipped, *extra_folders):
            if not root.is_dir():
                raise EvidenceError(
                    f"{root}: there is no such folder of evidence. Check the path given with --evidence."
                )
            for name, found in _read_folder(root, digest).items():
                read[name].update(found)
    check_together(
        {name: {key: (item.entry, item.file) for key, item in found.items()} for name, found in read.items()}
    )
    entries = {name: {key: found[key].entry for key in sorted(found)} for name, found in read.items()}
    return EvidenceBase(**entries, digest=f"sha256:{digest.hexdigest()}", version=version("clinicwatch"))


def _read_folder(root: Path, digest: "hashlib._Hash") -> dict[str, dict[str, _Read]]:
    """Read all files below `root`; an id given twice in one base is refused (another base may override it)."""
    read: dict[str, dict[str, _Read]] = {name: {} for name in FOLDERS}
    for name, adapter in FOLDERS.items():
        for path in _files(root / name):
            shown = str(path.relative_to(root))
            content = _content(path, shown)
            digest.update(shown.encode() + b"\0" + content + b"\0")
            entry = _entry(adapter, content, path.stem, shown)
            if path.stem in read[name]:
                raise EvidenceError(
                    f"{shown}: the id '{path.stem}' is also that of {read[name][path.stem].file}. Rename one."
                )
            read[name][path.stem] = _Read(entry, shown)
    return read


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            continue
        if path.suffix != ".yml" or path.is_symlink():
            raise EvidenceError(
                f"{path.name}: not a record. The folder {folder.name}/ holds plain .yml files only; move it away."
            )
        yield path


def _content(path: Path, shown: str) -> bytes:
    if path.stat().st_size > MAX_BYTES:
        raise EvidenceError(f"{shown}: larger than {MAX_BYTES} bytes. One record a file; split it.")
    return path.read_bytes()


def _entry(adapter: TypeAdapter[Entry], content: bytes, stem: str, shown: str) -> Entry:
    try:
        _refuse_aliases(content)
        raw = yaml.load(content.decode("utf-8"), Loader=_Yaml)  # noqa: S506  (_Yaml is a safe loader)
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise EvidenceError(f"{shown}: not readable as YAML in UTF-8: {error}") from error
    if not isinstance(raw, dict):
        raise EvidenceError(f"{shown}: not a set of 'key: value' lines.")
    if raw.get("id") != stem:
        raise EvidenceError(
            f"{shown}, id: '{raw.get('id')}' is not the file's name. Write 'id: {stem}' or rename the file."
        )
    try:
        return adapter.validate_python(raw)
    except ValidationError as error:
        raise EvidenceError(
            "\n".join(_told(shown, problem, content.decode("utf-8")) for problem in error.errors())
        ) from error


def _refuse_aliases(content: bytes) -> None:
    """Refuse `*name`: nested aliases make a small file grow without bound when it is checked."""
    if b"*" in content and any(
        isinstance(event, yaml.AliasEvent) for event in yaml.parse(content, Loader=yaml.CSafeLoader)
    ):
        raise yaml.YAMLError("an alias (*name) is not allowed; write the value out")


def _told(shown: str, problem: Any, text: str) -> str:
    """Return one line for a problem that pydantic found: file, line, field, and what is wrong."""
    place = [str(part) for part in problem["loc"] if part not in ("status", "study", "guidance", "harm", "law")] or [
        "kind"
    ]
    line = next(
        (number for number, row in enumerate(text.splitlines(), start=1) if row.strip().startswith(f"{place[0]}:")), 0
    )
    where = f"{shown}, line {line}, {'.'.join(place)}" if line else f"{shown}, {'.'.join(place)}"
    if problem["type"] == "extra_forbidden":
        return f"{where}: there is no such key. Remove it, or correct its spelling."
    if problem["type"] == "missing":
        return f"{where}: missing. Add it."
    return f"{where}: {problem['msg']} (it says {problem['input']!r:.60})."
