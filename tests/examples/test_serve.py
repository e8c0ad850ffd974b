"""The example server picks the site by host name, gives special answers and never leaves the pages folder."""

import http.client
from collections.abc import Iterator
from pathlib import Path

import pytest

from examples.serve import ExampleSiteError, load_sites, serve_examples

PAGE = '<a href="http://one.example/about">About</a> <a href="http://two.example/">Other</a>'
SITE = """
answers:
  - {path: /wall, status: 503, file: wall.html, challenge: true}
  - {path: /slow/, status: 429, headers: {Retry-After: "120"}}
  - {path: /moved, status: 301, headers: {Location: /about}}
  - {path: /latin, file: latin.html, headers: {content-type: text/html; charset=iso-8859-1}}
"""


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    sites = tmp_path_factory.mktemp("sites")
    files = {
        "one.example/site.yml": SITE.encode(),
        "one.example/pages/index.html": PAGE.encode(),
        "one.example/pages/about.html": b"about us",
        "one.example/pages/blog/index.html": b"our blog",
        "one.example/pages/wall.html": b"checking",
        "one.example/pages/latin.html": "señal".encode("latin-1"),
        "one.example/pages/robots.txt": b"Sitemap: http://one.example/sitemap.xml",
        "one.example/pages/brochure.pdf": b"%PDF http://one.example/",
        "one.example/secret.html": b"secret",
        "two.example/site.yml": b"answers: []",
        "two.example/pages/index.html": b"second",
    }
    for name, content in files.items():
        path = sites / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    with serve_examples(folder=sites) as port:
        yield port


def ask(
    port: int, target: str, host: str = "one.example", method: str = "GET"
) -> tuple[int, http.client.HTTPMessage, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.putrequest(method, target, skip_host=True)
    connection.putheader("Host", host)
    connection.endheaders()
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, response.headers, body


@pytest.mark.parametrize(
    ("target", "host", "status", "body"),
    [
        ("/about", "one.example", 200, b"about us"),
        ("/about/?from=nav", "ONE.example.", 200, b"about us"),
        ("/about.html", "one.example:8765", 200, b"about us"),
        ("/blog", "one.example", 200, b"our blog"),
        ("/", "two.example", 200, b"second"),
        ("/wall", "one.example", 503, b"checking"),
    ],
)
def test_host_and_path_pick_the_page(port: int, target: str, host: str, status: int, body: bytes) -> None:
    got_status, _, got_body = ask(port, target, host)
    assert (got_status, got_body) == (status, body)


@pytest.mark.parametrize("host", ["three.example", "", "127.0.0.1", "[::1", "../one.example"])
def test_an_unknown_host_is_not_found(port: int, host: str) -> None:
    assert ask(port, "/", host)[0] == 404


@pytest.mark.parametrize(
    "target",
    [
        "/missing",
        "/../secret",
        "/../secret.html",
        "/%2e%2e/secret.html",
        "/blog/..%2f..%2fsecret.html",
        "/..%5csecret.html",
        "//secret.html",
        "/about%00.html",
        "/blog/%2e%2e/about",
    ],
)
def test_nothing_outside_the_pages_is_served(port: int, target: str) -> None:
    status, _, body = ask(port, target)
    assert status == 404
    assert b"secret" not in body


def test_own_addresses_get_the_real_port_and_others_do_not(port: int) -> None:
    body = ask(port, "/")[2].decode()
    assert f'"http://one.example:{port}/about"' in body
    assert '"http://two.example/"' in body
    assert ask(port, "/robots.txt")[2].decode() == f"Sitemap: http://one.example:{port}/sitemap.xml"
    assert ask(port, "/brochure.pdf")[2] == b"%PDF http://one.example/"


def test_a_proxy_request_picks_the_site_and_leaves_addresses_alone(port: int) -> None:
    assert ask(port, "http://one.example/", host="two.example")[2].decode() == PAGE


def test_special_answers_carry_their_headers(port: int) -> None:
    assert ask(port, "/slow")[1]["Retry-After"] == "120"
    assert ask(port, "/moved")[1]["Location"] == "/about"
    assert "visitor_check" in ask(port, "/wall")[1]["Set-Cookie"]
    headers, body = ask(port, "/latin")[1:]
    assert headers.get_all("Content-Type") == ["text/html; charset=iso-8859-1"]
    assert body.decode("latin-1") == "señal"


def test_head_tells_the_length_and_sends_no_body(port: int) -> None:
    status, headers, body = ask(port, "/about", method="HEAD")
    assert (status, headers["Content-Length"], body) == (200, "8", b"")


@pytest.mark.parametrize(
    ("site", "names"),
    [
        ("answers: []\nextra: 1", "site.yml"),
        ("[]", "site.yml"),
        ("answers: [{path: /a, colour: red}]", "colour"),
        ("answers: [{path: a}]", "slash"),
        ("answers: [{path: /a, status: 999}]", "status"),
        ("answers: [{path: /a, challenge: maybe}]", "challenge"),
        ("answers: [{path: /a, file: ../site.yml}]", "site.yml"),
        ("answers: [{path: /a, file: nowhere.html}]", "nowhere.html"),
    ],
)
def test_a_wrong_site_file_is_refused_by_name(tmp_path: Path, site: str, names: str) -> None:
    folder = tmp_path / "bad.example"
    (folder / "pages").mkdir(parents=True)
    (folder / "site.yml").write_text(site)
    with pytest.raises(ExampleSiteError, match=names):
        load_sites(tmp_path)


def test_a_site_without_its_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.example").mkdir()
    with pytest.raises(ExampleSiteError, match="missing"):
        load_sites(tmp_path)
