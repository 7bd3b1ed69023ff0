"""*Run All* before the notebook has its session: the cells wait for their kernel, in JupyterLab and in Notebook."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import PageWithLog
from tests.browser.test_arrival import ARRIVED, LESSON, LONGEST, ROOMS, open_and_run
from tests.browser.tools import Served

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("room", ROOMS)
def test_cells_that_are_run_before_there_is_a_session_wait_for_it(
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
    open_and_run(page, server.url(f"{room}/{LESSON}?reset"))
    page.locator(".jp-CodeCell .jp-InputArea-prompt", has_text="*").first.wait_for(timeout=LONGEST, state="attached")
    while not held:
        page.wait_for_event("request", timeout=LONGEST)
    for asked in held:
        asked.continue_()
    page.wait_for_function(ARRIVED, timeout=LONGEST)
