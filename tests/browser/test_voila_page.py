"""The page around a dashboard: what one sees while it starts, when it is there, and when it fails."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from course.manifest import syllabus
from course.paths import ROOT
from tests.browser.conftest import PageWithLog
from tests.browser.tools import (
    Served,
    assert_offline,
    assert_quiet,
    axe_violations,
    free_port,
    no_sideways_scroll,
)
from tests.server.http import fetch
from tests.waiting import LONGEST_SECONDS, answers, until

pytestmark = pytest.mark.browser

APP = "voila/render/" + syllabus().simulated[0].app.relative_to(ROOT).as_posix()
WAITING = {"en": "Opening this page", "zh": "正在打开这一页"}
LATE = {"en": "This takes longer than usual", "zh": "等得有点久了"}
FAILED = {"en": "This part could not be shown", "zh": "这一部分没能显示出来"}
OTHER = {"en": "zh", "zh": "en"}


@pytest.fixture(scope="module", params=["app", "notebook"])
def failing(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Voila itself on a notebook marked as the course's, which takes its time and then fails."""
    folder = tmp_path_factory.mktemp("failing")
    cells = [nbformat.v4.new_code_cell("import time; time.sleep(2)"), nbformat.v4.new_code_cell("1 / 0")]
    ours = {"kernelspec": {"name": "python3", "display_name": "Python"}, "voila": {"template": "course"}}
    book = nbformat.v4.new_notebook(cells=cells, metadata=ours)
    nbformat.write(book, Path(folder) / f"{request.param}.ipynb")
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "voila", str(folder), "--no-browser", f"--port={port}"],
        env={**os.environ, "JUPYTER_PREFER_ENV_PATH": "1"},
        stderr=subprocess.DEVNULL,
    )
    until(answers(lambda: fetch(port, "/voila/static/voila.js")), "Voila does not answer")
    yield f"http://127.0.0.1:{port}/voila/render/{request.param}.ipynb"
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=LONGEST_SECONDS)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_dashboard_is_accessible_offline_and_quiet(
    apps_server: Served, page_with_log: PageWithLog, language: str, scheme: str
) -> None:
    page, log = page_with_log(color_scheme=scheme, viewport={"width": 390, "height": 844})
    page.goto(apps_server.url(f"{APP}?lang={language}"))
    page.wait_for_selector("html[data-course-ready]")
    page.get_by_role("heading", level=1).wait_for()
    assert page.locator("html").get_attribute("lang") == {"en": "en", "zh": "zh-Hans"}[language]
    assert page.locator("h1").inner_text() == syllabus().simulated[0].title[language]
    assert not page.locator("#loading").count()
    no_sideways_scroll(page)
    assert axe_violations(page) == []
    assert_offline(log)
    assert_quiet(log)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_waiting_and_failing_are_said_in_the_readers_language(
    failing: str, page_with_log: PageWithLog, language: str
) -> None:
    page, log = page_with_log()
    page.clock.install()
    page.goto(f"{failing}?lang={language}", wait_until="commit")
    page.get_by_text(WAITING[language]).wait_for()
    assert not page.get_by_text(WAITING[OTHER[language]]).is_visible()
    assert not page.get_by_text(LATE[language]).is_visible()
    assert axe_violations(page) == []
    page.clock.fast_forward(21_000)
    assert page.get_by_text(LATE[language]).is_visible()
    page.get_by_text(FAILED[language]).wait_for()
    assert not page.get_by_text(FAILED[OTHER[language]]).is_visible()
    assert "ZeroDivisionError" not in page.content()
    assert "Traceback" not in page.content()
    assert axe_violations(page) == []
    assert_offline(log)


@pytest.mark.parametrize(
    ("query", "memory", "locale", "expected"),
    [
        ("?lang=zh", '"en"', "en-GB", "zh"),
        ("", '"zh"', "en-GB", "zh"),
        ("", "{broken", "zh-CN", "zh"),
        ("?lang=fr", "null", "fr-FR", "en"),
    ],
)
def test_the_language_comes_from_address_then_memory_then_browser(
    failing: str, page_with_log: PageWithLog, query: str, memory: str, locale: str, expected: str
) -> None:
    page, _ = page_with_log(locale=locale)
    page.add_init_script(f"localStorage.setItem('course.language', '{memory}')")
    page.goto(f"{failing}{query}", wait_until="commit")
    page.get_by_text(WAITING[expected]).wait_for()


def test_an_address_without_a_page_gets_ours(apps_server: Served, page_with_log: PageWithLog) -> None:
    page, log = page_with_log()
    page.goto(apps_server.url("voila/render/lessons/nothing.ipynb"))
    assert axe_violations(page) == []
    assert_offline(log)
    page.get_by_role("link", name="Course home").click()
    assert page.locator("main .card").count() == sum(module.simulated for module in syllabus().modules)


def test_closing_the_page_ends_its_kernel(apps_server: Served, page_with_log: PageWithLog) -> None:
    page, _ = page_with_log()
    page.goto(apps_server.url(APP))
    page.wait_for_selector("html[data-course-ready]")
    kernel = page.evaluate("JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId")
    assert fetch(apps_server.port, f"/api/kernels/{kernel}").status == 200
    page.close(run_before_unload=True)
    until(lambda: fetch(apps_server.port, f"/api/kernels/{kernel}").status != 200, "the kernel outlives its page")


def test_the_queue_of_a_full_server_opens_by_itself(tmp_path: Path, page_with_log: PageWithLog) -> None:
    served = Served("apps", tmp_path, "--visitors", "1")
    served.wait()
    try:
        inside, _ = page_with_log()
        inside.goto(served.url(APP))
        inside.wait_for_selector("html[data-course-ready]")
        waiting, log = page_with_log(viewport={"width": 390, "height": 844})
        waiting.goto(served.url(f"{APP}?lang=en#preset=big-words"))
        waiting.get_by_role("heading", name="you are in the queue").wait_for()
        assert axe_violations(waiting) == []
        no_sideways_scroll(waiting)
        assert_offline(log)
        inside.close(run_before_unload=True)
        waiting.wait_for_selector("html[data-course-ready]", timeout=180_000)
        waiting.wait_for_selector("[data-preset=big-words][aria-pressed=true]")
    finally:
        served.stop()
