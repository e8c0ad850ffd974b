"""The folder of one crawl: its manifest, and a line for every address as soon as its visit has ended."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from crawler.capture import Capture
from crawler.site import Site

MANIFEST = "manifest.json"
CAPTURES = "captures.jsonl"
ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a crawl was: when, by which software, with which settings, of which sites.

    `ended` says what ended it (done, interrupted, disk_full) and is empty, like `finished_at`, while it runs or when it
    was killed. Times are aware and in UTC; `versions` and `settings` are plain JSON data.
    """

    run_id: str
    started_at: datetime
    finished_at: datetime | None
    ended: str
    versions: Mapping[str, str]
    settings: Mapping[str, Any]
    sites: tuple[Site, ...]


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest whole or not at all."""
    raw = asdict(manifest)
    raw["started_at"] = manifest.started_at.isoformat()
    raw["finished_at"] = manifest.finished_at.isoformat() if manifest.finished_at else None
    unfinished = folder / f"{MANIFEST}.part"
    with unfinished.open("w", encoding="utf-8") as file:
        json.dump(raw, file, indent=2, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(folder / MANIFEST)


class CaptureLog:
    """Appends captures to captures.jsonl, one JSON object a line, each handed to the operating system at once."""

    def __init__(self, folder: Path) -> None:
        self._file: IO[str] = (folder / CAPTURES).open("a", encoding="utf-8", newline="\n")

    def append(self, capture: Capture) -> None:
        """Write one capture; raises OSError when the disk is full."""
        raw = asdict(capture)
        raw["fetched_at"] = capture.fetched_at.isoformat()
        self._file.write(json.dumps(raw, ensure_ascii=False) + "\n")
        self._file.flush()

    def __enter__(self) -> "CaptureLog":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._file.close()
