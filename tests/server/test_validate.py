"""*Validate* answers with a table of tasks in the notebook's language, and with nothing that a notebook could smuggle in."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from jupyter_client.provisioning import KernelProvisionerFactory
from traitlets.config import Config

from course.i18n import LANGUAGES
from course.kernel.warm import NAME
from course.manifest import Module, syllabus
from course.server.validate import Row, _asks, _said, page, rows, validate

RIGHT = "saved = 12 * 4.2 - 45"
FIRST_ROW = {
    "en": ("1 · Does the fee pay?", "The membership saves 5.40 yuan.", "no answer called mean yet"),
    "zh": ("1 · 会员费划算吗？", "办会员省下 5.40 元。", "还没有名为 mean 的答案"),
}


@pytest.fixture(autouse=True)
def kernels_as_in_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """`course open` has its kernels forked, *Validate*'s too; started from cold, each takes a second of a processor more."""
    monkeypatch.setattr(KernelProvisionerFactory.instance(), "default_provisioner_name", NAME)


def answered(language: str, folder: Path) -> Path:
    """The practice sheet with its first task solved and its third test crashing."""
    path = folder / "exercise.ipynb"
    shutil.copy(syllabus().module("m00").exercise(language), path)
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.id == "fee":
            cell.source = RIGHT
        if cell.id == "kind":
            cell.source = "def kind(answer):\n    return 1 / 0"
    nbformat.write(notebook, path)
    return path


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_task_gets_a_row_in_the_notebooks_language(language: str, tmp_path: Path) -> None:
    (answer,) = validate(answered(language, tmp_path), Config())["failed"]
    title, passed, missing = FIRST_ROW[language]
    told = answer["error"]
    assert answer["source"] == ""
    assert re.search(rf"<td>{re.escape(title)}</td>.*?✓.*?<td>{re.escape(passed)}</td>", told)
    assert missing in told
    assert "ZeroDivisionError" in told
    assert "Traceback" not in told
    assert told.count("✗") == 5
    other = FIRST_ROW["zh" if language == "en" else "en"]
    assert not [words for words in other if words in told]


@pytest.mark.parametrize(
    "module", [module for module in syllabus().ready if module.simulated], ids=lambda module: module.id
)
def test_of_an_untouched_assignment_nothing_passes(module: Module, tmp_path: Path) -> None:
    path = tmp_path / "exercise.ipynb"
    shutil.copy(module.exercise("zh"), path)
    (answer,) = validate(path, Config())["failed"]
    told = answer["error"]
    assert "通过了 0 个" in told
    assert "✓</span>" not in told
    cells = nbformat.read(path, as_version=4).cells
    hidden = [cell for cell in cells if cell.metadata.get("nbgrader", {}).get("points") and not _asks(cell.source)]
    assert told.count("批改时还会换别的数字再测。") == sum(cell.cell_type == "code" for cell in hidden)


def test_a_cell_that_asks_only_when_it_is_graded_is_not_counted() -> None:
    door = "from course.answers import Answers\nanswers = Answers(globals())\n"
    assert not _asks(door + "print('More tests run when your work is graded.')")
    assert _asks(door + "print(answers.number('mean'))")
    assert _asks("assert mean == 3")
    assert _asks("assert mean ==")


def test_what_a_busy_kernel_sends_in_pieces_is_one_sentence() -> None:
    pieces = [nbformat.v4.new_output("stream", name="stdout", text=text) for text in ("More tests ", "run.", "\n")]
    assert _said(nbformat.v4.new_code_cell("print()", outputs=pieces)) == "More tests run."


def test_a_graded_assignment_shows_points_and_says_that_more_tests_come() -> None:
    found = [
        Row("1 · One", 4, 4, True, "Fine."),
        Row("2 · Two", 0, 3, False, "No."),
        Row("3 · Three", None, 6, False, ""),
    ]
    told = page(found, [], "en")
    assert "1 of 2 tests pass." in told
    assert '<td class="points">4 / 4</td>' in told
    assert '<td class="points">– / 6</td>' in told
    assert "other numbers" in told
    assert "另" not in told
    assert "批改时" in page(found, [], "zh")


def test_nothing_of_the_notebook_becomes_markup() -> None:
    nasty = "<img src=x onerror=alert(1)>"
    told = page([Row(nasty, 0, 3, False, nasty)], [nasty], "en")
    assert "<img" not in told
    assert told.count("&lt;img") == 3


def test_a_locked_cell_that_was_changed_is_named(tmp_path: Path) -> None:
    path = answered("en", tmp_path)
    notebook = nbformat.read(path, as_version=4)
    next(cell for cell in notebook.cells if cell.id == "wait-test").source += "\nprint(1)"
    nbformat.write(notebook, path)
    assert "wait-test" in validate(path, Config())["failed"][0]["error"]


def test_points_follow_from_what_ran() -> None:
    notebook: Any = nbformat.read(syllabus().module("m01").solution("en"), as_version=4)
    found = rows(notebook)
    assert sum(row.most for row in found) == 30
    assert found[0].title == "1 · How a gap feels"
    assert json.dumps([row.score for row in found if row.most == 6]) == "[null]"
