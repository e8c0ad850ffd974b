"""Recognise the pages that a server sends in place of the one asked for: bot walls, log-ins, parked domains."""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from crawler.errors import CrawlError

#: How much of a page is looked at; walls are small.
LOOKED_AT = 60_000
#: A page with more visible words than this is a page, whatever it speaks of.
MOST_WORDS = 150


class WallRule(BaseModel):
    """One rule of rules/walls.yml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    status: tuple[int, ...]
    pattern: str
    max_words: int = Field(ge=1, le=MOST_WORDS)
    reason: str
    example: str


@dataclass(frozen=True, slots=True)
class Wall:
    """A recognised wall: the rule, and the sentence for the coverage table."""

    rule: str
    reason: str


def recognise_wall(status: int, markup: str, words: int) -> Wall | None:
    """Return what stands in place of the page with this `markup` and so many visible `words`; None when it is a page."""
    if words > MOST_WORDS:
        return None
    looked_at = markup[:LOOKED_AT]
    for rule, pattern in wall_rules():
        if words <= rule.max_words and (not rule.status or status in rule.status) and pattern.search(looked_at):
            return Wall(rule.id, rule.reason)
    return None


@lru_cache(maxsize=1)
def wall_rules() -> tuple[tuple[WallRule, re.Pattern[str]], ...]:
    """Read rules/walls.yml; raises CrawlError, naming the rule, for one that is malformed or does not fit its example."""
    raw = yaml.safe_load(files("crawler").joinpath("rules", "walls.yml").read_text(encoding="utf-8"))
    rules = []
    for number, fields in enumerate(raw, start=1):
        try:
            rule = WallRule(**fields)
            pattern = re.compile(rule.pattern, re.IGNORECASE)
        except (ValidationError, TypeError, re.error) as error:
            raise CrawlError(f"rules/walls.yml, rule {number}: {error}") from error
        if not pattern.search(rule.example):
            raise CrawlError(f"rules/walls.yml, rule {rule.id}: its pattern does not find its own example.")
        rules.append((rule, pattern))
    return tuple(rules)
