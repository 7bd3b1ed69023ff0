"""The pages that hold the course together, in Chromium."""

from __future__ import annotations

import json

import pytest

from course.manifest import syllabus
from course.study.record import what_there_is
from course.study.titles import TITLES
from tests.browser.conftest import PageWithLog
from tests.browser.tools import Served, assert_offline, assert_quiet, axe_violations, no_sideways_scroll

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
SMALLEST_TARGET = 24
BOXES = """all => all
    .filter(one => !one.closest(".formula p"))
    .map(one => [one.textContent, one.getBoundingClientRect().toJSON()])
"""
READY = [module for module in syllabus().modules if module.ready]


@pytest.mark.parametrize(("language", "scheme"), [("en", "dark"), ("zh", "light")])
def test_every_page_fits_a_phone_and_is_accessible_offline_and_quiet(
    server: Served, page_with_log: PageWithLog, language: str, scheme: str
) -> None:
    page, log = page_with_log(viewport=PHONE, color_scheme=scheme)
    for name in TITLES:
        page.goto(server.url(f"course/{name}?lang={language}"))
        if name in ("self-test", "record"):
            page.wait_for_selector(".course button")
        assert axe_violations(page) == [], name
        no_sideways_scroll(page)
        # a link within a lesson's own paragraph is as high as its line
        boxes = page.locator("a, button").locator("visible=true").evaluate_all(BOXES)
        small = [text for text, box in boxes if min(box["width"], box["height"]) < SMALLEST_TARGET]
        assert not small, name
    assert_offline(log)
    assert_quiet(log)


def test_no_question_is_wider_than_a_phone(server: Served, page_with_log: PageWithLog) -> None:
    page, _ = page_with_log(viewport=PHONE)
    page.goto(server.url("course/self-test?lang=en"))
    page.wait_for_selector(".quiz-item")
    for _round in range(max(len(what_there_is(module.id)["quiz"]) for module in READY)):
        wide = page.locator(".quiz-item legend, .quiz-option").evaluate_all(
            "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent)"
        )
        assert wide == []
        page.get_by_role("button", name="Another round").click()


def test_the_self_test_names_what_to_read_again_and_goes_on(server: Served, page_with_log: PageWithLog) -> None:
    page, _ = page_with_log()
    page.goto(server.url("course/self-test?lang=en"))
    page.wait_for_selector(".quiz-item")
    asked = [module for module in READY if what_there_is(module.id)["quiz"]]
    items = page.locator(".quiz-item")
    assert items.count() == len(asked)
    first = items.evaluate_all("all => all.map(one => one.dataset.key)")
    assert [key.split(".")[0] for key in first] == [module.number for module in asked]
    for at in range(items.count()):
        item = items.nth(at)
        box = item.locator("input").first
        if box.get_attribute("type") == "text":
            box.fill("123456")
        else:
            box.check()
        item.get_by_role("button").click()
    again = page.locator(".quiz-summary a")
    again.first.wait_for()
    assert "/course/read/" in str(again.first.get_attribute("href"))
    page.get_by_role("button", name="Another round").click()
    assert page.evaluate("document.activeElement.textContent").startswith("Round 2")
    second = page.locator(".quiz-item").evaluate_all("all => all.map(one => one.dataset.key)")
    assert len(second) == len(first)
    assert not {*first} & {*second}, "each module asks its next question"


def test_what_the_browser_remembers_is_told_at_home_and_in_the_record(
    server: Served, page_with_log: PageWithLog
) -> None:
    page, _ = page_with_log()
    page.goto(server.url("course/record?lang=en"))
    page.wait_for_selector(".course table")
    assert "remembers nothing" in page.locator(".course .notice").inner_text()
    module = next(one for one in READY if one.simulated)
    there = what_there_is(module.id)
    answered = {"items": {there["quiz"][0]: {"answer": 0, "told": 0, "tries": 1, "first": True, "right": True}}}
    page.evaluate(
        "entries => entries.forEach(([key, value]) => localStorage.setItem(key, value))",
        [
            [f"course.quiz.{module.id}", json.dumps(answered)],
            [f"course.sim.{module.number}", json.dumps({"reached": there["goals"][:2]})],
        ],
    )
    page.reload()
    row = page.locator(".course tbody tr", has_text=module.title["en"])
    row.wait_for()
    assert row.locator("td").all_inner_texts()[:2] == [f"1 of {len(there['quiz'])}"] * 2
    assert row.locator("td").nth(3).inner_text() == f"2 of {len(there['goals'])}"
    assert page.locator(".course .notice").count() == 0
    page.goto(server.url("course/?lang=en"))
    line = page.locator(f"#{module.id} [data-done]")
    line.wait_for()
    assert f"1 of {len(there['quiz'])}" in line.inner_text()
    assert page.locator("[data-done]:visible").count() == 1
