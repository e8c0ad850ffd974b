"""The whole scan of the example sites, held against what their authors expect of it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from sqlalchemy import Connection

from database.queries import coverage_of_site, findings_of_run, sites_of_run

SITES = Path(__file__).parents[2] / "examples" / "sites"
HOSTS = sorted(path.name for path in SITES.iterdir())
#: On the ten example sites 0.64 of the claims were found, and 0.87 of the findings were right; floors, for what may vary.
RECALL_FLOOR = 0.6
PRECISION_FLOOR = 0.82


@dataclass(frozen=True)
class Expected:
    """A claim the author of a site wrote, or a sentence that must or may be left alone."""

    host: str
    path: str
    quote: str
    types: frozenset[str]


def _expected(host: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((SITES / host / "expected.yml").read_text(encoding="utf-8"))
    return loaded


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()


def _claims(host: str) -> Iterator[Expected]:
    for page in _expected(host)["pages"]:
        for claim in page.get("claims") or []:
            yield Expected(host, page["path"], _fold(claim["quote"]), frozenset(claim["types"]))


def _sentences(host: str, key: str) -> Iterator[Expected]:
    for page in _expected(host)["pages"]:
        for quote in page.get(key) or []:
            yield Expected(host, page["path"], _fold(quote), frozenset())


@pytest.fixture
def found(connection: Connection, check_id: str) -> list[Expected]:
    return [
        Expected(
            str(urlsplit(row.page_address).hostname),
            urlsplit(row.page_address).path,
            _fold(row.quote),
            frozenset({row.type}),
        )
        for row in findings_of_run(connection, check_id)
    ]


def _same(one: str, other: str) -> bool:
    return one in other or other in one


def test_scan_ends_well_and_says_where_everything_is(scan: Any) -> None:
    assert scan.code == 0, scan.screen
    assert "report:" in scan.screen
    assert "database:" in scan.screen
    assert "Traceback" not in scan.screen


@pytest.mark.parametrize("host", HOSTS)
def test_coverage_is_as_expected(connection: Connection, check_id: str, host: str) -> None:
    site = next(site for site in sites_of_run(connection, check_id) if site.id.startswith(host))
    outcomes = Counter(coverage_of_site(connection, check_id, site.id).outcomes)
    expected = {outcome: count for outcome, count in _expected(host)["coverage"].items() if count}
    assert {
        key: count for key, count in outcomes.items() if key in expected or key not in ("redirected", "off_site")
    } == expected


def test_careful_hospital_yields_no_finding(found: list[Expected]) -> None:
    assert [finding for finding in found if finding.host == "northvale-hospital.example"] == []


def test_clean_sentences_are_left_alone(found: list[Expected]) -> None:
    clean = [sentence for host in HOSTS for sentence in _sentences(host, "clean")]
    wrong = [s for s in clean if any(f.host == s.host and f.path == s.path and f.quote == s.quote for f in found)]
    assert len(wrong) <= 0.06 * len(clean), wrong


def test_firm_claims_are_found(found: list[Expected]) -> None:
    wanted = [claim for host in HOSTS for claim in _claims(host)]
    by_page: dict[tuple[str, str], list[Expected]] = {}
    for finding in found:
        by_page.setdefault((finding.host, finding.path), []).append(finding)
    hit = [c for c in wanted if any(_same(c.quote, f.quote) for f in by_page.get((c.host, c.path), []))]
    missed = [c for c in wanted if c not in hit]
    assert len(hit) >= RECALL_FLOOR * len(wanted), f"{len(hit)} of {len(wanted)}; e.g. missed: {missed[:20]}"


def test_findings_are_mostly_right(found: list[Expected]) -> None:
    known: dict[str, list[str]] = {}
    for host in HOSTS:
        raw = _expected(host)
        every = [_fold(claim["quote"]) for claim in raw.get("every_page") or []]
        every += [_fold(quote) for quote in raw.get("every_page_borderline") or []]
        known[host] = [*every, *(c.quote for c in _claims(host)), *(s.quote for s in _sentences(host, "borderline"))]
    right = [f for f in found if any(_same(f.quote, quote) for quote in known[f.host])]
    wrong = [f for f in found if f not in right]
    assert len(right) >= PRECISION_FLOOR * len(found), f"{len(right)} of {len(found)}; e.g. wrong: {wrong[:20]}"
