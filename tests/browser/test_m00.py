"""Module 0 in JupyterLab: it runs to its end though a box is broken on purpose, checks answer, and a text is saved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from course.i18n import LANGUAGES
from course.manifest import syllabus
from course.questions import questions
from tests.browser.conftest import PageWithLog
from tests.browser.test_lesson import complete_quiz, guess, lesson
from tests.browser.test_questions_in_jupyterlab import run_all
from tests.browser.tools import Served, assert_offline, assert_quiet, axe_violations

pytestmark = pytest.mark.browser
MODULE = syllabus().module("m00")


@pytest.mark.parametrize("language", LANGUAGES)
def test_module_0_runs_checks_and_keeps_what_is_written(
    server: Served, page_with_log: PageWithLog, language: str
) -> None:
    page, log = page_with_log(viewport={"width": 1200, "height": 1000})
    page.goto(server.url(f"lab/tree/{lesson(MODULE, language)}?reset"))
    run_all(page)
    for asked in questions(MODULE).predictions:
        guess(page, asked, language)
    field = page.locator("textarea.writing-field")
    field.scroll_into_view_if_needed()
    field.click()
    page.keyboard.type("Two sides")
    page.keyboard.press("Enter")
    page.keyboard.type("of one story.")
    copy = page.locator(".course-kept")
    copy.wait_for(state="attached")
    page.wait_for_function("document.querySelector('.course-kept').textContent.includes('of one story.')")
    assert field.input_value() == "Two sides\nof one story."
    assert not copy.is_visible()
    complete_quiz(page, MODULE)
    assert axe_violations(page, ".course") == []
    assert_offline(log)
    assert_quiet(log)


def test_the_committed_lesson_keeps_no_text() -> None:
    for language in LANGUAGES:
        cells = json.loads(Path(MODULE.lesson(language)).read_text(encoding="utf-8"))["cells"]
        assert not [cell["id"] for cell in cells if cell.get("outputs")]
