import re
import string
from importlib import resources

import pytest

from database import word_lists
from evidence.find import Step
from evidence.records import Level, Mark, Record, Status
from reports.errors import ReportError
from reports.words import Words, words

KIND_OF = {member.model_fields["kind"].annotation.__args__[0] for member in Record.__origin__.__args__}
FAMILIES = {
    "outcome.{}.title": word_lists.OUTCOMES,
    "outcome.{}.meaning": word_lists.OUTCOMES,
    "type.{}.title": word_lists.CLAIM_TYPES,
    "type.{}.meaning": word_lists.CLAIM_TYPES,
    "rating.{}.title": word_lists.RATINGS,
    "rating.{}.meaning": word_lists.RATINGS,
    "band.{}": word_lists.BANDS,
    "kind.{}": word_lists.BLOCK_KINDS,
    "qualifier.{}": word_lists.QUALIFIERS,
    "step.{}": [step.value for step in Step],
    "record_kind.{}": KIND_OF,
    "level.{}": [level.value for level in Level],
    "status.{}": [status.value for status in Status],
    "mark.{}": [mark.value for mark in Mark],
    "overview.{}": ("sites", "unassessed", "types", "frequent", "outcomes"),
    "overview.column_{}": ("read", "missed", "conflict", "review", "supported"),
    "limits.{}": ("tool", "statements", "day", "evidence", "health"),
}


def used_keys():
    """Collect the keys that templates and code name in full."""
    folder = resources.files("reports")
    files = [*folder.iterdir(), *folder.joinpath("templates").iterdir()]
    texts = [file.read_text(encoding="utf-8") for file in files if file.name.endswith((".py", ".html"))]
    return {key for text in texts for key in re.findall(r"""\bsay\(f?["']([a-z_.]+)["'][,)]""", text)}


def test_every_word_of_every_list_has_its_wording():
    say = words("en")
    for family, members in FAMILIES.items():
        for member in members:
            assert say(family.format(member)), member


def test_every_key_in_use_is_there_and_every_text_is_used():
    families = {family.format(member) for family, members in FAMILIES.items() for member in members}
    assert used_keys() | families == set(words("en").texts)


def test_no_text_accuses_anybody():
    for text in words("en").texts.values():
        for form in [text] if isinstance(text, str) else text.values():
            assert not set(form.lower().translate(str.maketrans("", "", string.punctuation)).split()) & {
                "quack", "quacks", "scam", "fake", "fraud", "fraudulent", "lie", "lies", "deceive", "illegal",
            }  # fmt: skip


@pytest.mark.parametrize(
    ("key", "values", "said"),
    [
        ("greeting", {"name": "A"}, "Hello A"),
        ("count", {"n": 1}, "1 page"),
        ("count", {"n": 12_000}, "12,000 pages"),
        ("count", {"n": 0}, "0 pages"),
        ("greeting", {"name": "{0.__class__} {n}"}, "Hello {0.__class__} {n}"),
    ],
)
def test_names_are_filled_in(key, values, said):
    say = Words({"greeting": "Hello {name}", "count": {"one": "{n} page", "many": "{n} pages"}}, "en.yml")
    assert say(key, **values) == said


@pytest.mark.parametrize(("key", "values"), [("nothing", {}), ("greeting", {}), ("greeting", {"name": "A", "age": 3})])
def test_a_missing_key_or_value_is_loud(key, values):
    with pytest.raises(ReportError, match=key):
        Words({"greeting": "Hello {name}"}, "en.yml")(key, **values)


def test_an_unknown_language_is_loud():
    with pytest.raises(ReportError, match="no wording in 'xx'"):
        words("xx")
