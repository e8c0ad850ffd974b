"""Databases for tests: an SQLite file, and a PostgreSQL server of our own where its programs are installed."""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import text

from database.session import open_database

#: Where Debian and others keep the server's programs, which are usually not on the search path.
SERVER_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


@pytest.fixture(scope="session")
def postgresql_address():
    """Start a server on a socket in a new folder; skip where there is none to start."""
    if not SERVER_PROGRAMS or not (SERVER_PROGRAMS[-1] / "initdb").exists():
        pytest.skip("no PostgreSQL server programs under /usr/lib/postgresql")
    # The server refuses to run as root; `nobody` owns nothing else.
    user = {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    if user:
        shutil.chown(folder, "nobody")

    def program(name, *arguments):
        command = [SERVER_PROGRAMS[-1] / name, "-D", folder / "data", *arguments]
        subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, timeout=60, **user)

    program("initdb", "--auth=trust", "--username=tester", "--encoding=UTF8", "--no-sync", "--locale=C")
    program("pg_ctl", "start", "-w", "-l", folder / "log", "-o", f"-k {folder} -c listen_addresses='' -c fsync=off")
    try:
        yield f"postgresql://tester@/postgres?host={folder}"
    finally:
        program("pg_ctl", "stop", "-m", "immediate")
        shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request, tmp_path):
    if request.param == "sqlite":
        engine = open_database(str(tmp_path / "clinicwatch.db"))
        yield engine
        engine.dispose()
        return
    engine = open_database(request.getfixturevalue("postgresql_address"))
    yield engine
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()


@pytest.fixture
def connection(engine):
    with engine.connect() as connection:
        yield connection
