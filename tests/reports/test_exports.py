import csv
import io
import json
from collections import Counter
from pathlib import Path

import pytest

from reports.export_csv import columns, csv_lines, harmless
from tests.reports.invented_run import CHECK, HARBOR, HOSTILE, NASTY, RECORDS

GOLDEN_HEADER = Path(__file__).parent / "golden" / "findings_header.csv"


def read_csv(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_the_header_is_the_promised_one(folder):
    header = (folder / "findings.csv").read_bytes().split(b"\r\n")[0]
    assert header == GOLDEN_HEADER.read_bytes().rstrip(b"\r\n")
    assert header.startswith(b"\xef\xbb\xbf")


def test_the_dictionary_explains_every_column(folder):
    meanings = {row["column"]: row["meaning"] for row in read_csv(folder / "findings_columns.csv")}
    table = (folder / "findings.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert [f'"{name}"' for name in meanings if name != "(all)"] == table.split(",")
    assert all(meaning.endswith(".") for meaning in meanings.values())
    assert "apostrophe" in meanings["(all)"]


def test_a_row_for_each_finding_in_each_place(folder):
    rows = read_csv(folder / "findings.csv")
    assert Counter(row["site_id"] for row in rows) == {HARBOR.id: 60, HOSTILE.id: 1}
    assert {row["run_id"] for row in rows} == {CHECK}
    (row,) = (row for row in rows if row["page_address"] == HARBOR.address and row["type"] == "safety")
    assert row["quote"] == "no risk at all"
    assert row["records"] == "us-fda-no-orthopaedic-product world-stenosis-stem-cells"
    assert (row["fetched_at"], row["rating"], row["band"], row["reviewed"]) == (
        "2026-11-24T12:01:07Z",
        "overstated",
        "conflict",
        "no",
    )
    assert (row["archive_offset"], row["body_digest"]) == ("1000", "sha256:" + "01" * 32)


def test_lines_end_as_rfc_4180_wants_and_hold_no_bare_line_end(folder):
    data = (folder / "findings.csv").read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n") == 62


def test_no_cell_is_run_by_a_spreadsheet(folder):
    rows = read_csv(folder / "findings.csv")
    for row in rows:
        for name, cell in row.items():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), (name, cell)
    hostile = rows[0] if rows[0]["site_id"] == HOSTILE.id else rows[-1]
    assert hostile["quote"] == f"'=1+1 {NASTY}"
    assert hostile["site_name"] == NASTY


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("\u00a0=1", "'\u00a0=1"),
        ("a = 1", "a = 1"),
        ("", ""),
        (-1, -1),
    ],
)
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(cell, written):
    assert harmless(cell) == written


def test_quotes_commas_and_line_ends_survive_a_table():
    rows = [["a", 'say "x", y', "two\r\nlines; =1"], ["", "\u2028", "é"]]
    lines = "".join(csv_lines(rows))
    assert list(csv.reader(io.StringIO(lines, newline=""), strict=True)) == rows


def test_columns_hold_names_and_sentences():
    assert all(meaning.endswith(".") for meaning in columns().values())


def test_json_lines_hold_every_field_raw(folder):
    data = (folder / "findings.jsonl").read_bytes()
    assert data.isascii()
    rows = [json.loads(line) for line in data.splitlines()]
    assert len(rows) == 61
    hostile = next(row for row in rows if row["site_id"] == HOSTILE.id)
    assert hostile["quote"] == f"=1+1 {NASTY}"
    assert hostile["page_title"] == NASTY
    assert hostile["site"]["also"] == [NASTY]
    rate = next(row for row in rows if row["type"] == "guarantee")
    assert rate["passage"][rate["quote_start"] : rate["quote_end"]] == rate["quote"]
    assert rate["qualifiers"] == [{"kind": "hedge", "phrase": "documented", "start": 0, "end": 10}]
    (record,) = rate["records"]
    assert (record["slug"], record["verified_on"]) == (RECORDS[1]["id"], "2026-10-12")
    assert record["citations"][0]["title"] == "Invented review of trials, with a <b>tag</b> in its title"
    assert (rate["reviewed"], rate["fetched_at"][-1]) == (False, "Z")
