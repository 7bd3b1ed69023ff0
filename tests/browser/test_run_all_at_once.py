"""However slow the page is, widgets get their answers; and cells that are run before the notebook has its session wait for
it. In JupyterLab and in Notebook.
"""

from __future__ import annotations

from typing import Any

import nbformat
import pytest

from course.paths import ROOT
from tests.browser.conftest import PageWithLog
from tests.browser.test_arrival import ARRIVED, LESSON, LONGEST, open_and_run
from tests.browser.tools import Served

pytestmark = pytest.mark.browser

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
# A busy machine draws the cells one by one; the others than the first with code, only when told to
DRAWS_LATE = """
    const idle = requestIdleCallback;
    const waiting = [];
    const hurried = (callback) => () => callback({ didTimeout: false, timeRemaining: () => 1 });
    globalThis.requestIdleCallback = (callback, options) =>
      document.querySelector(".jp-CodeCell") ? -waiting.push(callback) : idle(hurried(callback), options);
    globalThis.drawNow = () => {
      globalThis.requestIdleCallback = idle;
      for (const callback of waiting) idle(callback);
      return waiting.length;
    };
"""
# Every cell, wherever it stands, says that it waits
ALL_WAIT = """
    (cells) => {
      const prompts = [...document.querySelectorAll(".jp-CodeCell .jp-InputArea-prompt")];
      return prompts.length === cells && prompts.every((one) => one.textContent.includes("*"));
    }
"""


def code_cells() -> int:
    return sum(cell.cell_type == "code" for cell in nbformat.read(ROOT / LESSON, as_version=4).cells)


@pytest.mark.parametrize("room", ROOMS)
def test_in_a_slow_page_cells_wait_for_their_session_and_widgets_get_their_answers(
    server: Served, page_with_log: PageWithLog, room: str
) -> None:
    server.end_sessions()
    page, _ = page_with_log()
    held: list[Any] = []

    def hold(asked: Any) -> None:
        if asked.request.method == "POST":
            held.append(asked)
        else:
            asked.continue_()

    page.route("**/api/sessions*", hold)
    page.add_init_script(IMPATIENT)
    page.add_init_script(DRAWS_LATE)
    open_and_run(page, server.url(f"{room}/{LESSON}?reset"))
    assert page.evaluate("drawNow()"), "JupyterLab draws otherwise now: this test proves less"
    page.wait_for_function(ALL_WAIT, arg=code_cells(), timeout=LONGEST)
    while not held:
        page.wait_for_event("request", timeout=LONGEST)
    for asked in held:
        asked.continue_()
    page.wait_for_function(ARRIVED, timeout=LONGEST)
    assert page.evaluate("globalThis.impatient") > 0, "anywidget waits otherwise now: this test proves nothing"
