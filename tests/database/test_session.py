import sqlite3

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, inspect, text

from database.errors import DatabaseError
from database.models import Model
from database.schema import VERSION_TABLE
from database.session import open_database
from database.views import FINDINGS_COLUMNS


def test_migrations_lead_to_the_models(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, Model.metadata) == []
        assert [column["name"] for column in inspect(connection).get_columns("findings")] == list(FINDINGS_COLUMNS)


def test_every_list_of_words_is_the_same_in_migrations_and_models(tmp_path):
    engine = open_database(str(tmp_path / "a.db"))
    with engine.connect() as connection:
        for table in Model.metadata.sorted_tables:
            wanted = {
                (str(rule.name), str(rule.sqltext)) for rule in table.constraints if isinstance(rule, CheckConstraint)
            }
            found = inspect(connection).get_check_constraints(table.name)
            assert {(rule["name"], " ".join(rule["sqltext"].split())) for rule in found} == wanted


def test_every_table_and_column_is_explained():
    for table in Model.metadata.sorted_tables:
        assert table.comment, table.name
        for column in table.columns:
            assert column.comment, f"{table.name}.{column.name}"
            assert column.comment.endswith((".", "...")), f"{table.name}.{column.name}"


def test_every_foreign_key_is_indexed():
    for table in Model.metadata.sorted_tables:
        firsts = {next(iter(table.primary_key.columns)).name}
        firsts |= {next(iter(index.columns)).name for index in table.indexes}
        for rule in table.constraints:
            if rule.__visit_name__ == "unique_constraint":
                firsts.add(next(iter(rule.columns)).name)
        for key in table.foreign_key_constraints:
            assert key.column_keys[0] in firsts, f"{table.name}.{key.column_keys}"


def test_postgresql_carries_the_explanations(postgresql_address):
    engine = open_database(postgresql_address)
    with engine.connect() as connection:
        columns = {column["name"]: column["comment"] for column in inspect(connection).get_columns("claim")}
    engine.dispose()
    assert columns["quote"] == "The exact words."


def test_opening_again_changes_nothing(tmp_path):
    path = tmp_path / "a.db"
    open_database(str(path)).dispose()
    before = path.read_bytes()
    engine = open_database(f"sqlite:///{path}")
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert connection.execute(text("PRAGMA busy_timeout")).scalar() > 0
    engine.dispose()
    assert path.read_bytes() == before


def test_refuses_a_newer_schema(tmp_path):
    path = tmp_path / "a.db"
    engine = open_database(str(path))
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))  # noqa: S608
    engine.dispose()
    with pytest.raises(DatabaseError, match=r"newer clinicwatch \(schema 9999.*Upgrade clinicwatch"):
        open_database(str(path))


def test_refuses_another_programs_database_and_leaves_it_alone(tmp_path):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(DatabaseError, match=r"another program .*'recipes'"):
        open_database(str(path))
    assert path.read_bytes() == before


def test_a_schema_that_broke_off_is_not_kept(tmp_path):
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as blocker:
        # The view's name is taken, so the last migration fails after three that worked.
        blocker.execute("CREATE TABLE findings (x)")
        blocker.execute(f"CREATE TABLE {VERSION_TABLE} (version_num TEXT PRIMARY KEY)")
    blocker.close()
    with pytest.raises(DatabaseError):
        open_database(str(path))
    tables = sqlite3.connect(path)
    assert {row[0] for row in tables.execute("SELECT name FROM sqlite_master WHERE type = 'table'")} == {
        "findings",
        VERSION_TABLE,
    }
    tables.close()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("{tmp}/missing/a.db", "the folder does not exist"),
        ("{tmp}", "this is a folder"),
        ("{tmp}/notes.txt", "not a database file"),
        ("mysql://u:hunter2@h/x", "unknown kind of database"),
        ("postgresql+psycopg2://u:hunter2@h/x", "unknown kind of database"),
        ("postgresql://u:hunter2@h:port/x", "not a valid database URL"),
        ("postgresql://u:hunter2@127.0.0.1:1/x?password=hunter2", "cannot be reached"),
        ("postgresql://u:hunter2@127.0.0.1:1/x?nonsense=hunter2", "an option that is not known"),
        ("", "empty"),
    ],
)
def test_an_address_that_cannot_be_opened_is_explained_without_its_password(tmp_path, address, said):
    (tmp_path / "notes.txt").write_text("not a database, but long enough to be taken for one" * 50)
    with pytest.raises(DatabaseError, match=said) as raised:
        open_database(address.format(tmp=tmp_path))
    assert raised.value.thing
    assert raised.value.place
    assert raised.value.fix
    assert "hunter2" not in str(raised.value)


def test_a_missing_file_is_not_created_where_it_must_exist(tmp_path):
    with pytest.raises(DatabaseError, match="there is no such database"):
        open_database(str(tmp_path / "a.db"), must_exist=True)
    assert list(tmp_path.iterdir()) == []
