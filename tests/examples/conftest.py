"""One scan of all example sites, run as a user would, shared by the tests that look at its results."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Connection

from database.queries import latest_check_run
from database.session import open_database


@dataclass(frozen=True)
class Scan:
    """What the scan left behind."""

    folder: Path
    code: int
    screen: str

    @property
    def database(self) -> str:
        return str(self.folder / "clinicwatch.sqlite")


@pytest.fixture(scope="session")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Scan:
    folder = tmp_path_factory.mktemp("scan")
    command = [
        sys.executable,
        "-m",
        "examples.demo",
        "--archive",
        str(folder / "archive"),
        "--reports",
        str(folder / "reports"),
    ]
    done = subprocess.run(
        [*command, "--database", str(folder / "clinicwatch.sqlite")],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    return Scan(folder, done.returncode, done.stdout + done.stderr)


@pytest.fixture
def connection(scan: Scan) -> Iterator[Connection]:
    engine = open_database(scan.database, must_exist=True)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def check_id(connection: Connection) -> str:
    latest = latest_check_run(connection)
    assert latest is not None
    return latest.id
