"""A lesson's page in Chromium: read on a phone, answered, left, and come back to."""

from __future__ import annotations

from typing import Any

import pytest

from course.grading.intake.participation import from_file
from tests.browser.conftest import PageWithLog
from tests.browser.tools import Served, assert_offline, assert_quiet, axe_violations, no_sideways_scroll
from tests.waiting import until

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
LONGEST_LINE = {"en": 70, "zh": 40}
# the most characters that stand in one line of a paragraph or a point; beside Chinese ones, a letter counts half
LONGEST = """(chinese) => Math.max(...[...document.querySelectorAll(".lesson :is(p, li):not([tabindex])")].flatMap((one) => {
    const lines = new Map();
    if (!one.checkVisibility() || one.querySelector("p, li")) return [];
    const formulas = (node) => (node.localName === "math" ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    const walker = document.createTreeWalker(one, NodeFilter.SHOW_ALL, formulas);
    const range = document.createRange();
    for (let node; (node = walker.nextNode()); )
        for (let at = 0; at < (node.data ?? "").length; at += 1) {
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            const line = Math.round(range.getBoundingClientRect().bottom / 8);
            lines.set(line, (lines.get(line) ?? 0) + (chinese && node.data[at] < "⺀" ? 0.5 : 1));
        }
    return [...lines.values()];
}))"""
PICTURES = "[...document.querySelectorAll('.live[data-part=chart]')].map(one => Boolean(one.querySelector('canvas')))"
BARS = """[...new Set([...document.querySelectorAll('.text > p[tabindex], .lesson .wide')]
    .map((one) => getComputedStyle(one).overflowY))]"""
SIZES = "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"


def hand_in(page: Any) -> None:
    """Save what was done as a file, by keyboard, and read it as the grader does."""
    page.locator("#hand-in").scroll_into_view_if_needed()
    place = page.locator("[data-part=hand-in]")
    place.get_by_role("button", name="Save as a file").press("Enter")
    assert "Type your student number" in place.get_by_role("status").inner_text()
    field = place.get_by_role("textbox")
    assert field.evaluate("one => one === document.activeElement")
    page.keyboard.type("2026/00-17")
    with page.expect_download() as saving:
        place.get_by_role("button", name="Save as a file").press("Enter")
    assert saving.value.suggested_filename == "2026-00-17-m02.participation.json"
    found = from_file(saving.value.path().read_bytes())
    assert found.done == {"quiz": 1, "predictions": 1, "bets": 0, "goals": 0, "texts": 1}
    assert found.code in place.locator(".handin-code").inner_text()
    assert "1 of 6 questions" in place.inner_text()
    assert found.who == "2026/00-17"


def test_a_lesson_is_read_answered_and_found_again_on_a_phone(server: Served, page_with_log: PageWithLog) -> None:
    page, log = page_with_log(viewport=PHONE, color_scheme="dark")
    page.goto(server.url("course/read/m02-promises?lang=en"))
    page.wait_for_function("!document.querySelector('[data-waiting]')")
    assert "expected, visit by visit: [60." in page.locator("[data-cell=theory-path]").inner_text()

    bet = page.locator("[data-place=predict-seven]")
    bet.get_by_role("slider").fill("12")
    bet.get_by_role("button", name="Lock in my guess").click()
    assert "You guessed 12" in bet.inner_text()

    field = page.locator("[data-place=write-small-steps] textarea")
    field.fill("It climbs in small steps.")
    item = page.locator(".quiz-item").first
    item.scroll_into_view_if_needed()
    item.locator("input").first.check()
    item.get_by_role("button").click()
    item.locator("[role=status]").first.wait_for()

    # paper waits until all is drawn
    page.evaluate(f"void (window.print = () => (globalThis.onPaper = {PICTURES}))")
    page.keyboard.press("Control+p")
    page.wait_for_function("globalThis.onPaper")
    assert page.evaluate("onPaper.length > 1 && onPaper.every(Boolean)")
    assert page.evaluate(BARS) == ["hidden"]
    page.emulate_media(media="print")
    assert page.evaluate(BARS) == ["visible"]
    page.emulate_media(media="screen")
    hand_in(page)
    no_sideways_scroll(page)
    assert axe_violations(page) == []
    page.locator("[id='s4.6']").scroll_into_view_if_needed()
    page.evaluate("document.getElementById('s4.6').scrollIntoView(), scrollBy(0, 60)")
    until(
        lambda: page.evaluate("localStorage.getItem('course.place.m02-promises')?.includes('theory-promises')"),
        page=page,
    )

    page.goto(server.url("course/read/m02-promises?lang=zh"))
    page.locator("#kept").wait_for()
    near = "Math.abs(document.getElementById('s4.6').getBoundingClientRect().top) < 400"
    until(lambda: page.evaluate(near), page=page)
    assert "12" in page.locator("[data-place=predict-seven] .prediction-verdict").inner_text()
    assert page.locator("[data-place=write-small-steps] textarea").input_value() == "It climbs in small steps."
    page.locator("#kept button").click()
    until(lambda: page.evaluate("scrollY") == 0, page=page)
    assert_offline(log)
    assert_quiet(log)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_line_is_too_long_and_nothing_too_small(server: Served, page_with_log: PageWithLog, language: str) -> None:
    page, _ = page_with_log(viewport={"width": 1280, "height": 900})
    page.goto(server.url(f"course/read/m03-measurement?lang={language}"))
    simulator = page.locator("[data-part=simulator]").first
    simulator.scroll_into_view_if_needed()
    simulator.locator("[data-ready]").wait_for()
    page.wait_for_function("!document.querySelector('[data-waiting]')")
    assert page.evaluate(LONGEST, language == "zh") <= LONGEST_LINE[language]
    read = ":is(.contents, .text, .outputs, .note, .code) :is(p, li, th, td, a, code, summary, pre)"
    assert min(page.locator(read).evaluate_all(SIZES)) >= 16
    # the contents lead to their headings by keyboard
    page.locator(".contents a").nth(3).focus()
    page.keyboard.press("Enter")
    until(lambda: page.evaluate("scrollY") > 0, page=page)
    assert axe_violations(page) == []


def test_on_a_phone_read_leads_to_the_page_and_its_button_to_the_code(
    server: Served, page_with_log: PageWithLog
) -> None:
    page, _ = page_with_log(viewport=PHONE)
    page.goto(server.url("course/?lang=en"))
    card = page.locator("#m02-promises")
    assert card.get_by_role("link", name="JupyterLab").count() == 0
    card.get_by_role("link", name="Read").click()
    page.wait_for_url("**/course/read/m02-promises?lang=en")
    page.locator("[data-place=theory-path] summary").click()
    change = page.locator("[data-place=theory-path] .change")
    assert "/course/notebooks/" in str(change.get_attribute("href"))


def test_what_is_hidden_is_not_seen(server: Served, page_with_log: PageWithLog) -> None:
    """The strategies' table of m13 would give away what is bet on."""
    page, _ = page_with_log(viewport=PHONE)
    page.goto(server.url("course/read/m13-running-it?lang=en"))
    page.locator("[data-part=simulator]").first.scroll_into_view_if_needed()
    page.locator(".course-bet").first.wait_for()
    shown = "all => all.filter(one => getComputedStyle(one).display !== 'none').map(one => one.className)"
    assert page.locator(".course-scorecard[hidden]").count()
    assert page.locator(".course [hidden]").evaluate_all(shown) == []
