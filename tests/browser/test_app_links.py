"""A link to a run of the simulator, right or broken, and the language that it asks for."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from tests.browser.simulator_page import (
    APP,
    assert_quiet_but_for_refusals,
    await_address,
    figure,
    past_the_bet,
    slide,
    visit,
)
from tests.browser.tools import Served, assert_quiet

pytestmark = pytest.mark.browser


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
