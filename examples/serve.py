"""Answers on 127.0.0.1 for every invented clinic site: the Host header picks the site, files make its pages.

    python -m examples.serve --port 8765

The answers are plain HTTP/1.1. Set the server as a browser's HTTP proxy to walk the sites under their own names.
"""

import argparse
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml

SITES_FOLDER = Path(__file__).resolve().parent / "sites"

CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".zip": "application/zip",
}
#: Only in these kinds of answer does the site's own address get the real port; a PDF or picture must stay as it is.
REWRITTEN_TYPES = ("text/html", "application/xml", "text/xml", "text/plain")


class ExampleSiteError(Exception):
    """Raised when the folder of an example site is not as examples/README.md describes it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A special answer for one path: another status, other headers, or a file that the path does not name.

    `file` is relative to the site's `pages` folder and empty when the answer has no body of its own. `challenge` marks
    a bot wall: the answer then also carries the cookie and the cache ban that such walls send.
    """

    path: str
    status: int = 200
    file: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    challenge: bool = False


@dataclass(frozen=True, slots=True)
class ExampleSite:
    """One invented clinic: its host name, the folder of its pages and its special answers by path."""

    host: str
    pages: Path
    answers: dict[str, Answer]


@dataclass(frozen=True, slots=True)
class Reply:
    """What is sent back: status, headers and body."""

    status: int
    headers: dict[str, str]
    body: bytes


def load_sites(folder: Path = SITES_FOLDER) -> dict[str, ExampleSite]:
    """Read every site under `folder`, by host name.

    Raises:
        ExampleSiteError: a `site.yml` is missing, is no mapping, holds an unknown key or names a missing file.
    """
    return {site.name: _load_site(site) for site in sorted(folder.iterdir()) if site.is_dir()}


def _load_site(folder: Path) -> ExampleSite:
    """Read one site's folder."""
    described = folder / "site.yml"
    if not described.is_file():
        raise ExampleSiteError(f"{described}: missing; write `answers: []` when the site has no special answers")
    content = yaml.safe_load(described.read_text("utf-8"))
    if not isinstance(content, dict) or set(content) - {"answers"}:
        raise ExampleSiteError(f"{described}: the only key at the top is `answers`")
    pages = (folder / "pages").resolve()
    answers = [_read_answer(entry, described, pages) for entry in content.get("answers") or []]
    return ExampleSite(folder.name, pages, {answer.path: answer for answer in answers})


def _read_answer(entry: Any, described: Path, pages: Path) -> Answer:
    """Check one entry of `answers`."""
    known = {"path", "status", "file", "headers", "challenge"}
    if not isinstance(entry, dict) or set(entry) - known or "path" not in entry:
        raise ExampleSiteError(f"{described}: {entry!r} must hold `path` and else only {', '.join(sorted(known))}")
    path, file = str(entry["path"]), str(entry.get("file", ""))
    if not path.startswith("/"):
        raise ExampleSiteError(f"{described}: the path {path!r} must start with a slash")
    if file and _inside(pages, file) is None:
        raise ExampleSiteError(f"{described}: {path} names the file {file!r}, which does not stand under {pages}")
    status, challenge = entry.get("status", 200), entry.get("challenge", False)
    if status not in set(HTTPStatus) or not isinstance(challenge, bool):
        raise ExampleSiteError(f"{described}: {path} needs an HTTP status and `challenge: true` or `false`")
    # Header names are the same in any case; one spelling keeps `content-type` from standing beside `Content-Type`.
    headers = {str(name).title(): str(value) for name, value in (entry.get("headers") or {}).items()}
    return Answer(_folded(path), status, file, headers, challenge)


def _folded(path: str) -> str:
    """The path without its last slash, so that `/about/` and `/about` are one page."""
    return path.rstrip("/") or "/"


def _inside(pages: Path, name: str) -> Path | None:
    """The file `name` under `pages`, or None when there is none there.

    "../site.yml", "a/../../x" and links that lead out of the folder are all None.
    """
    if "\0" in name or "\\" in name or ".." in name.split("/"):
        return None
    found = (pages / name.strip("/")).resolve()
    return found if found.is_relative_to(pages) and found.is_file() else None


def find_file(site: ExampleSite, path: str) -> Path | None:
    """The file that answers for `path`: itself, with `.html`, or the `index.html` of the folder."""
    plain = path.strip("/")
    names = (plain, f"{plain}.html", f"{plain}/index.html") if plain else ("index.html",)
    return next((file for name in names if (file := _inside(site.pages, name))), None)


def reply_for(sites: dict[str, ExampleSite], host: str, target: str, port: int) -> Reply:
    """What the server says to a request for `target` (path, or whole address as proxies get it) at `host`.

    `port` is the port that the site's own addresses are given in the answer, 0 to leave them as they are.
    """
    site = sites.get(host)
    if site is None:
        return _small_page(HTTPStatus.NOT_FOUND, "No example site has this host name.")
    path = _folded(unquote(urlsplit(target).path, errors="replace"))
    answer = site.answers.get(path)
    file = _inside(site.pages, answer.file) if answer and answer.file else None
    if answer is None:
        file = find_file(site, path)
        if file is None:
            return _small_page(HTTPStatus.NOT_FOUND, "Sorry, the page you are looking for could not be found.")
        answer = Answer(path)
    reply = _page_of(answer.status, file) if file else _small_page(answer.status, "")
    headers = reply.headers | answer.headers
    if answer.challenge:
        headers |= {"Cache-Control": "no-store", "Set-Cookie": "visitor_check=pending; Path=/"}
    return Reply(reply.status, headers, _with_port(reply.body, headers["Content-Type"], site.host, port))


def _page_of(status: int, file: Path) -> Reply:
    """The file as it is, with the content type that its extension stands for."""
    content_type = CONTENT_TYPES.get(file.suffix.lower(), "application/octet-stream")
    return Reply(status, {"Content-Type": content_type}, file.read_bytes())


def _with_port(body: bytes, content_type: str, host: str, port: int) -> bytes:
    """Put the real port into the site's own addresses: `http://harborspine.example/` to `...example:8765/`."""
    if not port or not content_type.startswith(REWRITTEN_TYPES):
        return body
    return body.replace(f"http://{host}/".encode(), f"http://{host}:{port}/".encode())


def _small_page(status: int, sentence: str) -> Reply:
    """A page of one heading and one sentence."""
    phrase = HTTPStatus(status).phrase
    page = f"<!doctype html><html lang=en><title>{phrase}</title><h1>{phrase}</h1><p>{sentence}</p></html>\n"
    return Reply(status, {"Content-Type": CONTENT_TYPES[".html"]}, page.encode())


def _host_and_port(address: str) -> tuple[str, int | None]:
    """The host name and port of an address; an empty name when it is malformed, e.g. `//[::1`."""
    try:
        parts = urlsplit(address)
        return (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return "", None


class _Visitor(BaseHTTPRequestHandler):
    """Answers one connection."""

    protocol_version = "HTTP/1.1"
    # Headers and body leave in one packet: written apart, each answer would wait for a delayed acknowledgement.
    wbufsize = -1
    # A visitor who keeps a connection open without asking must not hold its thread for ever.
    timeout = 60
    server: "_ExampleServer"

    def do_GET(self) -> None:
        """Send the page."""
        self._send(with_body=True)

    def do_HEAD(self) -> None:
        """Send the headers alone."""
        self._send(with_body=False)

    def _send(self, *, with_body: bool) -> None:
        """Work out the reply and write it."""
        whole_address = self.path.lower().startswith("http://")
        host, named_port = _host_and_port(self.path if whole_address else f"//{self.headers.get('Host', '')}")
        # A browser that uses this server as its proxy asks for the whole address, and needs no port in the links.
        port = 0 if whole_address and named_port is None else self.server.server_port
        reply = reply_for(self.server.sites, host, self.path, port)
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if with_body:
            self.wfile.write(reply.body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the name is http.server's)
        """Say nothing: hundreds of lines would bury what the crawler prints."""


class _ExampleServer(ThreadingHTTPServer):
    """The server, with the sites it answers for."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, sites: dict[str, ExampleSite]) -> None:
        """Listen on `port` of this machine alone; 0 takes a free one."""
        self.sites = sites
        super().__init__(("127.0.0.1", port), _Visitor)


@contextmanager
def serve_examples(port: int = 0, folder: Path = SITES_FOLDER) -> Iterator[int]:
    """Answer for all example sites while the block runs; yields the port (a free one when `port` is 0).

    Raises:
        ExampleSiteError: a site's folder is not as examples/README.md describes it.
        OSError: the port is taken.
    """
    with _ExampleServer(port, load_sites(folder)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


def main() -> None:
    """Serve until the user presses Ctrl-C."""
    parser = argparse.ArgumentParser(description="Answer for the invented clinic sites on 127.0.0.1.")
    parser.add_argument("--port", type=int, default=8765, help="port to listen on (default 8765)")
    with serve_examples(parser.parse_args().port) as port:
        for host in load_sites():
            sys.stdout.write(f"http://{host}:{port}/\n")
        sys.stdout.write(f"Answering on 127.0.0.1:{port} for the hosts above; Ctrl-C ends it.\n")
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            sys.stdout.write("Ended.\n")


if __name__ == "__main__":
    main()
