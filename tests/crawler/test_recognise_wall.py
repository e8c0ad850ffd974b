import pytest

from crawler.recognise_wall import recognise_wall, wall_rules


@pytest.mark.parametrize("rule", [rule for rule, _ in wall_rules()], ids=lambda rule: rule.id)
def test_each_rule_recognises_its_example(rule: object) -> None:
    found = recognise_wall(200, rule.example, 8)  # type: ignore[attr-defined]
    assert found is not None
    assert found.reason


def test_a_real_page_with_a_form_and_its_captcha_is_a_page() -> None:
    markup = (
        "<h1>Contact</h1>" + "<p>Call our clinic to ask about treatment.</p>" * 30 + '<div class="g-recaptcha"></div>'
    )
    assert recognise_wall(200, markup, 240) is None
    assert recognise_wall(200, markup, 100) is None


def test_a_short_page_without_signs_is_a_page() -> None:
    assert recognise_wall(200, "<h1>Opening hours</h1><p>Monday to Friday, nine to five.</p>", 8) is None
