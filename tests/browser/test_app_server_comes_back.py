"""A server that is killed while somebody explores, and one in its place: the page goes on, and nothing is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.simulator_page import await_newer, drawn, figure, past_the_bet, service, slide, tell, visit
from tests.browser.tools import Served

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("lang", "words"), [("zh", "连接断了")])
def test_the_page_goes_on_when_another_server_stands_in(
    page_with_log: Any, tmp_path: Path, lang: str, words: str
) -> None:
    first = Served("apps", tmp_path)
    second = None
    page, log = page_with_log()
    try:
        first.wait()
        visit(page, first, lang=lang)
        past_the_bet(page)
        slide(page, "service", 80)
        known = (tell(page), figure(page, "felt"))
        first.process.kill()
        first.process.wait()
        before = drawn(page)
        move = """(input) => {
            input.value = 91;
            input.dispatchEvent(new Event("input", { bubbles: true }));
            input.dispatchEvent(new Event("change", { bubbles: true }));
        }"""
        page.locator("input[data-name=service]").evaluate(move)
        notice = page.locator(".notice[data-kind=lost]")
        notice.get_by_text(words).wait_for()
        assert (tell(page), figure(page, "felt")) == known, "what was last known stays"
        second = Served("apps", tmp_path, port=first.port)
        await_newer(page, before)
        notice.wait_for(state="detached")
        assert page.locator(".course-notices .notice").count() == 0
        assert service(page) == 91
        assert tell(page) != known[0]
        page.locator("[data-do=undo]").click()
        page.wait_for_function("document.querySelector('input[data-name=service]').value === '80'")
        page.get_by_role("button", name="English").click()
        page.wait_for_function("document.documentElement.lang === 'en'")
        assert not log.errors
    finally:
        first.stop()
        if second:
            second.stop()
