"""A notebook that was saved in JupyterLab shows pictures and words of its widgets wherever it is opened without a kernel."""

from __future__ import annotations

import base64
import json
import re
import urllib.request
from pathlib import Path
from typing import Any

import nbformat
import pytest

from course.server.leftovers import WIDGET
from tests.browser.conftest import PageWithLog
from tests.browser.simulator_page import guess
from tests.server.jupyters import jupyter
from tests.waiting import until

pytestmark = pytest.mark.browser

NAME = "课文.ipynb"
CELLS = (
    'import course\n_ = course.begin("m02", language="zh")',
    'import altair as alt\nalt.Chart({"values": [{"x": 1}, {"x": 2}]}, title="两点", description="越来越高。")'
    '.mark_bar().encode(x="x:O", y="x:Q")',
    "course.simulator()",
    "course.quiz()",
)
PICTURE = re.compile(r'<p><img src="data:image/png;base64,([\w+/=]+)" width="\d+" alt="([^"]*)"></p>')
MOST_BYTES = 60_000


def left(path: Path) -> list[str]:
    """The HTML that each cell's widget left in the file."""
    notebook = nbformat.read(path, as_version=4)
    return [
        output.data.get("text/html", "")
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if "data" in output
    ]


def save(page: Any) -> None:
    """Save, and return when the server has the file."""
    with page.expect_response(lambda answer: answer.request.method == "PUT" and "/api/contents/" in answer.url):
        page.keyboard.press("Control+s")


def test_a_saved_notebook_carries_a_picture_and_words(tmp_path: Path, page_with_log: PageWithLog) -> None:
    path = tmp_path / NAME
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in CELLS])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, path)
    page, _ = page_with_log(viewport={"width": 1200, "height": 3000}, locale="zh-CN")
    with jupyter(tmp_path, tmp_path) as port:
        address = f"http://127.0.0.1:{port}/course/lab/tree/{NAME}?reset"
        page.goto(address)
        page.locator(".jp-CodeCell").first.locator(".cm-content").click()
        for _cell in CELLS:
            page.keyboard.press("Shift+Enter")
        guess(page, page.locator(".course-bet").first)
        page.locator(".quiz-item").first.wait_for()
        page.locator(".jp-OutputArea-output", has=page.locator(".course-simulator")).locator("canvas").first.wait_for()
        # with the focus on a lever, whose arrow keys are not JupyterLab's
        page.locator(".course-simulator input[data-name]").first.press("ArrowRight")
        save(page)
        chart, simulator, quiz = left(path)
        for html in (chart, simulator):
            found = PICTURE.match(html)
            assert found, html[:300]
            assert len(base64.b64decode(found[1])) <= MOST_BYTES
            assert "运行这个格子" in html
        assert "越来越高" in chart
        assert "<img" not in quiz
        assert page.locator(".jp-OutputArea-output img").count() == 0, "the open notebook is left as it is"

        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/sessions") as answer:
            (session,) = json.load(answer)
        request = urllib.request.Request(f"http://127.0.0.1:{port}/api/sessions/{session['id']}", method="DELETE")
        urllib.request.urlopen(request).close()
        page.goto(address)
        shown = page.locator(".jp-OutputArea-output img")
        shown.first.wait_for()
        until(lambda: shown.evaluate_all("all => all.every(one => one.naturalWidth > 100)"), page=page)
        assert shown.count() == (chart + simulator).count("<img")
        assert page.get_by_text("运行这个格子").count() == 3
        assert WIDGET not in path.read_text(encoding="utf-8")
        # a server that ends while a page still asks may wait for its answer for ever, as AnyIO's threads do
        page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").first.wait_for(state="attached")
        page.close()
