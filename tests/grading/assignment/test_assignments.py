"""The tests of every assignment: what they accept, what they refuse, and in which words.

Each module's answers stand in a table of its own, `test_mNN_….py`: ACCEPTED, VISIBLY_WRONG, WRONG_WHERE_NOBODY_LOOKS.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from course.answers import AnswerError
from course.authoring.rules.tests import TABLES
from course.i18n import LANGUAGES
from course.manifest import Module, syllabus
from tests.grading.marking import Assignment, assignments
from tests.tables import table

Speak = Callable[[str], None]
ASSIGNMENTS = assignments(syllabus().ready)
TASKS = [pytest.param(one, task, id=f"{name}-{task}") for name, one in ASSIGNMENTS.items() for task in one.tasks]


def rows(name: str) -> list[Any]:
    """The rows of a table of every module, each behind its assignment."""
    return [
        pytest.param(assignment, *row, id=f"{assignment.module.number}-{label}")
        for assignment in ASSIGNMENTS.values()
        for label, row in table("grading", assignment.module, name).items()
    ]


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("module", syllabus().graded, ids=lambda module: module.id)
def test_every_graded_module_lists_answers(module: Module, name: str) -> None:
    assert table("grading", module, name)


@pytest.mark.parametrize(("assignment", "task"), TASKS)
def test_the_solution_passes(assignment: Assignment, task: str) -> None:
    assignment.mark(task)


@pytest.mark.parametrize(("assignment", "task", "answer"), rows("ACCEPTED"))
def test_other_right_answers_pass_too(assignment: Assignment, task: str, answer: str) -> None:
    assignment.mark(task, answer)


@pytest.mark.parametrize(("assignment", "task", "answer", "words"), rows("VISIBLY_WRONG"))
def test_a_slip_gets_a_sentence_that_names_it(
    speak: Speak, assignment: Assignment, task: str, answer: str, words: str
) -> None:
    speak("en")
    with pytest.raises(AnswerError) as caught:
        assignment.mark(task, answer, hidden=False)
    assert words in str(caught.value)


@pytest.mark.parametrize(("assignment", "task", "answer"), rows("WRONG_WHERE_NOBODY_LOOKS"))
def test_hidden_tests_find_what_the_visible_ones_miss(
    speak: Speak, assignment: Assignment, task: str, answer: str
) -> None:
    speak("en")
    assignment.mark(task, answer, hidden=False)
    with pytest.raises(AnswerError) as caught:
        assignment.mark(task, answer)
    without_years = re.sub(r"\b20\d\d\b", "", str(caught.value))
    assert not re.search(r"\d", without_years), "a hidden test keeps its numbers to itself"


@pytest.mark.parametrize("assignment", ASSIGNMENTS.values(), ids=ASSIGNMENTS)
def test_code_and_grades_are_the_same_in_both_languages(assignment: Assignment) -> None:
    english, chinese = (
        {
            name: (cell.source, cell.metadata)
            for name, cell in assignment.cells(language).items()
            if cell.cell_type == "code"
        }
        for language in LANGUAGES
    )
    assert english.pop("setup") != chinese.pop("setup")
    assert english == chinese
