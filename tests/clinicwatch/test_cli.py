"""The command line as people use it: help, exit codes, and one clear line for whatever goes wrong."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest


def clinicwatch(*arguments: str, stdin: str = "", folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "clinicwatch", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=folder,
    )


@pytest.mark.parametrize("verb", ["scan", "crawl", "check", "text", "report"])
def test_help_of_each_verb(verb: str) -> None:
    done = clinicwatch(verb, "--help")
    assert done.returncode == 0
    assert verb in done.stdout


def test_help_is_quick_and_names_the_exit_codes() -> None:
    done = clinicwatch("--help")
    assert "Exit codes" in done.stdout
    loaded = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "clinicwatch", "--help"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    ).stderr
    assert " spacy" not in loaded
    assert " scrapy" not in loaded


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (["scan", "a.example"], ["a.example", "https://"]),
        (["scan", "ftp://a.example"], ["ftp"]),
        (["scan", "http://127.0.0.1/"], ["127.0.0.1", "--allow-private"]),
        (["scan", "http://2130706433/"], ["--allow-private"]),
        (["scan", "nowhere.csv"], ["nowhere.csv"]),
        (["scan", "https://a.example", "--fail-on", "everything"], ["--fail-on", "everything"]),
        (["scan", "https://a.example", "--resolve", "nonsense"], ["--resolve", "nonsense"]),
        (["check", "no-such-folder"], ["no-such-folder"]),
        (["report", "--database", "no-such.sqlite"], ["no-such.sqlite"]),
        (["text", "--jsonl", "no-such.jsonl"], ["no-such.jsonl"]),
        (["text", "hello", "--jurisdiction", "atlantis"], ["atlantis"]),
    ],
)
def test_bad_input_is_one_clear_line(tmp_path: Path, arguments: list[str], names: list[str]) -> None:
    done = clinicwatch(*arguments, folder=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("clinicwatch:")]
    assert len(lines) == 1, done.stderr
    for name in names:
        assert name in lines[0]


def test_wrong_column_is_named(tmp_path: Path) -> None:
    (tmp_path / "sites.csv").write_text("adress,name\nhttps://a.example,A\n", encoding="utf-8")
    done = clinicwatch("scan", "sites.csv", folder=tmp_path)
    assert done.returncode == 2
    assert "adress" in done.stderr
    assert "address" in done.stderr
    assert "sites.csv" in done.stderr


def test_database_that_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "notes.sqlite").write_text("these are notes, not a database\n" * 40, encoding="utf-8")
    done = clinicwatch("report", "--database", "notes.sqlite", folder=tmp_path)
    assert done.returncode == 2
    assert "notes.sqlite" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_folder_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    done = clinicwatch("crawl", "https://a.example", folder=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_text_gives_reasons_and_citations() -> None:
    done = clinicwatch("text", "Our FDA-approved stem cells cure spinal stenosis with no side effects.")
    assert done.returncode == 0
    for kind in ("approval", "cure", "safety"):
        assert kind in done.stdout
    assert "contradicted" in done.stdout
    assert "https://" in done.stdout


def test_jsonl_follows_the_contract(tmp_path: Path) -> None:
    rows = [
        {
            "id": "b",
            "text": "Reduces joint pain and swelling",
            "heading": "Benefits of our exosomes",
            "page": "p",
            "seq": 2,
        },
        {"id": "a", "text": "Exosome Therapy in Tulsa", "page": "p", "seq": 1},
        {"id": "c", "text": "Open Monday to Friday."},
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    done = clinicwatch("text", "--jsonl", "rows.jsonl", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    out = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in out] == ["b", "a", "c"]
    assert out[2]["claims"] == []
    for row, given in zip(out, rows, strict=True):
        for claim in row["claims"]:
            assert set(claim) == {"type", "quote", "start", "end", "rating", "band", "score", "because", "evidence"}
            assert str(given["text"])[claim["start"] : claim["end"]] == claim["quote"]
            assert 0 <= claim["score"] <= 1


@pytest.mark.parametrize(
    ("line", "names"),
    [("{broken", "line 2"), ('["list"]', "line 2"), ('{"id": "x"}', "'text'"), ('{"id": 3, "text": "x"}', "'id'")],
)
def test_malformed_row_names_its_line(line: str, names: str) -> None:
    done = clinicwatch("text", "--jsonl", "-", stdin='{"id": "1", "text": "fine"}\n' + line + "\n")
    assert done.returncode == 2
    assert names in done.stderr
    assert "line 2" in done.stderr
    assert "Traceback" not in done.stderr
