"""The *Validate* button of JupyterLab shows our table, in the language of the notebook and of nothing else."""

from __future__ import annotations

import pytest

from course.i18n import LANGUAGES
from tests.browser.conftest import PageWithLog
from tests.browser.tools import Served, assert_offline, axe_violations

pytestmark = pytest.mark.browser
TITLE = {"en": "What Validate found", "zh": "检查结果"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_validate_shows_a_table_of_tasks(server: Served, page_with_log: PageWithLog, language: str) -> None:
    page, log = page_with_log(viewport={"width": 1280, "height": 900})
    page.goto(server.url(f"lab/tree/exercises/{language}/m00-python/exercise.ipynb?reset"))
    page.wait_for_selector(".jp-Notebook .jp-MarkdownCell h1")
    page.locator(".jp-Toolbar [data-jp-item-name=runAll]").get_by_text("Validate").click()
    table = page.locator(".course-validate table")
    table.wait_for()
    assert table.locator("tbody tr").count() == 6
    shown = page.locator(".jp-Dialog-content").inner_text()
    assert "The following cell failed" not in shown
    header = "getComputedStyle(document.querySelector('.jp-Dialog-header'), '::after').content"
    assert page.evaluate(header) == f'"{TITLE[language]}"'
    assert axe_violations(page, ".course-validate") == []
    assert_offline(log)
