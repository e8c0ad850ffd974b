"""How every question is put to the database; part of queries and summary."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select

from database.models import Capture, Claim, Page


def ask(connection: Connection, question: Select[*tuple[Any, ...]]) -> Sequence[Row[*tuple[Any, ...]]]:
    """Run one question and leave no transaction open behind it, so that a writer may follow on the same connection."""
    if connection.in_transaction():
        return connection.execute(question).all()
    with connection.begin():
        return connection.execute(question).all()


def on_pages(question: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Join claims with the captures and pages that they were found on."""
    return question.join_from(Claim, Capture, Capture.id == Claim.capture_id).join(Page, Page.id == Capture.page_id)
