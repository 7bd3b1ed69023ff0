"""The Kano tool of m04's app, by keyboard alone: what only a browser shows of it."""

from __future__ import annotations

import pytest

from course.manifest import syllabus
from tests.browser.conftest import PageWithLog
from tests.browser.tools import Served, assert_offline, assert_quiet, axe_violations, no_sideways_scroll
from tests.browser.widget_page import tab_to

pytestmark = pytest.mark.browser

MODULE = next(module for module in syllabus().simulated if "kano" in module.tools)
PHONE = {"viewport": {"width": 390, "height": 844}}


def test_from_the_example_to_the_classes_by_keyboard_on_a_small_screen(
    page_with_log: PageWithLog, apps_server: Served
) -> None:
    page, log = page_with_log(locale="zh-CN", **PHONE)
    page.goto(apps_server.url(f"course/explore/{MODULE.id}?lang=zh&tool=kano"))
    page.locator(".survey-drop input[type=file]").wait_for(state="attached")
    assert axe_violations(page) == []

    tab_to(page, "[data-do=example]")
    page.keyboard.press("Enter")
    page.locator("[data-do=analyse]").wait_for()
    assert axe_violations(page) == []
    tab_to(page, "[data-do=analyse]")
    page.keyboard.press("Enter")
    # a person confirms the pairs first: there the focus goes
    page.locator("[data-question=pairs] input:focus").wait_for()
    page.keyboard.press("Space")
    tab_to(page, "[data-do=analyse]")
    page.keyboard.press("Enter")
    page.locator(".survey-results h3").first.wait_for()
    page.locator("h2:focus").wait_for()
    page.wait_for_selector(".survey-results canvas")
    told = page.locator(".survey-results").inner_text()
    assert all(word in told for word in ("魅力", "必备", "better"))
    assert axe_violations(page) == []
    no_sideways_scroll(page)
    assert_offline(log)
    assert_quiet(log)
