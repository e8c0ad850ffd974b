"""The language of a page: what it declares, checked against what its words say."""

from crawler.page_text import PageText

#: Fewer words than this tell a detector nothing; the declared language is believed then, and English without one.
ENOUGH_WORDS = 12
#: So many characters tell a language as well as a whole page does, and take a tenth of the time.
ENOUGH_CHARACTERS = 1500


def language_of(page: PageText) -> str:
    """Return the ISO 639-1 code of the language that most of the page's own text is in.

    Clinics copy templates and leave `<html lang="en">` on a Spanish page, so the words decide where there are enough.
    """
    own = " ".join(block.text for block in page.blocks if not block.boilerplate)
    return language_of_text(own if len(own.split()) >= ENOUGH_WORDS else page.text, page.language or "en")


def language_of_text(text: str, otherwise: str = "en") -> str:
    """Return the ISO 639-1 code of the language of `text`, or `otherwise` where it is too short to tell."""
    if len(text.split()) < ENOUGH_WORDS:
        return otherwise
    # Imported here: loading its model takes longer than `clinicwatch --help` may.
    import py3langid

    code, _ = py3langid.classify(text[:ENOUGH_CHARACTERS])
    return str(code)
