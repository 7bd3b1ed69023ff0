"""What the page remembers and foresees, and what it says where nobody answers: a second tab, a reload, a dead kernel."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.simulator_page import (
    await_address,
    await_asked,
    await_newer,
    cut_the_line,
    drawn,
    figure,
    past_the_bet,
    press,
    service,
    slide,
    tell,
    visit,
)
from tests.browser.tools import Served, kernels
from tests.waiting import until

pytestmark = pytest.mark.browser


def test_a_second_tab_loses_nothing(page_with_log: Any, apps_server: Served) -> None:
    page, _ = page_with_log()
    visit(page, apps_server)
    past_the_bet(page)
    second = page.context.new_page()
    visit(second, apps_server)
    second.wait_for_selector("[data-ready]", timeout=180_000)
    slide(second, "service", 95)
    notice = page.locator(".notice[data-kind=other]")
    notice.wait_for()
    assert page.locator("input[data-name=service]").input_value() == "72", "no tab changes another unasked"
    notice.get_by_role("button").first.click()
    page.wait_for_function("document.querySelector('input[data-name=service]').value === '95'")
    page.locator("[data-do=undo]").click()
    page.wait_for_function("document.querySelector('input[data-name=service]').value === '72'")


@pytest.mark.parametrize(("lang", "words"), [("en", "has stopped"), ("zh", "内核已停止")])
def test_a_kernel_killed_in_mid_drag(page_with_log: Any, apps_server: Served, lang: str, words: str) -> None:
    page, _ = page_with_log()
    before = {process.pid for process in kernels(apps_server)}
    visit(page, apps_server, lang=lang, kernel=True)
    past_the_bet(page)
    slide(page, "service", 88)
    shown = "document.querySelector('.course-main canvas').toDataURL()"
    picture = page.evaluate(shown)
    mine = [process for process in kernels(apps_server) if process.pid not in before]
    assert mine
    for process in mine:
        process.kill()
    page.locator("input[data-name=service]").evaluate(
        "(input) => { input.value = 91; input.dispatchEvent(new Event('input', { bubbles: true }));"
        " input.dispatchEvent(new Event('change', { bubbles: true })) }"
    )
    notice = page.locator(".notice").filter(has_text=words)
    notice.wait_for(timeout=180_000)
    assert page.evaluate(shown) == picture, "the last picture stays"
    with page.expect_navigation():
        notice.get_by_role("button").click()
    page.wait_for_selector("[data-ready]", timeout=180_000)
    page.wait_for_function("document.querySelector('input[data-name=service]').value === '91'")


def test_a_reload_with_the_address_before_keeps_the_newer_settings(opened: tuple[Any, Any]) -> None:
    """Chromium may reload the address that was there before the last change of it."""
    page, _ = opened
    addresses = []
    for number in (80, 88):
        slide(page, "service", number)
        await_address(page, number)
        addresses.append(page.evaluate("location.href"))
    page.evaluate("(before) => history.replaceState(null, '', before)", addresses[0])
    # what Chromium would load, which it learns after the page
    chromium = page.context.new_cdp_session(page)

    def loads() -> str:
        history = chromium.send("Page.getNavigationHistory")
        return str(history["entries"][history["currentIndex"]]["url"])

    until(lambda: loads() == addresses[0], "Chromium holds to the newer address", page=page)
    page.reload()
    page.wait_for_selector("[data-drawn]", timeout=180_000)
    page.wait_for_function("Boolean(document.querySelector('[data-ready]'))")
    assert page.locator("input[data-name=service]").input_value() == "88"
    page.goto("about:blank")
    page.goto(addresses[0])
    page.wait_for_function("document.querySelector('input[data-name=service]')?.value === '80'", timeout=180_000)


def test_the_next_step_and_the_last_ones_need_no_answer(opened: tuple[Any, Any]) -> None:
    page, _ = opened
    page.locator("input[data-name=service]").focus()
    began = service(page)
    await_newer(page, press(page, "ArrowRight"))
    await_asked(page, began + 2)
    sentences = {tell(page)}
    cut_the_line(page)
    # on in the same direction, back, and back to where it began
    for key in ("ArrowRight", "ArrowLeft", "ArrowLeft"):
        await_newer(page, press(page, key))
        sentences.add(tell(page))
    assert len(sentences) == 3
    # two steps away nobody has been: only the server knows
    before = press(page, "ArrowLeft")
    await_asked(page, began - 1)
    assert drawn(page) == before


def test_what_was_foreseen_is_what_would_have_been_answered(opened: tuple[Any, Any]) -> None:
    page, _ = opened
    slide(page, "service", 78)
    page.locator("input[data-name=service]").focus()
    await_newer(page, press(page, "ArrowRight"))
    await_asked(page, 80)
    cut_the_line(page)
    await_newer(page, press(page, "ArrowRight"))
    foreseen = (tell(page), figure(page, "felt"))
    await_address(page, 80)
    # a page that begins anew has foreseen nothing
    page.reload()
    page.wait_for_selector("[data-ready]", timeout=180_000)
    page.wait_for_function("document.querySelector('input[data-name=service]').value === '80'")
    assert (tell(page), figure(page, "felt")) == foreseen
