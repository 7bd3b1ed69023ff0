"""A teacher makes a link out of a dashboard; a learner on a phone opens it and meets its goal. A damaged one harms nobody."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.simulator_page import PHONE, past_the_bet, slide
from tests.browser.tools import Served, assert_quiet, axe_violations

pytestmark = pytest.mark.browser

QUESTION = "怎样让 <b>八成</b> 客人满意？"


def make_link(page: Any) -> str:
    """Make a task by keyboard: service is free, what guests expect is fixed, the rest is hidden; return the link."""
    slide(page, "service", 70)
    page.locator("[data-handing] > summary").press("Enter")
    page.locator("[data-all=hidden]").press("Enter")
    page.locator("[data-lever=service]").press("f")
    page.locator("[data-lever=expected]").press("f")
    page.locator("[data-lever=expected]").press("f")
    page.locator("[data-goal=metric]").select_option("satisfaction")
    page.locator("[data-goal=bound]").fill("80")
    page.locator("[data-question=zh]").fill(QUESTION)
    page.locator("[data-do=link]").press("Enter")
    page.locator(".course-handing-code img").wait_for()
    return str(page.locator("[data-link=made]").input_value())


def test_a_teachers_link_from_the_dashboard_to_a_phone(
    opened: tuple[Any, Any], page_with_log: Any, apps_server: Served
) -> None:
    page, log = opened
    link = make_link(page)
    assert page.locator(".course-handing-code img").evaluate(
        "(image) => image.decode().then(() => image.naturalWidth > 0)"
    )
    assert axe_violations(page) == []
    assert_quiet(log)

    phone, phone_log = page_with_log(locale="en-GB", **PHONE)
    phone.goto(link)
    phone.wait_for_selector("[data-ready]")
    assert "lang=zh" in link, "a question in one language asks for it"
    assert phone.locator(".course-task .course-question").inner_text() == QUESTION, "text, and no HTML"
    assert phone.locator(".course-bet").count() == 0
    levers = phone.locator(".course-controls input").evaluate_all(
        "(all) => all.map((one) => [one.dataset.name, one.disabled])"
    )
    assert sorted(levers) == [["expected", True], ["service", False]]
    held = phone.locator(".course-control:has([data-name=expected])")
    assert "老师已固定" in held.inner_text()
    assert phone.locator(".course-presets").is_visible() is False
    assert phone.locator("input[data-name=service]").input_value() == "70"
    assert phone.locator(".course-seed").count() == 0
    assert axe_violations(phone) == []
    slide(phone, "service", 95)
    phone.locator(".course-reached").get_by_text("目标达成").wait_for(state="attached")
    phone.reload()
    phone.wait_for_selector("[data-ready]")
    assert phone.locator("input[data-name=service]").input_value() == "95", "this browser keeps how far one has come"

    cut = link[: len(link) // 2]
    phone.goto(cut)
    phone.get_by_role("alert").get_by_text("链接坏了").wait_for()
    past_the_bet(phone)
    assert phone.locator(".course-task").count() == 0
    assert_quiet(phone_log)
