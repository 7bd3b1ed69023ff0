"""Widgets arrive however slow the page is, and boxes that are run at once all run; in JupyterLab and in Notebook."""

from __future__ import annotations

from typing import Any

import pytest

from course.manifest import syllabus
from course.paths import ROOT
from tests.browser.conftest import PageWithLog
from tests.browser.tools import Served

pytestmark = pytest.mark.browser

LESSON = syllabus().module("m02").lesson("en").relative_to(ROOT).as_posix()
ROOMS = ("lab/tree", "notebooks")
# What a page slower than anywidget's two seconds meets, without the waiting
IMPATIENT = """
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    AbortSignal.timeout = (milliseconds) => {
      if (milliseconds !== 2000) return timeout(milliseconds);
      const controller = new AbortController();
      queueMicrotask(() => controller.abort());
      globalThis.impatient = (globalThis.impatient ?? 0) + 1;
      return controller.signal;
    };
"""
# Every box has run, and each simulator has drawn its first answer
ARRIVED = r"""
    () => {
      const prompts = [...document.querySelectorAll(".jp-CodeCell .jp-InputArea-prompt")];
      const simulators = document.querySelectorAll(".course-simulator").length;
      return prompts.every((one) => /\d/.test(one.textContent))
        && simulators > 0 && document.querySelectorAll("[data-ready]").length === simulators;
    }
"""
LONGEST = 180_000


def run_at_once(page: Any) -> None:
    """Choose *Run All Cells* as soon as there is a box to run."""
    page.locator(".jp-CodeCell").first.wait_for(timeout=LONGEST, state="attached")
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()


@pytest.mark.parametrize("room", ROOMS)
def test_widgets_answer_in_a_page_slower_than_anywidget_waits(
    server: Served, page_with_log: PageWithLog, room: str
) -> None:
    page, _ = page_with_log()
    page.add_init_script(IMPATIENT)
    page.goto(server.url(f"course/{room}/{LESSON}?reset"), timeout=LONGEST)
    run_at_once(page)
    page.wait_for_function(ARRIVED, timeout=LONGEST)
    assert page.evaluate("globalThis.impatient") > 0, "anywidget waits otherwise now: this test proves nothing"
