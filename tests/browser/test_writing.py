"""The place to write: by keyboard, on a phone, kept over a reload, shown again, compared only after writing."""

from __future__ import annotations

from typing import Any

import pytest

from course.i18n import LANGUAGES
from course.ui.writing.content import writing_content
from course.writings import Writing
from tests.browser.conftest import PageWithLog
from tests.browser.tools import assert_offline, assert_quiet, axe_violations, no_sideways_scroll
from tests.browser.widget_page import show, tab_to

pytestmark = pytest.mark.browser
ASKED = Writing(
    "two-causes",
    {"en": "Name two *causes*: one with the pandemic, one without.", "zh": "写出两种原因：一种和疫情有关，一种无关。"},
    {"en": "Somebody wrote: closed doors; slow crews.", "zh": "有人写道：停业；人手生疏。"},
)
NOTHING = {"en": "You have not written anything here yet.", "zh": "这里你还什么都没有写。"}


def field(page: Any, language: str = "en", *, again: bool = False, text: str = "") -> None:
    show(page, "writing", writing_content(ASKED, "m01-expectation-gap", language, again=again), text=text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_written_by_keyboard_is_kept_told_and_shown_again(page_with_log: PageWithLog, language: str) -> None:
    page, log = page_with_log()
    field(page, language)
    tab_to(page, "textarea")
    page.keyboard.type("Rain.")
    page.keyboard.press("Enter")
    page.keyboard.type("A strike.")
    page.wait_for_function("saved.length && saved.at(-1).text === 'Rain.\\nA strike.'")
    assert ASKED.answer[language] not in page.inner_text("#widget")
    tab_to(page, "button")
    page.keyboard.press("Enter")
    assert ASKED.answer[language] in page.inner_text("#widget")
    assert axe_violations(page) == []
    field(page, language)
    assert page.locator("textarea").input_value() == "Rain.\nA strike."
    field(page, language, again=True)
    assert page.locator("blockquote").inner_text() == "Rain.\nA strike."
    assert ASKED.answer[language] in page.inner_text("#widget")
    assert page.locator("textarea").count() == 0
    assert axe_violations(page) == []
    assert_offline(log)
    assert_quiet(log)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_has_not_written_sees_no_answer_but_the_next_step(page_with_log: PageWithLog, language: str) -> None:
    page, _ = page_with_log()
    field(page, language)
    page.get_by_role("button").click()
    assert ASKED.answer[language] not in page.inner_text("#widget")
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    field(page, language, again=True)
    assert NOTHING[language] in page.inner_text("#widget")
    assert ASKED.answer[language] not in page.inner_text("#widget")


def test_a_text_that_only_the_notebook_kept_comes_back(page_with_log: PageWithLog) -> None:
    page, _ = page_with_log()
    field(page, text="From another computer.")
    assert page.locator("textarea").input_value() == "From another computer."


def test_it_fits_a_phone_in_both_themes(page_with_log: PageWithLog) -> None:
    page, _ = page_with_log(viewport={"width": 390, "height": 844})
    for dark in (False, True):
        show(page, "writing", writing_content(ASKED, "m10", "zh"), dark=dark, text="")
        page.get_by_role("textbox").fill("很长" * 1900)
        no_sideways_scroll(page)
        assert axe_violations(page, "#widget") == []


def test_a_dead_kernel_and_a_browser_without_memory_lose_nothing_in_silence(page_with_log: PageWithLog) -> None:
    page, log = page_with_log()
    field(page)
    page.evaluate("globalThis.kernelDead = true")
    page.get_by_role("textbox").fill("Still here.")
    page.get_by_role("textbox").blur()
    field(page)
    assert page.get_by_role("textbox").input_value() == "Still here."
    page.evaluate("void (Storage.prototype.setItem = () => { throw new Error('full'); })")
    page.get_by_role("textbox").fill("Not kept.")
    assert "does not let the course keep your text" in page.inner_text("#widget")
    assert_quiet(log)
