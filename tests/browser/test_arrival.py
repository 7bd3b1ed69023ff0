"""A notebook is opened and run, and its kernel started again: the simulator says what happened."""

from __future__ import annotations

from typing import Any

import pytest

from course.manifest import syllabus
from course.paths import ROOT
from tests.browser.conftest import PageWithLog
from tests.browser.tools import Served

pytestmark = pytest.mark.browser

LESSON = syllabus().simulated[1].lesson("en").relative_to(ROOT).as_posix()
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


def open_and_run(page: Any, address: str) -> None:
    """Open a notebook, and run all its cells as soon as the page shows them."""
    page.goto(address, timeout=LONGEST)
    page.locator(".jp-CodeCell").first.wait_for(timeout=LONGEST, state="attached")
    page.get_by_role("menuitem", name="Run", exact=True).click(timeout=LONGEST)
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click(timeout=LONGEST)


def restart_kernel(page: Any) -> None:
    """Start the kernel again, as a learner does."""
    page.locator("[data-jp-item-name=restart]").first.click()
    page.locator(".jp-Dialog .jp-mod-accept").click()


def test_after_a_restart_the_slider_says_what_happened(server: Served, page_with_log: PageWithLog) -> None:
    page, _ = page_with_log()
    open_and_run(page, server.url(f"course/lab/tree/{LESSON}?reset"))
    page.wait_for_function(ARRIVED, timeout=LONGEST)
    page.locator(".course-bet [data-do=skip]").first.evaluate("(node) => node.click()")
    simulator = page.locator(".course-simulator").first
    lever = simulator.locator(".course-control:has([data-name=pulse])")
    lever.locator("input").press("ArrowLeft")
    assert not simulator.locator(".course-warning").is_visible()
    restart_kernel(page)
    lever.locator(".course-warning").wait_for(timeout=LONGEST)
    assert "was started again" in lever.locator(".course-warning").inner_text()
    other = simulator.locator(".course-control:has([data-name=promise])")
    other.locator("input").press("ArrowLeft")
    assert other.locator(".course-warning").is_visible(), "it stands where one looks"
