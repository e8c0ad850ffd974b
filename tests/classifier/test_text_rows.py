import pytest

from classifier.checker import Checker
from classifier.errors import ClassifierError
from classifier.text_rows import check_rows, output_row, read_rows

LINES = [
    '{"id": "b", "text": "No side effects.", "heading": "Our stem cell therapy", "page": "p", "seq": 2}',
    "",
    '{"id": "x", "text": "Our opening hours are nine to five.", "labels": [], "note": 3}',
    '{"id": "a", "text": "Stem cell therapy for your knees", "page": "p", "seq": 1}',
]


def test_rows_come_back_in_their_order_with_the_keys_of_the_contract(checker: Checker) -> None:
    rows = read_rows(LINES, "rows.jsonl")
    found = [output_row(row, judged) for row, judged in check_rows(rows, checker)]
    assert [row["id"] for row in found] == ["b", "x", "a"]
    (claim,) = [claim for claim in found[0]["claims"] if claim["type"] == "safety"]
    assert list(claim) == ["type", "quote", "start", "end", "rating", "band", "score", "because", "evidence"]
    assert claim["quote"] == rows[0].text[claim["start"] : claim["end"]]
    assert 0 < claim["score"] <= 1
    assert claim["rating"] == "contradicted"
    assert found[1]["claims"] == []


@pytest.mark.parametrize(
    "line",
    ["{", "[]", '{"id": "a"}', '{"text": "b"}', '{"id": 1, "text": "b"}',
     '{"id": "a", "text": "b", "seq": "c"}', '{"id": "a", "text": "b", "heading": 3}'],
)  # fmt: skip
def test_a_malformed_row_is_named_by_its_line(line: str) -> None:
    with pytest.raises(ClassifierError, match=r"rows\.jsonl, line 2"):
        read_rows(['{"id": "z", "text": "fine"}', line], "rows.jsonl")


def test_the_same_rows_give_the_same_figures_in_any_company(checker: Checker) -> None:
    alone = [output_row(*pair) for pair in check_rows(read_rows(LINES[2:3], "r"), checker)]
    among = [output_row(*pair) for pair in check_rows(read_rows(LINES, "r"), checker)]
    assert alone[0] == among[1]
