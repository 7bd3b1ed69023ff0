"""A hidden test meets the notebook as it was where the test stands, though it asks when all has run."""

from __future__ import annotations

from typing import Any

import nbformat
import pytest

from course.grading.assignment.messages import plain_names
from course.grading.assignment.source import Piece
from course.grading.running.execute import run
from course.grading.running.job import Job, RunResult
from course.kernel.probe import probe

ANSWER = """
import pandas
calls = []
stars = [3, 5]
table = pandas.DataFrame({"stars": stars})
def twice(number):
    calls.append(number)
    return weight() * number
def weight():
    return 2
"""
ASKS = "from course.answers import Answers\nanswers = Answers(globals())\n"
FUNCTION = "answers.check(answers.number('twice', 21.5) == 43, 'twice')\n"
BY_NAME = "assert twice(21.5) == 43\n"
LIST = "answers.check(answers.numbers(2, 'stars') == (3, 5), 'stars')\n"
LIST_BY_NAME = "assert stars == [3, 5]\n"
TABLE = "answers.check(list(answers.value('table')['stars']) == [3, 5], 'table')\n"
LATER = {
    "a function": ("def twice(number): return 0", FUNCTION),
    "a function by its name": ("def twice(number): return 0", BY_NAME),
    "no function": ("twice = 7", FUNCTION),
    "gone": ("del twice", FUNCTION),
    "what it calls": ("def weight(): return 0", FUNCTION),
    "a list made longer": ("stars.append(1)", LIST),
    "a list made longer, by its name": ("stars.append(1)", LIST_BY_NAME),
    "a list of another": ("stars = 'many'", LIST),
    "a table's column": ("table['stars'] = 0", TABLE),
    "everything": ("%reset -f", FUNCTION + LIST + TABLE),
}  # fmt: skip
HIDDEN_ONLY, SEEN_FIRST = "", "answers.value('stars')\nanswers.value('table')\nanswers.value('twice', 1)\n"

pytestmark = pytest.mark.skipif(not probe().sandbox, reason="this machine cannot make a sandbox")


def graded(answer: str, later: str, hidden: str, seen: str = HIDDEN_ONLY) -> RunResult:
    source = f"{ASKS}{seen}### BEGIN HIDDEN TESTS\n{hidden}### END HIDDEN TESTS"
    cells = [nbformat.v4.new_code_cell(text) for text in (answer, "", later, "print(calls)")]
    cells[1]["source"] = ASKS
    settings: dict[str, Any] = {"nbgrader": {"grade_id": "asks", "grade": True, "solution": False, "points": 1}}
    return run(Job("anna", nbformat.v4.new_notebook(cells=cells), "en", {1: Piece("asks", "code", source, settings)}))


@pytest.mark.parametrize("seen", [HIDDEN_ONLY, SEEN_FIRST], ids=["hidden only", "seen first"])
@pytest.mark.parametrize(("later", "hidden"), LATER.values(), ids=LATER)
def test_what_comes_later_costs_nothing(later: str, hidden: str, seen: str) -> None:
    ran = graded(ANSWER, later, hidden, seen)
    assert ran.passed == {"asks": True}, ran.notebook["cells"][1]["outputs"]


@pytest.mark.parametrize("hidden", [FUNCTION, LIST], ids=["a function", "a list"])
def test_what_comes_later_mends_nothing_either(hidden: str) -> None:
    wrong = "calls = []\nstars = [0, 0]\ndef twice(number): return 0"
    assert graded(wrong, f"{ANSWER}\nstars[:] = [3, 5]", hidden).passed == {"asks": False}


def test_no_hidden_input_comes_before_the_last_cell() -> None:
    ran = graded(ANSWER, "", FUNCTION + LIST)
    assert ran.passed == {"asks": True}
    assert ran.notebook["cells"][3]["outputs"][0]["text"] == "[]\n"


def test_names_of_answers_are_asked_early_and_nothing_else_of_a_hidden_test() -> None:
    source = f"""{ASKS}
answers.number("seen")
### BEGIN HIDDEN TESTS
from course.theory import prospect
right, words = prospect.value(62.5), ("inside", "below")
for case in (3, 4):
    answers.number("of_inputs", case)
answers.number("number")
answers.numbers(2, "pair")
answers.numbers(2, "of_two", *words)
answers.word(words, "word")
answers.word(("more", "less"), "of_word", 1)
answers.simulation("run")
answers.result("result", right, within=0.1)
answers.check(len(own) == 3 and "secret" != own, "message")
### END HIDDEN TESTS
for case in (1, 2):
    answers.number("seen_too", case)
    ### BEGIN HIDDEN TESTS
    answers.number("in_a_loop")
    ### END HIDDEN TESTS
"""
    assert plain_names(source) == {"number", "pair", "word", "run", "result", "own", "in_a_loop"}
