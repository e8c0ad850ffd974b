import gzip
import hashlib
import json
import subprocess
import sys
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from crawler.archive import ArchiveWriter, Exchange
from crawler.capture import Capture, Outcome
from crawler.errors import CrawlError
from crawler.read_archive import read_body, read_captures, read_manifest, unpack
from crawler.run_folder import CaptureLog, Manifest, write_manifest
from crawler.settings import MAX_BYTES
from crawler.site import Site

NOW = datetime(2026, 11, 24, 10, 15, tzinfo=UTC)
PAGE = b"<h1>Knee pain</h1>" * 50


def exchange(body: bytes = PAGE, **headers: str) -> Exchange:
    return Exchange(
        address="https://clinic.example/knee?x=1",
        method="GET",
        request_headers=[("Host", "clinic.example"), ("User-Agent", "clinicwatch")],
        status=200,
        phrase="OK",
        headers=[("Content-Type", "text/html"), *headers.items()],
        body=body,
        at=NOW,
        ip="93.184.216.34",
    )


def stored(folder: Path, body: bytes = PAGE, encoded: bytes | None = None, **headers: str) -> Capture:
    (folder / "archive").mkdir(exist_ok=True)
    with ArchiveWriter(folder, "run-1", "test/1") as archive:
        archive.write(exchange(b"<p>another</p>"))
        place = archive.write(exchange(encoded if encoded is not None else body, **headers))
    digest = f"sha256:{hashlib.sha256(body).hexdigest()}"
    return Capture(
        "clinic.example", "https://clinic.example/knee?x=1", NOW, Outcome.READ, status=200, media_type="text/html",
        body_digest=digest, body_length=len(body), archive_file=place.file, archive_offset=place.offset, record_id=place.record_id,
    )  # fmt: skip


def warcio_check(path: Path) -> subprocess.CompletedProcess[str]:
    tool = Path(sys.executable).parent / "warcio"
    return subprocess.run([str(tool), "check", "-v", str(path)], capture_output=True, text=True, check=False)


def test_second_tools_read_the_archive_and_confirm_its_digests(tmp_path: Path) -> None:
    stored(tmp_path)
    path = tmp_path / "archive" / "run-1-00001.warc.gz"
    with path.open("rb") as file:
        verified = [
            record.verify_block_digest()
            for record in ArchiveIterator(file, parse_http=False)
            if record.record_type in (WarcRecordType.response, WarcRecordType.request)
        ]
    assert verified == [True] * 4
    checked = warcio_check(path)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert checked.stdout.count("digest pass") == 5, checked.stdout


def test_a_changed_byte_is_noticed_by_the_second_tool(tmp_path: Path) -> None:
    stored(tmp_path)
    path = tmp_path / "archive" / "run-1-00001.warc.gz"
    members = path.read_bytes()
    plain = gzip.decompress(members).replace(b"Knee pain", b"Knee pane", 1)
    path.write_bytes(gzip.compress(plain))
    checked = warcio_check(path)
    assert checked.returncode != 0


def test_every_record_is_a_gzip_member_of_its_own(tmp_path: Path) -> None:
    capture = stored(tmp_path)
    content = (tmp_path / capture.archive_file).read_bytes()[capture.archive_offset :]
    member = zlib.decompressobj(zlib.MAX_WBITS | 16)
    first = member.decompress(content)
    assert first.startswith(b"WARC/1.1\r\n")
    assert first.count(b"WARC/1.1\r\n") == 1
    assert b"WARC-Type: response" in first


@pytest.mark.parametrize(
    ("encode", "name"),
    [(gzip.compress, "gzip"), (zlib.compress, "deflate"), (lambda body: zlib.compress(body)[2:-4], "deflate")],
)
def test_a_compressed_body_is_kept_as_sent_and_read_unpacked(tmp_path: Path, encode, name: str) -> None:  # type: ignore[no-untyped-def]
    capture = stored(tmp_path, PAGE, encode(PAGE), **{"Content-Encoding": name})
    assert read_body(tmp_path, capture) == PAGE


def test_bombs_and_unknown_encodings_are_refused() -> None:
    with pytest.raises(ValueError, match="more than"):
        unpack(gzip.compress(b"\0" * (MAX_BYTES + 10)), "gzip")
    with pytest.raises(ValueError, match="not read"):
        unpack(b"x", "br")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"body_digest": "sha256:" + "0" * 64}, "differs from its digest"),
        ({"archive_file": "../../etc/passwd"}, "missing"),
        ({"archive_file": "archive/none.warc.gz"}, "missing"),
        ({"archive_offset": 3}, "cannot be read|no answer"),
        ({"archive_offset": 0}, "no answer"),
    ],
)
def test_a_hostile_or_damaged_archive_is_told(tmp_path: Path, change: dict[str, object], told: str) -> None:
    capture = stored(tmp_path)
    with pytest.raises(CrawlError, match=told):
        read_body(tmp_path, replace(capture, **change))  # type: ignore[arg-type]


def test_captures_survive_a_torn_last_line_and_nothing_else(tmp_path: Path) -> None:
    capture = stored(tmp_path)
    with CaptureLog(tmp_path) as log:
        log.append(capture)
        log.append(replace(capture, address="https://clinic.example/b", status=None, outcome=Outcome.FAILED))
    path = tmp_path / "captures.jsonl"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole + whole[:80], encoding="utf-8")
    assert [found.outcome for found in read_captures(tmp_path)] == [Outcome.READ, Outcome.FAILED]
    assert next(iter(read_captures(tmp_path))) == capture
    path.write_text('{"site_id": 3}\n' + whole, encoding="utf-8")
    with pytest.raises(CrawlError, match="line 1"):
        list(read_captures(tmp_path))


def test_a_manifest_comes_back_as_it_was(tmp_path: Path) -> None:
    site = Site("a", "https://a.example/", also=("b.example",))
    manifest = Manifest("run-1", NOW, None, "", {"clinicwatch": "1"}, {"delay": 1.0}, (site,))
    write_manifest(tmp_path, manifest)
    assert read_manifest(tmp_path) == manifest
    (tmp_path / "up" / "run-x").mkdir(parents=True)
    write_manifest(tmp_path / "up" / "run-x", manifest)
    with pytest.raises(CrawlError, match="run-x"):
        read_manifest(tmp_path / "up")
    raw = json.loads((tmp_path / "manifest.json").read_text())
    (tmp_path / "manifest.json").write_text(json.dumps({**raw, "sites": [{"id": 1}]}))
    with pytest.raises(CrawlError, match="damaged"):
        read_manifest(tmp_path)


def test_a_full_disk_leaves_whole_records(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    script = f"""
import os, resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from crawler.archive import ArchiveWriter, Exchange
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
with ArchiveWriter(Path({str(tmp_path)!r}), "run-1", "test/1") as archive:
    try:
        for number in range(1000):
            archive.write(Exchange("https://a.example/", "GET", [], 200, "OK", [], os.urandom(20_000), datetime.now(UTC)))
    except OSError as error:
        print(number, error.errno)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    written = int(done.stdout.split()[0])
    assert 5 <= written <= 10
    with (tmp_path / "archive" / "run-1-00001.warc.gz").open("rb") as file:
        assert sum(record.record_type == WarcRecordType.response for record in ArchiveIterator(file)) == written
