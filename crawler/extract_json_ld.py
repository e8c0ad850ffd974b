"""The strings of JSON-LD that readers meet in search results: answers, descriptions, reviews, offers."""

import json
import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

#: Keys whose string values are words for people. Others (@id, url, telephone, datePublished ...) are not text.
READABLE = frozenset(
    [
        "name",
        "headline",
        "alternativeHeadline",
        "description",
        "text",
        "articleBody",
        "reviewBody",
        "slogan",
        "disambiguatingDescription",
        "caption",
        "abstract",
        "about",
        "keywords",
        "award",
        "knowsAbout",
        "mainEntityOfPage",
        "serviceType",
        "category",
        "answerExplanation",
        "alternateName",
        "medicalSpecialty",
        "availableService",
        "indication",
        "possibleTreatment",
        "epidemiology",
        "jobTitle",
    ]
)
#: Deeper nesting is no description of a page.
MAX_DEPTH = 40
#: Text in quotes after a readable key, for JSON that does not parse, e.g. a line break inside "text": "...".
_LOOSE = re.compile(r'"(?P<key>\w+)"\s*:\s*"(?P<value>(?:[^"\\]|\\.)*)"', re.DOTALL)


def json_ld_texts(script: str) -> Iterator[tuple[str, str]]:
    """Yield (path, text) for each readable string of one JSON-LD script; broken JSON still yields what can be told.

    >>> list(json_ld_texts('{"@type": "Answer", "text": "Yes, it is safe."}'))
    [('text', 'Yes, it is safe.')]
    """
    try:
        data = json.loads(script, strict=False)
    except (ValueError, RecursionError):
        for number, match in enumerate(_LOOSE.finditer(script)):
            if match["key"] in READABLE:
                yield f"broken[{number}].{match['key']}", _plain(_unescape(match["value"]))
        return
    yield from _walk(data)


def _walk(data: Any) -> Iterator[tuple[str, str]]:
    stack: list[tuple[str, str, Any, int]] = [("", "", data, 0)]
    while stack:
        path, key, value, depth = stack.pop()
        if depth > MAX_DEPTH:
            continue
        if isinstance(value, dict):
            entries = [
                (f"{path}.{name}" if path else str(name), str(name), item, depth + 1) for name, item in value.items()
            ]
            stack.extend(reversed(entries))
        elif isinstance(value, list):
            stack.extend(reversed([(f"{path}[{number}]", key, item, depth + 1) for number, item in enumerate(value)]))
        elif (
            isinstance(value, str)
            and key in READABLE
            and not value.startswith(("http://", "https://"))
            and value.strip()
        ):
            yield path, _plain(value)


def _plain(text: str) -> str:
    """Return `text` without markup: answers often hold HTML."""
    if "<" not in text and "&" not in text:
        return text
    body = LexborHTMLParser(text).body
    return body.text(separator=" ") if body is not None else text


def _unescape(text: str) -> str:
    return text.replace("\\n", " ").replace('\\"', '"').replace("\\/", "/").replace("\\\\", "\\")
