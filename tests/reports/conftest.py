"""The invented run, saved once, and its reports, written once."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from database.session import open_database
from reports.write import write_reports
from tests.reports.invented_run import CHECK, save_everything


@pytest.fixture(scope="session")
def connection(tmp_path_factory):
    engine = open_database(str(tmp_path_factory.mktemp("database") / "clinicwatch.db"))
    with engine.connect() as connection:
        save_everything(connection)
        yield connection
    engine.dispose()


@pytest.fixture(scope="session")
def folder(connection, tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    write_reports(connection, CHECK, folder)
    return folder


@pytest.fixture(scope="session")
def html(folder):
    """Give a function that parses the report of a name."""
    return lambda name: LexborHTMLParser((folder / name).read_text(encoding="utf-8"))
