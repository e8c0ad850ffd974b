import pytest
from selectolax.lexbor import LexborHTMLParser

from crawler.choose_links import (
    Link,
    Traps,
    choose,
    is_never_asked,
    links_of,
    normalise,
    priority_of,
    registrable_domain,
)
from crawler.site import Site

SITE = Site("clinic.example", "https://www.clinic.example/", also=("shop.example",))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("/knees#top", "https://clinic.example/knees"),
        ("https://CLINIC.example:443/a//b", "https://clinic.example/a/b"),
        ("?page=2&utm_source=mail&gclid=x", "https://clinic.example/dir/?page=2"),
        ("mailto:a@clinic.example", ""),
        ("javascript:void(0)", ""),
        ("tel:555", ""),
        ("https://user@clinic.example/", ""),
        ("http://[broken/", ""),
        ("//clinic.example:8443/x", "https://clinic.example:8443/x"),
        ("café", "https://clinic.example/dir/caf%C3%A9"),
    ],
)
def test_addresses_get_one_spelling(raw: str, expected: str) -> None:
    assert normalise(raw, "https://clinic.example/dir/") == expected


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.clinic.example", "clinic.example"),
        ("a.b.clinic.co.uk", "clinic.co.uk"),
        ("clinic.com.mx", "clinic.com.mx"),
        ("127.0.0.1", "127.0.0.1"),
    ],
)
def test_registrable_domain(host: str, domain: str) -> None:
    assert registrable_domain(host) == domain


def test_links_of_a_page_are_found_in_every_place_and_chosen_by_site() -> None:
    page = LexborHTMLParser(
        """<head><base href="/blog/"><link rel=canonical href="/blog/post"><link rel=alternate hreflang=es href="/es/">
        <link rel=alternate type="application/rss+xml" href="/feed"><meta http-equiv=refresh content="5; url='/moved'"></head>
        <a href="knee">Knee</a><a href="knee#part">again</a><area href="/map"><iframe src="/reviews"></iframe>
        <a href="https://shop.example/serum">Shop</a><a href="https://blog.clinic.example/">Blog</a>
        <a href="https://elsewhere.example/">Off</a><a href="/photo.JPG">Photo</a><a href="/wp-admin/">Admin</a>"""
    )
    chosen = [link.address for link in choose(SITE, links_of(page, "https://www.clinic.example/start"))]
    assert chosen == [
        "https://www.clinic.example/blog/post",
        "https://www.clinic.example/es/",
        "https://www.clinic.example/blog/knee",
        "https://shop.example/serum",
        "https://blog.clinic.example/",
        "https://www.clinic.example/map",
        "https://www.clinic.example/reviews",
        "https://www.clinic.example/moved",
    ]


def test_treatments_come_before_stories_before_the_rest_before_legal_pages() -> None:
    order = ["/stem-cell-therapy", "/faq", "/our-team", "/gallery", "/privacy-policy"]
    links = [Link(f"https://clinic.example{path}") for path in order]
    assert [priority_of(link) for link in links] == sorted((priority_of(link) for link in links), reverse=True)
    assert len({priority_of(link) for link in links}) == len(order)
    assert priority_of(Link("https://clinic.example/p7", "Terapia con células madre")) == priority_of(links[0])


@pytest.mark.parametrize(
    "path", ["/a.zip?x=1", "/login-to-health", "/brochure.pdf", "/cartilage", "/patient-portal/login"]
)
def test_pages_are_asked_for(path: str) -> None:
    assert not is_never_asked(f"https://clinic.example{path}")


@pytest.mark.parametrize("path", ["/a.png", "/cart/", "/logout", "/?add-to-cart=5", "/events/?ical=1", "/wp-json/v2"])
def test_actions_and_pictures_are_not(path: str) -> None:
    assert is_never_asked(f"https://clinic.example{path}")


@pytest.mark.parametrize(
    ("addresses", "word"),
    [
        (
            [f"https://clinic.example/calendar/{year}/{month}" for year in range(2020, 2030) for month in range(1, 13)],
            "calendar",
        ),
        ([f"https://clinic.example/search?q={number}" for number in range(30)], "parameters only"),
        (["https://clinic.example/a/b/a/b/a/b/"], "repeats"),
        (["https://clinic.example/" + "x" * 900], "longer"),
        (["https://clinic.example/?a=1&b=2&c=3&d=4&e=5"], "parameters"),
    ],
)
def test_endless_addresses_are_recognised(addresses: list[str], word: str) -> None:
    traps = Traps()
    assert word in [traps.reason(address) for address in addresses][-1]


def test_ordinary_sites_are_no_traps() -> None:
    traps = Traps()
    pages = [f"https://clinic.example/blog/post-{number}" for number in range(500)]
    assert not any(traps.reason(address) for address in pages)
