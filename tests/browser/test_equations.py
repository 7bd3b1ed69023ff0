"""Behind ƒ, each figure's equation stands a second time with the numbers of the run, and follows the sliders."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.browser.test_app import MODULES, past_the_bet, slide, visit
from tests.browser.tools import Served, axe_violations, no_sideways_scroll

pytestmark = pytest.mark.browser

FILLED = """() => [...document.querySelectorAll("tr[data-metric]")].map((row) => ({
    key: row.dataset.metric,
    shown: row.cells[1].textContent,
    text: row.querySelector(".course-filled").textContent,
    result: row.querySelector("[data-number=result]")?.textContent ?? null,
    empty: [...row.querySelectorAll("[data-number]")].filter((place) => !place.textContent).length,
}))"""


def opened(page: Any) -> None:
    page.locator(".course-info").evaluate_all("(buttons) => buttons.forEach((button) => button.click())")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("module", MODULES)
def test_every_equation_holds_the_numbers_of_the_run(
    page_with_log: Any, apps_server: Served, module: str, lang: str
) -> None:
    page, _ = page_with_log(viewport={"width": 390, "height": 844})
    visit(page, apps_server, module=module, lang=lang)
    past_the_bet(page)
    opened(page)
    rows = page.evaluate(FILLED)
    for row in rows:
        assert row["empty"] == 0
        assert row["result"] in (None, row["shown"])
        assert not re.search(r"[{}@]|NaN|undefined", row["text"])
        assert row["text"].strip(": ：")
    no_sideways_scroll(page)


def test_a_filled_equation_follows_the_sliders(page_with_log: Any, apps_server: Served) -> None:
    page, _ = page_with_log(viewport={"width": 1280, "height": 800})
    visit(page, apps_server)
    past_the_bet(page)
    opened(page)
    slide(page, "price", 50)
    cost = page.locator("tr[data-metric=cost] math").last
    places = cost.locator("[data-number=price]")
    assert places.all_text_contents() == ["50", "50"]
    slide(page, "price", 30)
    assert places.all_text_contents() == ["30", "30"]
    assert axe_violations(page) == []
