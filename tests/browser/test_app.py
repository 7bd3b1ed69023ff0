"""The m01 dashboard and its simulator in Chromium, as a visitor of `course apps` meets them."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from tests.browser.simulator_page import LOCK, drawn, figure, slide, tell, visit
from tests.browser.tools import Served, assert_quiet

pytestmark = pytest.mark.browser


def test_the_guess_comes_before_the_picture_and_stays(page_with_log: Any, apps_server: Served) -> None:
    page, _ = page_with_log()
    visit(page, apps_server)
    page.locator("[data-preset=big-words]").click()
    assert not page.locator(".course-stage").is_visible()
    assert page.locator(LOCK).is_disabled(), "nothing has been guessed yet"
    page.locator(".course-bet input").fill("5")
    page.locator(LOCK).click()
    outcome = page.locator(".course-bet-result")
    assert "5.0 points" in outcome.inner_text()
    assert "−25.4 points" in outcome.inner_text()
    page.reload()
    page.wait_for_selector("[data-ready]", timeout=180_000)
    assert page.locator(LOCK).count() == 0, "a guess once made is not asked again"


def test_a_guess_at_a_share_is_read_in_percent(page_with_log: Any, apps_server: Served) -> None:
    page, _ = page_with_log()
    visit(page, apps_server, module="m03-measurement")
    page.locator(".course-bet input").fill("0.4")
    assert page.locator(".course-bet output").inner_text() == "40%"
    page.locator(LOCK).click()
    assert "40%" in page.locator(".course-bet-result").inner_text()


def test_a_slider_moves_figures_sentence_and_picture(opened: tuple[Any, Any]) -> None:
    page, _ = opened
    before = (figure(page, "satisfaction"), tell(page), page.locator(".course-main canvas").screenshot())
    slide(page, "expected", 88)
    after = (figure(page, "satisfaction"), tell(page), page.locator(".course-main canvas").screenshot())
    assert all(old != new for old, new in zip(before, after, strict=True))
    page.wait_for_function("(text) => document.querySelector('[aria-live]').textContent === text", arg=tell(page))


SHARE_OF_OTHER_PIXELS = """(olds) => {
    const pixels = (one) => one.getContext("2d").getImageData(0, 0, one.width, one.height).data;
    const charts = [...document.querySelectorAll(".course-views canvas")];
    return Promise.all(charts.map(async (chart, index) => {
        const picture = new Image();
        picture.src = olds[index];
        await picture.decode();
        const copy = Object.assign(document.createElement("canvas"), { width: chart.width, height: chart.height });
        copy.getContext("2d").drawImage(picture, 0, 0);
        const [now, old] = [pixels(chart), pixels(copy)];
        return now.filter((channel, at) => Math.abs(channel - old[at]) > 64).length / now.length;
    }));
}"""


def test_charts_that_kept_up_look_like_charts_drawn_anew(opened: tuple[Any, Any]) -> None:
    """A step brings new rows to some charts only: the others stay as they are, and none falls behind."""
    page, _ = opened
    look = "[...document.querySelectorAll('.course-views canvas')].map((one) => one.toDataURL())"
    # the first steps also bring the faint picture of the opening run, to every chart
    slide(page, "price", 50)
    slide(page, "price", 55)
    looks = [page.evaluate(look)]
    for name, number in (("price", 60), ("service", 80), ("zone_width", 20), ("service", 72)):
        slide(page, name, number)
        looks.append(page.evaluate(look))
    changed = [[old != new for old, new in zip(*pair, strict=True)] for pair in itertools.pairwise(looks)]
    # how a gap feels, and on average; guests by gap; where the money goes; what it buys: a price moves the last two
    assert changed == [[False, False, True, True], [True] * 4, [True] * 4, [True] * 4]
    page.reload()
    # where marks touch, Vega paints first those that were there first: not the same to the last pixel. The pictures that are
    # not on the screen, and the pale run in each, come a little later
    same = f"""async ([behind, last, moved]) => {{
        if (!document.querySelector("[data-drawn]")) return false;
        const [before, now] = [await ({SHARE_OF_OTHER_PIXELS})(behind), await ({SHARE_OF_OTHER_PIXELS})(last)];
        return now.length === last.length && Math.max(...now) < 0.002
            && now.every((share, at) => !moved[at] || share * 4 < before[at]);
    }}"""
    page.wait_for_function(same, arg=[*looks[-2:], changed[-1]], timeout=180_000)


def test_presets_undo_redo_and_reset(opened: tuple[Any, Any]) -> None:
    page, _ = opened
    first = figure(page, "satisfaction")
    slide(page, "service", 90)
    second = figure(page, "satisfaction")
    page.locator("[data-do=undo]").click()
    page.wait_for_function(
        "(text) => document.querySelector('[data-metric=satisfaction] td').innerText === text", arg=first
    )
    page.locator("input[data-name=service]").focus()
    page.keyboard.press("Control+Shift+Z")
    page.wait_for_function(
        "(text) => document.querySelector('[data-metric=satisfaction] td').innerText === text", arg=second
    )
    page.get_by_role("button", name="Reset Service level").click()
    page.wait_for_function(
        "(text) => document.querySelector('[data-metric=satisfaction] td').innerText === text", arg=first
    )
    page.get_by_role("button", name="Big words").click()
    page.wait_for_function("document.querySelector('input[data-name=expected]').value === '88'")
    assert page.get_by_role("button", name="Big words").get_attribute("aria-pressed") == "true"


def test_goals_are_checked_and_announced(opened: tuple[Any, Any]) -> None:
    page, _ = opened
    goal = page.locator(".course-goals ol > li").first
    assert "Not yet" in goal.inner_text()
    for name, number in (("expected", 60), ("disagreement", 2), ("spread", 4), ("service", 60)):
        slide(page, name, number)
    assert "Reached" in goal.inner_text()
    assert goal.locator(".course-insight").is_visible()


def test_a_pinned_run_stands_beside_the_new_one(opened: tuple[Any, Any]) -> None:
    page, _ = opened
    page.locator("[data-do=pin]").click()
    page.wait_for_selector(".course-mark-pinned")
    slide(page, "service", 90)
    now, pinned, difference = (figure(page, "cost", column) for column in (1, 2, 3))
    assert now != pinned
    assert difference.startswith("+")
    page.locator("[data-do=pin]").click()
    assert not page.locator(".course-mark-pinned").count()


def test_tables_and_csv_hold_what_the_picture_shows(opened: tuple[Any, Any]) -> None:
    page, _ = opened
    page.locator(".course-table-view summary").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download CSV").nth(2).click()
    raw = waiting.value.path().read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf"), "spreadsheets need the mark to read Chinese"
    lines = raw.decode("utf-8-sig").split("\r\n")
    assert lines[0].startswith("service level (points),cost per guest")
    assert len(lines) == 1 + 41 + 1
    assert page.locator(".course-tables table").count() == 3


def test_other_guests_and_a_seed_that_is_none(opened: tuple[Any, Any]) -> None:
    page, _ = opened
    seed = page.get_by_label("Seed")
    before, first = drawn(page), page.evaluate("document.querySelector('canvas').toDataURL()")
    page.locator("[data-do=seed]").click()
    page.wait_for_function("(n) => Number(document.querySelector('[data-drawn]').dataset.drawn) > n", arg=before)
    assert seed.input_value() != "1"
    assert page.evaluate("document.querySelector('canvas').toDataURL()") != first
    seed.fill("1000000")
    seed.press("Tab")
    notice = page.locator(".notice[data-kind=problem]")
    notice.wait_for()
    assert "out of range" in notice.inner_text()
    assert "999999" in notice.inner_text()
    assert seed.input_value() != "1000000", "the last good settings stay"


def test_many_draws_show_progress_and_can_be_cancelled(opened: tuple[Any, Any]) -> None:
    page, log = opened
    button = page.locator("[data-do=study]")
    button.click()
    page.wait_for_function("document.querySelector('progress').value > 0")
    page.locator("[data-do=study-cancel]").click()
    page.locator(".course-study").get_by_text("Cancelled.").wait_for()
    slide(page, "service", 80)
    button.click()
    page.locator(".course-study table").wait_for(timeout=180_000)
    row = page.locator(".course-study tr").first.inner_text()
    mean, half = (float(part.strip(" ±").split()[0]) for part in row.split("\t")[1:])
    assert abs(mean - float(figure(page, "satisfaction").split()[0])) < 1
    assert 0 < half < 1
    assert_quiet(log)
