"""The home page in Chromium."""

from __future__ import annotations

import pytest

from tests.browser.conftest import PageWithLog
from tests.browser.tools import Served, assert_offline, assert_quiet, axe_violations

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_home_is_accessible_offline_and_quiet(
    server: Served, page_with_log: PageWithLog, language: str, scheme: str
) -> None:
    page, log = page_with_log(color_scheme=scheme)
    page.goto(server.url(f"course/?lang={language}"))
    assert page.locator("html").get_attribute("lang") == {"en": "en", "zh": "zh-Hans"}[language]
    assert page.locator("html").get_attribute("data-theme") == scheme
    assert axe_violations(page) == []
    assert_offline(log)
    assert_quiet(log)
