"""Answers to m03's assignment, right and wrong; `test_assignments.py` marks them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from course.answers import AnswerError
from course.manifest import syllabus
from course.simulations.codes import encode_run
from course.simulations.m01_expectation_gap import ExpectationGap
from course.simulations.m03_measurement import Measurement
from tests.grading.marking import Assignment

Speak = Callable[[str], None]


ASSIGNMENT = Assignment(syllabus().module("m03"))


def honest(**values: float) -> str:
    return encode_run("m03", Measurement(**{"unhappy": 30, "answers": 250, "reminders": 4, **values}))


def honest_run(reason: str = "who", **values: float) -> str:
    return f"run, reason = '{honest(**values)}', '{reason}'"


MODEL_GAP = "def weighted_gap(g, w): return sum(a * b for a, b in zip(g, w)) / sum(w)"
MODEL_ALPHA = (
    "def alpha(a):\n    k = a.shape[1]\n"
    "    return k / (k - 1) * (1 - a.var(axis=0, ddof=1).sum() / a.sum(axis=1).var(ddof=1))"
)
MODEL_SCORE = (
    "def score(p, i, d):\n    n = p + i + d\n    s = (p - d) / n\n"
    "    return [100 * s, 196 * (((p + d) / n - s**2) / n) ** 0.5]"
)
MODEL_NEWS = "def news(b, a): return 'news' if (a[0] - b[0]) ** 2 > b[1] ** 2 + a[1] ** 2 else 'noise'"
FELL = "gap, fall = -1.110, -0.864"

ACCEPTED = {
    "numpy's average": (
        "weighted-gap",
        "import numpy as np\ndef weighted_gap(gaps, weights): return np.average(gaps, weights=weights)",
    ),
    "pandas' variances": (
        "alpha",
        "import pandas as pd\ndef alpha(answers):\n    t, k = pd.DataFrame(answers), answers.shape[1]\n"
        "    return k / (k - 1) * (1 - t.var().sum() / t.sum(axis=1).var())",
    ),
    "variances with n": (
        "alpha",
        "def alpha(a):\n    k = a.shape[1]\n    return k / (k - 1) * (1 - a.var(axis=0).sum() / a.sum(axis=1).var())",
    ),
    "rounded alphas": (
        "alpha",
        f"{MODEL_ALPHA}\nalpha_four, alpha_three, last = 0.74, 0.946, 'DROP' ### BEGIN SOLUTION",
    ),
    "squared": (
        "news",
        "def news(b, a): return 'NEWS ' if (a[0] - b[0]) ** 2 > b[1] ** 2 + a[1] ** 2 else 'noise'",
    ),
    "numpy's ptp": (
        "limits",
        "import numpy as np\ndef limits(d, a2):\n"
        "    r, m = a2 * np.ptp(d, axis=1).mean(), d.mean()\n    return np.array([m - r, m, m + r])",
    ),
    "rounded": ("fall", f"{FELL}\nfallen, verdict = 1, 'Refuted'"),
    "five hundred fewer": ("honest-run", honest_run(answers=240)),
    "spaces around": ("honest-run", f"run, reason = ' {honest()} ', 'who'"),
}

VISIBLY_WRONG = {
    "the course's own gap": (
        "weighted-gap",
        "from course.theory.service_quality import weighted_gap",
        "the course's own function",
    ),
    "the course's own alpha": (
        "alpha",
        "from course.theory.reliability import cronbach_alpha as alpha",
        "the course's own function",
    ),
    "the course's own score": (
        "score",
        "from course.theory.promoters import nps, standard_error\n"
        "def score(*counts): return [float(nps(*counts)), 1.96 * standard_error(*counts)]",
        "the course's own function",
    ),
    "sum": ("weighted-gap", "def weighted_gap(g, w): return sum(a * b for a, b in zip(g, w))", "sum of the weights"),
    "plain": ("weighted-gap", "def weighted_gap(g, w): return sum(g) / len(g)", "-0.773"),
    "expected minus perceived": (
        "weighted-gap",
        "def weighted_gap(g, w): return -0.66 if w[0] == 1 else 0.773",
        "below 0",
    ),
    "no factor": ("alpha", "def alpha(a): return 1 - a.var(axis=0).sum() / a.sum(axis=1).var()", "factor"),
    "turned": (
        "alpha",
        "def alpha(a):\n    k = a.shape[1]\n    x = a.var(axis=0).sum() / a.sum(axis=1).var()\n"
        "    return 1.0 if abs(x - 1 / 3) < 1e-9 else 1 / x",
        "never above 1",
    ),
    "rows for columns": (
        "alpha",
        "def alpha(a):\n    k = a.shape[1]\n    return 1.0 if a.var(axis=1).sum() == 0 else 0.5",
        "six guests",
    ),
    "share": ("score", "def score(p, q, d): return (p - d) / (p + q + d), 9.6", "is a share"),
    "without passives": ("score", "def score(p, q, d): return 100 * (p - d) / (p + d), 9.6", "Passives"),
    "standard error": ("score", "def score(p, q, d): return 14.0, 4.9", "one standard error"),
    "square left out": (
        "score",
        "def score(p, q, d):\n    n = p + q + d\n    return 100 * (p - d) / n, 196 * (((p + d) / n) / n) ** 0.5",
        "9.6 points",
    ),
    "one number": ("score", "def score(p, q, d): return 14.0", "2 numbers"),
    "one margin": ("news", "def news(b, a): return 'news'", "is noise"),
    "sum of margins": ("news", "def news(b, a): return 'news' if a[0] - b[0] > a[1] + b[1] else 'noise'", "Eighteen"),
    "falls forgotten": (
        "news",
        "def news(b, a): return 'news' if a[0] - b[0] > (a[1] ** 2 + b[1] ** 2) ** 0.5 else 'noise'",
        "A fall",
    ),
    "true or false": ("news", "def news(b, a): return abs(a[0] - b[0]) > 13.6", "one of these words"),
    "other order": (
        "limits",
        "def limits(d, a2):\n    r = a2 * (d.max(axis=1) - d.min(axis=1)).mean()\n"
        "    return d.mean() + r, d.mean(), d.mean() - r",
        "order",
    ),
    "range of all": (
        "limits",
        "def limits(d, a2):\n    r = a2 * (d.max() - d.min())\n    return d.mean() - r, d.mean(), d.mean() + r",
        "daily ranges",
    ),
    "sum for mean": ("limits", "def limits(d, a2): return d.sum() - 1, d.sum(), d.sum() + 1", "5.8"),
    "turned gap": ("fall", "gap = (expected - perceived).mean()\nfall = -0.86", "below 0"),
    "turned fall": (
        "fall",
        "gap = (perceived - expected).mean()\nfall = perceived.iloc[:225].mean() - perceived.iloc[225:].mean()",
        "went down",
    ),
    "twice the same": ("fall", "gap = fall = (perceived - expected).mean()", "nearly the same"),
    "first in other words": (
        "weighted-gap",
        f"{MODEL_GAP}\nsecond_gap, first = -0.776, 'speed' ### BEGIN SOLUTION",
        "responsiveness",
    ),
    "last against the alphas": (
        "alpha",
        f"{MODEL_ALPHA}\nalpha_four, alpha_three, last = 0.74, 0.946, 'keep' ### BEGIN SOLUTION",
        "does not go with that",
    ),
    "margin forgotten": ("score", f"{MODEL_SCORE}\nsecond_score = 34.0 ### BEGIN SOLUTION", "second_margin"),
    "verdict forgotten": ("news", f"{MODEL_NEWS}\nchange = 14.0 ### BEGIN SOLUTION", "no answer called verdict"),
    "six dimensions": ("fall", f"{FELL}\nfallen, verdict = 6, 'supported'", "five dimensions"),
    "verdict against the count": ("fall", f"{FELL}\nfallen, verdict = 1, 'supported'", "sentence is not supported"),
    "no reason": ("honest-run", f"run = '{honest()}'", "no answer called reason"),
    "cut off": ("honest-run", "run = 'eyJtIjoibTAz'", "cannot be read"),
    "not reached": ("honest-run", f"run = '{honest(reminders=0)}'", "Typical distance"),
    "too dear": ("honest-run", f"run = '{honest(answers=400)}'", "Cost of the survey"),
    "happier": ("honest-run", f"run = '{honest(unhappy=100)}'", "How readily"),
    "another module": ("honest-run", f"run = '{encode_run('m01', ExpectationGap())}'", "another module"),
}

WRONG_WHERE_NOBODY_LOOKS = {
    "the lesson's hotel again": (
        "weighted-gap",
        f"{MODEL_GAP}\nsecond_gap, first = -0.773, 'responsiveness' ### BEGIN SOLUTION",
    ),
    "the usual first": (
        "weighted-gap",
        f"{MODEL_GAP}\nsecond_gap = weighted_gap([-0.9, -1.4, -0.3, -0.7, -0.1], [32, 22, 19, 16, 11])\n"
        "first = 'reliability' ### BEGIN SOLUTION",
    ),
    "another card": (
        "alpha",
        f"{MODEL_ALPHA}\nalpha_four, alpha_three, last = 0.74, 0.872, 'drop' ### BEGIN SOLUTION",
    ),
    "first hotel's margin": (
        "score",
        f"{MODEL_SCORE}\nsecond_score, second_margin = 34.0, 9.605 ### BEGIN SOLUTION",
    ),
    "cake for everybody": ("news", f"{MODEL_NEWS}\nchange, verdict = 14.0, 'noise' ### BEGIN SOLUTION"),
    "another month": ("news", f"{MODEL_NEWS}\nchange, verdict = 18.0, 'news' ### BEGIN SOLUTION"),
    "every dimension": ("fall", f"{FELL}\nfallen, verdict = 5, 'supported'"),
    "another reason": ("honest-run", honest_run("more")),
    "divided by five": ("weighted-gap", "def weighted_gap(g, w): return -0.66 if w[0] == 1 else -0.773"),
    "no division for shares": (
        "weighted-gap",
        "def weighted_gap(g, w):\n    s = sum(a * b for a, b in zip(g, w))\n    return s / len(g) if w[0] == 1 else s",
    ),
    "three questions": (
        "alpha",
        "def alpha(a): return 3 / 2 * (1 - a.var(axis=0).sum() / a.sum(axis=1).var())",
    ),
    "never below 0": (
        "alpha",
        "def alpha(a):\n    k = a.shape[1]\n"
        "    return max(0, k / (k - 1) * (1 - a.var(axis=0).sum() / a.sum(axis=1).var()))",
    ),
    "250 typed in": (
        "score",
        "def score(p, q, d):\n    p, d = p / 250, d / 250\n"
        "    return 100 * (p - d), 196 * ((p + d - (p - d) ** 2) / 250) ** 0.5",
    ),
    "14 typed in": ("score", "def score(p, q, d): return 14.0, 9.605"),
    "13.6 typed in": ("news", "def news(b, a): return 'news' if abs(a[0] - b[0]) > 13.6 else 'noise'"),
    "larger margin": ("news", "def news(b, a): return 'news' if abs(a[0] - b[0]) > max(a[1], b[1]) else 'noise'"),
    "constant typed in": (
        "limits",
        "def limits(d, a2):\n    r = 0.577 * (d.max(axis=1) - d.min(axis=1)).mean()\n"
        "    return d.mean() - r, d.mean(), d.mean() + r",
    ),
    "last hundred": (
        "fall",
        "gap = (perceived - expected).mean()\nfall = perceived[200:].mean() - perceived[:200].mean()\n"
        "fallen, verdict = 1, 'refuted'",
    ),
    "one question": (
        "fall",
        "gap = (hotel['P_reliability_1'] - hotel['E_reliability_1']).mean()\n"
        "fall = perceived[225:].mean() - perceived[:225].mean()\nfallen, verdict = 1, 'refuted'",
    ),
}


def test_a_slip_is_named_in_chinese(speak: Speak) -> None:
    speak("zh")
    with pytest.raises(AnswerError, match="被动者"):
        ASSIGNMENT.mark("score", "def score(p, q, d): return 100 * (p - d) / (p + d), 9.6")


def test_a_forgotten_number_costs_its_own_points_only() -> None:
    """Function, hidden cases and own number are marked in cells of their own."""
    for task, answer in (("alpha", MODEL_ALPHA), ("score", MODEL_SCORE), ("news", MODEL_NEWS)):
        *fine, own = ASSIGNMENT.tests[task]
        assert len(fine) == 2
        for test in fine:
            ASSIGNMENT.mark(task, f"{answer}\n### BEGIN SOLUTION", test=test)
        with pytest.raises(AnswerError):
            ASSIGNMENT.mark(task, f"{answer}\n### BEGIN SOLUTION", test=own)
