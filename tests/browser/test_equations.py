"""Behind ƒ, each figure's equation stands a second time with the numbers of the run, and follows the sliders."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.simulator_page import past_the_bet, slide, visit
from tests.browser.test_every_app import open_equations
from tests.browser.tools import Served, axe_violations

pytestmark = pytest.mark.browser


def test_a_filled_equation_follows_the_sliders(page_with_log: Any, apps_server: Served) -> None:
    page, _ = page_with_log(viewport={"width": 1280, "height": 800})
    visit(page, apps_server)
    past_the_bet(page)
    open_equations(page)
    slide(page, "price", 50)
    cost = page.locator("tr[data-metric=cost] math").last
    places = cost.locator("[data-number=price]")
    assert places.all_text_contents() == ["50", "50"]
    slide(page, "price", 30)
    assert places.all_text_contents() == ["30", "30"]
    assert axe_violations(page) == []
