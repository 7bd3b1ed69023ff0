"""Answers to m12's assignment, right and wrong; `test_assignments.py` marks them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from course.answers import AnswerError
from course.manifest import syllabus
from course.simulations.codes import encode_run
from course.simulations.m01_expectation_gap import ExpectationGap
from course.simulations.m12_amazon import Amazon
from tests.grading.marking import Assignment

Speak = Callable[[str], None]


ASSIGNMENT = Assignment(syllabus().module("m12"))

MODEL_DAY = "import math\ndef promise_day(t, w): return sorted(t)[math.ceil(len(t) * w / (w + 1) - 1e-9) - 1]"
MODEL_RETURNS = "def profit(n, m, r, h): return n * ((1 - r) * m - r * h)"
MODEL_LEAD = "def lead_left(lead, alpha, years): return lead * (1 - alpha) ** years"
MODEL_COSINE = (
    "import numpy as np\ndef cosine(t, a, b): return t[a] @ t[b] / np.linalg.norm(t[a]) / np.linalg.norm(t[b])"
)

ACCEPTED = {
    "numpy's quantile": (
        "promise-day",
        "import numpy as np\ndef promise_day(t, w): return np.quantile(t, w / (w + 1), method='inverted_cdf')",
    ),
    "rounded share": ("late-price", "on_time = 0.933\nlate_price = 14.0"),
    "counted with between": (
        "months",
        "price = months['share_on_time'] / (1 - months['share_on_time'])\n"
        "months_near = price.between(10, 20).sum()\nverdict = ' Refuted '",
    ),
    "margin less what comes back": ("returns", "def profit(n, m, r, h): return n * m - n * r * (m + h)"),
    "a loop": (
        "lead",
        "def lead_left(lead, alpha, years):\n"
        "    for year in range(int(years)):\n        lead = lead - alpha * lead\n    return lead",
    ),
    "numpy's cosine": (
        "cosine",
        "import numpy as np\ndef cosine(t, a, b): return t[a] @ t[b] / np.linalg.norm(t[a]) / np.linalg.norm(t[b])\n"
        "def most_alike(t, i): return max((c for c in t if c != i), key=lambda c: cosine(t, i, c))",
    ),
    "spaces around": ("keep-it-run", f"run = ' {encode_run('m12', Amazon(promise=9))} '\nreason = 'promise'"),
}

VISIBLY_WRONG = {
    "the course's own promise": (
        "promise-day",
        "from course.theory.promise import sample_promise as promise_day",
        "the course's own function",
    ),
    "the course's own returns": (
        "returns",
        "from course.theory.returns import returns_profit as profit",
        "the course's own function",
    ),
    "mean": ("promise-day", "def promise_day(t, w): return sum(t) / len(t)", "half of these ten parcels"),
    "median": ("promise-day", "def promise_day(t, w): return sorted(t)[len(t) // 2]", "costlier late day"),
    "latest": ("promise-day", "def promise_day(t, w): return max(t) if w > 1 else 6", "eighth of ten"),
    "unsorted": ("promise-day", "def promise_day(t, w): return t[int(len(t) * w / (w + 1))]", "costlier late day"),
    "own number forgotten": ("promise-day", f"{MODEL_DAY}\nmy_day = None ### BEGIN SOLUTION", "my_day"),
    "late share": ("late-price", "on_time = 0.07\nlate_price = 0.07", "early than late"),
    "rows counted": ("late-price", "on_time = 0.5\nlate_price = 1.0", "early than late"),
    "turned": ("late-price", "on_time = 0.933\nlate_price = 0.0715", "share on time over the share late"),
    "percent": ("late-price", "on_time = 93.3\nlate_price = 14.0", "between 0 and 1"),
    "a share of months": ("months", "months_near = 0.25\nverdict = 'refuted'", "whole number"),
    "verdict turned": ("months", "months_near = 5\nverdict = 'supported'", "Half of twenty"),
    "verdict in own words": ("months", "months_near = 5\nverdict = 'no'", "supported"),
    "handling forgotten": ("returns", "def profit(n, m, r, h): return n * (1 - r) * m", "everything comes back"),
    "margin kept": ("returns", "def profit(n, m, r, h): return n * m - n * r * h", "everything comes back"),
    "percent of a hundred": ("returns", "def profit(n, m, r, h): return n * (100 - r) * m", "nothing comes back"),
    "advice against the sum": (
        "returns",
        f"{MODEL_RETURNS}\ngain, advice = 699.0, 'decline' ### BEGIN SOLUTION",
        "advice",
    ),
    "added": ("lead", "def lead_left(lead, alpha, years): return lead * (1 - alpha * years)", "1.715"),
    "what is gone": ("lead", "def lead_left(lead, alpha, years): return lead * alpha ** years", "1.715"),
    "no roots": (
        "cosine",
        "def cosine(t, a, b): return (t[a] * t[b]).sum() / (t[a].sum() * t[b].sum())",
        "as alike as can be",
    ),
    "common only": ("cosine", "def cosine(t, a, b): return (t[a] * t[b]).sum()", "as alike as can be"),
    "jaccard": (
        "cosine",
        "def cosine(t, a, b): return (t[a] * t[b]).sum() / (t[a] + t[b] - t[a] * t[b]).sum()",
        "0.5",
    ),
    "itself": ("cosine", f"{MODEL_COSINE}\ndef most_alike(t, item): return item", "other"),
    "likeness": ("cosine", f"{MODEL_COSINE}\ndef most_alike(t, item): return 0.67", "tea"),
    "last": ("cosine", f"{MODEL_COSINE}\ndef most_alike(t, item): return 'bulb'", "two of three buyers"),
    "cut off": ("keep-it-run", "run, reason = 'eyJtIjoibTEy', 'promise'", "cannot be read"),
    "not reached": ("keep-it-run", f"run, reason = '{encode_run('m12', Amazon())}', 'promise'", "Parcels on time"),
    "too late": ("keep-it-run", f"run, reason = '{encode_run('m12', Amazon(promise=15))}', 'promise'", "Orders"),
    "faster": (
        "keep-it-run",
        f"run, reason = '{encode_run('m12', Amazon(mean_time=3, promise=6))}', 'faster'",
        "Mean delivery time",
    ),
    "another module": ("keep-it-run", f"run = '{encode_run('m01', ExpectationGap())}'", "another module"),
    "no reason": ("keep-it-run", f"run = '{encode_run('m12', Amazon(promise=9))}'", "reason"),
}

WRONG_WHERE_NOBODY_LOOKS = {
    "days typed in": ("promise-day", "def promise_day(t, w): return 7 if w > 1 else 5"),
    "another list's day": ("promise-day", f"{MODEL_DAY}\nmy_day = 7.6001 + 1 ### BEGIN SOLUTION"),
    "the promised day left out": ("late-price", "on_time = 0.92\nlate_price = 11.5"),
    "delivered or not": ("late-price", "on_time = 0.9065\nlate_price = 9.7"),
    "one bound": ("months", "months_near, verdict = 18, 'supported'"),
    "always the shop of the test": ("returns", "def profit(n, m, r, h): return n * (1 - r) * m - n * r * 4"),
    "gain of another shop": ("returns", f"{MODEL_RETURNS}\ngain, advice = 705.0, 'offer' ### BEGIN SOLUTION"),
    "alpha typed in": ("lead", "def lead_left(lead, alpha, years): return lead * 0.7 ** years"),
    "the larger start": ("lead", f"{MODEL_LEAD}\nahead = 'north' ### BEGIN SOLUTION"),
    "no squares": (
        "cosine",
        "def cosine(t, a, b): return (t[a] * t[b]).sum() / t[a].sum() ** 0.5 / t[b].sum() ** 0.5\n"
        "def most_alike(t, item): return 'tea'",
    ),
    "tea typed in": ("cosine", f"{MODEL_COSINE}\ndef most_alike(t, item): return 'tea' if 'tea' in t else 'b'"),
    "another reason": ("keep-it-run", f"run, reason = '{encode_run('m12', Amazon(promise=9))}', 'faster'"),
}


def test_a_slip_is_named_in_chinese(speak: Speak) -> None:
    speak("zh")
    with pytest.raises(AnswerError, match="全部退回"):
        ASSIGNMENT.mark("returns", "def profit(n, m, r, h): return n * (1 - r) * m")


def test_a_forgotten_number_costs_its_own_points_only() -> None:
    """The function's tests stand in cells of their own, before the one that asks for the number."""
    for task in ("promise-day", "returns", "lead", "late-price", "months"):
        assert len(ASSIGNMENT.tests[task]) > 1, task
