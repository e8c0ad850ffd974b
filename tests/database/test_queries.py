from datetime import timedelta

import pytest
from sqlalchemy import select

from classifier.verdict import Rating
from crawler.capture import Outcome
from database import queries
from database.errors import DatabaseError
from database.rows import Coverage
from database.save import save_captures, save_page, save_unread
from database.views import FINDINGS_COLUMNS, findings
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
    save_run,
)


def add_page(connection, path, sentences, judge, **changed):
    capture = a_capture(f"https://harborspine.example{path}", **changed)
    save_captures(connection, CRAWL, [capture])
    page_text, passages = a_page_text(*sentences)
    save_page(connection, CHECK, capture, page_text, judge(passages), passages)


def test_a_finding_comes_back_as_it_was_saved(connection):
    save_run(connection)
    (statement,) = queries.findings_of_site(connection, CHECK, HARBOR.id)
    claim = statement.claim
    assert (claim.quote, claim.passage, claim.type, claim.rating, claim.band) == (
        "FDA approved",
        WORDS,
        "approval",
        "contradicted",
        "conflict",
    )
    assert claim.around == f"Welcome.\n{WORDS}\nCall us."
    assert claim.around[claim.start - claim.around_start :].startswith(WORDS)
    assert (claim.fetched_at, claim.score, claim.spoke) == (NOON, 0.97, ("FDA approved",))
    assert claim.qualifiers == ({"kind": "hedge", "phrase": "may", "start": 0, "end": 3},)
    assert (claim.archive_file, claim.archive_offset, claim.record_id) == ("archive/part-0.warc.gz", 77, "<urn:uuid:1>")
    (record,) = claim.records
    assert record.summary == "No stem cell product is approved for orthopaedic use."
    assert record.citations[0]["addresses"] == ["https://agency.example/notice"]
    assert queries.records_of_findings(connection, CHECK) == (record,)


def test_the_latest_check_is_found_and_a_run_comes_back(connection):
    assert queries.latest_check_run(connection) is None
    save_run(connection)
    save_run(connection, "20261125T130000Z-cccccc", hours=25)
    latest = queries.latest_check_run(connection)
    assert (latest.id, latest.crawl_id, latest.kind) == ("20261125T130000Z-cccccc", CRAWL, "check")
    assert latest.started_at == NOON + timedelta(hours=25)
    assert queries.run(connection, CHECK).versions == {"software": "0.1.0"}
    with pytest.raises(DatabaseError, match="no such run"):
        queries.run(connection, "nothing")


def test_sites_come_in_the_order_of_the_list(connection):
    save_run(connection)
    sites = queries.sites_of_run(connection, CHECK)
    assert [site.id for site in sites] == [HARBOR.id, MEADOW.id]
    assert sites[0].also == ("shop.example",)


def test_the_same_statement_on_many_pages_is_one_with_many_places(connection):
    save_run(connection)
    for number in range(40):
        shout = WORDS.upper() if number == 7 else WORDS
        quote = "FDA APPROVED" if number == 7 else "FDA approved"
        add_page(connection, f"/{number:02}", [shout], lambda passages, q=quote: [a_finding(passages[0], q)])
    add_page(connection, "/other", [WORDS], lambda passages: [a_finding(passages[0], rating=Rating.OVERSTATED)])
    statements = queries.findings_of_site(connection, CHECK, HARBOR.id)
    assert [(len(s.places), s.claim.rating) for s in statements] == [(41, "contradicted"), (1, "overstated")]
    assert queries.run_summary(connection, CHECK, [MEADOW.id]).frequent == ()
    summary = queries.run_summary(connection, CHECK)
    assert [(f.pages, f.sites, f.passage) for f in summary.frequent] == [(41, 1, WORDS)]
    harbor, meadow = summary.sites
    assert harbor.findings == {("approval", "contradicted", "conflict"): 1, ("approval", "overstated", "conflict"): 1}
    assert (harbor.conflicts, harbor.reviews, harbor.read, harbor.assessed) == (2, 0, 42, True)
    assert (meadow.findings, meadow.not_read, meadow.missed, meadow.assessed) == ({}, 1, {"blocked": 1}, False)


def test_supported_statements_and_those_without_a_record_are_kept_apart(connection):
    save_run(connection)
    add_page(
        connection,
        "/two",
        [WORDS, WORDS + " Yes."],
        lambda passages: [
            a_finding(passages[0], rating=Rating.SUPPORTED, band=None),
            a_finding(passages[1], rating=Rating.NO_RECORD, band=None, records=()),
        ],
    )
    assert len(queries.findings_of_site(connection, CHECK, HARBOR.id)) == 1
    (supported,) = queries.supported_of_site(connection, CHECK, HARBOR.id)
    assert supported.claim.rating == "supported"
    (summary,) = queries.run_summary(connection, CHECK, [HARBOR.id]).sites
    assert (summary.supported, summary.no_record, summary.conflicts) == (1, 1, 1)


def test_coverage_tells_what_was_not_read_and_why(connection):
    save_run(connection)
    others = {
        "/gone": Outcome.NOT_FOUND,
        "/moved": Outcome.REDIRECTED,
        "/photo": Outcome.UNSUPPORTED,
        "/wall": Outcome.BLOCKED,
        "/later": Outcome.READ,
        "/torn.pdf": Outcome.READ,
    }
    for path, outcome in others.items():
        save_captures(
            connection, CRAWL, [a_capture(f"https://harborspine.example{path}", outcome=outcome, reason="why")]
        )
    torn = a_capture("https://harborspine.example/torn.pdf")
    save_unread(connection, CHECK, torn, "the PDF is damaged")
    save_unread(connection, CHECK, torn, "and again")
    coverage = queries.coverage_of_site(connection, CHECK, HARBOR.id)
    (summary,) = queries.run_summary(connection, CHECK, [HARBOR.id]).sites
    assert (summary.outcomes, summary.expected, summary.read) == (
        coverage.outcomes,
        coverage.expected,
        coverage.checked,
    )
    assert coverage.outcomes == {"read": 3, "not_found": 1, "redirected": 1, "unsupported": 1, "blocked": 1}
    assert (coverage.checked, coverage.expected, coverage.assessed) == (1, 4, False)
    # "/later" was fetched, but the check has not read it: it must not pass for a page without findings.
    assert [(row.address[27:], row.outcome, row.reason) for row in coverage.not_read] == [
        ("/wall", "blocked", "why"),
        ("/later", "read", ""),
        ("/torn.pdf", "read", "the PDF is damaged"),
    ]


@pytest.mark.parametrize(
    ("checked", "expected", "assessed"), [(0, 0, False), (0, 1, False), (1, 1, True), (1, 2, True), (1, 3, False)]
)
def test_a_site_is_assessed_when_half_of_its_pages_were_read(checked, expected, assessed):
    assert Coverage({}, checked, expected, (), None, None).assessed is assessed


def test_a_site_that_was_never_reached_has_empty_coverage(connection):
    save_run(connection)
    coverage = queries.coverage_of_site(connection, CHECK, "nowhere.example")
    assert (coverage.outcomes, coverage.assessed, coverage.first_at) == ({}, False, None)


def test_the_view_gives_one_flat_row_a_finding(connection):
    save_run(connection)
    with connection.begin():
        (row,) = connection.execute(select(findings)).all()
    assert row._fields == tuple(FINDINGS_COLUMNS)
    assert (row.site_id, row.page_address, row.passage, row.quote, row.rating, row.band) == (
        HARBOR.id,
        "https://harborspine.example/",
        WORDS,
        "FDA approved",
        "contradicted",
        "conflict",
    )


def test_findings_of_some_sites_only(connection):
    save_run(connection)
    assert list(queries.findings_of_run(connection, CHECK, [MEADOW.id])) == []
    assert len(list(queries.findings_of_run(connection, CHECK, [HARBOR.id]))) == 1


def test_a_question_leaves_no_transaction_behind(connection):
    save_run(connection)
    queries.run_summary(connection, CHECK)
    assert not connection.in_transaction()


def test_long_texts_give_a_piece_around_the_passage(connection):
    save_run(connection)
    sentences = [f"Filler sentence number {n} \U0001f600." for n in range(100)]
    add_page(connection, "/long", [*sentences, WORDS, *sentences], lambda passages: [a_finding(passages[100])])
    claim = queries.findings_of_site(connection, CHECK, HARBOR.id)[0].places[1]
    assert claim.around[claim.start - claim.around_start :].startswith(WORDS)
    assert len(claim.around) == 400 + len(WORDS) + 400
