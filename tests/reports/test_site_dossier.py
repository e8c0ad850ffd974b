import re
from itertools import pairwise

import pytest

from reports.site_dossier import dossier_path
from reports.write import write_reports
from tests.reports.invented_run import CHECK, HARBOR, HOSTILE, NASTY, SITES, UNREACHED, WALLED

SHOWN_NASTY = NASTY.replace("\u202e", "[U+202E]").replace("\u2066", "[U+2066]")


@pytest.fixture(scope="session")
def dossier(html):
    """Give a function that parses the dossier of a site."""
    return lambda site: html(dossier_path(site.id))


def text_of(node) -> str:
    return " ".join(node.text().split())


def test_each_finding_is_listed_once_with_its_rating(dossier):
    found = dossier(HARBOR).css("#findings ~ section article")
    assert [text_of(article.css_first("h4")) for article in found] == [
        "Finding 1: contradicted",
        "Finding 2: contradicted",
        "Finding 3: overstated",
        "Finding 4: unsupported",
        "Finding 5: unsupported",
    ]
    assert [text_of(article.css_first(".chip")) for article in found] == ["In conflict"] * 3 + ["For review"] * 2
    for article in found:
        assert "Not yet reviewed by a person" in text_of(article)


def test_findings_stand_under_their_claim_types(dossier):
    titles = [text_of(node) for node in dossier(HARBOR).css("h3[id^=type-]")]
    assert titles == ["Approval", "Safety", "Success rate or guarantee", "Regrowth"]


def test_the_exact_words_are_marked_in_their_context(dossier):
    quote = dossier(HARBOR).css_first("#finding-1").parent.parent.css_first("blockquote")
    assert quote.css_first("mark").text() == "FDA approved stem cells"
    assert text_of(quote) == (
        "You have tried everything else, and your back still hurts. "
        "Our FDA approved stem cells rebuild your spine with no risk at all. Call us today. "
        "A 94 % success rate - in our own, documented patients"
    )


def test_a_finding_says_where_when_why_and_with_which_proof(dossier):
    article = dossier(HARBOR).css_first("#finding-1").parent.parent
    said = text_of(article)
    for part in (
        "Paragraph, under the heading “Advanced stem cell therapy for spinal stenosis”.",
        "Harbor Spine Center | Stem cells",
        "2026-11-24, 12:01:07 UTC",
        "The records name no approved stem cell product for the spine.",
        "Regulatory status · not approved · US",
        "The invented agency lists no approved stem cell product",
        "Invented consumer notice on regenerative products, Invented Medicines Agency, 2026-01-02",
        "seen in the original text, 2026-11-01",
        "sha256:" + "01" * 32,
        "archive/harbor-00000.warc.gz, from byte 1000, record <urn:uuid:5d0f8a3e-0000-4000-8000-000000000001>",
        "html > body > main > *:nth-of-type(3)",
        "characters 110 to 133 of the page's text",
        "rule:approval.example, score 0.97",
        "stem cells · spinal stenosis · place: US",
    ):
        assert part in said
    links = [node.attributes["href"] for node in article.css("a")]
    assert links[0] == "https://harborspine.example/#:~:text=FDA%20approved%20stem%20cells"
    assert "https://agency.example/notices/17" in links


def test_words_a_visitor_cannot_see_get_a_plain_link_and_no_neighbors(dossier):
    article = dossier(HARBOR).css_first("#finding-2").parent.parent
    assert "Alternative text of a picture" in text_of(article)
    assert article.css_first("dl a").attributes["href"] == "https://harborspine.example/"
    assert text_of(article.css_first("blockquote")) == "Doctor with FDA approved stem cells"


def test_the_same_statement_on_many_pages_names_its_other_places(dossier):
    article = dossier(HARBOR).css_first("#finding-1").parent.parent
    places = article.css("details ol.places li")
    assert len(places) == 11
    assert "city-1/spine" in text_of(places[0])
    assert "sha256:" + "02" * 32 in text_of(places[0])


def test_supported_statements_are_listed_and_those_without_a_record_counted(dossier):
    page = dossier(HARBOR)
    assert text_of(page.css_first("#supported-1")) == "Statement 1: supported"
    assert "Exercise and physiotherapy help many people" in text_of(page.css_first("#supported-1").parent.parent)
    assert "1 more statement has no evidence record" in text_of(page.css_first("main"))


def test_coverage_comes_first_and_names_what_was_not_read(dossier):
    page = dossier(HARBOR)
    assert [node.attributes["id"] for node in page.css("main h2")] == ["coverage", "findings", "supported"]
    coverage = text_of(page.css_first("section"))
    assert "12 of 15 pages that a visitor could read were read and checked." in coverage
    assert "Blocked (403): The server answered 403." in coverage
    assert "Almost empty (200): It held 12 words." in coverage
    assert "Fetched, but not read (200): The PDF is damaged." in coverage
    # A page that is gone is counted, but it is not a page that could have been read.
    assert "Not there" in coverage
    assert "/old" not in coverage


@pytest.mark.parametrize("site", [WALLED, UNREACHED], ids=lambda site: site.id)
def test_a_site_that_was_hardly_read_is_not_assessed_and_never_found_clean(dossier, site):
    page = dossier(site)
    said = text_of(page.body)
    assert text_of(page.css_first(".notice-title")) == "Not assessed"
    assert "Too little of the site was read to say that there is none." in said
    assert "No statement" not in said
    assert "None was found" not in said
    assert not re.search(r"\b0 (in conflict|for a person|supported)", said)


def test_limits_and_the_right_of_reply_stand_on_every_report(html, folder):
    for path in folder.rglob("*.html"):
        footer = text_of(html(path.relative_to(folder)).css_first("footer"))
        assert "right of reply" in footer
        assert "No person has reviewed the findings" in footer
        assert "team@watch.example" in footer


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.id[:12])
def test_nobody_is_accused(dossier, site):
    said = text_of(dossier(site).body).lower()
    assert not re.search(r"\b(quack|scam|fake|fraud|lies?|liar|illegal)", said)


def test_hostile_text_is_shown_as_text(dossier):
    page = dossier(HOSTILE)
    assert page.css("script, img, iframe, object, embed, form, base, link") == []
    assert text_of(page.css_first("h1")) == SHOWN_NASTY
    assert page.css_first("title").text() == f"{SHOWN_NASTY}: what its pages state, beside the evidence"
    assert page.css_first("mark").text() == f"=1+1 {SHOWN_NASTY}"
    assert SHOWN_NASTY in text_of(page.css_first(".because"))


def test_no_element_has_a_handler_and_no_link_runs_anything(html, folder):
    for path in folder.rglob("*.html"):
        for node in html(path.relative_to(folder)).css("*"):
            for name, value in node.attributes.items():
                assert not name.startswith("on"), (path.name, node.tag, name)
                assert name not in {"src", "srcset", "action", "background", "style"}, (path.name, node.tag, name)
                if name == "href":
                    assert re.match(r"https?://|#|sites/", value), (path.name, value)


def test_links_to_other_sites_give_nothing_away(html, folder):
    for path in folder.rglob("*.html"):
        for node in html(path.relative_to(folder)).css("a[href^=http]"):
            assert node.attributes["rel"] == "noreferrer noopener"


def test_no_unseen_character_is_left_in_a_report(folder):
    for path in folder.rglob("*.html"):
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08]", path.read_text(encoding="utf-8"))
    assert "49" not in (folder / dossier_path(HOSTILE.id)).read_text(encoding="utf-8").split("</style>")[1]


def test_every_report_locks_itself_down_and_is_well_formed_for_readers(html, folder):
    for path in folder.rglob("*.html"):
        page = html(path.relative_to(folder))
        policy = page.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"]
        assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'")
        assert page.css_first("html").attributes["lang"] == "en"
        assert len(page.css("main")) == len(page.css("h1")) == len(page.css("body > header")) == 1
        ids = [node.attributes["id"] for node in page.css("[id]")]
        assert len(ids) == len(set(ids))
        for node in page.css("a[href^='#']"):
            assert node.attributes["href"][1:] in ids
        for node in page.css("[aria-labelledby]"):
            assert node.attributes["aria-labelledby"] in ids
        levels = [int(node.tag[1]) for node in page.css("h1, h2, h3, h4")]
        assert all(after <= before + 1 for before, after in pairwise(levels)), levels


def test_the_same_run_gives_the_same_bytes(connection, folder, tmp_path):
    write_reports(connection, CHECK, tmp_path)
    for path in folder.rglob("*.*"):
        assert (tmp_path / path.relative_to(folder)).read_bytes() == path.read_bytes()
