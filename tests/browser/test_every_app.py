"""Every module's app on a phone: by everybody, from no other host, quiet, its equations filled. One visit sees it all.

A module more costs two visits: each language, each in one of the two colour schemes, in turn.
"""

from __future__ import annotations

import re
from itertools import cycle
from typing import Any

import pytest

from tests.browser.simulator_page import MODULES, PHONE, past_the_bet, visit
from tests.browser.tools import Served, assert_offline, assert_quiet, axe_violations, no_sideways_scroll

pytestmark = pytest.mark.browser

VISITS = [
    (module, lang, scheme)
    for module, schemes in zip(MODULES, cycle([("light", "dark"), ("dark", "light")]), strict=False)
    for lang, scheme in zip(("en", "zh"), schemes, strict=True)
]
FILLED = """() => [...document.querySelectorAll("tr[data-metric]")].map((row) => ({
    key: row.dataset.metric,
    shown: row.cells[1].textContent,
    text: row.querySelector(".course-filled").textContent,
    result: row.querySelector("[data-number=result]")?.textContent ?? null,
    empty: [...row.querySelectorAll("[data-number]")].filter((place) => !place.textContent).length,
}))"""


def open_equations(page: Any) -> None:
    page.locator(".course-info").evaluate_all("(buttons) => buttons.forEach((button) => button.click())")


def assert_filled(page: Any) -> None:
    """Behind ƒ each figure's equation stands with the numbers of the run."""
    rows = page.evaluate(FILLED)
    assert rows
    for row in rows:
        assert row["empty"] == 0
        assert row["result"] in (None, row["shown"])
        assert not re.search(r"[{}@]|NaN|undefined", row["text"])
        assert row["text"].strip(": ：")


@pytest.mark.parametrize(("module", "lang", "scheme"), VISITS)
def test_an_app_is_accessible_offline_quiet_and_its_equations_are_filled(
    page_with_log: Any, apps_server: Served, module: str, lang: str, scheme: str
) -> None:
    page, log = page_with_log(color_scheme=scheme, **PHONE)
    visit(page, apps_server, lang=lang, module=module)
    assert axe_violations(page) == []
    past_the_bet(page)
    open_equations(page)
    page.locator(".course-table-view summary").click()
    assert page.locator("html").get_attribute("lang") == {"en": "en", "zh": "zh-Hans"}[lang]
    assert_filled(page)
    assert axe_violations(page) == []
    no_sideways_scroll(page)
    assert_offline(log)
    assert_quiet(log)
