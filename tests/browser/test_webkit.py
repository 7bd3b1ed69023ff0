"""An edition in WebKit at the width of a phone: a lesson and its dashboard, from a folder and from a host of files."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from course.manifest import syllabus
from tests.browser import webkit
from tests.browser.test_edition_walk import WALK, beyond, judge_dashboard, judge_questions, judge_run, start
from tests.browser.tools import files_of

pytestmark = pytest.mark.browser

# with a line to draw, a year to play, and a bet on a number
MODULE = next(module for module in syllabus().ready if module.number == "m02")
PHONE = (390, 844)
LANGUAGES = ("zh", "en")
SIDEWAYS = "() => document.documentElement.scrollWidth - innerWidth"
ELSEWHERE = """() => performance.getEntriesByType("resource").map(({ name }) => name)
    .filter((name) => !/^(file|data|blob):/.test(name) && new URL(name).origin !== location.origin)"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition of one module."""
    folder = tmp_path_factory.mktemp("webkit") / "site"
    command = [sys.executable, "-m", "tests.browser.sparse_edition", str(folder), "--module", MODULE.number]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webkit.Page]:
    """A window as wide as a phone."""
    if webkit.DRIVER is None:
        message = "no WebKit here; on Debian: apt-get install webkit2gtk-driver xvfb"
        if os.environ.get("COURSE_REQUIRE_BROWSER") == "1":
            pytest.fail(message)
        pytest.skip(message)
    with webkit.opened(tmp_path_factory.mktemp("home")) as found:
        found.resize(*PHONE)
        yield found


def show(page: webkit.Page, address: str, what: str, *given: object) -> dict[str, object]:
    """Open a page of the edition and let it do what a reader would."""
    page.goto(address)
    page.evaluate(f"() => {{ {WALK} }}")
    found: dict[str, object] = page.evaluate(f"(given) => walk.{what}(...given)", [*given])
    assert page.evaluate("() => innerWidth") == PHONE[0]
    assert page.evaluate(SIDEWAYS) <= 0
    assert page.evaluate(ELSEWHERE) == []
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lesson_and_its_dashboard(site: Path, page: webkit.Page, language: str) -> None:
    with files_of(site) as host:
        root = {"zh": site.as_uri(), "en": f"http://127.0.0.1:{host.server_port}"}[language]
        found = show(page, f"{root}/{language}/read/{MODULE.id}.html", "lesson")
        judge_questions(MODULE, found)
        assert found["simulator"]
        for one in found["simulator"]:
            judge_run(MODULE, start(MODULE.number, one["preset"]), one, language)
        address = f"{root}/{language}/explore/{MODULE.id}.html"
        found = show(page, address, "dashboard", MODULE.id, MODULE.number, beyond(MODULE))
        judge_dashboard(MODULE, found, language)
