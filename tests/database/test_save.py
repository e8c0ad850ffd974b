import os
import signal
import subprocess
import sys
import textwrap
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from classifier.verdict import Band
from database.column_types import RunKind
from database.errors import DatabaseError
from database.models import Model, Site
from database.queries import findings_of_run, run
from database.save import RunStart, save_captures, save_page, save_records, save_sites, start_run
from database.session import open_database, writing
from tests.database.saved_run import (
    CHECK,
    CRAWL,
    HARBOR,
    MEADOW,
    NOON,
    WORDS,
    a_capture,
    a_finding,
    a_page_text,
    a_record,
    save_run,
)


def counts(connection):
    with connection.begin():
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar()
            for table in Model.metadata.sorted_tables
        }


def test_saving_the_same_run_twice_adds_nothing(connection):
    save_run(connection)
    once = counts(connection)
    save_run(connection)
    assert counts(connection) == once
    assert once == {
        **dict.fromkeys(once, 1),
        "site": 2,
        "run": 2,
        "run_site": 4,
        "page": 2,
        "capture": 2,
        "passage": 3,
        "placement": 3,
    }


def test_a_second_check_adds_a_run_and_its_claims_but_no_sites_pages_or_passages(connection):
    save_run(connection)
    once = counts(connection)
    save_run(connection, check="20261125T130000Z-cccccc", hours=25)
    twice = counts(connection)
    added = {name: twice[name] - once[name] for name in once if twice[name] != once[name]}
    assert added == {"run": 1, "run_site": 2, "run_record": 1, "checked_capture": 1, "claim": 1, "claim_record": 1}


def test_a_text_that_changed_is_kept_beside_the_old_one(connection):
    save_run(connection)
    second = "20261125T130000Z-cccccc"
    start_run(connection, RunStart(second, RunKind.CHECK, NOON, CRAWL), [HARBOR.id])
    once = counts(connection)
    page_text, passages = a_page_text("Welcome.", "We changed this.")
    save_page(connection, second, a_capture(), page_text, [], passages)
    twice = counts(connection)
    assert twice["page_text"] - once["page_text"] == 1
    assert twice["placement"] - once["placement"] == 2
    assert twice["passage"] - once["passage"] == 1


def test_a_newer_site_list_replaces_the_description(connection):
    save_sites(connection, [HARBOR])
    save_sites(connection, [replace(HARBOR, name="Harbor Spine and Joint", also=())])
    with connection.begin():
        row = connection.execute(select(Site.name, Site.also)).one()
    assert tuple(row) == ("Harbor Spine and Joint", [])


class TrippingPassages(tuple):
    """Passages that break off after the text of the page has been written."""

    def __iter__(self):
        yield from super().__iter__()
        raise RuntimeError("power failure")


def test_a_page_that_breaks_off_leaves_nothing_half(connection):
    save_run(connection)
    before = counts(connection)
    save_captures(connection, CRAWL, [a_capture("https://harborspine.example/two")])
    page_text, passages = a_page_text(WORDS, "Another sentence.")
    finding = a_finding(passages[0], records=("no-such-record",))
    with pytest.raises(DatabaseError, match="no-such-record"):
        save_page(connection, CHECK, a_capture("https://harborspine.example/two"), page_text, [finding], passages)
    with pytest.raises(RuntimeError):
        save_page(
            connection, CHECK, a_capture("https://harborspine.example/two"), page_text, [], TrippingPassages(passages)
        )
    assert counts(connection) == {**before, "page": 3, "capture": 3}


def test_a_killed_writer_leaves_whole_pages_and_an_unfinished_run(tmp_path):
    path = tmp_path / "a.db"
    script = f"""
        import sys
        sys.path.insert(0, {str(Path(__file__).parents[2])!r})
        from tests.database.saved_run import *
        from database.session import open_database
        from database.save import *
        with open_database({str(path)!r}).connect() as connection:
            save_sites(connection, [HARBOR])
            start_run(connection, RunStart(CRAWL, RunKind.CRAWL, NOON), [HARBOR.id])
            start_run(connection, RunStart(CHECK, RunKind.CHECK, NOON, CRAWL), [HARBOR.id])
            save_records(connection, CHECK, [a_record()])
            for number in range(100_000):
                capture = a_capture(f"https://harborspine.example/{{number}}")
                save_captures(connection, CRAWL, [capture])
                page_text, passages = a_page_text("Hello.", WORDS, f"Page {{number}}.")
                save_page(connection, CHECK, capture, page_text, [a_finding(passages[1])], passages)
                print(number, flush=True)
    """
    writer = subprocess.Popen([sys.executable, "-c", textwrap.dedent(script)], stdout=subprocess.PIPE, text=True)
    for _ in range(20):
        last = int(writer.stdout.readline())
    os.kill(writer.pid, signal.SIGKILL)
    writer.stdout.close()
    writer.wait()
    with open_database(str(path)).connect() as connection:
        kept = counts(connection)
        assert run(connection, CHECK).finished_at is None
        pages = kept["checked_capture"]
        assert pages >= last + 1
        assert (kept["page_text"], kept["placement"], kept["claim"], kept["claim_record"]) == (
            pages,
            3 * pages,
            pages,
            pages,
        )
        with connection.begin():
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def test_text_that_no_database_can_hold_keeps_its_offsets(connection):
    save_run(connection)
    address = "https://harborspine.example/\ud83d"
    capture = a_capture(address, reason="bad\x00byte")
    save_captures(connection, CRAWL, [capture, capture])
    page_text, passages = a_page_text("A\x00B \ud83d FDA approved \U0001f600 cells.", address=address)
    save_page(connection, CHECK, capture, page_text, [a_finding(passages[0])], passages)
    found = list(findings_of_run(connection, CHECK))[-1]
    assert found.page_address == "https://harborspine.example/\ufffd"
    assert found.passage == "A\ufffdB \ufffd FDA approved \U0001f600 cells."
    assert found.passage[found.quote_start : found.quote_end] == found.quote == "FDA approved"


def test_a_passage_of_a_claim_is_kept_even_when_it_is_not_in_the_list(connection):
    save_run(connection)
    save_captures(connection, CRAWL, [a_capture("https://harborspine.example/two")])
    page_text, passages = a_page_text(WORDS)
    save_page(connection, CHECK, a_capture("https://harborspine.example/two"), page_text, [a_finding(passages[0])], [])
    assert [row.passage for row in findings_of_run(connection, CHECK)] == [WORDS, WORDS]


def test_one_check_judges_by_one_state_of_the_evidence(connection):
    save_run(connection)
    before = counts(connection)
    with pytest.raises(DatabaseError, match="has changed since the check began"):
        save_records(connection, CHECK, [a_record(summary="Something was approved after all.")])
    assert counts(connection) == before


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda c: save_captures(c, "no-run", [a_capture()]), "run 'no-run' is not saved"),
        (lambda c: save_captures(c, CRAWL, [replace(a_capture(), site_id="x")]), "site 'x' is not saved"),
        (lambda c: start_run(c, RunStart("r", RunKind.CRAWL, NOON), ["x"]), "site 'x' is not saved"),
        (lambda c: start_run(c, RunStart("r", RunKind.CHECK, NOON, "x"), []), "crawl 'x' is not saved"),
        (lambda c: start_run(c, RunStart("r", RunKind.CHECK, NOON), []), "crawl 'None' is not saved"),
        (lambda c: start_run(c, RunStart(CRAWL, RunKind.CHECK, NOON, CRAWL), []), "already a crawl"),
        (lambda c: save_page(c, CHECK, a_capture("https://x.example/"), *a_page_text()[:1], [], []), "not saved"),
    ],
)
def test_what_is_missing_is_named(connection, act, said):
    save_run(connection)
    with pytest.raises(DatabaseError, match=said):
        act(connection)


def test_a_time_without_a_zone_is_refused(connection):
    save_sites(connection, [MEADOW])
    with pytest.raises(Exception, match="time without a zone"):
        start_run(connection, RunStart("r", RunKind.CRAWL, datetime(2026, 1, 1)), [])


@pytest.mark.parametrize("wrong", [{"outcome": "gone"}, {"band": "sure"}])
def test_the_database_itself_refuses_unknown_words(connection, wrong):
    save_run(connection)
    table = "capture" if "outcome" in wrong else "claim"
    ((column, word),) = wrong.items()
    with pytest.raises(DatabaseError), writing(connection):
        connection.exec_driver_sql(f"UPDATE {table} SET {column} = '{word}'")  # noqa: S608


def test_writing_inside_another_transaction_is_refused_and_not_lost_in_silence(connection):
    with connection.begin(), pytest.raises(Exception, match="already"):
        save_sites(connection, [HARBOR])


def test_two_writers_wait_for_each_other(engine):
    with engine.connect() as one, engine.connect() as two:
        save_run(one)
        for number in range(5):
            first, second = (a_capture(f"https://harborspine.example/{who}{number}") for who in "ab")
            save_captures(one, CRAWL, [first])
            save_captures(two, CRAWL, [second])
            page_text, passages = a_page_text(WORDS, f"Page {number}.")
            save_page(one, CHECK, first, page_text, [a_finding(passages[0])], passages)
            save_page(two, CHECK, second, page_text, [a_finding(passages[0], band=Band.REVIEW)], passages)
        assert len(list(findings_of_run(two, CHECK))) == 11
