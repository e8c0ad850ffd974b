"""The evidence base as the database keeps it with a run: every record and its sources in the wording of the day."""

from database.record_snapshot import RecordSnapshot, take_snapshot
from evidence.evidence_base import EvidenceBase


def snapshots(evidence: EvidenceBase) -> list[RecordSnapshot]:
    """Return a snapshot of every record of `evidence`, in the order of their ids."""
    sources = {
        identifier: source.model_dump(mode="json", by_alias=True) for identifier, source in evidence.sources.items()
    }
    return [
        take_snapshot(evidence.records[key].model_dump(mode="json", by_alias=True), sources)
        for key in sorted(evidence.records)
    ]
