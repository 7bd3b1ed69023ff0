"""A simulator's page as tests use it: open it, place the bet, move its sliders, read what it says."""

from __future__ import annotations

from typing import Any

from course.manifest import syllabus
from tests.browser.tools import Served, assert_quiet

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


def a_lever_changes_the_sentence(page: Any) -> None:
    """Move the first lever from end to end by keyboard, and wait until the sentence says another thing."""
    slider = page.locator(".course-simulator input[data-name]").first
    slider.focus()
    page.keyboard.press("Home")
    before = page.locator(".course-tell").first.inner_text()
    page.keyboard.press("End")
    page.wait_for_function("(old) => document.querySelector('.course-tell').innerText !== old", arg=before)


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
