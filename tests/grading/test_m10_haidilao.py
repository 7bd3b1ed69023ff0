"""Answers to m10's assignment, right and wrong; `test_assignments.py` marks them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from course.answers import AnswerError
from course.manifest import syllabus
from course.simulations.codes import encode_run
from course.simulations.m01_expectation_gap import ExpectationGap
from course.simulations.m10_haidilao import Haidilao
from tests.grading.marking import Assignment

Speak = Callable[[str], None]


ASSIGNMENT = Assignment(syllabus().module("m10"))

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


def test_a_slip_is_named_in_chinese(speak: Speak) -> None:
    speak("zh")
    with pytest.raises(AnswerError, match="去年"):
        ASSIGNMENT.mark("guests", "def year_before(now, growth): return now * (1 - growth)")
