"""The tests of m10's assignment: what they accept, what they refuse, and in which words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import nbformat
import pytest

import course
from course.answers import AnswerError
from course.i18n import LANGUAGES
from course.manifest import syllabus
from course.simulations.codes import encode_run
from course.simulations.m01_expectation_gap import ExpectationGap
from course.simulations.m10_haidilao import Haidilao

Speak = Callable[[str], None]
HIDDEN = re.compile(r"### BEGIN HIDDEN TESTS.*?### END HIDDEN TESTS\n", re.DOTALL)


def cells(language: str) -> dict[str, Any]:
    path = syllabus().module("m10").solution(language)
    return {cell.id: cell for cell in nbformat.read(path, as_version=4).cells}


def marked(task: str, answer: str = "", *, hidden: bool = True) -> None:
    """Run the notebook's answers up to `task`, there `answer` instead, then the task's test; raise what it raises."""
    namespace: dict[str, Any] = {"course": course}
    for name, cell in cells("en").items():
        if cell.cell_type != "code" or name == "setup" or (name.endswith("-test") and name != f"{task}-test"):
            continue
        source = cell.source if hidden else HIDDEN.sub("", cell.source)
        exec(answer if name == task and answer else source, namespace)
        if name == f"{task}-test":
            return


TASKS = [name.removesuffix("-test") for name in cells("en") if name.endswith("-test")]

ACCEPTED = {
    "rounded": ("per-restaurant", "def per_restaurant(revenue, restaurants): return round(revenue / restaurants, 2)"),
    "typed in": ("fall", "before, after, change = 34.58, 22.04, -0.3626"),
    "rounded change": ("fall", "before, after, change = 34.58, 22.04, -0.36"),
    "numpy's logarithm": (
        "share",
        "import numpy as np\ndef share(whole, factor): return np.log(factor) / np.log(whole)",
    ),
    "the course's own": ("guests", "from course.theory.turnover import before_growth as year_before"),
    "one formula": ("felt", "def felt_minutes(wait, occupied): return wait * (1 - occupied / 2)"),
    "a comprehension": (
        "alarm",
        "def first_alarm(figures, limit):\n"
        "    below = [i for i, x in enumerate(figures) if x < limit * figures[0]]\n"
        "    return below[0] if below else -1",
    ),
    "another run": ("growth-run", f"run = ' {encode_run('m10', Haidilao(openings=60, training=100))} '"),
}

VISIBLY_WRONG = {
    "upside down": (
        "per-restaurant",
        "def per_restaurant(revenue, restaurants): return restaurants / revenue",
        "15 mill",
    ),
    "printed": ("per-restaurant", "def per_restaurant(revenue, restaurants): print(revenue / restaurants)", "return"),
    "exchanged": ("fall", "before, after, change = 22.04, 34.58, -0.36", "less in 2020"),
    "percent": ("fall", "before, after, change = 34.58, 22.04, -36.26", "decimal"),
    "positive": ("fall", "before, after, change = 34.58, 22.04, 0.3626", "below 0"),
    "log of quotient": (
        "share",
        "from math import log\ndef share(whole, factor): return log(factor / whole)",
        "all of it",
    ),
    "turned": (
        "share",
        "from math import log\ndef share(whole, factor): return log(whole) / log(factor)",
        "accounts for half",
    ),
    "no logarithm": ("share", "def share(whole, factor): return (1 - factor) / (1 - whole)", "accounts for half"),
    "taken off": ("guests", "def year_before(now, growth): return now * (1 - growth)", "last year's figure"),
    "added": ("guests", "def year_before(now, growth): return now * (1 + growth)", "it was 100"),
    "clock": ("felt", "def felt_minutes(wait, occupied): return wait", "feel like 20"),
    "filled only": ("felt", "def felt_minutes(wait, occupied): return wait * occupied / 2", "feel like 40"),
    "counted from one": (
        "alarm",
        "def first_alarm(figures, limit):\n"
        "    for i, x in enumerate(figures, 1):\n        if x < limit * figures[0]: return i\n    return -1",
        "position 2",
    ),
    "at the line": (
        "alarm",
        "def first_alarm(figures, limit):\n"
        "    for i, x in enumerate(figures):\n        if x <= limit * figures[0]: return i\n    return -1",
        "itself is not",
    ),
    "nothing back": (
        "alarm",
        "def first_alarm(figures, limit):\n"
        "    for i, x in enumerate(figures):\n        if x < limit * figures[0]: return i",
        "gives nothing back",
    ),
    "cut off": ("growth-run", "run = 'eyJtIjoibTAx'", "cannot be read"),
    "other module": ("growth-run", f"run = '{encode_run('m01', ExpectationGap())}'", "another module"),
    "not reached": ("growth-run", f"run = '{encode_run('m10', Haidilao())}'", "not there yet"),
    "easier guests": (
        "growth-run",
        f"run = '{encode_run('m10', Haidilao(openings=70, training=110, overlap=0))}'",
        "not there yet",
    ),
}

WRONG_WHERE_NOBODY_LOOKS = {
    "typed in": ("per-restaurant", "def per_restaurant(revenue, restaurants): return 15"),
    "other years": ("fall", "before, after, change = 36.41, 34.58, -0.0503"),
    "two shares typed in": ("share", "def share(whole, factor): return 1 if whole == factor else 0.5"),
    "growth typed in": ("guests", "def year_before(now, growth): return now / 1.5"),
    "two ends typed in": ("felt", "def felt_minutes(wait, occupied): return wait if occupied == 0 else wait / 2"),
    "limit typed in": (
        "alarm",
        "def first_alarm(figures, limit):\n"
        "    for i, x in enumerate(figures):\n        if x < 0.9 * figures[0]: return i\n    return -1",
    ),
}


@pytest.mark.parametrize("task", TASKS)
def test_the_solution_passes(task: str) -> None:
    marked(task)


@pytest.mark.parametrize(("task", "answer"), ACCEPTED.values(), ids=ACCEPTED)
def test_other_right_answers_pass_too(task: str, answer: str) -> None:
    marked(task, answer)


@pytest.mark.parametrize(("task", "answer", "words"), VISIBLY_WRONG.values(), ids=VISIBLY_WRONG)
def test_a_slip_gets_a_sentence_that_names_it(speak: Speak, task: str, answer: str, words: str) -> None:
    speak("en")
    with pytest.raises(AnswerError) as caught:
        marked(task, answer, hidden=False)
    assert words in str(caught.value)


@pytest.mark.parametrize(("task", "answer"), WRONG_WHERE_NOBODY_LOOKS.values(), ids=WRONG_WHERE_NOBODY_LOOKS)
def test_hidden_tests_find_what_the_visible_ones_miss(speak: Speak, task: str, answer: str) -> None:
    speak("en")
    marked(task, answer, hidden=False)
    with pytest.raises(AnswerError) as caught:
        marked(task, answer)
    assert not re.search(r"\d", str(caught.value).replace("2019", "").replace("2020", "")), "it keeps its numbers"


def test_a_slip_is_named_in_chinese(speak: Speak) -> None:
    speak("zh")
    with pytest.raises(AnswerError, match="去年"):
        marked("guests", "def year_before(now, growth): return now * (1 - growth)")


def test_code_and_grades_are_the_same_in_both_languages() -> None:
    english, chinese = (
        {name: (cell.source, cell.metadata) for name, cell in cells(language).items() if cell.cell_type == "code"}
        for language in LANGUAGES
    )
    assert english.pop("setup") != chinese.pop("setup")
    assert english == chinese
