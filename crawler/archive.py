"""Keep every answer as WARC 1.1: request, and response with its bytes as they were sent, a gzip member for each record."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import IO

from isal import igzip
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

#: A file of an archive is closed and the next one begun at this size; tools and copies handle a gigabyte well.
ROTATE_AT = 1_000_000_000

Headers = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer, as they went over the wire.

    `body` is as it was sent, still in its Content-Encoding (but not chunked); `at` is when the answer was complete, in
    UTC; `ip` is the address that answered, empty when it is not known.
    """

    address: str
    method: str
    request_headers: Headers
    status: int
    phrase: str
    headers: Headers
    body: bytes
    at: datetime
    ip: str = ""


@dataclass(frozen=True, slots=True)
class Stored:
    """Where a response record lies: file relative to the run's folder, byte at which its gzip member begins, its id."""

    file: str
    offset: int
    record_id: str


class ArchiveWriter:
    """Appends exchanges to `<folder>/archive/<run id>-00001.warc.gz` and its successors; raises OSError on a full disk."""

    def __init__(self, folder: Path, run_id: str, software: str) -> None:
        self._folder = folder
        self._run_id = run_id
        self._software = software
        self._number = 0
        self._file: IO[bytes] = self._next_file()

    def write(self, exchange: Exchange) -> Stored:
        """Write the records of `exchange` and return where its response lies."""
        if self._file.tell() > ROTATE_AT:
            self._file.close()
            self._file = self._next_file()
        response = _response(exchange)
        record_id = response.rec_headers.get_header("WARC-Record-ID")
        request = _request(exchange, record_id)
        members = _member(response), _member(request)
        offset = self._file.tell()
        try:
            _append(self._file, b"".join(members))
        except OSError:
            # What of it reached the disk would make the file unreadable from here on.
            self._file.truncate(offset)
            raise
        return Stored(f"archive/{self._name}", offset, record_id)

    def _next_file(self) -> IO[bytes]:
        self._number += 1
        self._name = f"{self._run_id}-{self._number:05}.warc.gz"
        # Unbuffered: what the operating system has not taken must show as an error here, not when the file is closed.
        file = (self._folder / "archive" / self._name).open("xb", buffering=0)
        info = {"software": self._software, "format": "WARC File Format 1.1", "isPartOf": self._run_id}
        _append(file, _member(_writer().create_warcinfo_record(self._name, info)))
        return file

    def __enter__(self) -> "ArchiveWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._file.close()


def _writer() -> WARCWriter:
    return WARCWriter(BytesIO(), gzip=False, warc_version="1.1")


def _response(exchange: Exchange) -> ArcWarcRecord:
    head = StatusAndHeaders(f"{exchange.status} {exchange.phrase}", list(exchange.headers), protocol="HTTP/1.1")
    more = {"WARC-Date": _warc_date(exchange.at), "WARC-Payload-Digest": _digest(exchange.body)}
    if exchange.ip:
        more["WARC-IP-Address"] = exchange.ip
    return _record("response", exchange.address, head, exchange.body, more)


def _request(exchange: Exchange, response_id: str) -> ArcWarcRecord:
    target = "/" + exchange.address.split("://", 1)[-1].partition("/")[2]
    line = f"{exchange.method} {target} HTTP/1.1"
    head = StatusAndHeaders(line, list(exchange.request_headers), is_http_request=True)
    more = {"WARC-Date": _warc_date(exchange.at), "WARC-Concurrent-To": response_id}
    return _record("request", exchange.address, head, b"", more)


def _record(kind: str, address: str, head: StatusAndHeaders, body: bytes, more: dict[str, str]) -> ArcWarcRecord:
    head.compute_headers_buffer()
    head_bytes: bytes = head.headers_buff
    more["WARC-Block-Digest"] = _digest(head_bytes + body)
    return _writer().create_warc_record(
        address, kind, payload=BytesIO(body), length=len(body), http_headers=head,
        warc_headers_dict=more,
    )  # fmt: skip


def _member(record: ArcWarcRecord) -> bytes:
    writer = _writer()
    writer.write_record(record)
    return bytes(igzip.compress(writer.out.getvalue(), compresslevel=2))


def _append(file: IO[bytes], content: bytes) -> None:
    """Write all of `content`; an unbuffered file may take a part of it only."""
    left = memoryview(content)
    while left:
        left = left[file.write(left) :]


def _digest(content: bytes) -> str:
    """Return the digest in the spelling that WARC tools check: base32."""
    return f"sha256:{base64.b32encode(hashlib.sha256(content).digest()).decode()}"


def _warc_date(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
