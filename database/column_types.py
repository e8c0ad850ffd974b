"""Column types that mean the same on SQLite and PostgreSQL: UTC times, JSON, and text from a short list of words."""

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, DateTime, Dialect
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

#: Lists and objects: text on SQLite, the searchable `jsonb` on PostgreSQL.
Json = JSON().with_variant(JSONB(), "postgresql")


class RunKind(StrEnum):
    """What a run did: visit sites, or read and judge what an earlier run kept."""

    CRAWL = "crawl"
    CHECK = "check"


class UtcTime(TypeDecorator[datetime]):
    """A point in time, always aware and always UTC; SQLite has no time zones, so there it is stored as plain UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a time without a zone: nobody could tell later what it meant."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"time without a zone: {value.isoformat()}; use an aware UTC time")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware UTC time, whatever zone the server's session shows times in."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def one_of(column: str, words: Iterable[str]) -> CheckConstraint:
    """Allow only these words in a column; the constraint is named after it."""
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)
