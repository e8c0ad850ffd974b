"""Write a file whole or not at all: readers see the old one or the new one, never a half."""

import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from reports.errors import ReportError


def write_whole(path: Path, pieces: Iterable[str], encoding: str = "utf-8") -> Path:
    """Write pieces of text to a temporary file beside `path`, then put it in place; line ends stay as given.

    Raises:
        ReportError: the folder cannot be written or the disk is full.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("x", encoding=encoding, newline="") as file:
                file.writelines(pieces)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        fix = "Check its permissions and the space on the disk, or name another folder."
        raise ReportError(f"the report cannot be written ({error.strerror})", str(path), fix) from error
    return path
