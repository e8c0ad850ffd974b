"""What users' own evidence may add and override, and what stops the load with file, place and fix."""

from datetime import date
from pathlib import Path

import pytest

from evidence.errors import EvidenceError
from evidence.load import in_force, load_evidence

RECORD = """\
id: {id}
kind: study
finding: One small trial found no lasting relief.
summary: One small trial of ozone for tinnitus found no lasting relief in the people treated.
level: early
therapies: [{therapy}]
conditions: [tinnitus]
jurisdiction: world
citations:
  - source: {source}
verified:
  mark: {mark}
  'on': 2026-11-01
review_by: 2027-11-01
"""
STATUS = """\
id: {id}
kind: status
product: Ozone kit
summary: The kit of the invented maker was decided upon by the invented authority.
status: {status}
therapies: [ozone]
conditions: [tinnitus]
jurisdiction: us
from: 2025-01-01
citations:
  - source: fda-consumer-alert-2020
verified:
  mark: primary
  'on': 2026-11-01
review_by: 2027-11-01
"""


def write(folder: Path, place: str, content: str) -> None:
    path = folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def record(**change: str) -> str:
    return RECORD.format(
        **{"id": "ozone-tinnitus", "therapy": "ozone", "source": "fda-consumer-alert-2020", "mark": "primary"} | change
    )


def test_a_folder_adds_records_and_overrides_shipped_ones(tmp_path: Path) -> None:
    shipped = load_evidence()
    write(tmp_path, "records/study/ozone-tinnitus.yml", record())
    write(tmp_path, "records/study/ozone-cancer.yml", record(id="ozone-cancer"))
    base = load_evidence([tmp_path])
    assert set(base.records) - set(shipped.records) == {"ozone-tinnitus"}
    assert base.records["ozone-cancer"].summary != shipped.records["ozone-cancer"].summary
    assert base.digest != shipped.digest


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"records/study/ozone-tinnitus.yml": record() + "colour: red\n"}, ["ozone-tinnitus.yml", "colour", "no such key"]),
        ({"records/study/ozone-tinnitus.yml": record(id="other")}, ["ozone-tinnitus.yml", "other", "rename"]),
        ({"records/study/ozone-tinnitus.yml": record(therapy="ozon")}, ["therapies", "ozon"]),
        ({"records/study/ozone-tinnitus.yml": record(source="nowhere")}, ["sources", "nowhere"]),
        ({"records/study/ozone-tinnitus.yml": record(mark="certain")}, ["mark"]),
        ({"records/study/ozone-tinnitus.yml": record().replace("level: early", "level: great")}, ["line 5", "level"]),
        ({"records/study/ozone-tinnitus.yml": record().replace("level: early\n", "")}, ["level", "missing"]),
        ({"records/law/ozone-tinnitus.yml": record()}, ["records/study/", "Move"]),
        ({"records/study/ozone-tinnitus.yml": "- a list\n"}, ["ozone-tinnitus.yml", "key: value"]),
        ({"records/study/ozone-tinnitus.yml": "a: &x [1]\nb: [*x, *x]\n"}, ["alias"]),
        ({"records/study/ozone-tinnitus.yml": "a: [\n"}, ["ozone-tinnitus.yml", "YAML"]),
        ({"records/study/notes.txt": "hello"}, ["notes.txt", "not a record"]),
        (
            {"records/study/ozone-tinnitus.yml": record(), "records/study/more/ozone-tinnitus.yml": record()},
            ["ozone-tinnitus", "Rename"],
        ),
        (
            {"records/status/one.yml": STATUS.format(id="one", status="approved"),
             "records/status/two.yml": STATUS.format(id="two", status="refused")},
            ["one.yml", "two.yml", "same time"],
        ),
        ({"therapies/o-three.yml": "id: o-three\nname: ozone\nrole: unproven\nnames: {en: [ozone]}\n"}, ["ozone", "also a name"]),
        (
            {"therapies/new-one.yml": "id: new-one\nname: new one\nrole: unproven\nparents: [nil]\nnames: {en: [new one]}\n"},
            ["there is no 'nil'"],
        ),
    ],
)  # fmt: skip
def test_what_does_not_hold_together_is_refused(tmp_path: Path, files: dict[str, str], told: list[str]) -> None:
    for place, content in files.items():
        write(tmp_path, place, content)
    with pytest.raises(EvidenceError) as refused:
        load_evidence([tmp_path])
    for part in told:
        assert part in str(refused.value), str(refused.value)


def test_a_missing_folder_and_a_huge_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="no such folder"):
        load_evidence([tmp_path / "nowhere"])
    write(tmp_path, "records/study/huge.yml", "x" * 2_000_000)
    with pytest.raises(EvidenceError, match="larger"):
        load_evidence([tmp_path])


def test_records_of_another_day() -> None:
    then, now = load_evidence(as_of=date(2020, 6, 1)), load_evidence(as_of=date(2026, 11, 24))
    assert "eu-alofisel" in then.records
    assert "eu-alofisel" not in now.records
    assert "us-fda-ryoncil" not in then.records
    assert all(in_force(found, date(2020, 6, 1)) for found in then.records.values())
