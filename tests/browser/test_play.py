"""Play the months: step by step by keyboard, knowing what a manager knows, announced, without a word of the future."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.simulator_page import drawn, visit
from tests.browser.tools import Served, assert_quiet, axe_violations

pytestmark = pytest.mark.browser

NEXT = "[data-do=play-next]"


def settle(page: Any, before: int) -> None:
    page.wait_for_function("(n) => Number(document.querySelector('[data-drawn]').dataset.drawn) > n", arg=before)


def cells(page: Any) -> list[str]:
    """The first column of every table on the page, which is the month, or names where there is none."""
    texts = page.locator(".course-tables tbody td:first-child").all_inner_texts()
    return [text for text in texts if text.isdigit()]


def test_a_year_is_played_by_keyboard_and_its_end_is_nowhere_before(page_with_log: Any, apps_server: Served) -> None:
    page, log = page_with_log(reduced_motion="reduce")
    visit(page, apps_server, module="m02-promises")
    page.locator(".course-bet [data-do=skip]").click()
    page.wait_for_selector("[data-ready] canvas")
    before = drawn(page)
    page.locator("[data-preset=your-year]").press("Enter")
    settle(page, before)
    assert page.locator("[data-do=play-turn]").count() == 0, "nothing moves by itself where motion is not wanted"
    assert not page.locator(".course-figures").is_visible()
    assert not page.locator(".course-headline").is_visible()
    page.locator(".course-table-view summary").click()
    page.locator(NEXT).focus()
    for month in (1, 2, 3):
        before = drawn(page)
        page.keyboard.press("Enter")
        settle(page, before)
        assert f"Month {month} is over" in page.locator(".course-tell").inner_text()
        assert {int(cell) for cell in cells(page)} == {*range(month + 1)}
    page.get_by_role("status").filter(has_text="Month 3 is over").wait_for(state="attached")
    assert axe_violations(page) == []
    # a decision in month 3
    lever = page.locator("[data-name=lasting]")
    lever.press("End")
    assert page.locator("[data-name=pulse]").is_disabled()
    page.reload()
    page.wait_for_selector("[data-ready] canvas")
    assert "Month 3 is over" in page.locator(".course-tell").inner_text(), "a reload loses no decision"
    page.locator(NEXT).focus()
    for _ in range(9):
        before = drawn(page)
        page.keyboard.press("Enter")
        settle(page, before)
    assert "The year is over" in page.locator(".course-tell").inner_text()
    # nine months at 90 instead of 60
    assert "270" in page.locator("[data-metric=effort] td").first.inner_text()
    assert page.locator(":focus").get_attribute("data-do") == "play-again"
    before = drawn(page)
    page.locator("[data-do=play-end]").press("Enter")
    settle(page, before)
    assert page.locator(":focus").get_attribute("data-do") == "play-begin"
    assert page.locator("[data-do=share]").is_enabled()
    assert "70 points" in page.locator(".course-control", has_text="What you promise").inner_text()
    assert_quiet(log)


def test_ten_years_stand_beside_kept_strategies_and_come_back_from_their_address(
    page_with_log: Any, apps_server: Served
) -> None:
    page, log = page_with_log(reduced_motion="reduce")
    visit(page, apps_server, module="m13-running-it")
    assert not page.locator(".course-scorecard").is_visible(), "nothing tells the answer before the bet"
    page.locator(".course-bet [data-do=skip]").click()
    page.wait_for_selector("[data-ready] canvas")
    page.locator("[data-do=keep]").press("Enter")
    page.wait_for_selector("[data-do=drop-strategy]")
    before = drawn(page)
    page.locator("[data-preset=your-firm]").press("Enter")
    settle(page, before)
    assert not page.locator(".course-scorecard").is_visible(), "nothing tells of the end before it"
    page.locator(NEXT).focus()
    for year in range(1, 11):
        if year == 5:
            page.locator("[data-name=process]").press("End")
            page.locator(NEXT).focus()
        before = drawn(page)
        page.keyboard.press("Enter")
        settle(page, before)
    page.wait_for_selector(".course-debrief[open] .course-parts")
    page.locator("[data-do=keep]").press("Enter")
    page.wait_for_function("document.querySelectorAll('[data-do=drop-strategy]').length === 2")
    assert page.locator(".course-scores thead th").count() == 3
    assert axe_violations(page) == []
    page.wait_for_function("location.hash.startsWith('#run=')")
    told = page.locator(".course-tell").inner_text()
    other, _log = page_with_log()
    other.goto(page.url)
    other.wait_for_selector("[data-ready] canvas")
    assert other.locator(".course-tell").inner_text() == told
    assert other.locator("[data-do=play-replay]").is_visible()
    page.reload()
    page.wait_for_function("document.querySelectorAll('[data-do=drop-strategy]').length === 2")
    assert_quiet(log)
