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


def test_a_slip_is_named_in_chinese(speak: Speak) -> None:
    speak("zh")
    with pytest.raises(AnswerError, match="回本"):
        ASSIGNMENT.mark("break-even", "def break_even(fee, price): return fee // price")
