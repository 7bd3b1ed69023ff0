"""What a learner writes is kept with the notebook: its copy is saved, shown in an export, and found again."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from course.questions import QuestionsError, read
from course.ui.writing.content import LONGEST
from course.ui.writing.widget import kept_html, kept_text
from course.writings import Writing

ASKED = Writing("two-causes", {"en": "Two *causes*?", "zh": "两种原因？"}, {"en": "One sees…", "zh": "有人看到……"})
TOML = '[[writing]]\nkey = "two-causes"\nprompt = { en = "Two causes?", zh = "两种原因？" }\n'
FIELD = """
from course.writings import Writing
from course.ui.writing.widget import WritingField
field = WritingField(Writing("two-causes", {"en": "Two causes?", "zh": "两种原因？"}, None), "m01", "en")
"""


def run(path: Path, *cells: str) -> Any:
    """Run cells in a kernel that serves the notebook at `path`, and save it there."""
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    environment = os.environ | {"JPY_SESSION_NAME": str(path)}
    NotebookClient(book, kernel_name="python3").execute(env=environment)
    nbformat.write(book, path)
    return book


def test_the_text_is_in_the_saved_notebook_and_found_by_the_next_kernel(tmp_path: Path) -> None:
    path = tmp_path / "lesson.en.ipynb"
    run(path, FIELD, "field.text = 'Rain, and <b>a strike</b>.'")
    saved = path.read_text(encoding="utf-8")
    assert "Rain, and &lt;b&gt;a strike&lt;/b&gt;." in saved
    assert kept_text(path, "two-causes") == "Rain, and <b>a strike</b>."
    again = run(path, FIELD, "print(field.text)")
    assert again.cells[1].outputs[0].text == "Rain, and <b>a strike</b>.\n"


def test_an_export_shows_prompt_and_text_and_no_markup_of_the_learners() -> None:
    page = kept_html(ASKED, "<script>x</script>\nsecond line", "zh")
    assert "两种原因？" in page
    assert "<script>" not in page
    assert "second line" in page
    assert kept_html(ASKED, "  \n", "en") == ""


@pytest.mark.parametrize(
    "content", ["", "{}", '{"cells": 3}', '{"cells": [{"outputs": [{"metadata": {"course": 1}}]}]}']
)
def test_a_notebook_that_keeps_nothing_is_no_trouble(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.ipynb"
    path.write_text(content, encoding="utf-8")
    assert kept_text(path, "two-causes") == ""
    assert kept_text(tmp_path / "missing.ipynb", "two-causes") == ""


def test_a_text_that_somebody_made_endless_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "x.ipynb"
    output = {"metadata": {"course": {"writing": "two-causes", "text": "x" * (LONGEST + 5)}}}
    path.write_text(json.dumps({"cells": [{"outputs": [output]}]}), encoding="utf-8")
    assert len(kept_text(path, "two-causes")) == LONGEST


def test_a_writing_needs_its_prompt_in_both_languages(tmp_path: Path, speak: Any) -> None:
    speak("en")
    path = tmp_path / "questions.toml"
    path.write_text(TOML, encoding="utf-8")
    assert read(path, []).writing("two-causes").answer is None
    path.write_text(TOML.replace(', zh = "两种原因？"', ""), encoding="utf-8")
    with pytest.raises(QuestionsError, match="writing two-causes: prompt needs both languages"):
        read(path, [])
