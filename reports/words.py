"""Every sentence that readers see, from wording/<language>.yml; an unknown key or a missing value is an error."""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from string import Formatter
from typing import Any

import yaml

from reports.errors import ReportError


class Words:
    """The wording of one language: `say("coverage.share", n=14, read=12)`.

    A text may hold `{names}`; a text of two forms, `one` and `many`, chooses by the value of `n`.
    """

    def __init__(self, texts: Mapping[str, str | Mapping[str, str]], place: str) -> None:
        """Keep the texts by their full keys; `place` is the file that they come from."""
        self.texts = texts
        self.place = place

    def __call__(self, key: str, **values: object) -> str:
        """Give the text of a key with its names filled in.

        Raises:
            ReportError: the key is not in the file, or the values are not those that the text names.
        """
        if key not in self.texts:
            raise ReportError(f"there is no text '{key}'", self.place, "Add it to the file.")
        text = self.texts[key]
        if not isinstance(text, str):
            text = text["one" if values.get("n") == 1 else "many"]
        wanted = {name for _, name, _, _ in Formatter().parse(text) if name}
        if not wanted <= values.keys() or values.keys() - wanted - {"n"}:
            thing = f"the text '{key}' names {sorted(wanted)}, but was given {sorted(values)}"
            raise ReportError(thing, self.place, "Name the same values in the text and where it is used.")
        return text.format(**{name: f"{value:,}" if type(value) is int else value for name, value in values.items()})


@cache
def words(language: str) -> Words:
    """Load the wording of a language (`en`).

    Raises:
        ReportError: there is no such language, or the file holds something that is not a text.
    """
    place = f"reports/wording/{language}.yml"
    file = resources.files("reports").joinpath("wording", f"{language}.yml")
    if not file.is_file():
        raise ReportError(f"there is no wording in '{language}'", place, "Add the file, or choose another language.")
    texts: dict[str, str | Mapping[str, str]] = {}
    _collect(yaml.safe_load(file.read_text(encoding="utf-8")), "", texts, place)
    return Words(texts, place)


def _collect(node: Any, key: str, texts: dict[str, str | Mapping[str, str]], place: str) -> None:
    is_mapping = isinstance(node, dict)
    if isinstance(node, str):
        texts[key] = node.strip()
    elif is_mapping and set(node) == {"one", "many"} and all(isinstance(text, str) for text in node.values()):
        texts[key] = {form: text.strip() for form, text in node.items()}
    elif is_mapping and node and all(isinstance(name, str) for name in node):
        for name, below in node.items():
            _collect(below, f"{key}.{name}" if key else name, texts, place)
    else:
        fix = "Write a text, a text of the forms 'one' and 'many', or keys with texts (yes, no and on need quotes)."
        raise ReportError(f"'{key}' is not a text", place, fix)
