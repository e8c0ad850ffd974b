from reports.write import write_reports
from tests.reports.invented_run import CHECK, HARBOR, SITES, WALLED


def text_of(node) -> str:
    return " ".join(node.text().split())


def rows(page, section):
    table = page.css_first(f"#{section}").parent.css_first("tbody")
    return [[text_of(cell) for cell in row.css("th, td")] for row in table.css("tr")]


def test_sites_stand_side_by_side_in_the_order_of_the_list(html):
    table = rows(html("index.html"), "sites")
    assert len(table) == len(SITES)
    assert table[0] == ["Harbor Spine Center https://harborspine.example/", "12 of 15", "3", "3", "2", "1"]
    assert table[2] == ["Walled Clinic not assessed https://walled.example/", "1 of 4", "3", *["unknown"] * 3]
    assert table[3][1:] == ["0 of 0", "0", *["unknown"] * 3]


def test_each_site_links_to_a_dossier_that_is_there(html, folder):
    links = [node.attributes["href"] for node in html("index.html").css("tbody a[href^='sites/']")]
    assert len(links) == len(SITES)
    assert all((folder / link).is_file() for link in links)


def test_without_dossiers_there_are_no_links_to_them(connection, tmp_path):
    write_reports(connection, CHECK, tmp_path, only=["overview"])
    assert "sites/" not in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_findings_are_counted_by_type_and_rating(html):
    assert [(row[0].split()[0], *row[1:]) for row in rows(html("index.html"), "types")] == [
        ("Cure", "1", "0", "0", "1"),
        ("Approval", "2", "0", "0", "2"),
        ("Safety", "0", "0", "1", "1"),
        ("Success", "0", "1", "0", "1"),
        ("Regrowth", "0", "1", "0", "1"),
    ]


def test_frequent_statements_name_their_pages_and_sites(html):
    items = html("index.html").css_first("#frequent").parent.css("li")
    assert len(items) == 5
    assert all("12 pages, 1 site" in text_of(item) for item in items)
    assert {item.css_first("mark").text() for item in items} >= {"FDA approved stem cells", "no risk at all"}


def test_what_was_not_assessed_says_why(html):
    section = text_of(html("index.html").css_first("#unassessed").parent)
    assert "Walled Clinic. 1 of 4 pages were read. Blocked: 3." in section
    assert "unreached.example. The site was not visited in this run. Nothing can be said about it." in section


def test_outcomes_of_the_run_are_counted(html):
    assert [(row[0], row[2]) for row in rows(html("index.html"), "outcomes")] == [
        ("Read", "15"),
        ("Almost empty", "1"),
        ("Blocked", "4"),
        ("Not there", "1"),
        ("Failed", "1"),
    ]


def test_one_site_alone_brings_no_words_or_numbers_of_others(connection, tmp_path):
    paths = write_reports(connection, CHECK, tmp_path, site=WALLED.id)
    assert {path.name for path in paths} == {
        "walled.example.html",
        "index.html",
        "findings.csv",
        "findings_columns.csv",
        "findings.jsonl",
    }
    overview = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert HARBOR.name not in overview
    assert "FDA approved" not in overview
    assert "in conflict with the evidence" not in overview
    assert (tmp_path / "findings.jsonl").read_text() == ""
