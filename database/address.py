"""Turn what a user types (a file path or a database URL) into a SQLAlchemy URL, and show it without its password."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from database.errors import DatabaseError

#: What users may write before `://`, and the driver that is used for it.
DRIVERS = {
    "sqlite": "sqlite+pysqlite",
    "sqlite+pysqlite": "sqlite+pysqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
FORMS = "Give the path of a SQLite file, or postgresql://user@host/name."


def database_url(address: str) -> URL:
    """Read `clinicwatch.db`, `sqlite:///clinicwatch.db` or `postgresql://user:password@host/name`.

    Raises:
        DatabaseError: the address is empty or not understood, or names another kind of database.
    """
    if not address.strip():
        raise DatabaseError("the address is empty", "database", FORMS)
    if "://" not in address:
        return URL.create("sqlite+pysqlite", database=str(Path(address).expanduser()))
    scheme = address.split("://", 1)[0]
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        # The library's own message quotes the address, password and all, so only the scheme is repeated.
        raise DatabaseError("the address is not a valid database URL", f"{scheme}://...", FORMS) from None
    driver = DRIVERS.get(url.drivername)
    if driver is None:
        raise DatabaseError(f"unknown kind of database or driver '{url.drivername}'", f"{scheme}://...", FORMS)
    return url.set(drivername=driver)


def shown(url: URL) -> str:
    """Write the address for people: without password, and without the query, where a password may stand too."""
    if url.get_backend_name() == "sqlite":
        return url.database or ":memory:"
    return url.set(drivername="postgresql", query={}, password=None).render_as_string()
