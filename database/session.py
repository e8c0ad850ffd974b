"""Open a database: connect, refuse what is not ours, and bring the schema to the newest form."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from database.address import database_url, shown
from database.errors import DatabaseError
from database.schema import bring_up_to_date, is_current
from database.trouble import explained

#: Milliseconds that a writer waits for another one on SQLite. One page is written in a few milliseconds, so half a
#: minute only passes when another program holds the file.
BUSY_TIMEOUT = 30_000
#: Marks a connection whose next transaction will write; see `_begin_sqlite`.
WRITING = "clinicwatch_writing"


def open_database(address: str, must_exist: bool = False) -> Engine:
    """Open the database at a file path or SQLAlchemy URL; create its schema, or upgrade an older one.

    With `must_exist` a SQLite file that is not there is an error instead of a new, empty database.

    Raises:
        DatabaseError: it cannot be opened, belongs to another program, or is newer than this software.
    """
    url = database_url(address)
    if url.get_backend_name() == "sqlite":
        _check_file(url, must_exist)
    # Page text is hostile and long: parameters never appear in messages or logs.
    engine = create_engine(url, hide_parameters=True)
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    try:
        with engine.connect() as connection:
            _bring_up_to_date(connection, shown(url))
    except DBAPIError as error:
        engine.dispose()
        raise explained(error, url) from error
    except BaseException:
        engine.dispose()
        raise
    return engine


def _bring_up_to_date(connection: Connection, place: str) -> None:
    # Looking first needs no right to write, so reports can be made from a database on a read-only medium.
    with connection.begin():
        current = is_current(connection, place)
    if current:
        return
    with writing(connection):
        bring_up_to_date(connection, place)
    if connection.dialect.name == "sqlite":
        # Kept in the file from here on: readers do not wait for the writer, and after a kill no repair is needed.
        # SQLAlchemy would open a transaction for it, in which SQLite refuses; the driver's own connection does not.
        cursor = connection.connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.close()


@contextmanager
def writing(connection: Connection) -> Iterator[Connection]:
    """Run one transaction that writes: all of it is kept, or nothing.

    Raises:
        DatabaseError: the database refused (disk full, read-only, locked, connection lost).
    """
    connection.info[WRITING] = True
    try:
        with connection.begin():
            yield connection
    except DBAPIError as error:
        raise explained(error, connection.engine.url) from error
    finally:
        connection.info.pop(WRITING, None)


def _check_file(url: URL, must_exist: bool) -> None:
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        return
    path = Path(url.database)
    if path.is_dir():
        raise DatabaseError(
            "this is a folder, not a database file", str(path), "Name a file in it, like clinicwatch.db."
        )
    if not path.parent.is_dir():
        raise DatabaseError(
            "the folder does not exist", str(path.parent), "Create it, or name a file in another folder."
        )
    if must_exist and not path.exists():
        raise DatabaseError("there is no such database", str(path), "Check the path, or run a scan first.")


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Set what SQLite forgets between connections."""
    # The driver's own transaction handling leaves schema changes outside of transactions; _begin_sqlite takes over.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the lock at once: one that first reads and then writes would fail instead of waiting its turn.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.info.get(WRITING) else "BEGIN")
