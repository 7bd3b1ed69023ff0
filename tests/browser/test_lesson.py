"""A lesson of every kind, gone through in Chromium in JupyterLab and, on a phone, opened in Notebook."""

from __future__ import annotations

import re
from dataclasses import fields
from itertools import cycle
from typing import Any

import pytest

from course.manifest import Module, syllabus
from course.paths import ROOT
from course.questions import Prediction, questions
from course.simulations import simulation_class
from tests.browser.conftest import PageWithLog
from tests.browser.simulator_page import a_lever_changes_the_sentence
from tests.browser.simulator_page import guess as place_bet
from tests.browser.test_questions_in_jupyterlab import run_all
from tests.browser.test_quiz import answer, card, plain
from tests.browser.tools import Served, assert_offline, assert_quiet, axe_violations, no_sideways_scroll

pytestmark = pytest.mark.browser


def kinds(module: Module) -> set[str]:
    """What a lesson's widgets can do: the functions it calls, and what its simulator has words for."""
    words = simulation_class(module).words()
    called = re.findall(r"course\.(\w+)\(", module.lesson("en").read_text(encoding="utf-8"))
    return {*called, *(field.name for field in fields(words) if getattr(words, field.name))}


def one_of_each_kind() -> list[Module]:
    """Return the first module and, of the others, few in whose lessons everything stands that stands in any."""
    found = [*syllabus().simulated]
    for module in found[1:]:
        others = [one for one in found if one is not module]
        if kinds(module) <= set().union(*map(kinds, others)):
            found = others
    return found


# Each in one language, in turn. What is left out shows the same widgets with other words: its cells are run by tests/lessons,
# its questions are those of its page, and its app is visited by test_every_app. test_questions_in_jupyterlab goes through
# the first module's other language
EDITIONS = [*zip(one_of_each_kind(), cycle(("en", "zh")), strict=False)]
FIRST = EDITIONS[0][0]
IDS = [f"{module.number}-{language}" for module, language in EDITIONS]


def lesson(module: Module, language: str) -> str:
    return f"lessons/{module.id}/lesson.{language}.ipynb"


def place_bets(page: Any) -> None:
    """Lock in every bet on the page, one simulator after the other."""
    cards = page.locator(".course-bet")
    while cards.count():
        place_bet(page, cards.first)
    page.wait_for_selector("[data-ready] canvas", timeout=180_000)


def guess(page: Any, asked: Prediction, language: str) -> None:
    """Drag a prediction's slider to its end by keyboard, lock it in, and read the answer, which is told only then."""
    box = page.locator(".jp-OutputArea-output").filter(has_text=plain(asked.question[language])).first
    box.scroll_into_view_if_needed()
    assert plain(asked.reveal[language]) not in box.inner_text()
    box.get_by_role("slider").press("End")
    box.locator("button.main").press("Enter")
    told = box.inner_text()
    assert plain(asked.reveal[language]) in told
    assert f"{asked.high:.{asked.digits}f}" in told.replace(",", "")


def complete_quiz(page: Any, module: Module) -> None:
    """Answer every item rightly; the head counts along."""
    items = questions(module).items
    for right, item in enumerate(items, start=1):
        answer(page, item)
        assert card(page, item).get_attribute("data-state") == "right", item.key
        head = page.locator(".quiz-head").inner_text()
        assert sorted(map(int, re.findall(r"\d+", head))) == sorted([right, len(items)]), head


@pytest.mark.parametrize(("module", "language"), EDITIONS, ids=IDS)
def test_a_lesson_runs_in_jupyterlab_and_asks_no_other_host(
    server: Served, page_with_log: PageWithLog, module: Module, language: str
) -> None:
    page, log = page_with_log(viewport={"width": 1200, "height": 1000}, locale="zh-CN" if language == "zh" else "en-GB")
    page.goto(server.url(f"lab/tree/{lesson(module, language)}?reset"))
    run_all(page)
    for asked in questions(module).predictions:
        guess(page, asked, language)
    place_bets(page)
    a_lever_changes_the_sentence(page)
    assert (
        page.locator(".jp-OutputArea-output[data-mime-type*=stderr], .jp-RenderedText [class*=ansi-red]").count() == 0
    )
    # axe goes through all of JupyterLab for it, at a fifth of the price of this test; what differs between modules is seen
    # by tests/browser/test_every_app.py, and what differs between the two pages, styles and landmarks, by the first two
    if (module, language) in EDITIONS[:2]:
        assert axe_violations(page, ".course-simulator") == []
    complete_quiz(page, module)
    assert_offline(log)
    assert_quiet(log)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_phone_can_change_the_code_of_a_lesson(server: Served, page_with_log: PageWithLog, language: str) -> None:
    page, log = page_with_log(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page.goto(server.url(f"course/?lang={language}"))
    page.locator(f"#{FIRST.id} a[href*='/course/read/']").click()
    page.wait_for_url(f"**/course/read/{FIRST.id}*")
    with page.expect_websocket() as line:
        page.locator("a[href*='/notebooks/lessons/']:visible").first.click()
    # Jupyter Server complains of a page that is closed before its kernel has answered
    line.value.wait_for_event("framereceived")
    page.wait_for_selector(".jp-Notebook .jp-MarkdownCell h1", timeout=180_000)
    text = page.locator(".jp-Notebook .jp-MarkdownCell").first.bounding_box()
    assert text["width"] >= 300
    no_sideways_scroll(page)
    # not assert_quiet: Notebook's own code complains of JupyterLab commands that it does not have
    assert_offline(log)


def test_the_dashboard_beside_the_lessons_asks_no_other_host(server: Served, page_with_log: PageWithLog) -> None:
    page, log = page_with_log()
    page.goto(server.url(f"voila/render/{syllabus().simulated[0].app.relative_to(ROOT)}"))
    page.wait_for_selector(".course-simulator", timeout=180_000)
    place_bets(page)
    assert_offline(log)
    assert_quiet(log)
