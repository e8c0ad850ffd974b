"""Insert many rows at once and leave alone what is there already, on SQLite and PostgreSQL alike."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

from database.models import Model
from database.storable import storable

#: Keys a query. SQLite allows 32,766 parameters a statement and PostgreSQL 65,535; beyond some hundreds nothing is won.
CHUNK = 500

Item = TypeVar("Item")
Row = Mapping[str, Any]


def table_of(model: type[Model]) -> Table:
    """Give the table behind a model, for bulk work without the object layer."""
    table = model.__table__
    assert isinstance(table, Table)  # noqa: S101 - a fact about SQLAlchemy that its types do not tell
    return table


def chunks(items: Sequence[Item], size: int = CHUNK) -> Iterator[Sequence[Item]]:
    """Cut a sequence into pieces that fit one statement."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def insert_rows(connection: Connection, model: type[Model], rows: Sequence[Row]) -> None:
    """Insert rows; one that is there already is an error."""
    if rows:
        connection.execute(table_of(model).insert(), [storable(row) for row in rows])


def insert_new(connection: Connection, model: type[Model], rows: Sequence[Row], key: Sequence[str]) -> None:
    """Insert the rows whose unique key is not there yet."""
    if rows:
        statement = _insert(connection, table_of(model)).on_conflict_do_nothing(index_elements=key)
        connection.execute(statement, [storable(row) for row in rows])


def insert_or_update(connection: Connection, model: type[Model], rows: Sequence[Row], key: Sequence[str]) -> None:
    """Insert rows; where the unique key is there already, the newer values replace the older."""
    if rows:
        insert = _insert(connection, table_of(model))
        newer = {column: insert.excluded[column] for column in rows[0] if column not in key}
        connection.execute(
            insert.on_conflict_do_update(index_elements=key, set_=newer), [storable(row) for row in rows]
        )


def _insert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
