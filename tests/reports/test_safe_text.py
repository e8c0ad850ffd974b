import pytest

from reports.safe_text import safe_link, visible


@pytest.mark.parametrize(
    "address",
    ["https://a.example/", "http://a.example:8080/x?y=1#z", "https://a.example/%20", "https://bücher.example/é"],
)
def test_ordinary_addresses_become_links(address):
    assert safe_link(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//a.example/",
        "/relative",
        "https://",
        "https:a.example",
        "https://a.example/\u202efdp",
        "https://a.example/ b",
        "https://a.example\\@b.example/",
        "https://[bad/",
        "",
    ],
)
def test_everything_else_is_only_shown(address):
    assert safe_link(address) == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("safe\u202egpj.exe", "safe[U+202E]gpj.exe"),
        ("\u2066a\u2069", "[U+2066]a[U+2069]"),
        ("a\x00b\x1bc\x85", "a[U+0000]b[U+001B]c[U+0085]"),
        ("tab\tline\nשלום العربية 👩‍⚕️", "tab\tline\nשלום العربية 👩‍⚕️"),
    ],
)
def test_characters_that_hide_or_reorder_are_named(text, shown):
    assert visible(text) == shown
