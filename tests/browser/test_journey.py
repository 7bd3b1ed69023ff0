"""The journey editor in Chromium: by keyboard, mouse and finger, in both languages, on a desk and on a phone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.browser.simulator_page import PHONE, await_newer, drawn, visit
from tests.browser.tools import Served, assert_quiet, axe_violations, no_sideways_scroll

pytestmark = pytest.mark.browser

DESK = {"viewport": {"width": 1280, "height": 900}}
WAYS = [("en", DESK), ("zh", DESK), ("en", PHONE), ("zh", PHONE)]
every_way = pytest.mark.parametrize(("lang", "window"), WAYS, ids=["en desk", "zh desk", "en phone", "zh phone"])
SECURITY = {"en": "Security", "zh": "安检"}
NOW_SECOND = {"en": "Security, now 2 of 8", "zh": "安检，现在第 2 个，共 8 个"}
TYPED = "=<b>茶</b>; Tea"
KEPT = "=<b>茶</b>, Tea"


def airport(page: Any, served: Served, lang: str) -> None:
    """Open the app in its second situation, past the bets."""
    visit(page, served, lang=lang, module="m07-journeys")
    page.locator(".course-bet [data-do=skip]").click()
    page.wait_for_selector("[data-ready] canvas")
    before = drawn(page)
    page.locator("[data-preset=airport]").click()
    page.locator(".course-bet [data-do=skip]").click()
    await_newer(page, before)
    page.wait_for_function("document.querySelectorAll('.course-stop').length === 8")


def names(page: Any) -> list[str]:
    return page.locator(".course-stop-name").all_inner_texts()


def middle(locator: Any) -> tuple[float, float]:
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Any, start: Any, end: tuple[float, float], *, touch: bool) -> None:
    """Drag with the mouse, or with a finger as Chromium itself takes it: a finger may scroll."""
    (x, y), (to_x, to_y) = middle(start), end
    way = [(x + (to_x - x) * part / 8, y + (to_y - y) * part / 8) for part in range(1, 9)]
    if not touch:
        page.mouse.move(x, y)
        page.mouse.down()
        for place in way:
            page.mouse.move(*place)
        page.mouse.up()
        return
    line = page.context.new_cdp_session(page)
    for kind, places in [("touchStart", [(x, y)]), *(("touchMove", [place]) for place in way), ("touchEnd", [])]:
        points = [{"x": at[0], "y": at[1]} for at in places]
        line.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def announced(page: Any, text: str) -> None:
    page.locator(".course-journey [role=status]").filter(has_text=text).wait_for(state="attached")


@every_way
def test_a_touchpoint_is_moved_by_keyboard_mouse_and_finger(
    page_with_log: Any, apps_server: Served, lang: str, window: dict[str, Any]
) -> None:
    page, log = page_with_log(**window)
    airport(page, apps_server, lang)
    first, second, security, fourth, *_rest = names(page)
    before = drawn(page)
    page.locator(".course-grip").nth(2).press("ArrowUp")
    await_newer(page, before)
    assert names(page)[:3] == [first, security, second]
    announced(page, NOW_SECOND[lang])
    assert security in (page.locator(":focus").get_attribute("aria-label") or ""), "the focus goes along"
    page.locator(".course-stop-open").nth(1).press("Alt+ArrowDown")
    assert names(page)[:3] == [first, second, security]
    page.locator(".course-grip").nth(7).press("ArrowDown")
    assert names(page)[7] == page.locator(".course-stop-name").last.inner_text(), "the last one stays the last"
    page.locator(".course-grip").first.press("End")
    page.locator(".course-grip").last.press("Home")
    assert names(page)[:4] == [first, second, security, fourth]

    touch = "has_touch" in window
    before = drawn(page)
    page.locator(".course-stop").first.scroll_into_view_if_needed()
    page.locator(".course-grip").nth(1).focus()
    end = middle(page.locator(".course-grip").nth(3))
    drag(page, page.locator(".course-grip").nth(1), (end[0], end[1] + 6), touch=touch)
    await_newer(page, before)
    assert names(page)[:4] == [first, security, fourth, second]
    announced(page, second)
    page.locator("[data-do=undo]").click()
    page.wait_for_function(
        "(name) => document.querySelectorAll('.course-stop-name')[1].textContent === name", arg=second
    )
    if touch:
        place = page.evaluate("scrollY")
        x, y = middle(page.locator(".course-stop-open").nth(1))
        drag(page, page.locator(".course-stop-open").nth(1), (x, y - 120), touch=True)
        page.wait_for_function("(before) => scrollY > before", arg=place)
        assert names(page)[1] == second, "a finger beside the grip scrolls the page"
    no_sideways_scroll(page)
    assert_quiet(log)


@every_way
def test_touchpoints_are_named_set_taken_out_put_back_and_counted(
    page_with_log: Any, apps_server: Served, lang: str, window: dict[str, Any]
) -> None:
    page, log = page_with_log(**window)
    airport(page, apps_server, lang)
    opener = page.locator(".course-stop-open").nth(2)
    opener.press("Enter")
    assert opener.get_attribute("aria-expanded") == "true"
    box = page.locator(".course-stop-box").nth(2)
    assert box.input_value() == SECURITY[lang]
    box.fill(TYPED)
    before = drawn(page)
    box.press("Enter")
    await_newer(page, before)
    assert names(page)[2] == KEPT
    figures = page.locator("[data-metric=weakest] td").first
    weakest = figures.inner_text()
    before = drawn(page)
    page.locator(".course-stop").nth(2).locator("[data-stop=reliability]").press("Home")
    await_newer(page, before)
    assert figures.inner_text() == "50%" != weakest
    assert axe_violations(page) == []

    page.locator(".course-stop").nth(2).locator("[data-do=stop-remove]").click()
    assert len(names(page)) == 7
    assert page.locator(":focus").get_attribute("data-do") == "journey-back"
    announced(page, KEPT)
    page.keyboard.press("Enter")
    assert names(page)[2] == KEPT
    page.locator(".course-grip").nth(2).press("Delete")
    assert len(names(page)) == 7
    page.keyboard.press("Control+z")
    page.wait_for_function("document.querySelectorAll('.course-stop').length === 8")

    add = page.locator("[data-do=journey-add]")
    for count in range(9, 21):
        add.click()
        assert len(names(page)) == count
    assert add.is_disabled()
    assert page.locator(":focus").input_value() in names(page)
    assert re.search(
        {"en": r"Touchpoints: 20\. There can be no more", "zh": "20 个触点，不能再加了"}[lang],
        page.locator(".course-journey").inner_text(),
    )
    no_sideways_scroll(page)
    page.reload()
    page.wait_for_selector("[data-ready] canvas")
    assert len(names(page)) == 20
    assert names(page)[2] == KEPT, "the browser keeps it"
    other = {"en": "zh", "zh": "en"}[lang]
    visit(page, apps_server, lang=other, module="m07-journeys")
    page.wait_for_selector("[data-ready] canvas")
    assert SECURITY[other] not in names(page)
    assert names(page)[2] == KEPT, "a name that was typed stays as it was typed"
    assert_quiet(log)


@every_way
def test_a_guest_walks_and_the_journey_is_taken_away_and_brought_back(
    page_with_log: Any, apps_server: Served, tmp_path: Path, lang: str, window: dict[str, Any]
) -> None:
    still = lang == "zh"
    page, log = page_with_log(reduced_motion="reduce" if still else "no-preference", **window)
    airport(page, apps_server, lang)
    turn = page.locator("[data-do=walk-turn]")
    assert turn.count() == (0 if still else 1)
    if not still:
        turn.click()
        page.wait_for_function("document.querySelectorAll('.course-stop-mark:not(:empty)').length >= 2")
        turn.click()
    step = page.locator("[data-do=walk-next]")
    while page.locator(".course-stop-mark:not(:empty)").count() < 8:
        step.press("Enter")
    told = page.locator(".course-walk-told")
    assert re.search({"en": r"The end\. Mishaps: \d", "zh": r"走完了。岔子 \d 次"}[lang], told.inner_text())
    wrong = page.locator(".course-stop-wrong").count()
    assert str(wrong) in re.findall(r"(?:Mishaps: |岔子 )(\d)", told.inner_text())
    page.locator("[data-do=walk-other]").click()
    assert page.locator(".course-stop-mark:not(:empty)").count() == 0
    assert axe_violations(page) == []

    page.locator(".course-stop-open").nth(2).click()
    page.locator(".course-stop-box").nth(2).fill(TYPED)
    page.locator(".course-stop-box").nth(2).press("Enter")
    before = names(page)
    files = {}
    for kind in ("png", "svg", "csv"):
        with page.expect_download() as download:
            page.locator(f"[data-do=journey-{kind}]").click()
        files[kind] = tmp_path / download.value.suggested_filename
        download.value.save_as(files[kind])
        assert files[kind].suffix == f".{kind}"
    assert files["png"].read_bytes().startswith(b"\x89PNG")
    svg = files["svg"].read_text(encoding="utf-8")
    assert "<b>" not in svg
    assert all(name in svg for name in before if name != KEPT)
    table = files["csv"].read_text(encoding="utf-8")
    assert table.startswith("\ufeffNo. 序号,Touchpoint 触点")
    assert f'3,"\'{KEPT}"' in table

    page.locator("[data-preset=your-own]").click()
    page.wait_for_function("document.querySelectorAll('.course-stop').length === 3")
    page.locator("input[type=file]").set_input_files(files["csv"])
    page.wait_for_function("document.querySelectorAll('.course-stop').length === 8")
    assert names(page) == before
    broken = tmp_path / "broken.csv"
    broken.write_text("a,b,c,d\n1,Tea,120,5\n", encoding="utf-8")
    page.locator("input[type=file]").set_input_files(broken)
    problem = {
        "en": "Line 2: the third column must be a number from 50 to 99.9",
        "zh": "第 2 行：第三列要填 50 到 99.9 的数",
    }[lang]
    page.get_by_role("alert").filter(has_text=problem).wait_for()
    assert names(page) == before
    assert_quiet(log)
