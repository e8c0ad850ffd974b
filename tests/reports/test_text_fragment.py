from urllib.parse import unquote

import pytest

from reports.text_fragment import text_fragment_link

PAGE = "https://a.example/p"


@pytest.mark.parametrize(
    ("address", "quoted", "link"),
    [
        (PAGE, "no risk", f"{PAGE}#:~:text=no%20risk"),
        (PAGE, "FDA-approved, safe", f"{PAGE}#:~:text=FDA%2Dapproved%2C%20safe"),
        (PAGE, "90 % & more", f"{PAGE}#:~:text=90%20%25%20%26%20more"),
        (PAGE, "dos\n  líneas", f"{PAGE}#:~:text=dos%20l%C3%ADneas"),
        (f"{PAGE}#part", "no risk", f"{PAGE}#part:~:text=no%20risk"),
        (f"{PAGE}?a=1", "x", f"{PAGE}?a=1#:~:text=x"),
        (PAGE, "", PAGE),
        (PAGE, "\ud800", f"{PAGE}#:~:text=%3F"),
    ],
)
def test_words_are_encoded_so_that_browsers_find_them(address, quoted, link):
    assert text_fragment_link(address, quoted) == link


def test_a_long_text_is_named_by_its_ends():
    link = text_fragment_link(PAGE, " ".join(f"word{n}" for n in range(30)))
    first, last = link.split("text=")[1].split(",")
    assert unquote(first) == "word0 word1 word2 word3 word4"
    assert unquote(last) == "word25 word26 word27 word28 word29"
