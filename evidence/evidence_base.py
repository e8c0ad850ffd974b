"""The EvidenceBase: all records, sources and vocabularies, checked against each other and frozen."""

from collections.abc import Mapping
from dataclasses import dataclass

from evidence.records import Condition, Jurisdiction, Record, Source, Therapy


@dataclass(frozen=True, eq=False)
class EvidenceBase:
    """Everything that is known, by id.

    `digest` is `sha256:<hex>` over the content of all files it was read from, `version` the version of the software that
    read them. Two bases are the same when their digests are.
    """

    records: Mapping[str, Record]
    sources: Mapping[str, Source]
    therapies: Mapping[str, Therapy]
    conditions: Mapping[str, Condition]
    jurisdictions: Mapping[str, Jurisdiction]
    digest: str
    version: str
