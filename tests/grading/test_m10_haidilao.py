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

MODEL_SHARE = "from math import log\ndef share(whole, factor): return log(factor) / log(whole)"
MODEL_FELT = "def felt_minutes(wait, occupied): return wait * (1 - occupied / 2)"
MODEL_ALARM = (
    "def first_alarm(figures, limit):\n"
    "    below = [i for i, x in enumerate(figures) if x < limit * figures[0]]\n"
    "    return below[0] if below else -1"
)
MODEL_PAY = "def manager_pay(own, those): return max(0.028 * own, 0.004 * own + 0.031 * sum(those))"
WHOLE = encode_run("m10", Haidilao(openings=60, training=100))

ACCEPTED = {
    "typed in": ("fall", "before, after, change = 34.577, 22.045, -0.362"),
    "two decimals": ("fall", "before, after, change = 34.58, 22.04, -0.36"),
    "numpy's logarithm": (
        "share",
        "import numpy as np\ndef share(whole, factor): return np.log(factor) / np.log(whole)",
    ),
    "columns at once": (
        "tables",
        "import numpy as np\nlater = [2018, 2019, 2020, 2021, 2023, 2024]\n"
        "two = by_year[['each', 'table_turnover_per_day']]\n"
        "rows = two.loc[later] / two.loc[2017]\n"
        "years_by_turnover = (np.log(rows['table_turnover_per_day']) / np.log(rows['each']) > 0.5).sum()\n"
        "verdict = 'Refuted'",
    ),
    "one formula": ("felt", MODEL_FELT),
    "a comprehension": ("alarm", MODEL_ALARM),
    "the better of two": (
        "pay",
        "def manager_pay(own, those):\n    a, b = 0.028 * own, 0.004 * own + sum(0.031 * one for one in those)\n"
        "    return a if a > b else b",
    ),
    "another run": ("growth-run", f"run = ' {WHOLE} '\nreason = 'crews'"),
}

VISIBLY_WRONG = {
    "exchanged": ("fall", "before, after, change = 22.04, 34.58, -0.36", "take less"),
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
    "a share of years": ("tables", "years_by_turnover, verdict = 0.67, 'refuted'", "whole number"),
    "most is not every": ("tables", "years_by_turnover, verdict = 4, 'supported'", "all six"),
    "verdict in own words": ("tables", "years_by_turnover, verdict = 4, 'no'", "supported"),
    "clock": ("felt", "def felt_minutes(wait, occupied): return wait", "feel like 20"),
    "filled only": ("felt", "def felt_minutes(wait, occupied): return wait * occupied / 2", "feel like 40"),
    "the longer one": (
        "felt",
        f"{MODEL_FELT}\nfelt_snacks, felt_hands, shorter = 45.5, 44.8, 'snacks' ### BEGIN SOLUTION",
        "44.8",
    ),
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
    "the consultant believed": (
        "alarm",
        f"{MODEL_ALARM}\nturnover_calls, survey_calls, first_call = 5, 3, 'turnover' ### BEGIN SOLUTION",
        "quarter 5",
    ),
    "rule A only": ("pay", "def manager_pay(own, those): return 0.028 * own", "B is better"),
    "rule B only": ("pay", "def manager_pay(own, those): return 0.004 * own + 0.031 * sum(those)", "A is better"),
    "both rules": ("pay", "def manager_pay(own, those): return 0.032 * own + 0.031 * sum(those)", "A is better"),
    "first apprentice": (
        "pay",
        "def manager_pay(own, those): return max(0.028 * own, 0.004 * own + 0.031 * (those or [0])[0])",
        "B is better",
    ),
    "who gains against the sums": (
        "pay",
        f"{MODEL_PAY}\nmanager_gain, chain_gain, who_gains = 3.3, -50, 'both' ### BEGIN SOLUTION",
        "do not go with",
    ),
    "own numbers forgotten": ("pay", f"{MODEL_PAY}\nmanager_gain = None ### BEGIN SOLUTION", "manager_gain"),
    "cut off": ("growth-run", "run, reason = 'eyJtIjoibTAx', 'crews'", "cannot be read"),
    "other module": ("growth-run", f"run = '{encode_run('m01', ExpectationGap())}'", "another module"),
    "not reached": ("growth-run", f"run, reason = '{encode_run('m10', Haidilao())}', 'crews'", "not there yet"),
    "easier guests": (
        "growth-run",
        f"run, reason = '{encode_run('m10', Haidilao(openings=70, training=110, overlap=0))}', 'crews'",
        "not there yet",
    ),
    "no reason": ("growth-run", f"run = '{WHOLE}'", "reason"),
}

WRONG_WHERE_NOBODY_LOOKS = {
    "other years": ("fall", "before, after, change = 36.41, 34.58, -0.0503"),
    "two shares typed in": ("share", "def share(whole, factor): return 1 if whole == factor else 0.5"),
    "a share of another example": ("share", f"{MODEL_SHARE}\ninvented_share = 0.5 ### BEGIN SOLUTION"),
    "one year too many": ("tables", "years_by_turnover, verdict = 5, 'refuted'"),
    "two ends typed in": ("felt", "def felt_minutes(wait, occupied): return wait if occupied == 0 else wait / 2"),
    "four in ten for both": (
        "felt",
        f"{MODEL_FELT}\nfelt_snacks, felt_hands, shorter = 56, 44.8, 'hands' ### BEGIN SOLUTION",
    ),
    "limit typed in": (
        "alarm",
        "def first_alarm(figures, limit):\n"
        "    for i, x in enumerate(figures):\n        if x < 0.9 * figures[0]: return i\n    return -1",
    ),
    "one limit for both": (
        "alarm",
        f"{MODEL_ALARM}\nturnover_calls, survey_calls, first_call = 3, 3, 'survey' ### BEGIN SOLUTION",
    ),
    "two apprentices expected": (
        "pay",
        "def manager_pay(own, those): return 70 if len(those) == 2 else 0.028 * own",
    ),
    "fitting-out forgotten": (
        "pay",
        f"{MODEL_PAY}\nmanager_gain, chain_gain, who_gains = 3.3, 750, 'both' ### BEGIN SOLUTION",
    ),
    "another reason": ("growth-run", f"run, reason = '{WHOLE}', 'slower'"),
}


def test_a_slip_is_named_in_chinese(speak: Speak) -> None:
    speak("zh")
    with pytest.raises(AnswerError, match="甲更多"):
        ASSIGNMENT.mark("pay", "def manager_pay(own, those): return 0.004 * own + 0.031 * sum(those)")


def test_a_forgotten_number_costs_its_own_points_only() -> None:
    """The function's tests are in cells of their own, before the one that asks for the number."""
    for task in ("fall", "share", "tables", "felt", "alarm", "pay"):
        assert len(ASSIGNMENT.tests[task]) > 1, task
