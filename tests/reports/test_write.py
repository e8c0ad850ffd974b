import errno
import os

import pytest

from database.column_types import RunKind
from database.save import RunStart, start_run
from database.session import open_database
from reports.errors import ReportError
from reports.file_name import file_name
from reports.registry import REPORTS
from reports.whole_file import write_whole
from reports.write import write_reports
from tests.reports.invented_run import CHECK, CRAWL, HARBOR, NOON


def test_every_report_has_an_id_a_title_and_a_description():
    assert len({report.id for report in REPORTS}) == len(REPORTS)
    for report in REPORTS:
        assert report.id.isidentifier()
        assert report.title
        assert report.description.endswith(".")


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.id)
def test_each_report_alone_writes_the_files_it_names(connection, tmp_path, report):
    paths = write_reports(connection, CHECK, tmp_path / "new" / "folder", only=[report.id])
    assert paths
    assert set(paths) == {path for path in (tmp_path / "new" / "folder").rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"run_id": "no-run"}, "no such run"),
        ({"run_id": CRAWL}, "this is a crawl"),
        ({"run_id": CHECK, "only": ["pdf"]}, "no report 'pdf'.*overview"),
        ({"run_id": CHECK, "site": "x.example"}, "no site 'x.example'.*harborspine.example"),
    ],
)
def test_what_is_unknown_is_named_and_nothing_is_written(connection, tmp_path, arguments, said):
    with pytest.raises(ReportError, match=said):
        write_reports(connection, folder=tmp_path / "new", **arguments)
    assert not (tmp_path / "new").exists()


def test_an_empty_run_is_named(tmp_path):
    engine = open_database(str(tmp_path / "a.db"))
    with engine.connect() as connection:
        start_run(connection, RunStart(CRAWL, RunKind.CRAWL, NOON), [])
        start_run(connection, RunStart(CHECK, RunKind.CHECK, NOON, CRAWL), [])
        with pytest.raises(ReportError, match="the run holds no site"):
            write_reports(connection, CHECK, tmp_path / "reports")
    engine.dispose()


def test_a_folder_that_is_a_file_is_named(connection, tmp_path):
    (tmp_path / "file").write_text("here first")
    with pytest.raises(ReportError, match="cannot be made"):
        write_reports(connection, CHECK, tmp_path / "file")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_named(connection, tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(ReportError, match=os.strerror(errno.EACCES)):
        write_reports(connection, CHECK, tmp_path, site=HARBOR.id)


def test_a_place_that_cannot_be_written_is_named(connection, tmp_path):
    (tmp_path / "index.html").mkdir()
    with pytest.raises(ReportError, match=r"index\.html: the report cannot be written"):
        write_reports(connection, CHECK, tmp_path, only=["overview"])
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


def test_a_report_that_breaks_off_leaves_the_old_one(tmp_path):
    def pieces():
        yield "half of the new"
        raise RuntimeError("power failure")

    (tmp_path / "a.html").write_text("the old one")
    with pytest.raises(RuntimeError):
        write_whole(tmp_path / "a.html", pieces())
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.html", "the old one")]


@pytest.mark.parametrize("site_id", ["harborspine.example", "a-b_c.example", "xn--bcher-kva.example"])
def test_an_ordinary_host_stays_as_it_is(site_id):
    assert file_name(site_id, ".html") == f"{site_id}.html"


STRANGE = ["../../etc/passwd", "..", "", "a/b", "a\\b", "a:b", "A.example", "con", "nul.example", "x" * 500, "bücher"]
STRANGE += [".hid", "a\x00b", "\ud800", "-rf"]


@pytest.mark.parametrize("site_id", STRANGE)
def test_a_strange_id_becomes_a_safe_name(site_id):
    name = file_name(site_id, ".html")
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-_")
    assert name.startswith("site-")
    assert len(name) < 120


def test_different_ids_never_share_a_name():
    ids = [*STRANGE, "a-b", "a.example", "b-cher", "site-a-b", "a b", "a\tb"]
    assert len({file_name(site_id, "") for site_id in ids}) == len(ids)
