"""The simulator by keyboard, by finger, without motion, and in the dark."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.simulator_page import LOCK, PHONE, past_the_bet, visit
from tests.browser.tools import Served

pytestmark = pytest.mark.browser


def test_the_theme_switch_recolours_the_chart(opened: tuple[Any, Any]) -> None:
    page, _ = opened
    picture = "document.querySelector('.course-main canvas').toDataURL()"
    before = page.evaluate(picture)
    page.get_by_role("button", name="Dark").click()
    page.wait_for_selector(".course[data-theme=dark]")
    page.wait_for_function(f"(old) => {picture} !== old", arg=before)
    assert page.get_by_role("button", name="Light").is_visible()


def test_reduced_motion_stops_all_motion(page_with_log: Any, apps_server: Served) -> None:
    page, _ = page_with_log(reduced_motion="reduce")
    visit(page, apps_server)
    moving = page.evaluate(
        """[...document.querySelectorAll('.course *')].filter((node) => {
            const style = getComputedStyle(node);
            return style.animationName !== 'none' || style.transitionDuration.split(',').some((one) => parseFloat(one) > 0);
        }).length"""
    )
    assert moving == 0


def test_keyboard_alone_places_a_bet_and_moves_every_control(page_with_log: Any, apps_server: Served) -> None:
    page, _ = page_with_log()
    visit(page, apps_server)

    def tab_to(selector: str) -> None:
        for _ in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none", selector
                return
        raise AssertionError(f"{selector} is not reachable by Tab")

    tab_to(".course-draw-point")
    for key in ("ArrowUp", "ArrowRight", "ArrowUp"):
        page.keyboard.press(key)
    tab_to(LOCK)
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-ready]", timeout=180_000)
    for fold in page.locator(".course-fold:not([open])").evaluate_all("(all) => all.map((one) => one.dataset.fold)"):
        tab_to(f"[data-fold={fold}] summary")
        page.keyboard.press("Enter")
    for name in page.locator("input[data-name]").evaluate_all("(all) => all.map((one) => one.dataset.name)"):
        tab_to(f"input[data-name={name}]")
        before = page.evaluate("document.activeElement.value")
        page.keyboard.press("ArrowLeft")
        assert page.evaluate("document.activeElement.value") != before, name


def test_targets_are_large_enough_for_a_finger(page_with_log: Any, apps_server: Served) -> None:
    page, _ = page_with_log(**PHONE)
    visit(page, apps_server)
    past_the_bet(page)
    small = page.evaluate(
        """[...document.querySelectorAll('.course :is(button, input, summary)')].filter((node) => {
            const box = node.getBoundingClientRect();
            return box.width && getComputedStyle(node).visibility === 'visible' && (box.width < 24 || box.height < 24);
        }).map((node) => node.outerHTML.slice(0, 120))"""
    )
    assert small == []
