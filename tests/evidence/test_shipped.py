"""The shipped base holds together, is honest about what it rests on, and covers what it promises."""

import re
import time
from datetime import date
from importlib.resources import files

import pytest
import yaml

from evidence.check import CLAIM_TYPES
from evidence.evidence_base import EvidenceBase
from evidence.find import find
from evidence.load import _load, load_evidence
from evidence.records import GuidanceRecord, HarmRecord, LawRecord, Level, Mark, Record, StatusRecord, StudyRecord

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def base() -> EvidenceBase:
    return load_evidence()


def records() -> list[Record]:
    return list(load_evidence().records.values())


def test_it_loads_in_under_two_seconds() -> None:
    _load.cache_clear()
    began = time.monotonic()
    load_evidence()
    assert time.monotonic() - began < 2


def test_it_covers_what_it_promises(base: EvidenceBase) -> None:
    def of(kind: type) -> int:
        return sum(isinstance(record, kind) for record in base.records.values())

    pairs = {
        (t, c) for r in base.records.values() if isinstance(r, StudyRecord) for t in r.therapies for c in r.conditions
    }
    assert len(pairs) >= 90
    assert (of(StatusRecord) >= 140, of(HarmRecord) >= 28, of(LawRecord) >= 45, of(GuidanceRecord) >= 12) == (True,) * 4
    assert len(base.therapies) >= 150
    assert len(base.conditions) >= 120


@pytest.mark.parametrize("record", records(), ids=lambda record: record.id)
def test_each_record_is_told_in_plain_words_and_rests_on_what_it_says(record: Record) -> None:
    assert record.verified.on <= TODAY < record.review_by
    assert record.summary.endswith((".", ".)"))
    assert not re.search(r"https?://|\bquack|\bscam|\bfraudster", record.summary)
    if record.verified.mark in (Mark.PRIMARY, Mark.REPORTED):
        assert record.citations


def test_every_source_is_cited_and_every_address_is_one(base: EvidenceBase) -> None:
    for source in base.sources.values():
        assert all(re.fullmatch(r"(https?://|github:|pip:)?[^\s]+\.[^\s]+", address) for address in source.addresses), (
            source.id
        )


@pytest.mark.parametrize("claim_type", CLAIM_TYPES)
def test_some_record_that_was_seen_answers_every_type_of_claim_anywhere_in_the_us(
    base: EvidenceBase, claim_type: str
) -> None:
    found = find(base, claim_type, "", "", "us", TODAY)
    assert found
    assert found[0].sole_ground_ok


def test_levels_are_explained() -> None:
    levels = yaml.safe_load(files("evidence").joinpath("levels.yml").read_text(encoding="utf-8"))
    assert set(levels) == {level.value for level in Level}
    assert all(set(told) == {"says", "when"} for told in levels.values())
