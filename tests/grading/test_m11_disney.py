"""Answers to m11's assignment, right and wrong; `test_assignments.py` marks them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from course.answers import AnswerError
from course.manifest import syllabus
from course.simulations.codes import encode_run
from course.simulations.m11_disney import Park
from tests.grading.marking import Assignment

Speak = Callable[[str], None]


ASSIGNMENT = Assignment(syllabus().module("m11"))
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


def test_the_worked_answers_are_the_ones_of_the_lesson(speak: Speak, capsys: pytest.CaptureFixture[str]) -> None:
    speak("en")
    for task in ASSIGNMENT.tasks:
        ASSIGNMENT.mark(task)
    printed = capsys.readouterr().out
    for words in ("83.5%", "81.0% and 90.3%", "say 40", "at 60", "DINOSAUR"):
        assert words in printed


def test_a_slip_is_named_in_chinese(speak: Speak) -> None:
    speak("zh")
    with pytest.raises(AnswerError, match="一样重"):
        ASSIGNMENT.mark("kept-share", "def kept_share(t): return t['share_within_posted'].mean()")
