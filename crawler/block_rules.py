"""What counts as boilerplate or hidden text: tags, roles and class words, read from rules/boilerplate.yml."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class BlockRules:
    """The rules, ready for use on the tag and attributes of an element."""

    boilerplate_tags: frozenset[str]
    boilerplate_roles: frozenset[str]
    boilerplate_words: re.Pattern[str]
    hidden_words: re.Pattern[str]
    button_words: re.Pattern[str]

    def is_boilerplate(self, tag: str, attributes: Mapping[str, str | None]) -> bool:
        """Whether an element holds navigation, a footer or a cookie banner rather than the page's own text."""
        if tag in self.boilerplate_tags or (attributes.get("role") or "").lower() in self.boilerplate_roles:
            return True
        names = _names(attributes)
        return bool(names) and self.boilerplate_words.search(names) is not None

    def is_hidden(self, attributes: Mapping[str, str | None]) -> bool:
        """Whether a visitor cannot see an element at first (collapsed, for screen readers, styled away)."""
        if "hidden" in attributes or (attributes.get("aria-hidden") or "").lower() == "true":
            return True
        style = (attributes.get("style") or "").replace(" ", "").lower()
        if "display:none" in style or "visibility:hidden" in style:
            return True
        names = _names(attributes)
        return bool(names) and self.hidden_words.search(names) is not None

    def is_button(self, attributes: Mapping[str, str | None]) -> bool:
        """Whether a link looks like a button."""
        if (attributes.get("role") or "").lower() == "button":
            return True
        names = _names(attributes)
        return bool(names) and self.button_words.search(names) is not None


def _names(attributes: Mapping[str, str | None]) -> str:
    return f" {attributes.get('class') or ''} {attributes.get('id') or ''} ".lower() if attributes else ""


@lru_cache(maxsize=1)
def load_block_rules() -> BlockRules:
    """Read the rules; an unknown or missing key stops the program."""
    raw = yaml.safe_load(files("crawler").joinpath("rules", "boilerplate.yml").read_text(encoding="utf-8"))
    return BlockRules(
        boilerplate_tags=frozenset(raw.pop("boilerplate_tags")),
        boilerplate_roles=frozenset(raw.pop("boilerplate_roles")),
        boilerplate_words=_words(raw.pop("boilerplate_words")),
        hidden_words=_words(raw.pop("hidden_words")),
        button_words=_words(raw.pop("button_words")),
        **raw,
    )


def _words(words: list[str]) -> re.Pattern[str]:
    """Return a pattern that finds one of `words` as a whole class or id, or as one of its hyphenated parts."""
    return re.compile(r"(?<![a-z0-9])(?:" + "|".join(words) + r")(?![a-z0-9])")
