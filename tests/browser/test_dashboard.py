"""The instructor's dashboard in Chromium: with a class, without one, and not for the public."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from course.manifest import syllabus
from course.paths import ROOT
from tests.browser.tools import (
    Served,
    assert_offline,
    assert_quiet,
    axe_violations,
    no_sideways_scroll,
    serve_dashboard,
)
from tests.grading.gradebooks import M01, OUT_OF, TASKS, gradebook, graded
from tests.grading.telling.test_similarity import DISGUISED, OWN_WAY
from tests.waiting import LONGEST_SECONDS

pytestmark = pytest.mark.browser

PAGE = "voila/render/course/grading/dashboard.ipynb"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
OTHER = next(module for module in syllabus().graded if module.id != M01.id)
SAID = "With MSA −0.5 customers get less than would just do. Your word is inside."


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("class")
    scores: dict[str, dict[str, float | None]] = {
        f"s{number}": {task: OUT_OF[task] for task in TASKS[:number]} for number in range(10)
    }
    gradebook(root, scores)
    graded(root, "s1", {"felt-value": OWN_WAY}, said={"place-in-zone": SAID})
    graded(root, "s2", {"felt-value": DISGUISED}, said={"place-in-zone": SAID})
    return root


@pytest.fixture(scope="module")
def dashboard(room: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    yield from serve_dashboard(room, tmp_path_factory.mktemp("dashboard"))


def visit(page: Any, served: Served, lang: str = "en") -> None:
    page.goto(served.url(f"{PAGE}?lang={lang}"))
    page.wait_for_selector(".course-dashboard-tools", timeout=180_000)


@pytest.mark.parametrize(("lang", "scheme"), [("en", "light"), ("zh", "dark")])
def test_it_shows_the_class(page_with_log: Any, dashboard: Served, lang: str, scheme: str) -> None:
    page, log = page_with_log(color_scheme=scheme, **PHONE)
    visit(page, dashboard, lang)
    page.wait_for_selector("canvas")
    text = page.locator("main").inner_text()
    assert {"en": "How a gap feels", "zh": "落差给人的感受"}[lang] in text
    assert {"en": "Your word is inside", "zh": "你给的词是 inside"}[lang] in text
    assert "s1" in text
    assert "100%" in text
    assert axe_violations(page) == []
    no_sideways_scroll(page)
    assert_offline(log)
    assert_quiet(log)


def test_another_assignment_has_nothing_yet_and_the_language_changes(page_with_log: Any, dashboard: Served) -> None:
    page, log = page_with_log()
    visit(page, dashboard)
    page.get_by_label("Assignment").select_option(OTHER.id)
    page.get_by_text(f"course grade {OTHER.id}").wait_for()
    page.get_by_role("button", name="中文").click()
    page.get_by_text("还没有批改过任何人").wait_for()
    page.get_by_label("作业").select_option(M01.id)
    page.get_by_role("button", name="重新读取").click()
    page.get_by_role("heading", name="彼此很像").wait_for()
    assert axe_violations(page) == []
    assert_quiet(log)


def test_where_nobody_has_graded_it_says_how(page_with_log: Any, server: Served) -> None:
    page, log = page_with_log()
    visit(page, server)
    page.get_by_text("There is no gradebook").wait_for()
    page.get_by_text("course grade m01-expectation-gap").wait_for()
    assert axe_violations(page) == []
    assert_quiet(log)


@pytest.fixture
def called_elsewhere(tmp_path: Path) -> Iterator[Served]:
    """The course folder's own dashboard, called from another folder. Formgrader makes a gradebook where there is none."""
    book = ROOT / "gradebook.db"
    before = book.exists()
    served = Served("dashboard", tmp_path, "--no-browser", cwd=tmp_path)
    try:
        served.wait()
        yield served
    finally:
        served.stop()
        if not before:
            book.unlink(missing_ok=True)


def test_formgrader_is_one_click_away(page_with_log: Any, called_elsewhere: Served) -> None:
    page, log = page_with_log()
    visit(page, called_elsewhere)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Open formgrader").click()
    formgrader = opened.value
    formgrader.get_by_text(f"Manual Grading {M01.id}").wait_for()
    assert "encountered an error" not in formgrader.inner_text("body")
    assert_offline(log)


def test_it_needs_the_token(dashboard: Served) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{dashboard.port}/{PAGE}", timeout=LONGEST_SECONDS) as answer:
        assert "/login" in answer.url


def test_the_public_does_not_get_it(apps_server: Served) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(apps_server.url(PAGE), timeout=LONGEST_SECONDS)
