from __future__ import annotations

from typing import Any

import pytest

from course.i18n import LANGUAGES
from course.manifest import syllabus
from course.questions import questions
from course.ui.prediction.content import prediction_content
from tests.browser.conftest import PageWithLog
from tests.browser.tools import assert_offline, assert_quiet, axe_violations, no_sideways_scroll
from tests.browser.widget_page import show, tab_to

pytestmark = pytest.mark.browser

MODULE = syllabus().module("m01")
ASKED = questions(MODULE).prediction("third-parcel")
MEMORY = f"course.guess.{MODULE.id}.{ASKED.key}"
VERDICT = {
    "en": "You guessed 4.0 stars. The answer is 4.3 stars: your guess was 0.3 too low.",
    "zh": "你猜 4.0 星，答案是 4.3 星：猜低了 0.3。",
}
AGAIN = {"en": "Guess again", "zh": "再猜一次"}


def ask(page: Any, language: str = "en", guess: float | None = None, **changes: Any) -> None:
    show(page, "prediction", {**prediction_content(ASKED, MODULE.id, language), **changes}, guess=guess)


def lock(page: Any, guess: float) -> None:
    page.get_by_role("slider").fill(str(guess))
    page.locator("button.main").click()


def known(page: Any) -> float | None:
    return page.evaluate("model.get('guess')")


@pytest.mark.parametrize("language", LANGUAGES)
def test_keyboard_alone_locks_a_guess_and_reads_the_answer(page_with_log: PageWithLog, language: str) -> None:
    page, log = page_with_log()
    ask(page, language)
    slider = page.get_by_role("slider", name=ASKED.question[language])
    tab_to(page, "input[type=range]")
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") == f"4.0 {ASKED.unit[language]}"
    assert ASKED.reveal[language] not in page.inner_text("body")
    tab_to(page, "button")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == VERDICT[language]
    assert slider.count() == 0
    text = page.inner_text("#widget")
    assert ASKED.reveal[language] in text
    assert ASKED.source[language] in text
    assert page.evaluate("saved.at(-1).guess") == 4.0
    assert_offline(log)
    assert_quiet(log)


def test_a_guess_survives_a_reload_and_tells_the_new_kernel(page_with_log: PageWithLog) -> None:
    page, _ = page_with_log()
    ask(page)
    lock(page, 2.5)
    ask(page)
    assert "You guessed 2.5 stars" in page.inner_text("#widget")
    assert page.get_by_role("slider").count() == 0
    assert page.evaluate("saved.map((each) => each.guess)") == [2.5]


def test_the_kernel_s_guess_counts_where_the_browser_has_none(page_with_log: PageWithLog) -> None:
    page, _ = page_with_log()
    ask(page, guess=3.5)
    assert "You guessed 3.5 stars" in page.inner_text("#widget")


def test_guessing_again_keeps_the_first_guess(page_with_log: PageWithLog) -> None:
    page, _ = page_with_log()
    ask(page)
    lock(page, 2.0)
    page.get_by_role("button", name=AGAIN["en"]).click()
    assert known(page) is None
    assert page.evaluate("document.activeElement.type") == "range"
    assert page.get_by_role("slider").input_value() == "2"
    assert "Your first guess was 2.0 stars; it stays noted." in page.inner_text("#widget")
    lock(page, 4.3)
    assert "You guessed 4.3 stars, and that is the answer." in page.inner_text("#widget")
    assert known(page) == 4.3
    ask(page)
    assert "Your first guess was 2.0 stars" in page.inner_text("#widget")
    assert page.evaluate(f"localStorage['{MEMORY}']") == '{"first":2,"guess":4.3}'


def test_a_guess_can_be_too_high(page_with_log: PageWithLog) -> None:
    page, _ = page_with_log()
    ask(page)
    lock(page, 5)
    assert "your guess was 0.7 too high" in page.inner_text("#widget")


def test_a_dead_kernel_does_no_harm(page_with_log: PageWithLog) -> None:
    page, log = page_with_log()
    ask(page)
    page.evaluate("globalThis.kernelDead = true")
    lock(page, 4)
    assert VERDICT["en"] in page.inner_text("#widget")
    ask(page)
    assert VERDICT["en"] in page.inner_text("#widget")
    assert_quiet(log)


def test_another_tab_shows_the_same_guess(page_with_log: PageWithLog) -> None:
    page, _ = page_with_log()
    ask(page)
    other = page.context.new_page()
    ask(other, "zh")
    lock(page, 4)
    other.get_by_text(VERDICT["zh"]).wait_for()
    assert known(other) == 4.0
    other.get_by_role("button", name=AGAIN["zh"]).click()
    page.get_by_role("slider").wait_for()
    assert known(page) is None


def test_a_change_of_language_keeps_the_guess(page_with_log: PageWithLog) -> None:
    page, _ = page_with_log()
    ask(page)
    lock(page, 4)
    page.evaluate("(content) => speak(content)", prediction_content(ASKED, MODULE.id, "zh"))
    assert VERDICT["zh"] in page.inner_text("#widget")
    assert page.locator("#widget").get_attribute("lang") == "zh-Hans"


def test_a_damaged_memory_asks_anew(page_with_log: PageWithLog) -> None:
    page, log = page_with_log()
    ask(page)
    for junk in ("not json", "7", '"text"', '{"guess": "many"}', '{"guess": 99}', "[]", "null"):
        page.evaluate("([key, junk]) => localStorage.setItem(key, junk)", [MEMORY, junk])
        ask(page)
        lock(page, 4)
        assert VERDICT["en"] in page.inner_text("#widget"), junk
    assert_quiet(log)


def test_texts_are_text_and_stars_are_emphasis(page_with_log: PageWithLog) -> None:
    page, _ = page_with_log()
    evil = "<img src=x onerror='globalThis.broken = 1'>"
    ask(page, question=f"A *small* **thing** {evil} 2 * 3 * 4 * 5* 6", reveal=evil, source=evil, unit=evil)
    lock(page, 4)
    assert evil in page.inner_text("#widget")
    assert page.locator("#widget img").count() == 0
    assert page.locator("#widget em").all_inner_texts() == ["small", "thing"]
    assert page.evaluate("globalThis.broken") is None


def test_its_clean_up_ends_its_listening(page_with_log: PageWithLog) -> None:
    page, _ = page_with_log()
    ask(page)
    other = page.context.new_page()
    ask(other)
    page.evaluate("cleanUp(); addEventListener('storage', (event) => (globalThis.heard = event.key))")
    lock(other, 4)
    page.wait_for_function("(key) => globalThis.heard === key", arg=MEMORY)
    assert page.get_by_role("slider").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_accessible_and_fits_a_phone(page_with_log: PageWithLog, language: str, scheme: str) -> None:
    page, _ = page_with_log(color_scheme=scheme, viewport={"width": 390, "height": 800}, reduced_motion="reduce")
    ask(page, language)
    assert axe_violations(page, "#widget") == []
    no_sideways_scroll(page)
    lock(page, 1)
    page.get_by_role("button", name=AGAIN[language]).click()
    lock(page, 5)
    assert axe_violations(page, "#widget") == []
    no_sideways_scroll(page)
    edge = page.locator(".prediction-tag.guess").bounding_box()
    assert edge is not None
    assert edge["x"] + edge["width"] <= 390
