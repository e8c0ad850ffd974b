from dataclasses import replace

import pytest

from database.queries import findings_of_site
from reports.context import LONGEST, Context, context_of
from tests.reports.invented_run import CHECK, HARBOR


@pytest.fixture
def claim(connection):
    return findings_of_site(connection, CHECK, HARBOR.id)[0].claim


def standing_in(claim, text, passage, quote, kind="paragraph"):
    start = passage.index(quote)
    return replace(
        claim,
        kind=kind,
        around=text,
        around_start=1000,
        start=1000 + text.index(passage),
        passage=passage,
        quote=quote,
        quote_start=start,
        quote_end=start + len(quote),
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("One. Two! We cure it now. Three? Four.", Context("", "Two!", "We ", "cure", " it now.", "Three?", "")),
        ("One. Two.\nWe cure it now.\nThree. Four.", Context("Two.", "", "We ", "cure", " it now.", "", "Three.")),
        ("We cure it now.", Context("", "", "We ", "cure", " it now.", "", "")),
    ],
)
def test_the_nearest_sentences_are_shown(claim, text, shown):
    assert context_of(standing_in(claim, text, "We cure it now.", "cure")) == shown


def test_words_outside_of_the_running_text_have_no_neighbors(claim):
    shown = context_of(standing_in(claim, "One.\nWe cure it now.\nTwo.", "We cure it now.", "cure", "meta_description"))
    assert shown == Context("", "", "We ", "cure", " it now.", "", "")


def test_long_neighbors_are_cut(claim):
    text = "a" * 500 + " We cure it now. " + "b" * 500
    shown = context_of(standing_in(claim, text, "We cure it now.", "cure"))
    assert (shown.before, shown.after) == ("…" + "a" * LONGEST, "b" * LONGEST + "…")


def test_a_passage_that_does_not_stand_there_is_shown_alone(claim):
    moved = replace(standing_in(claim, "One. We cure it now. Two.", "We cure it now.", "cure"), start=1001)
    assert context_of(moved) == Context("", "", "We ", "cure", " it now.", "", "")
