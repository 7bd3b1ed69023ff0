"""The home page in Chromium."""

from __future__ import annotations

from typing import Any

import pytest

from course.manifest import syllabus
from course.study.titles import TITLES
from tests.browser.conftest import PageWithLog
from tests.browser.tools import Served, assert_offline, assert_quiet, axe_violations, no_sideways_scroll

pytestmark = pytest.mark.browser

TAGS = {"en": "en", "zh": "zh-Hans"}
PHONE = {"width": 390, "height": 844}
SMALLEST_TARGET = 24


def theme(page: Any) -> str | None:
    return page.locator("html").get_attribute("data-theme")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_home_is_accessible_offline_and_quiet(
    server: Served, page_with_log: PageWithLog, language: str, scheme: str
) -> None:
    page, log = page_with_log(color_scheme=scheme)
    page.goto(server.url(f"course/?lang={language}"))
    assert page.locator("html").get_attribute("lang") == TAGS[language]
    assert page.title() == syllabus().title[language]
    assert theme(page) == scheme
    assert axe_violations(page) == []
    assert_offline(log)
    assert_quiet(log)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_public_home_is_accessible_offline_and_quiet(
    apps_server: Served, page_with_log: PageWithLog, scheme: str
) -> None:
    page, log = page_with_log(color_scheme=scheme)
    page.goto(apps_server.url())
    assert axe_violations(page) == []
    assert_offline(log)
    assert_quiet(log)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_home_fits_a_phone(server: Served, page_with_log: PageWithLog, language: str) -> None:
    page, _ = page_with_log(viewport=PHONE)
    page.goto(server.url(f"course/?lang={language}"))
    no_sideways_scroll(page)
    for box in (
        page.locator("a, button")
        .locator("visible=true")
        .evaluate_all("all => all.map(one => one.getBoundingClientRect().toJSON())")
    ):
        assert min(box["width"], box["height"]) >= SMALLEST_TARGET, box


def test_every_control_is_reached_by_tab_and_shows_it(server: Served, page_with_log: PageWithLog) -> None:
    page, _ = page_with_log()
    page.goto(server.url("course/?lang=en"))
    controls = page.locator("a, button, select").count()
    # languages and theme, the doors of each module, the pages of the whole course, and a class with its module
    assert controls == 3 + sum(3 + module.simulated for module in syllabus().ready) + len(TITLES) + 2
    reached = set()
    for _step in range(controls):
        page.keyboard.press("Tab")
        name, outline, style = page.evaluate(
            "(({outerHTML}, {outlineWidth, outlineStyle}) => [outerHTML, outlineWidth, outlineStyle])"
            "(document.activeElement, getComputedStyle(document.activeElement))"
        )
        assert (outline, style) == ("3px", "solid"), name
        reached.add(name)
    assert len(reached) == controls


def test_enter_opens_the_lesson(server: Served, page_with_log: PageWithLog) -> None:
    page, _ = page_with_log()
    page.goto(server.url("course/?lang=zh"))
    page.get_by_role("link", name="JupyterLab").first.focus()
    with page.expect_navigation(url="**/lab/tree/lessons/*/lesson.zh.ipynb", wait_until="commit"):
        page.keyboard.press("Enter")


def test_the_language_is_switched_and_remembered(server: Served, page_with_log: PageWithLog) -> None:
    page, _ = page_with_log(locale="zh-CN")
    page.goto(server.url("course/"))
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    page.get_by_role("link", name="English").click()
    assert page.locator("h1").inner_text() == syllabus().title["en"]
    page.goto(server.url("course/"))
    assert page.locator("h1").inner_text() == syllabus().title["en"]
    assert page.locator("a[aria-current]").inner_text() == "English"


def test_the_theme_is_switched_and_remembered(server: Served, page_with_log: PageWithLog) -> None:
    page, log = page_with_log(color_scheme="light")
    page.goto(server.url("course/?lang=en"))
    page.get_by_role("button", name="Dark theme").click()
    assert theme(page) == "dark"
    assert axe_violations(page) == []
    page.reload()
    assert theme(page) == "dark"
    page.get_by_role("button", name="Light theme").click()
    assert theme(page) == "light"
    assert_quiet(log)


def test_the_theme_follows_another_page_of_the_course(server: Served, page_with_log: PageWithLog) -> None:
    page, _ = page_with_log(color_scheme="light")
    page.goto(server.url("course/?lang=en"))
    other = page.context.new_page()
    other.goto(server.url("course/?lang=en"))
    other.get_by_role("button", name="Dark theme").click()
    page.wait_for_function("document.documentElement.dataset.theme === 'dark'")


def test_home_works_without_scripts(server: Served, page_with_log: PageWithLog) -> None:
    page, _ = page_with_log(java_script_enabled=False)
    page.goto(server.url("course/?lang=en"))
    page.get_by_role("link", name="中文").click()
    assert page.locator("h1").inner_text() == syllabus().title["zh"]
    assert not page.locator("#theme").is_visible()
    assert page.get_by_role("link", name="阅读").count() == len(syllabus().ready)


def test_damaged_memory_does_no_harm(server: Served, page_with_log: PageWithLog) -> None:
    page, log = page_with_log(color_scheme="dark")
    page.add_init_script("localStorage.setItem('course.theme', '{broken')")
    page.goto(server.url("course/?lang=en"))
    assert theme(page) == "dark"
    assert_quiet(log)
