"""Read which sites to crawl from the arguments of the command line: addresses and CSV files."""

import csv
import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from crawler.errors import CrawlError
from crawler.public_address import private_reason
from crawler.site import Site

COLUMNS = ("address", "id", "name", "country", "state", "why_listed", "also")
#: A list longer than this is not one that a person wrote; 2,750 clinics fit into half a megabyte.
MAX_BYTES = 16 * 1024 * 1024
HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\.?", re.IGNORECASE)
SITE_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,119}")


def read_sites(arguments: Sequence[str], *, allow_private: bool = False) -> tuple[Site, ...]:
    """Return the sites that `arguments` name, in their order; each is an http(s) address or a CSV file of them.

    Raises CrawlError, naming file, line, column and fix, for the first entry that cannot be crawled; hosts of private
    networks are refused unless `allow_private`.
    """
    if not arguments:
        raise CrawlError(
            "no site is named. Give an address (https://clinic.example) or a CSV file with a column 'address'."
        )
    sites: list[Site] = []
    places: dict[str, str] = {}
    for argument in arguments:
        for site, place in _sites_of(argument, allow_private):
            if site.id in places:
                raise CrawlError(
                    f"{place}: the site '{site.id}' is named twice, first in {places[site.id]}. Remove one."
                )
            places[site.id] = place
            sites.append(site)
    return tuple(sites)


def _sites_of(argument: str, allow_private: bool) -> Iterator[tuple[Site, str]]:
    if "://" not in argument and (argument.lower().endswith(".csv") or Path(argument).exists()):
        yield from _sites_of_file(Path(argument), allow_private)
        return
    yield _site({"address": argument}, argument, allow_private), argument


def _sites_of_file(path: Path, allow_private: bool) -> Iterator[tuple[Site, str]]:
    lines = _content(path).splitlines(keepends=True)
    try:
        reader = csv.DictReader(lines, strict=True)
        _check_columns(path, reader.fieldnames or [])
        found = False
        for row in reader:
            place = f"{path}, line {reader.line_num}"
            if None in row:
                raise CrawlError(f"{place}: more values than columns. Put a value that holds a comma into quotes.")
            if not any((value or "").strip() for value in row.values()):
                continue
            found = True
            yield _site({key: (value or "").strip() for key, value in row.items()}, place, allow_private), place
    except csv.Error as error:
        raise CrawlError(f"{path}, line {reader.line_num}: not readable as CSV ({error}).") from error
    if not found:
        raise CrawlError(f"{path}: lists no site. Write one address a line below the line of column names.")


def _content(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CrawlError(f"{path}: larger than {MAX_BYTES // 2**20} MB, so hardly a list of sites. Split it.")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CrawlError(f"{path}: not UTF-8 text (byte {error.start}). Save the file as UTF-8.") from error
    except OSError as error:
        raise CrawlError(
            f"{path}: {error.strerror}. Give the path of a CSV file, or an address that begins with https://."
        ) from error


def _check_columns(path: Path, columns: Sequence[str]) -> None:
    for number, column in enumerate(columns, start=1):
        if column not in COLUMNS:
            close = difflib.get_close_matches(column.strip().lower(), COLUMNS, n=1, cutoff=0.5)
            hint = f"did you mean '{close[0]}'?" if close else f"known are {', '.join(COLUMNS)}."
            raise CrawlError(f"{path}, line 1, column {number}: there is no column '{column}'; {hint}")
        if column in columns[: number - 1]:
            raise CrawlError(f"{path}, line 1, column {number}: the column '{column}' is there twice. Remove one.")
    if "address" not in columns:
        raise CrawlError(f"{path}, line 1: there is no column 'address'. Name the column that holds the addresses so.")


def _site(row: Mapping[str, str], place: str, allow_private: bool) -> Site:
    address, host = _checked_address(row["address"], place, allow_private)
    also = tuple(row.get("also", "").lower().split())
    for other in also:
        _check_host(other, f"{place}, column also", allow_private)
    identifier = row.get("id") or host
    if not SITE_ID.fullmatch(identifier):
        raise CrawlError(
            f"{place}, column id: '{identifier}' may hold lower-case letters, digits, '.', '-' and '_' only."
        )
    country, state = row.get("country", "").upper(), row.get("state", "").upper()
    if country and not re.fullmatch("[A-Z]{2}", country):
        raise CrawlError(f"{place}, column country: '{country}' is no two-letter code. Write US, MX, GB.")
    return Site(identifier, address, row.get("name", ""), country, state, row.get("why_listed", ""), also)


def _checked_address(address: str, place: str, allow_private: bool) -> tuple[str, str]:
    """Return the address with its path at least "/", and its host in lower case."""
    if not address:
        raise CrawlError(f"{place}, column address: empty. Write the address of the site's first page.")
    at = place if place == address else f"{place}, column address: {address}"
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError as error:
        raise CrawlError(f"{at}: not an address ({error}).") from error
    if "://" not in address:
        raise CrawlError(f"{at}: the scheme is missing. Write https://{address}")
    if parts.scheme.lower() not in ("http", "https"):
        raise CrawlError(f"{at}: only http and https are read, not '{parts.scheme}'.")
    if parts.username or parts.password:
        raise CrawlError(f"{at}: leave user name and password out; pages behind a login are not read.")
    _check_host(host, at, allow_private)
    shown = f"[{host}]" if ":" in host else host
    authority = f"{shown}:{port}" if port else shown
    query = f"?{parts.query}" if parts.query else ""
    return (
        f"{parts.scheme.lower()}://{authority}{parts.path or '/'}{query}",
        host if ":" not in host else f"ipv6{host.replace(':', '-')}",
    )


def _check_host(host: str, at: str, allow_private: bool) -> None:
    try:
        plain = host if ":" in host else host.encode("idna").decode("ascii")
    except UnicodeError:
        plain = ""
    if ":" not in host and not HOST.fullmatch(plain):
        raise CrawlError(f"{at}: '{host}' is not the name of a host.")
    if not allow_private and (reason := private_reason(host)):
        raise CrawlError(f"{at}: {reason}. Crawls go to public sites; for a test of your own add --allow-private.")
