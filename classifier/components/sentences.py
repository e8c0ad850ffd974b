"""Sentences of marketing text: full stops of abbreviations and initials do not end one, bullets and pipes do."""

import re

from spacy.language import Language
from spacy.tokens import Doc

#: A sentence may end after . ! ? … (and a closing quote or bracket) before a space and a capital, digit, quote or bullet,
#: e.g. "It works. Our patients ...", '"I can walk again." - Maria'. A spaced bullet or pipe always ends one,
#: e.g. "Knee pain • Back pain", "Stem Cell Therapy Austin | Lone Oak Clinic".
BOUNDARY = re.compile(r"(?P<stop>[.!?…]+[\"'”’)\]]*)\s+(?=[\"'“‘(\[¿¡]*[A-ZÀ-ÞА-Я0-9$•\-–—])|\s+[•·▪●|✓✔]\s+")

#: Words whose full stop does not end a sentence, e.g. "Dr. Reyes", "vs. surgery", "approx. 80 %", "Sra. Gómez".
ABBREVIATIONS = frozenset(
    [
        "dr",
        "drs",
        "mr",
        "mrs",
        "ms",
        "prof",
        "st",
        "vs",
        "etc",
        "e.g",
        "i.e",
        "inc",
        "ltd",
        "co",
        "corp",
        "no",
        "nos",
        "vol",
        "fig",
        "al",
        "approx",
        "est",
        "dept",
        "ave",
        "blvd",
        "rd",
        "u.s",
        "u.k",
        "a.m",
        "p.m",
        "m.d",
        "d.o",
        "d.c",
        "ph.d",
        "sr",
        "sra",
        "srta",
        "lic",
        "ing",
        "dra",
        "ud",
        "uds",
        "núm",
        "pág",
        "aprox",
        "ee.uu",
    ]
)
_LAST_WORD = re.compile(r"([\w.À-ÿ]+)\W*$")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) offsets of the sentences of `text`, without the white space around them.

    >>> [text[a:b] for text in ["Dr. Reyes treats knees. No surgery!"] for a, b in split_sentences(text)]
    ['Dr. Reyes treats knees.', 'No surgery!']
    """
    cuts: list[tuple[int, int]] = []
    start = 0
    for match in BOUNDARY.finditer(text):
        stop = match.group("stop")
        if stop is not None and stop.startswith(".") and _is_abbreviation(text[start : match.start()]):
            continue
        end = match.end("stop") if stop is not None else match.start()
        cuts.append((start, end))
        start = match.end()
    cuts.append((start, len(text)))
    return [trimmed for cut in cuts if (trimmed := _trim(text, *cut))[0] < trimmed[1]]


def _is_abbreviation(before: str) -> bool:
    last = _LAST_WORD.search(before[-24:])
    if last is None:
        return False
    word = last.group(1).lower()
    return word in ABBREVIATIONS or (len(word) == 1 and word.isalpha())


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


@Language.component("clinicwatch_sentences")
def sentences(doc: Doc) -> Doc:
    """Mark the first token of every sentence of `doc`."""
    starts = {start for start, _ in split_sentences(doc.text)}
    for token in doc:
        token.is_sent_start = token.idx in starts or token.i == 0
    return doc
