"""Fold look-alike letters and invisible characters to plain ones, and remember where each character came from."""

import unicodedata
from dataclasses import dataclass

#: Letters of other scripts that look like Latin ones, e.g. "сure" spelled with a Cyrillic "с".
#: Taken from the shapes of the letters themselves; only lower-case and capital letters that are true doubles.
LOOK_ALIKES: dict[str, str] = {
    **dict(zip("асеорхуіјѕԁһӏԛԝ", "aceopxyijsdhlqw", strict=True)),
    **dict(zip("АВЕКМНОРСТХУІЈЅ", "ABEKMHOPCTXYIJS", strict=True)),
    **dict(zip("αονιρ", "aovip", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)),
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
    "‘": "'", "’": "'", "ʼ": "'", "“": '"', "”": '"', "«": '"', "»": '"',
    "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2007": " ", "\t": " ", "\n": " ", "\r": " ",
}  # fmt: skip

#: Characters that show nothing: zero-width spaces and joiners, soft hyphen, direction marks, byte order mark.
INVISIBLE = frozenset(
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as rules read it; `origin[i]` is the offset in the original text of its character `i`."""

    text: str
    origin: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the original text of the characters from `start` to `end` of the folded one."""
        if self.origin is None or start >= end:
            return start, end
        return self.origin[start], self.origin[end - 1] + 1


def fold(text: str) -> Folded:
    """Return `text` with look-alikes made Latin, compatibility forms made plain and invisible characters left out.

    "100% ѕafe" written with a Cyrillic "ѕ", or "cu<zero-width space>re", reads like the plain words to a patient, so it
    must read like them to the rules. A look-alike is folded only in a word that also holds Latin letters: a Russian
    page stays Russian.
    """
    if text.isascii() and not any(character in text for character in "\t\n\r"):
        return Folded(text, None)
    characters: list[str] = []
    origin: list[int] = []
    mixed = _mixed_words(text)
    for index, character in enumerate(text):
        if character in INVISIBLE:
            continue
        plain = LOOK_ALIKES.get(character, character)
        if plain.isalpha() and plain != character and not mixed[index]:
            plain = character
        elif plain == character and not character.isascii() and not character.isalpha():
            plain = unicodedata.normalize("NFKC", character)
        elif (
            "\uff01" <= character <= "\uff5e"
            or "\U0001d400" <= character <= "\U0001d7ff"
            or "\ufb00" <= character <= "\ufb06"
        ):
            plain = unicodedata.normalize("NFKC", character)  # full-width, mathematical and ligature letters
        characters.extend(plain)
        origin.extend([index] * len(plain))
    return Folded("".join(characters), tuple(origin))


def _mixed_words(text: str) -> list[bool]:
    """For each character, whether its word has at least one ASCII letter beside the others."""
    mixed = [False] * len(text)
    start = 0
    for index in range(len(text) + 1):
        if index < len(text) and (text[index].isalnum() or text[index] in INVISIBLE):
            continue
        word = text[start:index]
        if any("a" <= character.lower() <= "z" for character in word):
            mixed[start:index] = [True] * (index - start)
        start = index + 1
    return mixed
