"""A dashboard in unkind conditions: a thumb that scrolls, a page at 200%, colours of the system's own, paper."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.simulator_page import MODULES, PHONE, past_the_bet, slide, visit
from tests.browser.tools import Served, axe_violations
from tests.waiting import until

pytestmark = pytest.mark.browser

# 1280 × 800 at 200%, the narrowest page that WCAG asks for, a phone held across, the lowest with a picture that stays
SMALL = {"zoomed": (640, 400), "narrow": (320, 640), "across": (720, 320), "low": (1280, 600)}
# the part of the focused element that nothing lies over, probed on a grid
SEEN = """() => {
    const node = document.activeElement;
    const box = node.getBoundingClientRect();
    let seen = 0, all = 0;
    for (let x = 0.1; x < 1; x += 0.2) for (let y = 0.1; y < 1; y += 0.2) {
        const [left, top] = [box.left + x * box.width, box.top + y * box.height];
        if (left < 0 || left > innerWidth) continue;
        all += 1;
        const front = document.elementFromPoint(left, top);
        if (front && (node.contains(front) || front.contains(node))) seen += 1;
    }
    const inside = node.closest(".course-simulator") !== null;
    return { seen: all ? seen / all : 1, name: node.outerHTML.slice(0, 90), inside };
}"""
# the same once what was to be painted is
PAINTED = f"""async () => {{
    for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
    return ({SEEN})();
}}"""
# the page looks by itself each time that Tab has moved the focus: to ask it after every key and to wait for what it paints
# took ten times as long, and found the same
WATCH = f"""() => {{
    if (!globalThis.stops) addEventListener("keyup", (event) => event.key === "Tab" && stops.push(({SEEN})()), true);
    globalThis.stops = [];
}}"""
# what was last asked for is drawn, also those pictures that are not on the screen
WHOLE = "() => { const { drawn, whole } = document.querySelector('[data-drawn]').dataset; return drawn === whole; }"


@pytest.mark.parametrize("size", SMALL)
def test_nothing_covers_what_has_the_focus(page_with_log: Any, apps_server: Served, size: str) -> None:
    width, height = SMALL[size]
    page, _ = page_with_log(viewport={"width": width, "height": height})
    visit(page, apps_server)
    # the button that locks a guess in stays in view, and so might cover what the guess is made with
    page.locator(".course-presets [data-preset=big-words]").focus()
    page.keyboard.press("Enter")
    assert walk(page, 9) > 8
    past_the_bet(page)
    page.locator("[data-do=undo], .course-presets button").first.focus()
    assert walk(page, 30) > 30


@pytest.mark.parametrize("module", MODULES)
def test_nothing_covers_what_has_the_focus_in_any_app(page_with_log: Any, apps_server: Served, module: str) -> None:
    """Sentences and pictures differ, and with them the room that what stays in view takes; so does a run that is played."""
    page, _ = page_with_log(viewport={"width": 320, "height": 640})
    visit(page, apps_server, lang="zh", module=module)
    past_the_bet(page)
    for size in ("narrow", "zoomed"):
        width, height = SMALL[size]
        page.set_viewport_size({"width": width, "height": height})
        for begins in (".course-presets button", "[data-do=play-begin]"):
            if not page.locator(begins).count():
                continue
            page.locator(begins).first.press("Enter")
            if "play" in begins:
                page.locator("[data-do=play-end]").wait_for()
            page.wait_for_function(WHOLE)
            assert walk(page, 30) > 20
            if page.locator("[data-do=play-end]").is_visible():
                page.locator("[data-do=play-end]").press("Enter")


def test_a_picture_that_grows_later_leaves_what_has_the_focus_in_sight(page_with_log: Any, apps_server: Served) -> None:
    page, _ = page_with_log(viewport={"width": 320, "height": 800})
    visit(page, apps_server, module="m02-promises")
    past_the_bet(page)
    page.locator(".course-scroll").focus()
    page.keyboard.press("Tab")
    # what has the focus is brought to just under the picture, which stays at the top of the window
    under = page.evaluate(
        """() => {
            const bottom = () => document.querySelector(".course-picture").getBoundingClientRect().bottom;
            const focus = () => document.activeElement.getBoundingClientRect();
            scrollBy(0, focus().top - bottom() - 5);
            return { gap: focus().top - bottom(), height: focus().height };
        }"""
    )
    assert 0 <= under["gap"] < 30, under
    assert under["height"] < 60, under
    page.evaluate("document.querySelector('.course-picture > .course-tell').style.height = '200px'")
    focus = page.evaluate(PAINTED)
    assert focus["inside"]
    assert focus["seen"] == 1, focus["name"]


def walk(page: Any, steps: int) -> int:
    """Go by Tab to and fro, look whether what has the focus can be seen, and return how many stops were in the simulator."""
    keys = [*["Tab"] * steps, *["Shift+Tab"] * steps]
    page.evaluate(WATCH)
    for key in keys:
        page.keyboard.press(key)
    found = page.evaluate("stops")
    assert len(found) == len(keys)
    stops = [stop for stop in found if stop["inside"]]
    if not all(stop["seen"] for stop in stops):
        walk_slowly(page, keys)
    return len(stops)


def walk_slowly(page: Any, keys: list[str]) -> None:
    """Go to and fro again: a picture that has just grown may lie over what has the focus until the page has moved."""
    for key in keys:
        page.keyboard.press(key)
        focus = page.evaluate(PAINTED)
        if focus["inside"] and not focus["seen"]:
            covered = f"covered at {page.viewport_size}: {focus['name']}"
            until(lambda: page.evaluate(PAINTED)["seen"], covered, page)


def swipe(page: Any, x: float, y: float, *, by_x: float = 0, by_y: float = 0) -> None:
    """A finger put down at (x, y), drawn over the page and lifted, as a phone reports it."""
    line = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        where = [{"x": x, "y": y} for x, y in points]
        line.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": where})

    touch("touchStart", (x, y))
    for part in range(1, 11):
        touch("touchMove", (x + by_x * part / 10, y + by_y * part / 10))
    touch("touchEnd")


def test_a_scroll_that_begins_on_a_slider_changes_nothing(page_with_log: Any, apps_server: Served) -> None:
    page, _ = page_with_log(**PHONE)
    visit(page, apps_server)
    past_the_bet(page)
    slider = page.locator(".course-controls input[type=range]").nth(1)
    slider.evaluate("(node) => node.scrollIntoView({ block: 'center' })")
    before, top = slider.input_value(), page.evaluate("scrollY")
    box = slider.bounding_box()
    swipe(page, box["x"] + box["width"] * 0.9, box["y"] + box["height"] / 2, by_y=-200)
    page.wait_for_function("(top) => scrollY > top + 50", arg=top)
    assert slider.input_value() == before
    assert page.locator("[data-do=undo]").is_disabled()


def test_a_finger_still_moves_a_slider(page_with_log: Any, apps_server: Served) -> None:
    page, _ = page_with_log(**PHONE)
    visit(page, apps_server)
    past_the_bet(page)
    slider = page.locator(".course-controls input[type=range]").nth(1)
    slider.evaluate("(node) => node.scrollIntoView({ block: 'center' })")
    before, box = slider.input_value(), slider.bounding_box()
    swipe(page, box["x"] + box["width"] * 0.5, box["y"] + box["height"] / 2, by_x=box["width"] * 0.4)
    page.wait_for_function("() => !document.querySelector('[data-do=undo]').disabled")
    assert slider.input_value() != before


def test_what_is_pressed_shows_where_colours_are_the_systems(page_with_log: Any, apps_server: Served) -> None:
    page, _ = page_with_log(forced_colors="active")
    visit(page, apps_server)
    look = """(node) => [getComputedStyle(node).outlineStyle, getComputedStyle(node, "::before").content]"""
    for group in (".course-presets", ".course-app-head"):
        pressed = page.locator(f"{group} button[aria-pressed=true]").first.evaluate(look)
        other = page.locator(f"{group} button[aria-pressed=false]").first.evaluate(look)
        assert pressed[0] == "solid"
        assert "✓" in pressed[1]
        assert other[0] == "none"
        assert "✓" not in other[1]


def test_on_paper_charts_are_whole_and_pressed_buttons_can_be_read(page_with_log: Any, apps_server: Served) -> None:
    page, _ = page_with_log()
    visit(page, apps_server)
    past_the_bet(page)
    page.emulate_media(media="print")
    # A4 between the browser's usual margins
    page.set_viewport_size({"width": 718, "height": 1046})
    wide = page.evaluate(
        """[...document.querySelectorAll(".course canvas")].map((node) => node.getBoundingClientRect())
            .filter((box) => box.right > innerWidth || box.left < 0).length"""
    )
    assert wide == 0
    look = """(node) => [getComputedStyle(node).color, getComputedStyle(node).backgroundColor]"""
    ink, ground = page.locator(".course-presets button[aria-pressed=true]").evaluate(look)
    assert (ink, ground) == ("rgb(0, 0, 0)", "rgba(0, 0, 0, 0)"), "browsers print no backgrounds"
    assert page.locator(".course-picture").evaluate("(node) => getComputedStyle(node).position") == "static"
    line = page.locator(".course-headline .course-line")
    assert line.evaluate("(node) => getComputedStyle(node).printColorAdjust") == "exact", "the line is a ground"


# what of the figures does not lie within the window or within its cell
CUT = """() => [...document.querySelectorAll(".course-figures :is(th, td, span, button)")].filter((node) => {
    const box = node.getBoundingClientRect();
    return box.right > innerWidth || box.left < 0 || (node.matches("td") && node.scrollWidth > node.clientWidth);
}).map((node) => node.textContent)"""


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_pinned_run_and_the_difference_are_read_without_scrolling_sideways(
    page_with_log: Any, apps_server: Served, lang: str
) -> None:
    page, _ = page_with_log(**PHONE)
    visit(page, apps_server, lang=lang)
    past_the_bet(page)
    page.locator("[data-do=pin]").click()
    slide(page, "service", 90)
    page.locator(".course-info").first.click()
    for width in (390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate(CUT) == [], width
    assert page.locator(".course-figures td").count() >= 21
    # a row is still a row to who hears it, with its name before its numbers
    assert (
        page.locator("tr[data-metric]").count() == page.locator(".course-figures").get_by_role("rowheader").count() - 3
    )
    assert axe_violations(page, ".course-figures") == []


# the words over the picture that end above its title, or the picture's title where they do not
OVERLAP = """() => {
    const title = document.querySelector(".course-main .course-view-title").getBoundingClientRect();
    const words = [...document.querySelectorAll(".course-headline .course-mark-text, .course-headline figcaption")];
    return { words: words.length, over: words.filter((one) => one.getBoundingClientRect().bottom > title.top)
        .map((one) => one.textContent) };
}"""


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_words_of_the_headline_end_above_the_picture(page_with_log: Any, apps_server: Served, lang: str) -> None:
    page, _ = page_with_log(**PHONE)
    visit(page, apps_server, lang=lang, module="m03-measurement")
    past_the_bet(page)
    slide(page, "answers", 500)
    page.locator("[data-do=pin]").click()
    slide(page, "answers", 900)
    found = page.evaluate(OVERLAP)
    assert "null" not in page.locator(".course-headline").inner_text(), "a part that is not there is no word"
    assert found["words"] >= 5, "now, before the changes, pinned and the guess"
    assert found["over"] == []
