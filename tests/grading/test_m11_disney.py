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

MODEL_KEPT = "import numpy as np\ndef kept_share(t): return np.average(t['share_within_posted'], weights=t['pairs'])"
MODEL_BOUNDS = (
    "def bounds(t):\n    g = t['guests']\n    d = t['actual_min_bin'] - t['posted_min']\n"
    "    return [g[d < 0].sum() / g.sum(), g[d <= 0].sum() / g.sum()]"
)
MODEL_SIGN = (
    "def best_sign(table, share):\n    seen = 0\n    for row in table.itertuples():\n        seen += row.guests\n"
    "        if seen >= share * table['guests'].sum():\n            return row.minutes"
)
MODEL_KEYS = (
    "def decide(quick, careful):\n    only = [key for key in keys if (key in quick) != (key in careful)]\n"
    "    return 'quick' if only[0] in quick else 'careful'"
)

ACCEPTED = {
    "numpy's average": ("kept-share", MODEL_KEPT),
    "rounded share": ("kept-share", f"{MODEL_KEPT}\none_ride = 0.754 ### BEGIN SOLUTION"),
    "counted with a table": (
        "rise",
        "two = rides.pivot(index='ride', columns='year', values='share_within_posted')[[2017, 2019]].dropna()\n"
        "rides_up = (two[2019] > two[2017]).sum()\nverdict = 'Refuted'",
    ),
    "a list": ("bounds", MODEL_BOUNDS),
    "a loop": ("best-sign", MODEL_SIGN),
    "by group": (
        "broken-most",
        "def broken_most(t):\n    g = t.assign(k=t['pairs'] * t['share_within_posted']).groupby('ride')[['k', 'pairs']]\n"
        "    s = g.sum()\n    return (s['k'] / s['pairs']).idxmin()",
    ),
    "a list of what tells them apart": ("keys", MODEL_KEYS),
    "spaces around": ("reliable-run", f"run = ' {RUN} '\nreason = 'estimate'"),
}

VISIBLY_WRONG = {
    "plain mean": ("kept-share", "def kept_share(t): return t['share_within_posted'].mean()", "same weight"),
    "sum": ("kept-share", "def kept_share(t): return (t['pairs'] * t['share_within_posted']).sum()", "0.8"),
    "printed": ("kept-share", "def kept_share(t): print(0.8)", "return"),
    "a share of rides": ("rise", "rides_up, verdict = 0.67, 'refuted'", "whole number"),
    "more rides than there were": ("rise", "rides_up, verdict = 14, 'supported'", "12 rides"),
    "most is not every": ("rise", "rides_up, verdict = 8, 'supported'", "all 12"),
    "exchanged": ("bounds", "def bounds(t): return 0.9, 0.6", "changed places"),
    "low too high": ("bounds", "def bounds(t): return 0.9, 0.9", "low is 0.6"),
    "high too high": ("bounds", "def bounds(t): return 0.6, 1.0", "at most 9"),
    "one number": ("bounds", "def bounds(t): return 0.6", "2 numbers"),
    "verdict against the bounds": (
        "bounds",
        f"{MODEL_BOUNDS}\nsign_low, sign_high, verdict = 0.8766, 0.9175, 'open' ### BEGIN SOLUTION",
        "does not mean open",
    ),
    "longest": ("best-sign", "def best_sign(t, share): return t['minutes'].max()", "8 of 10"),
    "median": ("best-sign", "def best_sign(t, share): return 20", "30"),
    "a ratio for a share": (
        "best-sign",
        f"{MODEL_SIGN}\nmy_share, my_sign, change = 2.6, 45, 'shorter' ### BEGIN SOLUTION",
        "between 0 and 1",
    ),
    "change against the sign": (
        "best-sign",
        f"{MODEL_SIGN}\nmy_share, my_sign, change = 0.722, 45, 'longer' ### BEGIN SOLUTION",
        "Compared with 50",
    ),
    "weakest year": (
        "broken-most",
        "def broken_most(t): return t.loc[t['share_within_posted'].idxmin(), 'ride']",
        "owl breaks",
    ),
    "not a ride": ("broken-most", "def broken_most(t): return 'eagle'", "swan, owl"),
    "more keys win": (
        "keys",
        "def decide(quick, careful): return 'quick' if len(quick) > len(careful) else 'careful'",
        "not a count",
    ),
    "first key only": (
        "keys",
        "def decide(quick, careful):\n    for key in keys:\n        if key in quick:\n            return 'quick'\n"
        "        if key in careful:\n            return 'careful'",
        "speaks for both",
    ),
    "always quick": ("keys", "def decide(quick, careful): return 'quick'", "safety comes first"),
    "more wins than cases": (
        "keys",
        f"{MODEL_KEYS}\nquick_wins, verdict = 20, 'refuted' ### BEGIN SOLUTION",
        "five cases",
    ),
    "cut off": ("reliable-run", "run, reason = 'eyJtIjoibTEx', 'estimate'", "cannot be read"),
    "not reached": (
        "reliable-run",
        f"run, reason = '{encode_run('m11', Park())}', 'estimate'",
        "Waited no longer than posted",
    ),
    "scares away": (
        "reliable-run",
        f"run, reason = '{encode_run('m11', Park(padding=2.5))}', 'longer'",
        "Turned away by the sign",
    ),
    "no reason": ("reliable-run", f"run = '{RUN}'", "reason"),
}

WRONG_WHERE_NOBODY_LOOKS = {
    "share typed in": ("kept-share", "def kept_share(t): return 0.8"),
    "another ride": ("kept-share", f"{MODEL_KEPT}\none_ride = 0.835 ### BEGIN SOLUTION"),
    "rises of other years": ("rise", "rides_up, verdict = 10, 'refuted'"),
    "bounds typed in": ("bounds", "def bounds(t): return 0.6, 0.9"),
    "bounds of all signs": (
        "bounds",
        f"{MODEL_BOUNDS}\nsign_low, sign_high, verdict = 0.810, 0.903, 'open' ### BEGIN SOLUTION",
    ),
    "share typed into the sign": ("best-sign", "def best_sign(t, share): return 20 if share < 0.8 else 30"),
    "costs the wrong way round": (
        "best-sign",
        f"{MODEL_SIGN}\nmy_share, my_sign, change = 0.278, 25, 'shorter' ### BEGIN SOLUTION",
    ),
    "ride typed in": ("broken-most", "def broken_most(t): return 'owl' if 'owl' in set(t['ride']) else 'DINOSAUR'"),
    "safety only": (
        "keys",
        "def decide(quick, careful): return 'quick' if 'safety' in quick and 'safety' not in careful else 'careful'",
    ),
    "the trainer believed": ("keys", f"{MODEL_KEYS}\nquick_wins, verdict = 1, 'supported' ### BEGIN SOLUTION"),
    "another reason": ("reliable-run", f"run, reason = '{RUN}', 'longer'"),
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


def test_a_forgotten_number_costs_its_own_points_only() -> None:
    """The function's tests are in cells of their own, before the one that asks for the number."""
    for task in ("kept-share", "rise", "bounds", "best-sign", "keys"):
        assert len(ASSIGNMENT.tests[task]) > 1, task
