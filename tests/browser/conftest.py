"""Fixtures for tests in Chromium: `server`, `apps_server`, `browser`, `page_with_log`.

They live as long as this folder's tests: Playwright keeps an event loop running, which tests elsewhere may not bear.
A test with Chromium is skipped where there is none, and fails there if `COURSE_REQUIRE_BROWSER=1`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.simulator_page import KEPT_QUESTIONS, past_the_bet, visit
from tests.browser.tools import Log, Served, serving

# the shell shows the same pages at 0.3 s of a processor each; Chromium takes 0.8 s, for the window around them
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Two popups of the address bar, a process for each window that nobody sees: a tenth of the price of a page. Chromium
    # heeds the last list only, so those that Playwright turns off stand here too
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,AvoidUnnecessaryBeforeUnloadCheckSync,"
    "DestroyProfileOnBrowserClose,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,LensOverlay,MediaRouter,PaintHolding,"
    "ThirdPartyStoragePartitioning,AvoidCorsURLLoaderRestartOnRedirect,OptimizationHints,NetworkTimeServiceQuerying,"
    "PreconnectToSearch",
]
# A test's page lives for seconds: code optimised for hours is an eighth of its price. What is measured has its optimised code
UNOPTIMISED = "--js-flags=--no-maglev,--no-turbofan"

# How long a page may need for what must come, ms: what is waited for is a state, and a busy machine takes its time
PATIENCE = 180_000

PageWithLog = Callable[..., tuple[Any, Log]]


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """`course open --no-browser`, on a free port with a token; `.url(path)`, `.token`, `.port`."""
    yield from serving("open", tmp_path_factory.mktemp("open"), "--no-browser")


@pytest.fixture(scope="package")
def apps_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """`course apps`, on a free port."""
    yield from serving("apps", tmp_path_factory.mktemp("apps"))


@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    """Chromium, once for all tests of this folder."""
    from playwright.sync_api import sync_playwright

    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        reason = f"no Chromium here (looked for {', '.join(NAMES)}); on Debian: apt-get install chromium-headless-shell"
        if os.environ.get("COURSE_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=[*FLAGS, UNOPTIMISED])
        yield chromium
        chromium.close()


@pytest.fixture
def page_with_log(browser: Any) -> Iterator[PageWithLog]:
    """A function that opens a fresh page and its log: `page, log = page_with_log(locale="zh-CN", color_scheme="dark")`.

    Its options are Playwright's of a browser context; the window is 1200 × 900 unless `viewport` says otherwise.
    """
    contexts = []

    def open_page(**options: Any) -> tuple[Any, Log]:
        context = browser.new_context(**{"viewport": {"width": 1200, "height": 900}, "locale": "en-GB", **options})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        log = Log()
        log.watch(context)
        return context.new_page(), log

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def opened(page_with_log: Any, apps_server: Served) -> tuple[Any, Any]:
    """Return m01's dashboard with the bet behind it, and its log."""
    page, log = page_with_log()
    page.add_init_script(KEPT_QUESTIONS)
    visit(page, apps_server)
    past_the_bet(page)
    return page, log
