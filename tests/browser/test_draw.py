"""Draw your guess: a line drawn into the empty picture by pointer, by finger and by keyboard; the answer comes over it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.browser.simulator_page import LOCK, PHONE, slide, visit
from tests.browser.test_page_in_hand import swipe
from tests.browser.tools import Served, assert_offline, assert_quiet, axe_violations, no_sideways_scroll

pytestmark = pytest.mark.browser

M02, M10, M11 = "m02-promises", "m10-haidilao", "m11-disney"
PLOT = ".course-draw-plot"


def kept(page: Any, slot: str, bet: str) -> Any:
    return json.loads(page.evaluate("(key) => localStorage.getItem(key)", f"course.sim.{slot}"))["guesses"].get(bet)


def corners(page: Any, kind: str) -> int:
    return len(page.locator(f".course-drawn.{kind}").get_attribute("points").split())


def picture(page: Any) -> str:
    return str(page.locator(".course-main canvas").first.evaluate("(node) => node.toDataURL()"))


def draw(page: Any) -> None:
    """Draw from the left above to the right below, as a mouse does."""
    box = page.locator(PLOT).bounding_box()
    left, top = box["x"], box["y"]
    page.mouse.move(left + 4, top + box["height"] * 0.2)
    page.mouse.down()
    page.mouse.move(left + box["width"] - 4, top + box["height"] * 0.8, steps=8)
    page.mouse.up()


def test_a_line_is_drawn_by_pointer_and_stays(page_with_log: Any, apps_server: Served) -> None:
    page, log = page_with_log()
    visit(page, apps_server, module=M02)
    assert page.locator(LOCK).is_disabled()
    assert page.locator(".course-draw-here").is_visible()
    draw(page)
    assert not page.locator(".course-draw-here").is_visible()
    assert corners(page, "guess") == 12
    page.locator(LOCK).click()
    outcome = page.locator(".course-bet-result")
    assert "your line is off by" in outcome.inner_text()
    assert page.evaluate("document.activeElement.className").startswith("course-bet-result")
    assert corners(page, "guess") == corners(page, "answer") == 12
    line = kept(page, "m02", "suite")
    assert len(line) == 12
    assert line[0] > 0 > line[-1]
    page.reload()
    page.wait_for_selector("[data-ready] canvas")
    assert page.locator(LOCK).count() == 0, "a line once drawn is not asked for again"
    assert kept(page, "m02", "suite") == line
    slide(page, "pulse", 12)
    with_line = picture(page)
    assert_offline(log)
    assert_quiet(log)

    other, _ = page_with_log()
    visit(other, apps_server, module=M02)
    other.locator("[data-do=skip]").click()
    other.wait_for_selector("[data-ready] canvas")
    slide(other, "pulse", 12)
    assert picture(other) != with_line, "the line stays in the picture of every later run"


def test_a_line_is_drawn_by_keyboard_point_by_point(page_with_log: Any, apps_server: Served) -> None:
    page, _ = page_with_log()
    visit(page, apps_server, module=M10, lang="zh")
    assert axe_violations(page) == []
    points = page.get_by_role("slider", name="第几年")
    assert points.count() == 13
    assert points.first.get_attribute("aria-valuetext") == "还没有画"
    points.first.focus()
    page.keyboard.press("End")
    assert points.first.get_attribute("aria-valuetext") == "110.0"
    page.keyboard.press("ArrowLeft")  # there is none before the first
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "第几年 6.0"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("PageDown")
    page.keyboard.press("Delete")
    assert points.last.get_attribute("aria-valuetext") == "还没有画"
    assert page.locator(LOCK).is_disabled(), "one point is no line"
    page.keyboard.press("Home")
    assert corners(page, "guess") == 2
    page.locator(LOCK).press("Enter")
    assert kept(page, "m10", "sprint") == [110, 105, 100, 95, 90, 85, 80, 75, 70, 65, 60, 55, 50]
    page.wait_for_selector("[data-ready] canvas")
    assert axe_violations(page) == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_finger_draws_and_does_not_scroll(page_with_log: Any, apps_server: Served, lang: str) -> None:
    page, _ = page_with_log(**PHONE)
    visit(page, apps_server, module=M02, lang=lang)
    plot = page.locator(PLOT)
    plot.evaluate("(node) => node.scrollIntoView({ block: 'center' })")
    top, box = page.evaluate("scrollY"), plot.bounding_box()
    swipe(page, box["x"] + 5, box["y"] + box["height"] * 0.9, by_x=box["width"] - 10, by_y=-box["height"] * 0.8)
    page.locator(f"{LOCK}:enabled").wait_for()
    assert page.evaluate("scrollY") == top
    assert corners(page, "guess") == 12
    no_sideways_scroll(page)
    page.locator("[data-do=clear]").click()
    assert page.locator(LOCK).is_disabled()
    assert page.locator(".course-draw-here").is_visible()


def test_a_number_is_guessed_in_an_empty_picture_or_with_the_slider(page_with_log: Any, apps_server: Served) -> None:
    page, log = page_with_log()
    visit(page, apps_server, module=M11)
    level = page.locator(".course-level .course-drawn.guess")
    assert page.locator(".course-level .course-draw-here").is_visible()
    assert level.count() == 0, "nothing stands in the picture before the learner's guess"
    box = page.locator(f".course-level {PLOT}").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 4)
    assert page.locator(".course-bet output").inner_text() == "75%"
    assert float(level.get_attribute("y1")) == pytest.approx(25)
    assert not page.locator(".course-level .course-draw-here").is_visible()
    page.locator(".course-bet input").press("ArrowUp")
    assert float(level.get_attribute("y1")) < 25, "the level goes with the slider"
    assert page.locator(LOCK).is_enabled()
    assert axe_violations(page) == []
    assert_quiet(log)
