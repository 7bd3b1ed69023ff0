"""What a notebook's cells get, in a real kernel."""

from __future__ import annotations

from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

import course
from course import notebook
from course.i18n import UnknownLanguageError, use_language

BEGIN = 'import course\n_ = course.begin("m01-expectation-gap", language="zh")'


def outputs(*cells: str) -> list[Any]:
    """Run cells in a fresh kernel and return the output of the last one."""
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(book, kernel_name="python3", allow_errors=True).execute()
    return list(book.cells[-1].outputs)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ('course.simulator(preset="nonsense")', "nonsense"),
        ('course.load("olist")', "olist"),
        ('course.predict("nonsense")', "nonsense"),
        ('course.read_run("nonsense")', "读不出来"),
        ('course.begin("m01", language="fr")', "'en' 或 'zh'"),
        ('course.begin("m99", language="zh")', "m99"),
    ],
)
def test_our_own_errors_are_one_paragraph_in_the_learners_language(cell: str, words: str) -> None:
    (shown,) = outputs(BEGIN, cell)
    assert shown.output_type == "error"
    assert words in shown.evalue
    assert shown.traceback == [shown.evalue], "no traceback of ours"


def test_the_learners_own_error_keeps_its_traceback() -> None:
    (shown,) = outputs(BEGIN, "1 / 0")
    assert shown.ename == "ZeroDivisionError"
    assert len(shown.traceback) > 1


def test_a_chart_becomes_a_widget_that_needs_no_other_host() -> None:
    chart = 'import altair as alt\nalt.Chart(course.load("olist_delay_by_day")).mark_line().encode(x="mean_day")'
    (shown,) = outputs(BEGIN, chart)
    assert "application/vnd.jupyter.widget-view+json" in shown.data
    left = shown.data["text/html"]
    assert "<script" not in left, "what the page shows until the widget is there is words alone"
    assert "//" not in left


def test_nothing_works_before_begin_and_the_message_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notebook, "_session", None)
    for call in (course.simulator, course.quiz, lambda: course.predict("x"), lambda: course.guess("x")):
        with pytest.raises(notebook.NotBegunError, match=r"course\.begin"):
            call()


def test_an_unknown_language_is_refused_in_both() -> None:
    with pytest.raises(UnknownLanguageError, match=r"choose 'en' or 'zh'.*请选"):
        course.begin("m01", language="tlh")
    use_language("en")


def test_a_name_the_course_does_not_have() -> None:
    with pytest.raises(AttributeError, match="simulater"):
        _ = course.simulater
    assert "simulator" in dir(course)
