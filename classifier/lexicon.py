"""The lexicon of one language: cues of claims, qualifiers and contexts, read from YAML and compiled."""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Annotated, Any, Generic, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from classifier.claim import ClaimType, QualifierKind
from classifier.errors import ClassifierError

Examples = Annotated[tuple[str, ...], Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Cue(_Strict):
    """Words that speak for a claim of one type."""

    id: str = Field(pattern=r"^[a-z]+\.[a-z_]+$", description="claim type, a dot, and what the cue is")
    pattern: str = Field(description="Regular expression; {name} stands for a list of words.yml.")
    object: Literal["", "condition", "symptom_or_condition"] = Field(
        default="", description="What must follow within eight words for the cue to count."
    )
    only: Literal["", "fragment"] = Field(
        default="", description="fragment: counts in headings, cards and list items only."
    )
    examples: Examples = Field(description="Sentences in which it must be found.")
    counter_examples: tuple[str, ...] = Field(default=(), description="Sentences in which it must not be found.")

    @property
    def type(self) -> ClaimType:
        """The claim type the cue speaks for."""
        return ClaimType(self.id.split(".")[0])


class QualifierCue(_Strict):
    """Words that take a claim back or change who makes it."""

    id: str = Field(pattern=r"^[a-z_]+$")
    kind: QualifierKind
    pattern: str
    scope: Literal["forward", "backward", "both", "sentence", "items", "text"] = Field(
        description="forward, backward: up to `reach` words or a breaking word (but, however); both; the whole sentence; "
        "items: the sentence and the list or section that it introduces."
    )
    reach: int = Field(default=8, ge=1, le=40, description="Scope in words for forward, backward and both.")
    examples: Examples
    counter_examples: tuple[str, ...] = ()


class ContextCue(_Strict):
    """Headings and lead-ins that turn the fragments below them into claims, e.g. "Benefits of PRP:"."""

    id: str = Field(pattern=r"^[a-z]+\.[a-z_]+$")
    pattern: str
    items: Literal["any", "symptom_or_condition"] = Field(description="Which fragments below it count.")
    examples: Examples
    counter_examples: tuple[str, ...] = ()


Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Compiled(Generic[Entry]):
    """An entry of the lexicon beside its compiled pattern."""

    entry: Entry
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All cues of one language, in the order of their files."""

    language: str
    cues: tuple[Compiled[Cue], ...]
    qualifiers: tuple[Compiled[QualifierCue], ...]
    contexts: tuple[Compiled[ContextCue], ...]
    symptom: re.Pattern[str]
    breaking: re.Pattern[str]
    self_reference: re.Pattern[str]
    own_voice: re.Pattern[str]


@lru_cache(maxsize=8)
def load_lexicon(language: str) -> Lexicon:
    """Read the lexicon of `language` (a folder of classifier/lexicon/).

    Raises ClassifierError, naming file and entry, for an unknown language, an unknown key, a duplicate id or a pattern
    that does not compile.
    """
    words = _read_words(language)
    read = _Reader(language, words)
    return Lexicon(
        language=language,
        cues=read.entries("cues.yml", Cue),
        qualifiers=read.entries("qualifiers.yml", QualifierCue),
        contexts=read.entries("contexts.yml", ContextCue),
        symptom=read.compile("words.yml", "symptom", r"\b{symptom}\b"),
        breaking=read.compile("words.yml", "breaking", r"\b{breaking}\b|[;:–—]"),
        self_reference=read.compile("words.yml", "self_reference", r"\b{self_reference}\b"),
        own_voice=read.compile("words.yml", "own_voice", r"\b{own_voice}\b"),
    )


def languages() -> tuple[str, ...]:
    """Return the languages that have a lexicon."""
    return tuple(sorted(entry.name for entry in files("classifier").joinpath("lexicon").iterdir() if entry.is_dir()))


def _read(language: str, name: str) -> Any:
    path = files("classifier").joinpath("lexicon", language, name)
    if not path.is_file():
        raise ClassifierError(
            f"no lexicon file {name} for language '{language}'; languages are: {', '.join(languages())}"
        )
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _read_words(language: str) -> dict[str, str]:
    """Return, for each list of words.yml, one alternation of its entries, longest first."""
    lists = _read(language, "words.yml")
    words: dict[str, str] = {}
    for name, entries in lists.items():
        if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
            raise ClassifierError(f"lexicon/{language}/words.yml: '{name}' must be a list of words or patterns")
        words[name] = "(?:" + "|".join(sorted(entries, key=len, reverse=True)) + ")"
    return words


@dataclass(frozen=True, slots=True)
class _Reader:
    language: str
    words: dict[str, str]

    def compile(self, name: str, entry: str, pattern: str) -> re.Pattern[str]:
        try:
            for word, alternation in self.words.items():
                pattern = pattern.replace("{" + word + "}", alternation)
            if left := re.search(r"\{[a-z_]+\}", pattern):
                raise ClassifierError(
                    f"lexicon/{self.language}/{name}: '{entry}' names {left[0]}, which words.yml does not have"
                )
            return re.compile(pattern, re.IGNORECASE)
        except re.error as error:
            raise ClassifierError(
                f"lexicon/{self.language}/{name}: the pattern of '{entry}' does not compile: {error}"
            ) from error

    def entries(self, name: str, kind: type[Entry]) -> tuple[Compiled[Entry], ...]:
        compiled: list[Compiled[Entry]] = []
        seen: set[str] = set()
        for raw in _read(self.language, name):
            try:
                entry = kind(**raw)
            except (ValidationError, TypeError) as error:
                raise ClassifierError(f"lexicon/{self.language}/{name}, entry {raw!r:.80}: {error}") from error
            if raw["id"] in seen:
                raise ClassifierError(f"lexicon/{self.language}/{name}: the id '{raw['id']}' is given twice")
            seen.add(raw["id"])
            compiled.append(Compiled(entry, self.compile(name, raw["id"], raw["pattern"])))
        return tuple(compiled)
