"""Read a stored crawl back: its manifest, its captures, and the body of each; every file of it may be hostile."""

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

from fastwarc.warc import ArchiveIterator, WarcRecordType

from crawler.capture import Capture, Outcome
from crawler.errors import CrawlError
from crawler.run_folder import CAPTURES, MANIFEST, Manifest
from crawler.settings import MAX_BYTES
from crawler.site import Site

#: Largest manifest that is read; that of 10,000 sites has some 3 MB.
MAX_MANIFEST = 64 * 1024 * 1024
#: Longest line of captures.jsonl that is read; an address has at most 2,000 characters.
MAX_LINE = 64 * 1024


def read_manifest(run_folder: Path) -> Manifest:
    """Read the manifest of a crawl; raises CrawlError when `run_folder` is none, or when it is damaged."""
    path = run_folder / MANIFEST
    if not path.is_file():
        runs = sorted(found.parent.name for found in run_folder.glob(f"*/{MANIFEST}"))
        hint = "Give the folder that `clinicwatch crawl` printed."
        if runs:
            hint = f"It holds the crawls {', '.join(runs[-5:])}: give one of them."
        raise CrawlError(f"{run_folder}: not the folder of a crawl. {hint}")
    if path.stat().st_size > MAX_MANIFEST:
        raise CrawlError(f"{path}: larger than {MAX_MANIFEST} bytes, so not a manifest of ours.")
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return Manifest(
            run_id=_text(raw["run_id"]),
            started_at=_time(raw["started_at"]),
            finished_at=_time(raw["finished_at"]) if raw["finished_at"] else None,
            ended=_text(raw["ended"]),
            versions={_text(key): _text(value) for key, value in raw["versions"].items()},
            settings=dict(raw["settings"]),
            sites=tuple(_site(site) for site in raw["sites"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CrawlError(f"{path}: damaged or not a manifest of ours ({error!r}).") from error


def read_captures(run_folder: Path) -> Iterator[Capture]:
    """Yield the captures of a crawl in the order in which they ended.

    A last line that was cut off, as by a power failure, is left out. Raises CrawlError, naming the line, for any other
    that is damaged.
    """
    path = run_folder / CAPTURES
    if not path.is_file():
        raise CrawlError(f"{path}: missing, so nothing of this crawl can be read. Give the folder of a whole crawl.")
    with path.open(encoding="utf-8", errors="replace", newline="\n") as file:
        for number, line in enumerate(iter(lambda: file.readline(MAX_LINE), ""), start=1):
            if not line.endswith("\n"):
                if len(line) < MAX_LINE:
                    return
                raise CrawlError(f"{path}, line {number}: longer than {MAX_LINE} characters, so not a capture of ours.")
            try:
                yield _capture(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                raise CrawlError(f"{path}, line {number}: damaged or not a capture of ours ({error!r}).") from error


def read_body(run_folder: Path, capture: Capture) -> bytes:
    """Return the stored body of `capture` without its Content-Encoding, at most MAX_BYTES long.

    Raises CrawlError when the record is not where the capture says, leads out of the folder, or differs from its digest.
    """
    place = f"{capture.archive_file}, byte {capture.archive_offset}"
    archive = (run_folder / "archive").resolve()
    path = (run_folder / capture.archive_file).resolve()
    if not path.is_relative_to(archive) or not path.is_file():
        raise CrawlError(f"{run_folder}: the archive file '{capture.archive_file}' of {capture.address} is missing.")
    try:
        body = _body_at(path, capture.archive_offset)
    except (OSError, ValueError, RuntimeError, zlib.error) as error:
        raise CrawlError(f"{place}: the record of {capture.address} cannot be read ({error}).") from error
    if body is None:
        raise CrawlError(f"{place}: no answer from {capture.address} is stored there.")
    if f"sha256:{hashlib.sha256(body).hexdigest()}" != capture.body_digest:
        raise CrawlError(f"{place}: what is stored of {capture.address} differs from its digest; it was changed since.")
    return body


def _body_at(path: Path, offset: int) -> bytes | None:
    """Return the unpacked body of the response whose record begins at `offset`; None when none begins there."""
    with path.open("rb") as file:
        file.seek(offset)
        # The records share the iterator's buffer, so it must live as long as the one that is read.
        records = ArchiveIterator(file, parse_http=True)
        record = next(records, None)
        if record is None or record.record_type != WarcRecordType.response:
            return None
        encoding = (record.http_headers.get("Content-Encoding") or "") if record.http_headers is not None else ""
        return unpack(record.reader.read(MAX_BYTES + 1), encoding)


def unpack(body: bytes, encoding: str) -> bytes:
    """Return `body` without its Content-Encoding; raises ValueError when that is unknown, broken, or a bomb."""
    for name in reversed([part.strip().lower() for part in encoding.split(",") if part.strip()]):
        if name in ("gzip", "x-gzip", "deflate"):
            body = _inflate(body, name)
        elif name != "identity":
            raise ValueError(f"the content encoding '{name}' is not read")
    if len(body) > MAX_BYTES:
        raise ValueError(f"the body is larger than {MAX_BYTES} bytes")
    return body


def _inflate(body: bytes, name: str) -> bytes:
    raw_deflate = name == "deflate" and body[:1] and (body[0] & 0x0F) != 8
    out = bytearray()
    while body:
        stream = zlib.decompressobj(-zlib.MAX_WBITS if raw_deflate else zlib.MAX_WBITS | 32)
        out += stream.decompress(body, MAX_BYTES + 1 - len(out))
        if len(out) > MAX_BYTES:
            raise ValueError(f"the body unpacks to more than {MAX_BYTES} bytes")
        body = stream.unused_data
    return bytes(out)


def _capture(raw: Mapping[str, Any]) -> Capture:
    values = {field.name: raw[field.name] for field in fields(Capture)}
    for name, value in values.items():
        if not isinstance(value, (str, int) if value is not None else type(None)) or isinstance(value, bool):
            raise TypeError(f"{name} is {type(value).__name__}")
    values["fetched_at"] = _time(values["fetched_at"])
    values["outcome"] = Outcome(values["outcome"])
    return Capture(**values)


def _site(raw: Mapping[str, Any]) -> Site:
    plain = {field.name: _text(raw[field.name]) for field in fields(Site) if field.name != "also"}
    return Site(**plain, also=tuple(_text(host) for host in raw["also"]))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not text")
    return value


def _time(value: Any) -> datetime:
    at = datetime.fromisoformat(_text(value))
    if at.tzinfo is None:
        raise ValueError(f"{value} names no time zone")
    return at
