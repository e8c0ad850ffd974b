"""Fill in the HTML templates: everything from a page is escaped, and a name that is not given is an error."""

from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reports.context import context_of
from reports.safe_text import safe_link, visible
from reports.text_fragment import text_fragment_link
from reports.words import words

LANGUAGE = "en"

#: Kinds of place whose words a browser shows as text, so that a link can lead to them.
FINDABLE_KINDS = frozenset(
    {"heading", "paragraph", "list_item", "table_cell", "button", "link", "quote", "caption", "noscript"}
)


def render(template: str, **values: Any) -> str:
    """Give the HTML document of a template (`site_dossier.html`)."""
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = resources.files("reports").joinpath("templates", "style.css").read_text(encoding="utf-8")
    # Our own file, not a page's text: the one thing that goes into a document as it is.
    environment.globals.update(
        style=Markup(style),  # noqa: S704
        language=LANGUAGE,
        say=words(LANGUAGE),
        safe_link=safe_link,
        page_link=_page_link,
        context_of=context_of,
    )
    environment.filters.update(visible=visible, utc=_utc, words_of=_words_of, place_of=_place_of)
    return environment


def _utc(time: datetime | None) -> str:
    return time.strftime("%Y-%m-%d, %H:%M:%S UTC") if time else ""


def _words_of(slug: str) -> str:
    """Write an id of the evidence base as words: "knee-osteoarthritis" is "knee osteoarthritis"."""
    return slug.replace("-", " ").replace("_", " ")


def _place_of(jurisdiction: str) -> str:
    """Write the id of a jurisdiction as readers know it: "us-fl" is "US-FL", "world" stays."""
    return jurisdiction if len(jurisdiction.split("-")[0]) > 2 else jurisdiction.upper()


def _page_link(address: str, kind: str, hidden: bool, quoted: str) -> str:
    link = safe_link(address)
    return text_fragment_link(link, quoted) if link and kind in FINDABLE_KINDS and not hidden else link
