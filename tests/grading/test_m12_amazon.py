"""The tests of m12's assignment: what they accept, what they refuse, and in which words."""

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
from course.simulations.m12_amazon import Amazon

Speak = Callable[[str], None]
HIDDEN = re.compile(r"### BEGIN HIDDEN TESTS.*?### END HIDDEN TESTS\n", re.DOTALL)


def cells(language: str) -> dict[str, Any]:
    path = syllabus().module("m12").solution(language)
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
    "numpy's quantile": (
        "promise-day",
        "import numpy as np\ndef promise_day(t, w): return np.quantile(t, w / (w + 1), method='inverted_cdf')",
    ),
    "the course's own promise": ("promise-day", "from course.theory.promise import sample_promise as promise_day"),
    "rounded share": ("late-price", "on_time = 0.92\nlate_price = 11.5"),
    "typed-in slopes": ("two-slopes", "early, late, ratio = -0.0085, -0.3165, 37.2"),
    "rounding up by hand": ("break-even", "def break_even(fee, price): return int(-(-fee // price))"),
    "numpy's cosine": (
        "cosine",
        "import numpy as np\ndef cosine(a, b):\n"
        "    a, b = np.array(a), np.array(b)\n    return a @ b / np.linalg.norm(a) / np.linalg.norm(b)",
    ),
    "sorted": (
        "most-alike",
        "def most_alike(t, item): return max((c for c in t if c != item), key=lambda c: cosine(t[item], t[c]))",
    ),
    "spaces around": ("keep-it-run", f"run = ' {encode_run('m12', Amazon(promise=9))} '"),
}

VISIBLY_WRONG = {
    "mean": ("promise-day", "def promise_day(t, w): return sum(t) / len(t)", "half of these ten parcels"),
    "median": ("promise-day", "def promise_day(t, w): return sorted(t)[len(t) // 2]", "dearer late day"),
    "latest": ("promise-day", "def promise_day(t, w): return max(t) if w > 1 else 6", "eighth of ten"),
    "unsorted": ("promise-day", "def promise_day(t, w): return t[int(len(t) * w / (w + 1))]", "dearer late day"),
    "late share": ("late-price", "on_time = 0.08\nlate_price = 0.087", "early than late"),
    "rows counted": ("late-price", "on_time = 0.5\nlate_price = 1.0", "early than late"),
    "turned": ("late-price", "on_time = 0.92\nlate_price = 0.087", "share on time over the share late"),
    "percent": ("late-price", "on_time = 92.0\nlate_price = 11.5", "between 0 and 1"),
    "positive": ("two-slopes", "early, late, ratio = 0.0085, 0.3165, 37.4", "below 0"),
    "exchanged": ("two-slopes", "early, late, ratio = -0.3165, -0.0085, 37.4", "changed places"),
    "ratio turned": ("two-slopes", "early, late, ratio = -0.0085, -0.3165, 0.027", "late divided by early"),
    "not rounded": ("break-even", "def break_even(fee, price): return fee / price", "whole number"),
    "rounded down": ("break-even", "def break_even(fee, price): return fee // price", "has not paid yet"),
    "one too many": ("break-even", "def break_even(fee, price): return fee // price + 2", "one fewer"),
    "no roots": (
        "cosine",
        "def cosine(a, b): return sum(x*y for x, y in zip(a, b)) / (sum(a) * sum(b))",
        "as alike as can be",
    ),
    "common only": ("cosine", "def cosine(a, b): return sum(x * y for x, y in zip(a, b))", "as alike as can be"),
    "jaccard": (
        "cosine",
        "def cosine(a, b): return sum(x*y for x, y in zip(a, b)) / sum(max(x, y) for x, y in zip(a, b))",
        "0.5",
    ),
    "itself": ("most-alike", "def most_alike(t, item): return item", "other"),
    "likeness": ("most-alike", "def most_alike(t, item): return 0.67", "tea"),
    "last": ("most-alike", "def most_alike(t, item): return 'bulb'", "two of three buyers"),
    "cut off": ("keep-it-run", "run = 'eyJtIjoibTEy'", "cannot be read"),
    "not reached": ("keep-it-run", f"run = '{encode_run('m12', Amazon())}'", "Parcels on time"),
    "too late": ("keep-it-run", f"run = '{encode_run('m12', Amazon(promise=15))}'", "Orders"),
    "faster": ("keep-it-run", f"run = '{encode_run('m12', Amazon(mean_time=3, promise=6))}'", "Mean delivery time"),
    "another module": ("keep-it-run", f"run = '{encode_run('m01', ExpectationGap())}'", "another module"),
}

WRONG_WHERE_NOBODY_LOOKS = {
    "days typed in": ("promise-day", "def promise_day(t, w): return 7 if w > 1 else 5"),
    "delivered or not": ("late-price", "on_time = 0.8935\nlate_price = 8.39"),
    "unweighted": (
        "two-slopes",
        "from course.theory.asymmetry import slope\n"
        "b, a = delivered.iloc[0:4], delivered.iloc[4:7]\n"
        "early = slope(b['mean_delay_days'], b['mean_review_stars'])\n"
        "late = slope(a['mean_delay_days'], a['mean_review_stars'])\nratio = late / early",
    ),
    "nine typed in": ("break-even", "def break_even(fee, price): return 9"),
    "always one more": ("break-even", "def break_even(fee, price): return int(fee // price) + 1"),
    "no squares": (
        "cosine",
        "def cosine(a, b): return sum(x*y for x, y in zip(a, b)) / sum(a) ** 0.5 / sum(b) ** 0.5",
    ),
    "tea typed in": ("most-alike", "def most_alike(t, item): return 'tea' if 'tea' in t else 'b'"),
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
    with pytest.raises(AnswerError, match=words):
        marked(task, answer, hidden=False)


@pytest.mark.parametrize(("task", "answer"), WRONG_WHERE_NOBODY_LOOKS.values(), ids=WRONG_WHERE_NOBODY_LOOKS)
def test_hidden_tests_find_what_the_visible_ones_miss(speak: Speak, task: str, answer: str) -> None:
    speak("en")
    marked(task, answer, hidden=False)
    with pytest.raises(AnswerError) as caught:
        marked(task, answer)
    assert not re.search(r"\d", str(caught.value)), "a hidden test keeps its numbers to itself"


def test_a_slip_is_named_in_chinese(speak: Speak) -> None:
    speak("zh")
    with pytest.raises(AnswerError, match="回本"):
        marked("break-even", "def break_even(fee, price): return fee // price")


def test_code_and_grades_are_the_same_in_both_languages() -> None:
    english, chinese = (
        {name: (cell.source, cell.metadata) for name, cell in cells(language).items() if cell.cell_type == "code"}
        for language in LANGUAGES
    )
    assert english.pop("setup") != chinese.pop("setup")
    assert english == chinese
