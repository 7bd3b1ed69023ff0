"""The tests of m11's assignment: what they accept, what they refuse, and in which words."""

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
from course.simulations.m11_disney import Park

Speak = Callable[[str], None]
HIDDEN = re.compile(r"### BEGIN HIDDEN TESTS.*?### END HIDDEN TESTS\n", re.DOTALL)


def cells(language: str) -> dict[str, Any]:
    path = syllabus().module("m11").solution(language)
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
RUN = encode_run("m11", Park(padding=1.4, spread=0.1))

ACCEPTED = {
    "numpy's average": (
        "kept-share",
        "import numpy as np\ndef kept_share(t): return np.average(t['share_within_posted'], weights=t['pairs'])",
    ),
    "the course's own ratio": ("cost-ratio", "from course.theory.promise import implied_ratio as cost_ratio"),
    "rounded ratio": ("cost-ratio", "def cost_ratio(share): return round(share / (1 - share), 2)"),
    "a list": (
        "bounds",
        "def bounds(t):\n    g = t['guests']\n    d = t['actual_min_bin'] - t['posted_min']\n"
        "    return [g[d < 0].sum() / g.sum(), g[d <= 0].sum() / g.sum()]",
    ),
    "the course's own share": ("best-share", "from course.theory.promise import critical_fractile as best_share"),
    "a loop": (
        "best-sign",
        "def best_sign(table, share):\n    seen = 0\n    for row in table.itertuples():\n        seen += row.guests\n"
        "        if seen >= share * table['guests'].sum():\n            return row.minutes",
    ),
    "by group": (
        "broken-most",
        "def broken_most(t):\n    g = t.assign(k=t['pairs'] * t['share_within_posted']).groupby('ride')[['k', 'pairs']]\n"
        "    s = g.sum()\n    return (s['k'] / s['pairs']).idxmin()",
    ),
    "spaces around": ("reliable-run", f"run = ' {RUN} '"),
}

VISIBLY_WRONG = {
    "plain mean": ("kept-share", "def kept_share(t): return t['share_within_posted'].mean()", "same weight"),
    "sum": ("kept-share", "def kept_share(t): return (t['pairs'] * t['share_within_posted']).sum()", "0.8"),
    "printed": ("kept-share", "def kept_share(t): print(0.8)", "return"),
    "upside down": ("cost-ratio", "def cost_ratio(share): return (1 - share) / share", "above 1"),
    "no brackets": ("cost-ratio", "def cost_ratio(share): return 1 + share / 1 - share + share", "four promises"),
    "exchanged": ("bounds", "def bounds(t): return 0.9, 0.6", "changed places"),
    "low too high": ("bounds", "def bounds(t): return 0.9, 0.9", "low is 0.6"),
    "high too high": ("bounds", "def bounds(t): return 0.6, 1.0", "at most 9"),
    "one number": ("bounds", "def bounds(t): return 0.6", "2 numbers"),
    "ratio": ("best-share", "def best_share(late, early): return late / early", "between 0 and 1"),
    "other share": ("best-share", "def best_share(late, early): return early / (late + early)", "0.75"),
    "longest": ("best-sign", "def best_sign(t, share): return t['minutes'].max()", "8 of 10"),
    "median": (
        "best-sign",
        "def best_sign(t, share): return 20",
        "30",
    ),
    "weakest year": (
        "broken-most",
        "def broken_most(t): return t.loc[t['share_within_posted'].idxmin(), 'ride']",
        "owl breaks",
    ),
    "not a ride": ("broken-most", "def broken_most(t): return 'eagle'", "swan, owl"),
    "cut off": ("reliable-run", "run = 'eyJtIjoibTEx'", "cannot be read"),
    "not reached": ("reliable-run", f"run = '{encode_run('m11', Park())}'", "Waited no longer than posted"),
    "scares away": ("reliable-run", f"run = '{encode_run('m11', Park(padding=2.5))}'", "Turned away by the sign"),
}

WRONG_WHERE_NOBODY_LOOKS = {
    "share typed in": ("kept-share", "def kept_share(t): return 0.8"),
    "ratio typed in": ("cost-ratio", "def cost_ratio(share): return 4"),
    "bounds typed in": ("bounds", "def bounds(t): return 0.6, 0.9"),
    "early left out": ("best-share", "def best_share(late, early): return late / (late + 1)"),
    "share typed into the sign": ("best-sign", "def best_sign(t, share): return 20 if share < 0.8 else 30"),
    "ride typed in": ("broken-most", "def broken_most(t): return 'owl' if 'owl' in set(t['ride']) else 'DINOSAUR'"),
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
    assert not re.search(r"\d", str(caught.value)), "a hidden test keeps its numbers to itself"


def test_the_worked_answers_are_the_ones_of_the_lesson(speak: Speak, capsys: pytest.CaptureFixture[str]) -> None:
    speak("en")
    for task in TASKS:
        marked(task)
    printed = capsys.readouterr().out
    for words in ("83.5%", "81.0% and 90.3%", "say 40", "at 60", "DINOSAUR"):
        assert words in printed


def test_a_slip_is_named_in_chinese(speak: Speak) -> None:
    speak("zh")
    with pytest.raises(AnswerError, match="一样重"):
        marked("kept-share", "def kept_share(t): return t['share_within_posted'].mean()")


def test_code_and_grades_are_the_same_in_both_languages() -> None:
    english, chinese = (
        {name: (cell.source, cell.metadata) for name, cell in cells(language).items() if cell.cell_type == "code"}
        for language in LANGUAGES
    )
    assert english.pop("setup") != chinese.pop("setup")
    assert english == chinese
