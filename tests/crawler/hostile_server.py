"""A clinic site that does everything wrong, on 127.0.0.1, for the crawl tests."""

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

WORDS = "<p>" + "Our clinic offers stem cell therapy for knees and backs. " * 8 + "</p>"


def page(*links: str, more: str = "") -> bytes:
    anchors = "".join(f'<a href="{link}">page</a>' for link in links)
    return f"<html><body><h1>Clinic</h1>{WORDS}{anchors}{more}</body></html>".encode()


START = page(
    "/good", "/refused", "/slow-down", "/gone", "/error", "/slow", "/cut-short", "/bomb", "/huge", "/empty", "/latin",
    "/off-site", "/loop-a", "/itself", "/private", "/calendar/2026/1", "/denied", "/no-type", "/broken.pdf", "/nul", "/deep",
    "/many-redirects/0", "/other-scheme", "http://elsewhere.example/", "/wall", "/text",
)  # fmt: skip


class Hostile(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 20

    def do_GET(self) -> None:
        host = (self.headers.get("Host") or "").split(":")[0]
        port = self.server.server_address[1]
        path = self.path
        redirects = {
            "/off-site": f"http://elsewhere.example:{port}/",
            "/loop-a": "/loop-b",
            "/loop-b": "/loop-a",
            "/itself": "/itself",
            "/private": f"http://hostile.example.localhost:{port}/admin",
            "/other-scheme": "ftp://hostile.example/file",
        }
        if host == "leads-inside.example":
            return self.send(200, page())
        if path in redirects:
            return self.send(302, b"", Location=redirects[path])
        if path.startswith("/many-redirects/"):
            return self.send(301, b"", Location=f"/many-redirects/{int(path.rsplit('/', 1)[1]) + 1}")
        if path.startswith("/calendar/"):
            year, month = (int(part) for part in path.split("/")[2:4])
            return self.send(
                200, page(f"/calendar/{year + month // 12}/{month % 12 + 1}", f"/calendar/{year - 1}/{month}")
            )
        answers: dict[str, Any] = {
            "/": (200, START),
            "/good": (200, page()),
            "/robots.txt": (200, b"User-agent: *\nDisallow: /denied\n"),
            "/refused": (403, b"no"),
            "/slow-down": (429, b"later"),
            "/gone": (410, b"gone"),
            "/error": (500, b"oops"),
            "/empty": (200, b""),
            "/nul": (200, b"\0" * 3000 + page()),
            "/deep": (200, b"<div>" * 60_000 + page()),
            "/wall": (200, b"<h1>Just a moment</h1><p>Checking your browser.</p>"),
        }
        if path in answers:
            return self.send(*answers[path])
        return self.odd(path)

    def odd(self, path: str) -> None:
        if path == "/slow":
            self.send_head(200, 5000)
            for _ in range(40):
                self.wfile.write(b"<p>slow")
                self.wfile.flush()
                time.sleep(0.25)
        elif path == "/cut-short":
            self.send_head(200, 50_000)
            self.wfile.write(page())
            self.close_connection = True
        elif path == "/bomb":
            self.send(200, gzip.compress(b"\0" * 60_000_000), **{"Content-Encoding": "gzip"})
        elif path == "/huge":
            self.send_head(200, 40_000_000)
            for _ in range(40):
                self.wfile.write(b"x" * 1_000_000)
        elif path == "/latin":
            self.send(
                200, page(more="Piñón").decode().encode("latin-1"), **{"Content-Type": "text/html; charset=utf-8"}
            )
        elif path == "/no-type":
            self.send(200, page(), **{"Content-Type": ""})
        elif path == "/broken.pdf":
            self.send(200, b"%PDF-1.7 broken", **{"Content-Type": "application/pdf"})
        elif path == "/text":
            self.send(200, b"word " * 30, **{"Content-Type": "text/plain"})
        else:
            self.send(404, b"none")

    def send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_head(status, len(body), **headers)
        self.wfile.write(body)

    def send_head(self, status: int, length: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "text/html", **headers}.items():
            if value:
                self.send_header(name, value)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            self.close_connection = True  # the crawler hung up, as it should on answers that are too long

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass


@contextmanager
def hostile_site() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Hostile) as server:
        server.daemon_threads = True
        server.block_on_close = False
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()
