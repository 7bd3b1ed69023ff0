"""The m01 dashboard and its simulator in Chromium, as a visitor of `course apps` meets them."""

from __future__ import annotations

import base64
import itertools
import json
from typing import Any

import pytest

from course.manifest import syllabus
from tests.browser.tools import Served, assert_quiet, kernels
from tests.waiting import until

pytestmark = pytest.mark.browser

MODULES = [module.id for module in syllabus().simulated]
M01 = MODULES[0]
APP = f"course/explore/{M01}"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LOCK = ".course-bet .main"


def visit(page: Any, served: Served, *, lang: str = "en", module: str = M01, kernel: bool = False) -> None:
    """Open a dashboard: as the course does, or the one of the notebook, which has a kernel."""
    place = f"voila/render/lessons/{module}/app.ipynb" if kernel else f"course/explore/{module}"
    page.goto(served.url(f"{place}?lang={lang}"))
    page.wait_for_selector(".course-simulator", timeout=180_000)


def guess(page: Any, card: Any) -> None:
    """Answer an open bet by keyboard, a number with one step or a line with two points, and lock it in."""
    field = card.locator("input, [role=slider]").first
    field.press("ArrowUp")
    if card.locator(".course-draw").count():
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowDown")
    card.locator(".main").click()


def past_the_bet(page: Any) -> None:
    guess(page, page.locator(".course-bet"))
    page.wait_for_selector("[data-ready]", timeout=180_000)
    page.wait_for_selector("canvas")


def drawn(page: Any) -> int:
    return int(page.locator("[data-drawn]").get_attribute("data-drawn"))


def await_newer(page: Any, before: int, timeout: float = 180_000) -> None:
    """Wait for a picture after the one numbered `before`, and for those of the same run that are not on the screen."""
    newer = """(n) => {
        const { drawn, whole } = document.querySelector('[data-drawn]').dataset;
        return Number(drawn) > n && whole === drawn;
    }"""
    page.wait_for_function(newer, arg=before, timeout=timeout)


def slide(page: Any, name: str, number: float) -> None:
    """Move a slider as a finger does, and wait for the new picture."""
    before = drawn(page)
    page.locator(f"input[data-name={name}]").evaluate(
        """(input, number) => {
            input.value = number;
            input.dispatchEvent(new Event("input", { bubbles: true }));
            input.dispatchEvent(new Event("change", { bubbles: true }));
        }""",
        number,
    )
    await_newer(page, before)


def await_address(page: Any, service: float) -> None:
    """Wait until the page's address holds the run with this service, and not one before it."""
    page.wait_for_function(
        """(service) => {
            const code = location.hash.replace("#run=", "").replaceAll("-", "+").replaceAll("_", "/");
            return code && JSON.parse(atob(code)).v.service === service;
        }""",
        arg=service,
    )


# What the page has asked the run service, also where the line is cut
KEPT_QUESTIONS = """
    const ask = globalThis.fetch;
    globalThis.line = { asked: [], cut: false };
    globalThis.fetch = (address, how) => {
      line.asked.push(String(address));
      return line.cut ? new Promise(() => {}) : ask(address, how);
    };
"""


def await_asked(page: Any, service: float) -> None:
    """Wait until the page has asked for a run with this service."""
    page.wait_for_function("(service) => line.asked.some((one) => one.includes(`&service=${service}&`))", arg=service)


def cut_the_line(page: Any) -> None:
    """From now on nothing that the page asks reaches the server."""
    page.evaluate("line.cut = true; line.asked = []")


def assert_quiet_but_for_refusals(log: Any) -> None:
    """As `assert_quiet`; that the service refuses a question, a browser reports by itself."""
    log.console = [(kind, text) for kind, text in log.console if "status of 422" not in text]
    assert_quiet(log)


def press(page: Any, key: str) -> int:
    """Press a key on the slider that has the focus; return the number of the picture before."""
    before = drawn(page)
    page.keyboard.press(key)
    return before


def service(page: Any) -> int:
    return int(page.locator("input[data-name=service]").input_value())


def figure(page: Any, key: str, column: int = 1) -> str:
    return str(page.locator(f"tr[data-metric={key}] > td").nth(column - 1).inner_text())


def tell(page: Any) -> str:
    return str(page.locator(".course-tell").inner_text())


@pytest.fixture
def opened(page_with_log: Any, apps_server: Served) -> tuple[Any, Any]:
    page, log = page_with_log()
    page.add_init_script(KEPT_QUESTIONS)
    visit(page, apps_server)
    past_the_bet(page)
    return page, log


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
    same = f"""async (old) => {{
        const shares = document.querySelector("[data-drawn]") ? await ({SHARE_OF_OTHER_PIXELS})(old) : [];
        return shares.length === old.length && Math.max(...shares) < 0.002;
    }}"""
    page.wait_for_function(same, arg=looks[-1], timeout=180_000)
    behind, kept_up = (page.evaluate(SHARE_OF_OTHER_PIXELS, one) for one in looks[-2:])
    assert all(now * 4 < old for now, old, moved in zip(kept_up, behind, changed[-1], strict=True) if moved)


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


def test_a_link_carries_settings_and_language(opened: tuple[Any, Any], page_with_log: Any) -> None:
    page, _ = opened
    slide(page, "service", 91)
    await_address(page, 91)
    other, log = page_with_log(locale="zh-CN")
    other.goto(page.url.replace("lang=en", "lang=zh"))
    other.wait_for_selector("[data-ready]", timeout=180_000)
    other.wait_for_function("document.querySelector('input[data-name=service]').value === '91'")
    assert "期望" in other.locator("h1").inner_text()
    assert figure(other, "satisfaction").split()[0] == figure(page, "satisfaction").split()[0]
    assert_quiet(log)


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


def _code(**settings: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(settings).encode()).decode().rstrip("=")


BROKEN = {
    "#run=%21%21": ("cannot be read", "读不出来"),
    f"#run={_code(m='m01', s=1, v={'service': 9e9})}": ("out of range", "超出范围"),
    f"#run={_code(m='m01', s=1, v={'service': 'lots'})}": ("not a number", "不是数字"),
    "#preset=nonsense": ("no situation called 'nonsense'", "nonsense"),
}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_broken_link_says_so_and_the_page_goes_on(page_with_log: Any, apps_server: Served, lang: str) -> None:
    page, log = page_with_log()
    visit(page, apps_server, lang=lang)
    past_the_bet(page)
    for hash_, words in BROKEN.items():
        page.evaluate("(hash) => { location.hash = hash }", hash_)
        notice = page.locator(".notice[data-kind=problem]")
        notice.get_by_text(words[lang == "zh"]).wait_for()
        slide(page, "service", 80 if page.locator("input[data-name=service]").input_value() != "80" else 81)
        assert notice.count() == 0
    assert_quiet_but_for_refusals(log)


def test_a_broken_link_as_the_way_in(page_with_log: Any, apps_server: Served) -> None:
    page, log = page_with_log()
    page.goto(apps_server.url(f"{APP}?lang=en#run=broken"))
    page.locator(".notice[data-kind=problem]").wait_for(timeout=180_000)
    past_the_bet(page)
    slide(page, "service", 80)
    assert_quiet_but_for_refusals(log)


def test_an_unknown_language_is_said_and_another_shown(page_with_log: Any, apps_server: Served) -> None:
    page, _ = page_with_log(locale="zh-CN")
    page.goto(apps_server.url(f"{APP}?lang=tlh"))
    page.get_by_role("alert").get_by_text("链接要的语言").wait_for(timeout=180_000)
    assert page.locator("html").get_attribute("lang") == "zh-Hans"


def test_the_language_switch_keeps_the_settings(opened: tuple[Any, Any]) -> None:
    page, log = opened
    slide(page, "service", 83)
    page.get_by_role("button", name="中文").click()
    page.get_by_role("heading", name="期望与落差").wait_for()
    page.wait_for_function("document.querySelector('input[data-name=service]').value === '83'")
    assert "lang=zh" in page.url
    page.wait_for_selector("[data-ready]")
    assert_quiet(log)


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


def test_a_second_tab_loses_nothing(page_with_log: Any, apps_server: Served) -> None:
    page, _ = page_with_log()
    visit(page, apps_server)
    past_the_bet(page)
    second = page.context.new_page()
    visit(second, apps_server)
    second.wait_for_selector("[data-ready]", timeout=180_000)
    slide(second, "service", 95)
    notice = page.locator(".notice[data-kind=other]")
    notice.wait_for()
    assert page.locator("input[data-name=service]").input_value() == "72", "no tab changes another unasked"
    notice.get_by_role("button").first.click()
    page.wait_for_function("document.querySelector('input[data-name=service]').value === '95'")
    page.locator("[data-do=undo]").click()
    page.wait_for_function("document.querySelector('input[data-name=service]').value === '72'")


@pytest.mark.parametrize(("lang", "words"), [("en", "has stopped"), ("zh", "内核已停止")])
def test_a_kernel_killed_in_mid_drag(page_with_log: Any, apps_server: Served, lang: str, words: str) -> None:
    page, _ = page_with_log()
    before = {process.pid for process in kernels(apps_server)}
    visit(page, apps_server, lang=lang, kernel=True)
    past_the_bet(page)
    slide(page, "service", 88)
    shown = "document.querySelector('.course-main canvas').toDataURL()"
    picture = page.evaluate(shown)
    mine = [process for process in kernels(apps_server) if process.pid not in before]
    assert mine
    for process in mine:
        process.kill()
    page.locator("input[data-name=service]").evaluate(
        "(input) => { input.value = 91; input.dispatchEvent(new Event('input', { bubbles: true }));"
        " input.dispatchEvent(new Event('change', { bubbles: true })) }"
    )
    notice = page.locator(".notice").filter(has_text=words)
    notice.wait_for(timeout=180_000)
    assert page.evaluate(shown) == picture, "the last picture stays"
    with page.expect_navigation():
        notice.get_by_role("button").click()
    page.wait_for_selector("[data-ready]", timeout=180_000)
    page.wait_for_function("document.querySelector('input[data-name=service]').value === '91'")


def test_a_reload_with_the_address_before_keeps_the_newer_settings(opened: tuple[Any, Any]) -> None:
    """Chromium may reload the address that was there before the last change of it."""
    page, _ = opened
    addresses = []
    for service in (80, 88):
        slide(page, "service", service)
        await_address(page, service)
        addresses.append(page.evaluate("location.href"))
    page.evaluate("(before) => history.replaceState(null, '', before)", addresses[0])
    # what Chromium would load, which it learns after the page
    chromium = page.context.new_cdp_session(page)

    def loads() -> str:
        history = chromium.send("Page.getNavigationHistory")
        return str(history["entries"][history["currentIndex"]]["url"])

    until(lambda: loads() == addresses[0], "Chromium holds to the newer address", page=page)
    page.reload()
    page.wait_for_selector("[data-drawn]", timeout=180_000)
    page.wait_for_function("Boolean(document.querySelector('[data-ready]'))")
    assert page.locator("input[data-name=service]").input_value() == "88"
    page.goto("about:blank")
    page.goto(addresses[0])
    page.wait_for_function("document.querySelector('input[data-name=service]')?.value === '80'", timeout=180_000)


def test_the_next_step_and_the_last_ones_need_no_answer(opened: tuple[Any, Any]) -> None:
    page, _ = opened
    page.locator("input[data-name=service]").focus()
    began = service(page)
    await_newer(page, press(page, "ArrowRight"))
    await_asked(page, began + 2)
    sentences = {tell(page)}
    cut_the_line(page)
    # on in the same direction, back, and back to where it began
    for key in ("ArrowRight", "ArrowLeft", "ArrowLeft"):
        await_newer(page, press(page, key))
        sentences.add(tell(page))
    assert len(sentences) == 3
    # two steps away nobody has been: only the server knows
    before = press(page, "ArrowLeft")
    await_asked(page, began - 1)
    assert drawn(page) == before


def test_what_was_foreseen_is_what_would_have_been_answered(opened: tuple[Any, Any]) -> None:
    page, _ = opened
    slide(page, "service", 78)
    page.locator("input[data-name=service]").focus()
    await_newer(page, press(page, "ArrowRight"))
    await_asked(page, 80)
    cut_the_line(page)
    await_newer(page, press(page, "ArrowRight"))
    foreseen = (tell(page), figure(page, "felt"))
    await_address(page, 80)
    # a page that begins anew has foreseen nothing
    page.reload()
    page.wait_for_selector("[data-ready]", timeout=180_000)
    page.wait_for_function("document.querySelector('input[data-name=service]').value === '80'")
    assert (tell(page), figure(page, "felt")) == foreseen
