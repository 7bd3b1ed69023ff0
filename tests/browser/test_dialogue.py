"""A call by keyboard and by finger: said in a log, chosen by buttons, kept by the browser, handed to the desk; and a winter
at that desk, week by week.
"""

from __future__ import annotations

from typing import Any

import pytest

from course.i18n import LANGUAGES
from course.manifest import syllabus
from course.theory.calming import talk
from course.ui.assets import assets
from course.ui.dialogue import CallWidget
from course.ui.dialogue.tool import script_of
from tests.browser.conftest import PageWithLog
from tests.browser.simulator_page import drawn, visit
from tests.browser.tools import Served, assert_offline, assert_quiet, axe_violations, no_sideways_scroll
from tests.browser.widget_page import show, tab_to

pytestmark = pytest.mark.browser

MODULE = syllabus().module("m09")
CALL = script_of(MODULE).call("agitated")
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
# a kernel's stand-in for the loader: scripts come from where the interface came from
LOADER = (
    "globalThis.__course = { modules: new Map(), serverUrl: () => null, load: (model, name) => import(`/${name}`) }"
)
BEST, WORST = "000000", "12"
ready = pytest.mark.skipif(not MODULE.ready, reason="the module is not there yet")


def call_up(page: Any, language: str = "en", *, dark: bool = False) -> None:
    content = CallWidget(MODULE, CALL.key, language).content
    asset = assets()[content["script"]]
    page.add_init_script(LOADER)
    # of the context: `show` takes the page's own routes back
    page.context.route(
        f"**/{content['script']}", lambda route: route.fulfill(body=asset.body, content_type=asset.content_type)
    )
    show(page, "tool", content, dark)
    page.locator(".dialogue-log").wait_for()


def say(page: Any, path: str) -> None:
    for place in path:
        page.locator(f"[data-choice='{place}']").click()


def moves(path: str) -> list[str]:
    scene, said = CALL.begin, []
    for place in path:
        choice = CALL.scenes[scene].choices[int(place)]
        said.append(choice.move)
        scene = choice.next
    return said


def anger(path: str) -> int:
    return round(talk(CALL.anger, moves(path)).anger)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_call_by_keyboard_is_heard_line_by_line_and_explained_at_the_end(
    page_with_log: PageWithLog, language: str
) -> None:
    page, log = page_with_log(reduced_motion="reduce")
    call_up(page, language)
    opening = CALL.scenes[CALL.begin]
    said = page.get_by_role("log")
    assert opening.says["furious"][language] in said.inner_text()
    assert axe_violations(page) == []
    text = page.inner_text("#widget")
    assert not any(str(number) in text for number in (round(CALL.anger), anger("0"))), "how angry is heard, not read"
    for turn, place in enumerate(BEST):
        lines = said.locator(".dialogue-line").count()
        tab_to(page, f"[data-choice='{place}']")
        page.keyboard.press("Enter")
        assert said.locator(".dialogue-line").count() == lines + 2
        if turn < len(BEST) - 1:
            page.locator(".dialogue-ask:focus").wait_for()
    page.locator(".dialogue-verdict:focus").wait_for()
    ending = CALL.ending(anger(BEST))
    assert ending.key == "trusts"
    assert page.locator(".dialogue-verdict").inner_text() == ending.title[language]
    turns = page.locator(".dialogue-turn")
    assert turns.count() == len(BEST)
    for turn in range(len(BEST)):
        assert f"{anger(BEST[:turn])} → {anger(BEST[: turn + 1])}" in turns.nth(turn).inner_text()
    turns.nth(0).locator("summary").press("Enter")
    others = turns.nth(0).locator("details li")
    others.first.wait_for()
    assert others.count() == len(opening.choices) - 1
    assert str(anger("1")) in others.nth(0).inner_text()
    assert axe_violations(page) == []
    assert_offline(log)
    assert_quiet(log)


def test_a_call_survives_a_reload_goes_back_to_any_turn_and_counts_endings(page_with_log: PageWithLog) -> None:
    page, _log = page_with_log()
    call_up(page)
    say(page, BEST[:2])
    before = page.get_by_role("log").inner_text()
    page.reload()
    page.locator(".dialogue-log").wait_for()
    assert page.get_by_role("log").inner_text() == before
    say(page, BEST[2:])
    page.locator("[data-turn='1']").click()
    assert page.locator(".dialogue").get_attribute("data-path") == BEST[:1]
    assert "Endings you have met: 1 of 4" in page.inner_text("#widget")
    page.locator("[data-do=again]").click()
    say(page, WORST)
    assert page.locator(".dialogue-verdict").inner_text() == "He hangs up"
    assert "Endings you have met: 2 of 4" in page.inner_text("#widget")
    assert page.locator(".dialogue-turn[data-way=up]").count() == len(WORST)


def test_new_lines_alone_are_added_to_the_log(page_with_log: PageWithLog) -> None:
    """What was said stays the same element, or a screen reader would read the whole call again at every turn."""
    page, _log = page_with_log()
    call_up(page)
    page.evaluate("document.querySelector('.dialogue-line').dataset.mine = 'yes'")
    say(page, BEST[:3])
    assert page.locator(".dialogue-line").count() == 7
    assert page.locator(".dialogue-line").first.get_attribute("data-mine") == "yes"


def test_without_a_desk_on_the_page_it_says_where_one_is(page_with_log: PageWithLog) -> None:
    page, _log = page_with_log()
    call_up(page)
    say(page, BEST)
    page.locator("[data-do=desk]").click()
    page.get_by_role("status").filter(has_text="No desk is open").wait_for()


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_phone_in_the_dark_nothing_is_cut_off(page_with_log: PageWithLog, language: str) -> None:
    page, _log = page_with_log(**PHONE, color_scheme="dark")
    call_up(page, language, dark=True)
    for place in BEST:
        heights = page.locator("[data-choice]").evaluate_all("(all) => all.map((each) => each.offsetHeight)")
        assert min(heights) >= 44
        page.locator(f"[data-choice='{place}']").tap()
        no_sideways_scroll(page)
    assert axe_violations(page, "#widget") == []


@ready
def test_the_outcome_of_a_call_becomes_the_desk_s_way_of_answering(
    page_with_log: PageWithLog, apps_server: Served
) -> None:
    page, log = page_with_log()
    visit(page, apps_server, module=MODULE.id)
    page.locator(".course-bet [data-do=skip]").click()
    page.wait_for_selector("[data-ready] canvas")
    page.locator("[data-tab=call]").click()
    page.locator(f"button[data-call={CALL.key}]").click()
    section = page.locator(f"section[data-call={CALL.key}]")
    for place in BEST:
        section.locator(f"[data-choice='{place}']").click()
    before = drawn(page)
    section.locator("[data-do=desk]").click()
    page.get_by_role("status").filter(has_text="each call at the desk now").wait_for()
    page.wait_for_function("(n) => Number(document.querySelector('[data-drawn]').dataset.drawn) > n", arg=before)
    share = 100 * (1 - talk(CALL.anger, moves(BEST)).anger / CALL.anger)
    page.locator("[data-tab='']").click()
    assert abs(float(page.locator("[data-name=calming]").input_value()) - share) <= 2.5
    assert_quiet(log)


@ready
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_winter_is_played_by_keyboard_on_a_phone(
    page_with_log: PageWithLog, apps_server: Served, language: str
) -> None:
    page, log = page_with_log(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    visit(page, apps_server, lang=language, module=MODULE.id)
    page.locator(".course-bet [data-do=skip]").click()
    page.wait_for_selector("[data-ready] canvas")

    def press(selector: str) -> None:
        before = drawn(page)
        page.locator(selector).press("Enter")
        page.wait_for_function("(n) => Number(document.querySelector('[data-drawn]').dataset.drawn) > n", arg=before)

    tell = page.locator(".course-tell")
    press("[data-preset=your-desk]")
    for week in range(1, 8):
        press("[data-do=play-next]")
        assert {"en": f"Week {week} is over", "zh": f"第 {week} 周过完了"}[language] in tell.inner_text()
        if week == 2:
            # before the cold: one crew more, and urgent cases first
            page.locator("[data-name=crews]").press("ArrowRight")
            page.locator("[data-name=triage]").press("End")
            assert axe_violations(page) == []
            no_sideways_scroll(page)
    assert page.locator("[data-name=solves]").is_disabled()
    press("[data-do=play-next]")
    assert {"en": "The winter is over", "zh": "冬天过完了"}[language] in tell.inner_text()
    assert axe_violations(page) == []
    no_sideways_scroll(page)
    assert_quiet(log)
