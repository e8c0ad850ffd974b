"""Every gold quote stands on its page at its place, and the gold coverage is what the example server really answers."""

import json
import re
from functools import cache
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import pypdfium2  # type: ignore[import-untyped]
import pytest
import yaml

from classifier.claim import ClaimType
from classifier.verdict import Rating
from crawler.capture import Outcome
from crawler.page_text import BlockKind
from examples.serve import SITES_FOLDER, ExampleSite, load_sites, reply_for

SITES = load_sites()
GOLD: dict[str, dict[str, Any]] = {
    host: yaml.safe_load((SITES_FOLDER / host / "expected.yml").read_text("utf-8")) for host in SITES
}
PAGES = [(host, page) for host, gold in GOLD.items() for page in gold["pages"]]

#: Tags that do not part two words: "stem <b>cell</b>s" is "stem cells".
INLINE = {"a", "abbr", "b", "em", "font", "i", "small", "span", "strong", "sub", "sup", "u", "mark", "cite"}
#: Where an attribute or a <meta> belongs; every other text is "visible".
ATTRIBUTES = {"alt": "alt_text", "aria-label": "aria_label", "placeholder": "form_text", "value": "form_text"}
METAS = {"description": "meta_description", "keywords": "meta_keywords"}
#: The kinds of place whose text stands apart from what a visitor sees.
APART = {"title", "json_ld", "alt_text", "aria_label", "open_graph", *METAS.values()}
#: Fewer words than this in the body of a page, and a reader would say that the page is empty.
FEWEST_WORDS = 30


class PageReader(HTMLParser):
    """Collects a page's text by place, and its links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.places: dict[str, list[str]] = {}
        self.links: list[str] = []
        self._inside = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in ("script", "style", "title"):
            self._inside = "json_ld" if given.get("type") == "application/ld+json" else tag
        elif tag == "meta":
            name = given.get("name", given.get("property", "")).lower()
            place = "open_graph" if name.startswith(("og:", "twitter:")) else METAS.get(name)
            if place:
                self._add(place, given.get("content", "") + "\n")
        elif tag == "a" and given.get("href"):
            self.links.append(given["href"])
        for name, place in ATTRIBUTES.items():
            if name in given:
                self._add(place, given[name] + "\n")
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "title"):
            self._inside = ""
        self._part(tag)

    def handle_data(self, data: str) -> None:
        if self._inside == "json_ld":
            self._add("json_ld", " ".join(strings_in(json.loads(data))))
        else:
            self._add(self._inside or "visible", data)

    def _part(self, tag: str) -> None:
        if tag not in INLINE:
            self._add(self._inside or "visible", " ")

    def _add(self, place: str, text: str) -> None:
        self.places.setdefault(place, []).append(text)

    def text(self, place: str) -> str:
        return folded("".join(self.places.get(place, [])))


def strings_in(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for part in inner for text in strings_in(part)]


def folded(text: str) -> str:
    return " ".join(text.split())


def html_of(body: bytes, content_type: str) -> str:
    named = re.search(r"charset=([\w-]+)", content_type) or re.search(rb"charset=[\"']?([\w-]+)", body[:1024])
    charset = named[1] if named else "utf-8"
    return body.decode(charset if isinstance(charset, str) else charset.decode())


@cache
def reader_of(host: str, path: str) -> PageReader:
    reply = reply_for(SITES, host, path, 0)
    if reply.headers["Content-Type"] == "application/pdf":
        with pypdfium2.PdfDocument(reply.body) as document:
            reader = PageReader("")
            reader.places["visible"] = [page.get_textpage().get_text_range() + " " for page in document]
            return reader
    return PageReader(html_of(reply.body, reply.headers["Content-Type"]))


def test_the_site_list_names_every_site() -> None:
    lines = (SITES_FOLDER.parent / "sites.csv").read_text("utf-8").splitlines()
    assert lines[0] == "address,name,country,state,why_listed"
    assert {urlsplit(line.split(",")[0]).hostname for line in lines[1:]} == set(SITES)


@pytest.mark.parametrize("host", SITES)
def test_gold_uses_only_known_words(host: str) -> None:
    gold = GOLD[host]
    known = {"coverage", "every_page", "every_page_borderline", "every_page_clean", "pages", "with_browser"}
    assert set(gold) <= known
    assert set(gold["coverage"]) <= set(Outcome)
    assert gold["coverage"]["read"] == len(gold["pages"])
    browser = gold.get("with_browser", {"coverage": {}, "pages": []})
    assert set(browser) == {"coverage", "pages"}
    for page in gold["pages"] + browser["pages"]:
        assert {"path", "claims"} <= set(page) <= {"path", "claims", "borderline", "clean"}
        quotes = [claim["quote"] for claim in page["claims"]]
        assert len(quotes) == len(set(quotes)), page["path"]
        sure = set(quotes) | {claim["quote"] for claim in gold["every_page"]}
        assert not sure & {*page.get("borderline", []), *page.get("clean", [])}, page["path"]
    for claim in gold["every_page"] + [claim for page in gold["pages"] + browser["pages"] for claim in page["claims"]]:
        assert set(claim) == {"quote", "types", "rating", "place"}
        assert claim["types"]
        assert set(claim["types"]) <= set(ClaimType)
        assert claim["rating"] in {Rating.CONTRADICTED, Rating.UNSUPPORTED, Rating.OVERSTATED}
        assert claim["place"] in set(BlockKind)


@pytest.mark.parametrize(("host", "page"), PAGES, ids=[f"{host}{page['path']}" for host, page in PAGES])
def test_every_quote_stands_on_its_page(host: str, page: dict[str, Any]) -> None:
    reader, gold = reader_of(host, page["path"]), GOLD[host]
    everything = " ".join(reader.text(place) for place in reader.places if place not in ("script", "style"))
    claims, others = list(page["claims"]), [*page.get("borderline", []), *page.get("clean", [])]
    if not page["path"].endswith(".pdf"):
        claims += gold["every_page"]
        others += gold.get("every_page_borderline", []) + gold.get("every_page_clean", [])
    for claim in claims:
        text = reader.text(claim["place"] if claim["place"] in APART else "visible")
        if claim["place"] == "form_text":
            text += " " + reader.text("form_text")
        assert folded(claim["quote"]) in text
    for quote in others:
        assert folded(quote) in everything


@pytest.mark.parametrize("host", [host for host, gold in GOLD.items() if "with_browser" in gold])
def test_what_a_browser_would_show_stands_in_the_scripts_alone(host: str) -> None:
    for page in GOLD[host]["with_browser"]["pages"]:
        reader = reader_of(host, page["path"])
        quotes = [claim["quote"] for claim in page["claims"]] + page.get("borderline", []) + page.get("clean", [])
        assert quotes
        for quote in quotes:
            assert json.dumps(quote, ensure_ascii=False)[1:-1] in "".join(reader.places["script"])
            assert quote not in reader.text("visible")


def outcome_of(site: ExampleSite, path: str, robots: RobotFileParser) -> Outcome:
    """What an honest crawler must make of one address; challenges are known from the site's own file."""
    if not robots.can_fetch("clinicwatch", f"http://{site.host}{path}"):
        return Outcome.ROBOTS_DENIED
    reply = reply_for(SITES, site.host, path, 0)
    answer = site.answers.get(path)
    if (answer and answer.challenge) or reply.status in (401, 403, 429):
        return Outcome.BLOCKED
    if 300 <= reply.status < 400:
        return Outcome.REDIRECTED
    if reply.status in (404, 410):
        return Outcome.NOT_FOUND
    if not reply.headers["Content-Type"].startswith(("text/html", "application/pdf")):
        return Outcome.UNSUPPORTED
    return Outcome.READ if len(reader_of(site.host, path).text("visible").split()) >= FEWEST_WORDS else Outcome.EMPTY


def found_addresses(site: ExampleSite, path: str, outcome: Outcome) -> list[str]:
    """The paths of the same site that one address leads to."""
    here = f"http://{site.host}{path}"
    if outcome is Outcome.REDIRECTED:
        links = [reply_for(SITES, site.host, path, 0).headers["Location"]]
    elif outcome is Outcome.READ:
        links = reader_of(site.host, path).links
    else:
        links = []
    found = [urlsplit(urljoin(here, link)) for link in links]
    return [part.path or "/" for part in found if part.scheme == "http" and part.hostname == site.host]


def in_sitemaps(site: ExampleSite, robots_text: str) -> list[str]:
    """The paths that the sitemaps named in robots.txt list."""
    waiting, paths = re.findall(r"(?im)^sitemap: *(\S+)", robots_text), []
    for address in waiting:
        text = reply_for(SITES, site.host, urlsplit(address).path, 0).body.decode()
        found = re.findall(r"<loc>\s*(.*?)\s*</loc>", text)
        if "<sitemapindex" in text:
            waiting.extend(found)
        else:
            paths += [urlsplit(address).path for address in found]
    return paths


@pytest.mark.parametrize("host", SITES)
def test_the_gold_coverage_is_what_links_and_sitemaps_lead_to(host: str) -> None:
    site = SITES[host]
    robots_reply = reply_for(SITES, host, "/robots.txt", 0)
    robots_text = robots_reply.body.decode() if robots_reply.status == 200 else ""
    robots = RobotFileParser()
    robots.parse(robots_text.splitlines())
    waiting, outcomes = ["/", *in_sitemaps(site, robots_text)], dict[str, Outcome]()
    while waiting:
        # robots.txt may forbid `/stories/` alone, so the slash is kept until it has been asked.
        asked = waiting.pop()
        path = asked.rstrip("/") or "/"
        if path not in outcomes:
            outcomes[path] = outcome_of(site, asked, robots)
            waiting += found_addresses(site, asked, outcomes[path])
    counted = [outcome.value for outcome in outcomes.values() if outcome is not Outcome.REDIRECTED]
    assert {word: counted.count(word) for word in set(counted)} == GOLD[host]["coverage"], outcomes
    read = {path for path, outcome in outcomes.items() if outcome is Outcome.READ}
    assert read == {page["path"].rstrip("/") or "/" for page in GOLD[host]["pages"]}
