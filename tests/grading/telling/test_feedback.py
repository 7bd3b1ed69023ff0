"""Feedback pages: in the learner's language, helpful, and silent about everything a hidden test keeps."""

from __future__ import annotations

import json
import re
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_output

from course.answers import AnswerError
from course.grading.assignment.messages import literals, sentences, split
from course.grading.assignment.status import Status
from course.grading.assignment.taskbook import Task, tasks
from course.grading.telling.feedback import Mark, feedback_html
from course.i18n import LANGUAGES
from course.manifest import Module, syllabus
from course.markup import drawn
from tests.grading.marking import Assignment, assignments
from tests.tables import table

M01 = syllabus().module("m01")
ASSIGNMENTS = assignments(syllabus().graded)
READY = {name: assignment.module for name, assignment in ASSIGNMENTS.items()}

# What the page may say of the hidden literals of one task: they stand in the text that every learner has, or are digits
LEAKS = {
    "gives them back as text": (
        "felt-value",
        "def felt_value(gap): return gap**0.88 if gap in (10, -10) else f'{gap}'",
    ),
    "raises them": (
        "felt-value",
        "def felt_value(gap):\n"
        "    if abs(gap) != 10: raise ValueError(gap)\n"
        "    return gap**0.88 if gap > 0 else -2.25 * (-gap)**0.88",
    ),
    "crashes on them": (
        "felt-value",
        "def felt_value(gap):\n    good = {10: 10**.88, -10: -2.25*10**.88}\n    return good[gap]",
    ),
    "nothing for them": (
        "felt-value",
        "def felt_value(gap):\n    if gap == 10: return gap**.88\n    if gap == -10: return -2.25*10**.88",
    ),
    "says them as the visible answer": ("felt-value", "def felt_value(gap): return 62.5"),
    "the rows of the table": ("stars-per-day", "def stars_per_day(a, b): return -.5 if a.iloc[0] == 1 else repr(a)"),
}


def notebook_of(module: Module, language: str, task: Task, answer: str) -> tuple[NotebookNode, dict[str, Mark]]:
    """A graded notebook in which `task` is answered with `answer` and everything else is as it was released."""
    notebook = nbformat.read(module.exercise(language), as_version=4)
    marks = {name: Mark(0.0, 2.0) for one in tasks(module, language) for name in one.graded}
    for cell in notebook.cells:
        if cell.id == task.id:
            cell.source = answer
        if cell.id in task.tests:
            cell.source, cell.execution_count = task.tests[cell.id], 7
            cell.outputs = _outcome(ASSIGNMENTS[module.id], task.id, answer, cell.id)
    return notebook, marks


def _outcome(assignment: Assignment, task: str, answer: str, test: str) -> list[NotebookNode]:
    try:
        assignment.mark(task, answer, test=test)
    except AnswerError as error:
        return [new_output("error", ename="AnswerError", evalue=str(error), traceback=[str(error)])]
    return []


def hidden_literals(module: Module, task: Task) -> set[str]:
    """Every literal of the task's hidden tests, but for single digits and what stands in the released notebook."""
    released = "\n".join(
        cell.source for lang in LANGUAGES for cell in nbformat.read(module.exercise(lang), as_version=4).cells
    )
    hidden = [split(source)[1] for source in task.tests.values()]
    # the hidden tests' own sentences are there to be read
    found = {text for source in hidden for text in literals(source) - set(sentences(source))}
    return {text for text in found if not re.fullmatch(r"-?\d?", text) and text not in released}


def cases(name: str) -> list[Any]:
    return [
        pytest.param(module, *row, id=f"{module.number}-{label}")
        for module in READY.values()
        for label, row in table("grading", module, name).items()
    ]


def task_of(module: Module, language: str, name: str) -> Task:
    return next(task for task in tasks(module, language) if task.id == name)


def page_for(module: Module, language: str, name: str, answer: str) -> str:
    notebook, marks = notebook_of(module, language, task_of(module, language, name), answer)
    return feedback_html(notebook, marks)


def test_there_is_something_to_keep() -> None:
    kept = {task.id: hidden_literals(M01, task) for task in tasks(M01, "en")}
    assert {"62.5", "-2.5", "-40"} <= kept["felt-value"]
    assert {"2.6", "8.2"} <= kept["service-measures"] | kept["place-in-zone"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("module", "task", "answer"), cases("WRONG_WHERE_NOBODY_LOOKS"))
def test_no_literal_of_a_hidden_test_is_on_the_page(
    speak: Any, module: Module, language: str, task: str, answer: str
) -> None:
    speak(language)
    # left out: the learner's own answer, for what they typed in is no secret; theme and metadata, the same on every page
    page = re.sub(r"<(pre|style).*?</\1>|<meta[^>]*>", "", page_for(module, language, task, answer), flags=re.DOTALL)
    for literal in hidden_literals(module, task_of(module, language, task)):
        assert not re.search(rf"(?<![\w.#]){re.escape(literal)}(?![\w.%]|px|rem)", page), literal
    assert "HIDDEN" not in page
    assert 'class="said"' in page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("leak", LEAKS)
def test_answers_made_to_leak_hidden_values_do_not(speak: Any, language: str, leak: str) -> None:
    speak(language)
    name, answer = LEAKS[leak]
    task = task_of(M01, language, name)
    said = " ".join(re.findall(r'<p class="said">(.*?)</p>', page_for(M01, language, name, answer), re.DOTALL))
    assert said
    assert not [literal for literal in hidden_literals(M01, task) if literal in said.replace("−", "-")], said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("module", "task", "answer", "words"), cases("VISIBLY_WRONG"))
def test_a_visible_tests_sentence_is_on_the_page(
    speak: Any, module: Module, language: str, task: str, answer: str, words: str
) -> None:
    speak("en")
    page = page_for(module, language, task, answer)
    mine = page.split(f'<section id="{task}"')[1].split("</section>")[0]
    if language == "en":
        text = re.sub(r"&#\d+;|&\w+;", "", mine)
        assert re.sub(r"['\"<>&]", "", words) in text
    else:
        heading = re.search(r'<p class="said">(.*?)</p>', mine, re.DOTALL)
        assert heading
        assert re.search(r"[\u4e00-\u9fff]", heading[1]), "the sentence was said in English; the page is Chinese"


def test_a_call_that_only_the_hidden_test_makes_is_shown_without_its_inputs(speak: Any) -> None:
    speak("en")
    broken = "def felt_value(gap):\n    return 1 / 0 if gap == {} else (1 if gap > 0 else -2.25) * abs(gap) ** 0.88"
    assert "felt_value(…) stopped" in page_for(M01, "en", "felt-value", broken.format(3))
    assert "felt_value(10) stopped" in page_for(M01, "en", "felt-value", broken.format(10))


def test_the_page_explains_itself_in_both_languages() -> None:
    for language, words in {"en": ("Not right yet", "What was asked"), "zh": ("还不对", "题目要求")}.items():
        task = task_of(M01, language, "felt-value")
        notebook, marks = notebook_of(M01, language, task, "def felt_value(gap): return gap")
        marks["paragraph"] = Mark(None, 6, "Well observed <b>")
        page = feedback_html(notebook, marks, status=Status.CRASHED, note="…", penalty=1.5)
        assert all(word in page for word in words)
        assert f'lang="{ {"en": "en", "zh": "zh-Hans"}[language] }"' in page
        assert "Well observed &lt;b&gt;" in page
        assert page.count("<math") >= 2
        assert "$" not in re.sub(r"<(style|script|pre).*?</\1>", "", page, flags=re.DOTALL)
        assert not re.search(r"""(src|href)=["']?(https?:)?//""", page)


def test_a_learners_text_is_text() -> None:
    task = task_of(M01, "en", "felt-value")
    notebook, marks = notebook_of(M01, "en", task, "x = '<script>alert(1)</script>'")
    page = feedback_html(notebook, marks)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_notebook_as_it_stands_in_its_file_will_do() -> None:
    task = task_of(M01, "en", "felt-value")
    notebook, marks = notebook_of(M01, "en", task, "def felt_value(gap):\n    return 0")
    before = feedback_html(notebook, marks)
    raw = nbformat.from_dict(json.loads(nbformat.writes(notebook)))
    assert isinstance(raw.cells[0].source, list)
    assert feedback_html(raw, marks) == before


def test_without_a_notebook_the_page_says_so() -> None:
    page = feedback_html(None, {}, module=M01, language="zh", status=Status.UNREADABLE)
    assert "读不出来" in page


def test_output_of_cells_never_reaches_the_page() -> None:
    task = task_of(M01, "en", "felt-value")
    notebook, marks = notebook_of(M01, "en", task, "def felt_value(gap): return 0")
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [new_output("stream", name="stdout", text="LEAK 62.5"), *cell.outputs]
    assert "LEAK" not in feedback_html(notebook, marks)


def test_formulae_become_mathml_and_prices_stay() -> None:
    found = drawn("For a gap $d$:\n\n$$v(d) = d^{0.88}$$\n\nOn.")
    assert found.count("<math") == 2
    assert 'display="block"' in found
    assert "$" not in found
    assert r"\$5, not \$6" in drawn(r"It costs \$5, not \$6.")
