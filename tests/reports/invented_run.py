"""A check of four invented sites: one with findings, one hostile, one hardly read, one never reached."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from classifier.claim import Claim, ClaimType, Qualifier, QualifierKind
from classifier.passage import Passage
from classifier.verdict import Band, Judged, Rating, Verdict
from crawler.capture import Capture, Outcome
from crawler.page_text import Block, BlockKind, PageText
from crawler.site import Site
from database.column_types import RunKind
from database.record_snapshot import take_snapshot
from database.save import (
    RunStart,
    finish_run,
    save_captures,
    save_page,
    save_records,
    save_sites,
    save_unread,
    start_run,
)

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
CRAWL = "20261124T120000Z-aaaaaa"
CHECK = "20261124T130000Z-bbbbbb"
HARBOR = Site(
    "harborspine.example", "https://harborspine.example/", "Harbor Spine Center", "US", "FL", "invented for tests"
)
#: Every field that a stranger can fill in holds something that must stay text.
NASTY = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7 }}{% raw %}\u202eevil\u2066"
HOSTILE = Site("../" + NASTY, "javascript:alert(3)", NASTY, NASTY, NASTY, NASTY, (NASTY,))
WALLED = Site("walled.example", "https://walled.example/", "Walled Clinic", "MX")
UNREACHED = Site("unreached.example", "https://unreached.example/")
SITES = (HARBOR, HOSTILE, WALLED, UNREACHED)

SOURCES = {
    "invented-notice": {
        "id": "invented-notice",
        "title": "Invented consumer notice on regenerative products",
        "publisher": "Invented Medicines Agency",
        "voice": "regulator",
        "addresses": ["https://agency.example/notices/17", "https://copy.example/notices/17"],
        "date": "2026-01-02",
    },
    "invented-review": {
        "id": "invented-review",
        "title": "Invented review of trials, with a <b>tag</b> in its title",
        "publisher": "Invented Journal of Spine Medicine",
        "voice": "journal",
        "addresses": ["javascript:alert(4)"],
        "date": "",
    },
}
RECORDS = [
    {
        "id": "us-fda-no-orthopaedic-product",
        "kind": "status",
        "product": "Stem cell products for joints and spine",
        "status": "not_approved",
        "summary": "The invented agency lists no approved stem cell product for any orthopaedic use. It says that a "
        "registration of a laboratory is not an approval of what it makes.",
        "jurisdiction": "us",
        "citations": [{"source": "invented-notice", "says": "Lists what is approved, and for whom."}],
        "verified": {"mark": "primary", "on": "2026-11-01", "how": ""},
    },
    {
        "id": "world-stenosis-stem-cells",
        "kind": "study",
        "level": "early",
        "finding": "Small series only.",
        "summary": "For stem cells in spinal stenosis the invented review found small series without a control group.",
        "jurisdiction": "world",
        "citations": [{"source": "invented-review", "says": ""}],
        "verified": {"mark": "reported", "on": "2026-10-12", "how": ""},
    },
]
HOME = (
    (BlockKind.HEADING, "Advanced stem cell therapy for spinal stenosis"),
    (BlockKind.PARAGRAPH, "You have tried everything else, and your back still hurts."),
    (BlockKind.PARAGRAPH, "Our FDA approved stem cells rebuild your spine with no risk at all. Call us today."),
    (BlockKind.LIST_ITEM, "A 94 % success rate - in our own, documented patients"),
    (BlockKind.ALT_TEXT, "Doctor with FDA approved stem cells"),
    (BlockKind.PARAGRAPH, "Exercise and physiotherapy help many people with spinal stenosis."),
)


def a_capture(site: Site, address: str, outcome: Outcome = Outcome.READ, reason: str = "", minutes: int = 0) -> Capture:
    stored = outcome in {Outcome.READ, Outcome.EMPTY, Outcome.UNSUPPORTED}
    return Capture(
        site.id,
        address,
        NOON + timedelta(minutes=minutes, seconds=7),
        outcome,
        reason,
        {Outcome.BLOCKED: 403, Outcome.NOT_FOUND: 404}.get(outcome, 200 if stored else None),
        "text/html",
        "utf-8",
        "sha256:" + f"{minutes:02x}" * 32 if stored else "",
        65_000 if stored else 0,
        "archive/harbor-00000.warc.gz" if stored else "",
        1_000 * minutes if stored else -1,
        f"<urn:uuid:5d0f8a3e-0000-4000-8000-{minutes:012}>" if stored else "",
    )


def a_page(address: str, blocks: Iterable[tuple[BlockKind, str]], title: str) -> tuple[PageText, list[Passage]]:
    """Give a page of blocks (kind, text) under one heading, and a passage for each block."""
    made, passages, start, heading = [], [], 0, ""
    for number, (kind, text) in enumerate(blocks):
        made.append(Block(kind, text, start, heading))
        path = f"html > body > main > *:nth-of-type({number + 1})"
        passages.append(Passage(text, kind, start, heading, page_title=title, path=path))
        heading = text if kind is BlockKind.HEADING else heading
        start += len(text) + 1
    return PageText(address, title, "en", "\n".join(block.text for block in made), tuple(made)), passages


def a_finding(
    passage: Passage,
    type_: ClaimType,
    quote: str,
    rating: Rating = Rating.CONTRADICTED,
    band: Band | None = Band.CONFLICT,
    records: tuple[str, ...] = ("us-fda-no-orthopaedic-product",),
    because: str = "The records name no approved stem cell product for the spine.",
) -> Judged:
    start = passage.text.index(quote)
    hedge = Qualifier(QualifierKind.HEDGE, "documented", 0, 10)
    claim = Claim(
        type_,
        quote,
        start,
        start + len(quote),
        0.968,
        f"rule:{type_.value}.example",
        "stem-cells",
        "spinal-stenosis",
        "us",
        (hedge,) if type_ is ClaimType.GUARANTEE else (),
        (quote.split()[0],),
    )
    return Judged(passage, claim, Verdict(rating, band, because, records, "class"))


def judged_home(passages: list[Passage]) -> list[Judged]:
    _, _, boast, rate, picture, exercise = passages
    both = ("us-fda-no-orthopaedic-product", "world-stenosis-stem-cells")
    early = "The record knows small series only; they show no such effect."
    return [
        a_finding(boast, ClaimType.APPROVAL, "FDA approved stem cells"),
        a_finding(
            boast, ClaimType.REGENERATION, "rebuild your spine", Rating.UNSUPPORTED, Band.REVIEW, both[::-1], early
        ),
        a_finding(boast, ClaimType.SAFETY, "no risk at all", Rating.OVERSTATED, Band.CONFLICT, both),
        a_finding(rate, ClaimType.GUARANTEE, "94 % success rate", Rating.UNSUPPORTED, Band.REVIEW, both[1:], early),
        a_finding(picture, ClaimType.APPROVAL, "FDA approved stem cells"),
        a_finding(
            exercise,
            ClaimType.EFFICACY,
            "help many people with spinal stenosis",
            Rating.SUPPORTED,
            None,
            both[1:],
            "The record says the same.",
        ),
        a_finding(exercise, ClaimType.PROOF, "help", Rating.NO_RECORD, None, (), "There is no record."),
    ]


def save_everything(connection) -> None:
    """Save the crawl and the check of all four sites."""
    ids = [site.id for site in SITES]
    save_sites(connection, SITES)
    settings = {"contact": "team@watch.example"}
    start_run(connection, RunStart(CRAWL, RunKind.CRAWL, NOON, settings=settings, archive_folder="archive"), ids)
    versions = {"software": "0.1.0", "rules": "sha256:11aa", "evidence": "sha256:22bb"}
    start_run(connection, RunStart(CHECK, RunKind.CHECK, NOON + timedelta(hours=1), CRAWL, versions), ids)
    save_records(connection, CHECK, [take_snapshot(record, SOURCES) for record in RECORDS])

    pages = [f"https://harborspine.example/{path}" for path in ("", *(f"city-{n}/spine" for n in range(1, 12)))]
    for minutes, address in enumerate(pages, start=1):
        page_text, passages = a_page(address, HOME, "Harbor Spine Center | Stem cells")
        save_checked(
            connection, a_capture(HARBOR, address, minutes=minutes), page_text, passages, judged_home(passages)
        )
    save_captures(
        connection,
        CRAWL,
        [
            a_capture(HARBOR, "https://harborspine.example/shop", Outcome.BLOCKED, "The server answered 403.", 20),
            a_capture(HARBOR, "https://harborspine.example/old", Outcome.NOT_FOUND, "The server answered 404.", 21),
            a_capture(HARBOR, "https://harborspine.example/booking", Outcome.EMPTY, "It held 12 words.", 22),
            a_capture(WALLED, "https://walled.example/", Outcome.READ, minutes=23),
            *(
                a_capture(WALLED, f"https://walled.example/{n}", Outcome.BLOCKED, "A bot wall was shown.", 24)
                for n in range(3)
            ),
        ],
    )
    brochure = a_capture(HARBOR, "https://harborspine.example/brochure.pdf", minutes=25)
    save_captures(connection, CRAWL, [brochure])
    save_unread(connection, CHECK, brochure, "The PDF is damaged.")
    walled, passages = a_page("https://walled.example/", [(BlockKind.PARAGRAPH, "Welcome to our clinic.")], "Walled")
    save_page(connection, CHECK, a_capture(WALLED, "https://walled.example/", minutes=23), walled, [], passages)

    address = f"https://hostile.example/?q={NASTY}"
    page_text, passages = a_page(
        address, [(BlockKind.HEADING, NASTY), (BlockKind.PARAGRAPH, f"=1+1 {NASTY}, cured.")], NASTY
    )
    cured = a_finding(passages[1], ClaimType.CURE, f"=1+1 {NASTY}", because=NASTY)
    save_checked(connection, a_capture(HOSTILE, address, reason=NASTY, minutes=30), page_text, passages, [cured])
    save_captures(
        connection, CRAWL, [a_capture(HOSTILE, "data:text/html,<script>x</script>", Outcome.FAILED, NASTY, 31)]
    )
    finish_run(connection, CRAWL, NOON + timedelta(minutes=40), "done")
    finish_run(connection, CHECK, NOON + timedelta(hours=2), "done")


def save_checked(
    connection, capture: Capture, page_text: PageText, passages: list[Passage], judged: list[Judged]
) -> None:
    save_captures(connection, CRAWL, [capture])
    save_page(connection, CHECK, capture, page_text, judged, passages)
