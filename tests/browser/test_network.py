"""A network on which a story is seen to spread: by keyboard, by finger, on a phone, in both languages, announced, and still
where motion is not wanted.
"""

from __future__ import annotations

from typing import Any

import pytest

from course.manifest import syllabus
from course.simulations import simulation_class
from tests.browser.simulator_page import PHONE, await_newer, drawn, visit
from tests.browser.tools import Served, assert_offline, assert_quiet, axe_violations, no_sideways_scroll

pytestmark = pytest.mark.browser

every_network = pytest.mark.parametrize(
    "module", [module.id for module in syllabus().simulated if simulation_class(module).spreading]
)
MAP = ".course-map"


def shown(page: Any, served: Served, module: str, lang: str = "en") -> None:
    visit(page, served, lang=lang, module=module)
    page.locator(".course-bet [data-do=skip]").click()
    page.wait_for_selector("[data-ready] canvas")


def do(page: Any, key: str) -> Any:
    return page.locator(f"[data-do=network-{key}]")


def day(page: Any) -> int:
    return int(page.locator(MAP).get_attribute("data-day"))


def aware(page: Any) -> int:
    return page.locator(f"{MAP} [data-person]:not([data-story=unheard])").count()


def said(page: Any) -> str:
    return page.locator(".course-network [role=status].unseen").text_content()


@every_network
def test_by_keyboard_days_are_gone_through_and_people_read_in_stillness(
    page_with_log: Any, apps_server: Served, module: str
) -> None:
    page, log = page_with_log(reduced_motion="reduce")
    shown(page, apps_server, module)
    last = day(page)
    assert do(page, "play").count() == 0, "nothing moves by itself where motion is not wanted"
    everybody = page.locator(f"{MAP} [data-person]")
    assert 60 <= everybody.count() <= 150
    at_the_end = aware(page)
    do(page, "again").press("Enter")
    assert (day(page), aware(page)) == (0, 0)
    counts = []
    do(page, "step").focus()
    for passed in range(1, 6):
        page.keyboard.press("Enter")
        assert day(page) == passed
        counts.append(aware(page))
        assert f"Day {passed}: " in said(page)
        assert f"{counts[-1]} of {everybody.count()}" in said(page)
    assert counts == sorted(counts)
    assert 0 < counts[0] < counts[-1] <= at_the_end
    moving = page.locator(f"{MAP} .course-fresh").evaluate_all(
        "(nodes) => nodes.map((node) => getComputedStyle(node).animationName)"
    )
    assert moving
    assert set(moving) == {"none"}
    do(page, "back").press("Enter")
    assert (day(page), aware(page)) == (4, counts[-2])
    page.locator(MAP).focus()
    read = page.locator(".course-network .course-person")
    page.keyboard.press("ArrowRight")
    first = read.inner_text()
    assert first.startswith("Person 1: ")
    page.keyboard.press("ArrowDown")
    assert read.inner_text().startswith("Person ")
    assert read.inner_text() != first
    assert axe_violations(page) == []
    page.keyboard.press("Escape")
    assert "Person" not in read.inner_text()
    assert last > 5
    assert_quiet(log)


@every_network
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_on_a_phone_it_plays_pauses_and_a_tap_reads_somebody(
    page_with_log: Any, apps_server: Served, module: str, lang: str
) -> None:
    page, log = page_with_log(**PHONE)
    shown(page, apps_server, module, lang)
    last = day(page)
    do(page, "again").tap()
    page.wait_for_function("() => Number(document.querySelector('.course-map').dataset.day) >= 2")
    do(page, "play").tap()
    paused = day(page)
    assert paused < last
    label = do(page, "play").inner_text()
    do(page, "play").tap()
    assert do(page, "play").inner_text() != label
    page.wait_for_function("(day) => Number(document.querySelector('.course-map').dataset.day) > day", arg=paused)
    do(page, "play").tap()
    page.locator(f"{MAP} [data-person='40']").scroll_into_view_if_needed()
    box = page.locator(f"{MAP} [data-person='40']").bounding_box()
    # a thumb is no needle
    page.touchscreen.tap(box["x"] + box["width"] / 2 + 2, box["y"] + box["height"] / 2 + 2)
    assert "41" in page.locator(".course-network .course-person").inner_text()
    assert axe_violations(page) == []
    no_sideways_scroll(page)
    assert_offline(log)
    assert_quiet(log)


@every_network
def test_a_slider_changes_the_picture_and_a_run_in_play_shows_no_day_ahead(
    page_with_log: Any, apps_server: Served, module: str
) -> None:
    page, log = page_with_log(reduced_motion="reduce")
    shown(page, apps_server, module)
    last, before = day(page), aware(page)
    newest = drawn(page)
    page.locator("input[data-name=delay]").press("Home")
    await_newer(page, newest)
    assert day(page) == last
    assert aware(page) < before / 2
    newest = drawn(page)
    page.locator("[data-do=play-begin]").press("Enter")
    await_newer(page, newest)
    assert (day(page), aware(page)) == (0, 0)
    assert do(page, "step").is_disabled()
    for passed in (1, 2):
        newest = drawn(page)
        page.locator("[data-do=play-next]").press("Enter")
        await_newer(page, newest)
        assert day(page) == passed
    assert do(page, "step").is_disabled()
    assert_quiet(log)
