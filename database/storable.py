"""Make hostile text storable, and give the same words the same digest."""

import hashlib
import json
import re
import unicodedata
from typing import Any

#: NUL, which PostgreSQL refuses in text and SQLite's functions stop at, and halves of surrogate pairs (left behind by
#: JSON like "\\ud83d"), which cannot be written as UTF-8 at all.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(value: Any) -> Any:
    """Put U+FFFD in the place of each character that a database cannot hold; offsets stay what they were.

    Keys of objects are field names of our own and are left alone.
    """
    if isinstance(value, str):
        return UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {key: storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable(item) for item in value]
    return value


def text_digest(text: str) -> str:
    """Give `sha256:<hex>` of a text as UTF-8, so that anybody can check it with `sha256sum`."""
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def digest(*parts: object) -> str:
    """Give `sha256:<hex>` over plain values; where one part ends and the next begins matters."""
    return text_digest(json.dumps(parts, ensure_ascii=True, sort_keys=True))


def same_words(text: str) -> str:
    """Bring text to the form in which it is compared: "  FDA\u00a0Approved " and "fda approved" are the same words."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def statement_digest(type_: str, passage: str, quote: str) -> str:
    """Name a statement: the same wherever the same words of the same sentence are claimed."""
    return digest(type_, same_words(passage), same_words(quote))[len("sha256:") :][:32]
