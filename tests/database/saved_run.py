"""Small builders: a site, captures, a page with its claims, and a run saved from them."""

from datetime import UTC, datetime, timedelta

from classifier.claim import Claim, ClaimType, Qualifier, QualifierKind
from classifier.passage import Passage
from classifier.verdict import Band, Judged, Rating, Verdict
from crawler.capture import Capture, Outcome
from crawler.page_text import Block, BlockKind, PageText
from crawler.site import Site
from database.column_types import RunKind
from database.record_snapshot import RecordSnapshot, take_snapshot
from database.save import RunStart, finish_run, save_captures, save_page, save_records, save_sites, start_run

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
CRAWL = "20261124T120000Z-aaaaaa"
CHECK = "20261124T130000Z-bbbbbb"
HARBOR = Site(
    "harborspine.example", "https://harborspine.example/", "Harbor Spine", "US", "FL", "invented", ("shop.example",)
)
MEADOW = Site("meadow.example", "https://meadow.example/")
WORDS = "Our stem cells are FDA approved."
RECORD = {
    "id": "us-fda-no-orthopaedic-product",
    "kind": "status",
    "product": "Stem cell products for joints and spine",
    "status": "not_approved",
    "summary": "No stem cell product is approved for orthopaedic use.",
    "jurisdiction": "us",
    "citations": [{"source": "invented-notice", "says": "Lists what is approved."}],
    "verified": {"mark": "primary", "on": "2026-11-01", "how": ""},
}
SOURCES = {
    "invented-notice": {
        "id": "invented-notice",
        "title": "An invented notice",
        "publisher": "Invented Agency",
        "voice": "regulator",
        "addresses": ["https://agency.example/notice"],
        "date": "2026-01-02",
    }
}


def a_record(**changed: object) -> RecordSnapshot:
    return take_snapshot({**RECORD, **changed}, SOURCES)


def a_capture(address: str = "https://harborspine.example/", site: Site = HARBOR, **changed: object) -> Capture:
    fields = {
        "fetched_at": NOON,
        "outcome": Outcome.READ,
        "status": 200,
        "media_type": "text/html",
        "body_digest": "sha256:" + "ab" * 32,
        "body_length": 1234,
        "archive_file": "archive/part-0.warc.gz",
        "archive_offset": 77,
        "record_id": "<urn:uuid:1>",
        **changed,
    }
    return Capture(site.id, address, **fields)


def a_page_text(*sentences: str, address: str = "https://harborspine.example/") -> tuple[PageText, tuple[Passage, ...]]:
    """Give a page with one paragraph a sentence, and its passages."""
    blocks, passages, start = [], [], 0
    for sentence in sentences:
        blocks.append(Block(BlockKind.PARAGRAPH, sentence, start, "Our cells"))
        passages.append(
            Passage(sentence, BlockKind.PARAGRAPH, start, "Our cells", page_title="Cells", path=f"p{start}")
        )
        start += len(sentence) + 1
    return PageText(address, "Cells", "en", "\n".join(sentences), tuple(blocks)), tuple(passages)


def a_finding(
    passage: Passage, quote: str = "FDA approved", records: tuple[str, ...] = (RECORD["id"],), **changed: object
) -> Judged:
    start = passage.text.index(quote)
    claim = Claim(
        ClaimType.APPROVAL,
        quote,
        start,
        start + len(quote),
        0.97,
        "rule:approval.fda_approved",
        "stem-cells",
        "knee-osteoarthritis",
        "us",
        (Qualifier(QualifierKind.HEDGE, "may", 0, 3),),
        ("FDA approved",),
    )
    verdict = {
        "rating": Rating.CONTRADICTED,
        "band": Band.CONFLICT,
        "because": "No such product is approved.",
        **changed,
    }
    return Judged(passage, claim, Verdict(records=records, step="class", **verdict))


def save_run(connection, check: str = CHECK, hours: int = 1) -> None:
    """Save a crawl of two sites and a check of it with one finding; again with another id adds a check."""
    save_sites(connection, [HARBOR, MEADOW])
    start_run(connection, RunStart(CRAWL, RunKind.CRAWL, NOON, archive_folder="archive"), [HARBOR.id, MEADOW.id])
    blocked = a_capture("https://meadow.example/", MEADOW, outcome=Outcome.BLOCKED, reason="answered 403", status=403)
    save_captures(connection, CRAWL, [a_capture(), blocked])
    finish_run(connection, CRAWL, NOON + timedelta(minutes=5), "done")
    started = NOON + timedelta(hours=hours)
    start_run(connection, RunStart(check, RunKind.CHECK, started, CRAWL, {"software": "0.1.0"}), [HARBOR.id, MEADOW.id])
    save_records(connection, check, [a_record()])
    page_text, passages = a_page_text("Welcome.", WORDS, "Call us.")
    save_page(connection, check, a_capture(), page_text, [a_finding(passages[1])], passages)
    finish_run(connection, check, started + timedelta(minutes=5), "done")
