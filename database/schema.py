"""The schema's version: know whose database it is, and run the migrations that it lacks."""

from importlib import resources

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.schema import SetColumnComment, SetTableComment

from database.errors import DatabaseError
from database.models import Model

#: Table in which Alembic notes the version. Its name is ours, so another program's database is recognized.
VERSION_TABLE = "clinicwatch_schema"
#: Any number will do, as long as no other program on the server uses it: held while the schema changes on PostgreSQL.
LOCK = 20261124


def is_current(connection: Connection, place: str) -> bool:
    """Tell whether the schema is the newest one; False when it is older or not there yet.

    Raises:
        DatabaseError: the tables are another program's, or were made by newer software.
    """
    tables = set(inspect(connection).get_table_names())
    if tables and VERSION_TABLE not in tables:
        raise DatabaseError(
            f"this database belongs to another program (it has a table '{min(tables)}')",
            place,
            "Name a new file or an empty database; this one was left as it is.",
        )
    history = ScriptDirectory.from_config(_config(connection))
    newest = history.get_current_head()
    current = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_revision()
    if current is not None and current not in {script.revision for script in history.walk_revisions()}:
        raise DatabaseError(
            f"the database was made by a newer clinicwatch (schema {current}, known here: {newest})",
            place,
            "Upgrade clinicwatch, or name another database; this one was left as it is.",
        )
    return current == newest


def bring_up_to_date(connection: Connection, place: str) -> None:
    """Create or upgrade the schema inside the caller's transaction, which writes."""
    on_postgresql = connection.dialect.name == "postgresql"
    if on_postgresql:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    if is_current(connection, place):
        return
    command.upgrade(_config(connection), "head")
    if on_postgresql:
        _describe(connection)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(resources.files("database").joinpath("migrations")))
    config.attributes.update(connection=connection, version_table=VERSION_TABLE)
    return config


def _describe(connection: Connection) -> None:
    """Send the comments of tables and columns; the models hold them once, so migrations do not repeat them."""
    for table in Model.metadata.sorted_tables:
        connection.execute(SetTableComment(table))
        for column in table.columns:
            connection.execute(SetColumnComment(column))
