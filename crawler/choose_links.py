"""Choose which addresses of a page to ask for: those of the same site, treatment pages first, no traps."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

import tldextract
import yaml
from pydantic import BaseModel, ConfigDict
from selectolax.lexbor import LexborHTMLParser
from w3lib.url import safe_url_string

from crawler.public_address import literal_address
from crawler.site import Site

#: Where a page names further addresses: element and attribute.
PLACES = (("a[href]", "href"), ("area[href]", "href"), ("iframe[src]", "src"), ("frame[src]", "src"))
REL = ("canonical", "alternate", "next", "prev")
#: A page with more links than this is a trap or a directory; the first ones are what a reader sees first.
MAX_LINKS = 3_000

# The list of public suffixes inside the package; it is never fetched.
_suffixes = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Group(_Strict):
    priority: int
    words: tuple[str, ...]


class _Never(_Strict):
    path: str
    query: str
    endings: frozenset[str]


class _Trap(_Strict):
    max_length: int
    max_segments: int
    max_parameters: int
    max_repeats: int
    max_same_path: int
    max_same_shape: int


class LinkRules(_Strict):
    """rules/links.yml."""

    first: tuple[_Group, ...]
    last: _Group
    never: _Never
    trap: _Trap
    tracking: frozenset[str]


@dataclass(frozen=True, slots=True)
class Link:
    """An address found on a page, in one spelling; `text` is what a visitor would click on."""

    address: str
    text: str = ""


@lru_cache(maxsize=1)
def link_rules() -> LinkRules:
    """Read rules/links.yml."""
    return LinkRules(**yaml.safe_load(files("crawler").joinpath("rules", "links.yml").read_text(encoding="utf-8")))


@lru_cache(maxsize=10_000)
def registrable_domain(host: str) -> str:
    """Return the part of `host` that somebody registered ("shop.clinic.co.uk": "clinic.co.uk"); an address is itself."""
    if literal_address(host) is not None:
        return host
    found = _suffixes(host)
    # A suffix that the list does not know, such as .example, is taken to be the last label.
    return found.top_domain_under_public_suffix or ".".join(host.split(".")[-2:])


def same_site(site: Site, address: str) -> bool:
    """Whether `address` belongs to `site`: same registrable domain, or a host that the site list names beside it."""
    host = (_split(address) or SplitResult("", "", "", "", "")).hostname or ""
    own = urlsplit(site.address).hostname or ""
    return bool(host) and (registrable_domain(host) == registrable_domain(own) or host in site.also)


def normalise(address: str, on: str = "") -> str:
    """Return `address`, relative to the page `on`, in one spelling without fragment and tracking; empty for no http(s) address."""
    try:
        parts = urlsplit(urljoin(on, address.strip()))
        host, port = (parts.hostname or "").lower().rstrip("."), parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.password:
        return ""
    shown = f"[{host}]" if ":" in host else host
    default = {"http": 80, "https": 443}[parts.scheme]
    authority = shown if port in (None, default) else f"{shown}:{port}"
    kept = [pair for pair in parts.query.split("&") if pair and pair.split("=")[0].lower() not in link_rules().tracking]
    path = re.sub("/{2,}", "/", parts.path) or "/"
    return str(safe_url_string(urlunsplit((parts.scheme, authority, path, "&".join(kept), ""))))


def links_of(tree: LexborHTMLParser, address: str) -> Iterator[Link]:
    """Yield the addresses that a page at `address` names, each once: what its head says first, then links, maps and frames."""
    base = tree.css_first("base[href]")
    on = urljoin(address, base.attributes.get("href") or "") if base is not None else address
    seen: set[str] = set()
    for raw, text in _raw_links(tree):
        found = normalise(raw, on)
        if found and found not in seen:
            seen.add(found)
            yield Link(found, text)
        if len(seen) >= MAX_LINKS:
            return


def _raw_links(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    for relation in REL:
        for node in tree.css(f"link[rel~={relation}][href]"):
            if "xml" not in (node.attributes.get("type") or "") and "json" not in (node.attributes.get("type") or ""):
                yield node.attributes.get("href") or "", ""
    for selector, attribute in PLACES:
        for node in tree.css(selector):
            yield node.attributes.get(attribute) or "", node.text(strip=True)[:200] if attribute == "href" else ""
    for node in tree.css("meta[http-equiv][content]"):
        # <meta http-equiv="refresh" content="0; url=/welcome">
        if (node.attributes.get("http-equiv") or "").lower() == "refresh":
            _, _, target = (node.attributes.get("content") or "").partition("=")
            if target:
                yield target.strip("'\" "), ""


def priority_of(link: Link) -> int:
    """Return how soon to ask for `link`; higher is sooner."""
    rules = link_rules()
    told = f"{urlsplit(link.address).path} {link.text}".lower()
    if any(word in told for word in rules.last.words):
        return rules.last.priority
    return max((group.priority for group in rules.first if any(word in told for word in group.words)), default=0)


def is_never_asked(address: str) -> bool:
    """Whether nothing for patients lies behind `address`: a picture, a log-in, a basket."""
    parts, never = urlsplit(address), link_rules().never
    ending = parts.path.rpartition("/")[2].rpartition(".")[2].lower()
    if "." in parts.path.rpartition("/")[2] and ending in never.endings:
        return True
    return bool(re.search(never.path, parts.path.lower()) or re.search(never.query, parts.query.lower()))


class Traps:
    """Remembers the shapes of one site's addresses, and says which is one too many."""

    def __init__(self) -> None:
        self._same_path: Counter[str] = Counter()
        self._same_shape: Counter[str] = Counter()

    def reason(self, address: str) -> str:
        """Return why `address` looks like one of an endless supply, and count it; empty when it does not."""
        parts, trap = urlsplit(address), link_rules().trap
        segments = [segment for segment in parts.path.split("/") if segment]
        if len(address) > trap.max_length:
            return f"the address is longer than {trap.max_length} characters"
        if len(segments) > trap.max_segments or any(n > trap.max_repeats for n in Counter(segments).values()):
            return "the path repeats itself or is very deep"
        if parts.query.count("&") + 1 > trap.max_parameters:
            return f"the address has more than {trap.max_parameters} parameters"
        if parts.query:
            self._same_path[parts.path] += 1
            if self._same_path[parts.path] > trap.max_same_path:
                return f"more than {trap.max_same_path} addresses differ in their parameters only"
        shape, numbers = re.subn(r"\d+", "0", f"{parts.path}?{parts.query}")
        if numbers >= 2:
            self._same_shape[shape] += 1
            if self._same_shape[shape] > trap.max_same_shape:
                return f"more than {trap.max_same_shape} addresses differ in their numbers only, like a calendar"
        return ""


def choose(site: Site, links: Iterable[Link]) -> list[Link]:
    """Return those of `links` that belong to `site` and may hold text for patients."""
    return [link for link in links if same_site(site, link.address) and not is_never_asked(link.address)]


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:
        return None
