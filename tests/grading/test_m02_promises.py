"""Answers to m02's assignment, right and wrong; `test_assignments.py` marks them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from course.answers import AnswerError
from course.manifest import syllabus
from course.simulations.codes import encode_run
from course.simulations.m01_expectation_gap import ExpectationGap
from course.simulations.m02_promises import Promises
from tests.grading.marking import Assignment

Speak = Callable[[str], None]


ASSIGNMENT = Assignment(syllabus().module("m02"))


GAIN = "def gain(a, b): return a ** 2 / (a ** 2 + b ** 2)"
EXPECT = "def expect(s, e): return sum(x / y**2 for x, y in zip(s, e)) / sum(1 / y**2 for y in e)"
SUM = (
    "from course.theory.prospect import value\ndef felt_sum(start, visits, alpha):\n    e, t = start, 0\n"
    "    for p in visits: t, e = t + float(value(p - e)), e + alpha * (p - e)\n    return t"
)
TREND = "def points_per_year(t, a, b):\n    s = t.set_index('year')['acsi_score']\n    return (s[b] - s[a]) / (b - a)"
MEAN_MISS = (
    "def mean_miss(s, alpha):\n    e, m = s[0], 0\n    for x in s[1:]: m, e = m + abs(x - e), e + alpha * (x - e)\n"
    "    return m / (len(s) - 1)"
)
GOOD_RUN = encode_run("m02", Promises(pulse=0, lasting=2.5))
FELT, MISS = "felt_sum(start, visits, alpha)", "mean_miss(s, alpha)"


def loop(before: str, body: str, after: str, signature: str = "expectations(start, visits, alpha)") -> str:
    """A function that goes through `visits` once."""
    return f"def {signature}:\n    {before}\n    for p in visits:\n        {body}\n    {after}"


ACCEPTED = {
    "a weighted mean": (
        "expectations",
        loop("e, r = start, []", "e = (1 - alpha) * e + alpha * p; r += [e]", "return r"),
    ),
    "a tuple": ("expectations", loop("e, r = start, ()", "e += alpha * (p - e); r += (e,)", "return r")),
    "logarithms": (
        "visits-needed",
        "import math\ndef visits_needed(share, alpha): return math.ceil(math.log(1 - share) / math.log(1 - alpha))",
    ),
    "by the ratio": ("gain", "def gain(a, b): return 1 / (1 + (b / a) ** 2)"),
    "numpy's average": (
        "expect",
        "import numpy as np\ndef expect(s, e): return np.average(s, weights=1 / np.array(e, dtype=float) ** 2)",
    ),
    "with the path of task 1": (
        "felt-sum",
        "from course.theory.prospect import value\ndef felt_sum(start, visits, alpha):\n"
        "    path = [start, *expectations(start, visits, alpha)]\n"
        "    return sum(float(value(p - e)) for p, e in zip(visits, path))",
    ),
    "by query": (
        "points-per-year",
        "def points_per_year(t, a, b):\n"
        "    one, other = (t.query('year == @y')['acsi_score'].item() for y in (a, b))\n    return (other - one) / (b - a)",
    ),
    "numpy's mean": (
        "mean-miss",
        "import numpy as np\ndef mean_miss(s, alpha):\n"
        "    path = [s[0], *expectations(s[0], s[1:], alpha)][:-1]\n    return np.abs(np.subtract(s[1:], path)).mean()",
    ),
    "spaces around": (
        "same-effort-run",
        f"run = ' {encode_run('m02', Promises(pulse=0, lasting=2))} '\nreason = 'Floor'",
    ),
    "rounded to three": ("gain", f"{GAIN}\nfriend_gain, nearer = 0.725, 'friend' ### BEGIN SOLUTION"),
    "another pair of years": (
        "points-per-year",
        f"{TREND}\ntrend, counter_first, counter_last = -0.429, 2012, 2013 ### BEGIN SOLUTION",
    ),
    "in capitals": (
        "mean-miss",
        f"{MEAN_MISS}\namazon_miss, last_miss, winner = 1.954, 2.133, 'MEMORY' ### BEGIN SOLUTION",
    ),
}

VISIBLY_WRONG = {
    "the course's own path": (
        "expectations",
        "from course.theory.adaptation import expectation_path\n"
        "def expectations(start, visits, alpha): return expectation_path(start, visits, alpha)[1:]",
        "the course's own function",
    ),
    "the course's own gain": ("gain", "from course.theory.sources import kalman_gain as gain", "the course's own function"),
    "the course's own sum": (
        "felt-sum",
        "from course.theory.treadmill import felt_total as felt_sum",
        "the course's own function",
    ),
    "the start": ("expectations", loop("r = []", "r.append(start)", "return r"), "has learned something"),
    "what is left open": ("expectations", loop("e, r = start, []", "e = p - alpha * (p - e); r.append(e)", "return r"), "69"),
    "always from the start": ("expectations", loop("r = []", "r.append(start + alpha * (p - start))", "return r"), "75.3"),
    "with the start": (
        "expectations",
        loop("e, r = start, [start]", "e += alpha * (p - e); r += [e]", "return r"),
        "2 numbers",
    ),
    "only the last": ("expectations", loop("e = start", "e += alpha * (p - e)", "return e"), "2 numbers"),
    "return in the loop": (
        "expectations",
        loop("e, r = start, []", "e += alpha * (p - e); r += [e]; return r", ""),
        "2 numbers",
    ),
    "not rounded": (
        "visits-needed",
        "import math\ndef visits_needed(s, a): return math.log(1 - s) / math.log(1 - a)",
        "whole number",
    ),
    "rounded down": (
        "visits-needed",
        "import math\ndef visits_needed(s, a): return math.floor(math.log(1 - s) / math.log(1 - a))",
        "more than a tenth",
    ),
    "share over alpha": ("visits-needed", "def visits_needed(s, a): return round(s / a)", "more than a tenth"),
    "one too many": (
        "visits-needed",
        "import math\ndef visits_needed(s, a): return math.ceil(math.log(1 - s) / math.log(1 - a)) + 1",
        "one fewer",
    ),
    "not squared": ("gain", "def gain(a, b): return a / (a + b)", "100/125"),
    "turned": ("gain", "def gain(a, b): return b ** 2 / (a ** 2 + b ** 2)", "surer one"),
    "no brackets": ("gain", "def gain(a, b): return a ** 2 / a ** 2 + b ** 2", "in the middle"),
    "plain mean": ("expect", "def expect(s, e): return sum(s) / len(s)", "68.2"),
    "errors not squared": (
        "expect",
        "def expect(s, e): return sum(x / y for x, y in zip(s, e)) / sum(1 / y for y in e)",
        "Are the errors squared",
    ),
    "not divided": ("expect", "def expect(s, e): return sum(x / y ** 2 for x, y in zip(s, e))", "make 70"),
    "moved first": (
        "felt-sum",
        "from course.theory.prospect import value\n"
        + loop("e, t = start, 0", "e += alpha * (p - e); t += value(p - e)", "return float(t)", FELT),
        "before the expectation moves",
    ),
    "never moved": (
        "felt-sum",
        "from course.theory.prospect import value\ndef felt_sum(start, visits, alpha):\n"
        "    return float(sum(value(p - start) for p in visits))",
        "takes something away",
    ),
    "only the gaps": (
        "felt-sum",
        loop("e, t = start, 0", "t += p - e; e += alpha * (p - e)", "return t", FELT),
        "19.95",
    ),
    "moved from the start": (
        "felt-sum",
        "from course.theory.prospect import value\n"
        + loop("e, t = start, 0", "t += value(p - e); e = start + alpha * (p - start)", "return float(t)",
               FELT),
        "what happens to the expectation",
    ),
    "first minus last": (
        "points-per-year",
        "def points_per_year(t, a, b):\n    s = t.set_index('year')['acsi_score']\n    return (s[a] - s[b]) / (b - a)",
        "below 0",
    ),
    "by the rows": (
        "points-per-year",
        "def points_per_year(t, a, b):\n"
        "    s = t.set_index('year')['acsi_score']\n    return (s[b] - s[a]) / len(s.loc[a:b])",
        "not by the rows",
    ),
    "moved before the miss": (
        "mean-miss",
        loop("visits = s[1:]; e, m = s[0], []", "e += alpha * (p - e); m.append(abs(p - e))", "return sum(m) / len(m)",
             MISS),
        "before the forecast moves",
    ),
    "all scores counted": (
        "mean-miss",
        loop("visits = s; e, m = s[0], []", "m.append(abs(p - e)); e += alpha * (p - e)", "return sum(m) / len(m)",
             MISS),
        "left out of the mean",
    ),
    "signed": (
        "mean-miss",
        loop("visits = s[1:]; e, m = s[0], []", "m.append(p - e); e += alpha * (p - e)", "return sum(m) / len(m)",
             MISS),
        "without their sign",
    ),
    "nearer against the gain": (
        "gain",
        f"{GAIN}\nfriend_gain, nearer = 0.725, 'own' ### BEGIN SOLUTION",
        "does not go with that",
    ),
    "newcomer forgotten": ("expect", f"{EXPECT}\n### BEGIN SOLUTION", "no answer called newcomer"),
    "the suite all the same": (
        "felt-sum",
        f"{SUM}\nsuite_year, steady_year, better = -35.973, 12.0, 'suite' ### BEGIN SOLUTION",
        "small steps",
    ),
    "year not in the table": (
        "points-per-year",
        f"{TREND}\ntrend, counter_first, counter_last = -0.43, 2021, 2023 ### BEGIN SOLUTION",
        "years of the table",
    ),
    "years turned round": (
        "points-per-year",
        f"{TREND}\ntrend, counter_first, counter_last = -0.43, 2022, 2021 ### BEGIN SOLUTION",
        "the earlier year",
    ),
    "the same direction": (
        "points-per-year",
        f"{TREND}\ntrend, counter_first, counter_last = -0.43, 2003, 2021 ### BEGIN SOLUTION",
        "refutes nothing",
    ),
    "winner against the misses": (
        "mean-miss",
        f"{MEAN_MISS}\namazon_miss, last_miss, winner = 1.954, 2.133, 'last' ### BEGIN SOLUTION",
        "does not go with that",
    ),
    "no reason": ("same-effort-run", f"run = '{GOOD_RUN}'", "no answer called reason"),
    "cut off": ("same-effort-run", "run = 'eyJtIjoibTAy'", "cannot be read"),
    "the suite itself": ("same-effort-run", f"run = '{encode_run('m02', Promises())}'", "Felt value of twelve visits"),
    "too generous": ("same-effort-run", f"run = '{encode_run('m02', Promises(pulse=0, lasting=3))}'", "Extra points"),
    "a lighter loss": (
        "same-effort-run",
        f"run = '{encode_run('m02', Promises(pulse=0, lasting=2.5, loss_weight=1))}'",
        "Weight of a loss",
    ),
    "another module": ("same-effort-run", f"run = '{encode_run('m01', ExpectationGap())}'", "another module"),
}  # fmt: skip

WRONG_WHERE_NOBODY_LOOKS = {
    "another pair's gain": ("gain", f"{GAIN}\nfriend_gain, nearer = 0.8, 'friend' ### BEGIN SOLUTION"),
    "another newcomer": ("expect", f"{EXPECT}\nnewcomer = 68.2 ### BEGIN SOLUTION"),
    "years of another suite": (
        "felt-sum",
        f"{SUM}\nsuite_year, steady_year, better = -30.0, 9.0, 'steady' ### BEGIN SOLUTION",
    ),
    "another trend": (
        "points-per-year",
        f"{TREND}\ntrend, counter_first, counter_last = -0.556, 2021, 2022 ### BEGIN SOLUTION",
    ),
    "another forecaster": (
        "mean-miss",
        f"{MEAN_MISS}\namazon_miss, last_miss, winner = 1.96, 2.133, 'memory' ### BEGIN SOLUTION",
    ),
    "another reason": ("same-effort-run", f"run, reason = '{GOOD_RUN}', 'points'"),
    "alpha typed in": ("expectations", loop("e, r = start, []", "e += 0.3 * (p - e); r.append(e)", "return r")),
    "always ninety": ("expectations", loop("e, r = start, []", "e += alpha * (90 - e); r.append(e)", "return r")),
    "seven typed in": ("visits-needed", "def visits_needed(share, alpha): return 7"),
    "nine tenths typed in": (
        "visits-needed",
        "import math\ndef visits_needed(share, alpha): return math.ceil(math.log(0.1) / math.log(1 - alpha))",
    ),
    "four fifths typed in": ("gain", "def gain(a, b): return 0.5 if a == b else 0.8"),
    "two and one": (
        "expect",
        "def expect(s, e): return sum(s) / 2 if len(s) == 2 else 0.4091 * s[0] + 0.4091 * s[1] + 0.1818 * s[2]",
    ),
    "the suite typed in": (
        "felt-sum",
        "def felt_sum(start, visits, alpha): return {1: 19.9465, 2: 4.3899}.get(len(visits), -35.973)",
    ),
    "gains only": (
        "felt-sum",
        "from course.theory.prospect import value\n"
        + loop("e, t = start, 0", "t += value(p - e); e += 0.3 * (p - e)", "return float(t)", FELT),
    ),
    "eighteen years": (
        "points-per-year",
        "def points_per_year(t, a, b):\n    s = t.set_index('year')['acsi_score']\n    return (s[b] - s[a]) / 18",
    ),
    "ten points": ("points-per-year", "def points_per_year(t, a, b): return -10 / (b - a)"),
    "a half typed in": (
        "mean-miss",
        loop("visits = s[1:]; e, m = s[0], []", "m.append(abs(p - e)); e += 0.5 * (p - e)", "return sum(m) / len(m)",
             MISS),
    ),
}  # fmt: skip


def test_a_slip_is_named_in_chinese(speak: Speak) -> None:
    speak("zh")
    with pytest.raises(AnswerError, match="平方"):
        ASSIGNMENT.mark("gain", "def gain(a, b): return a / (a + b)")


def test_a_forgotten_number_costs_its_own_points_only() -> None:
    """Function, hidden cases and own number are marked in cells of their own."""
    for task, answer in (("gain", GAIN), ("expect", EXPECT), ("felt-sum", SUM), ("mean-miss", MEAN_MISS)):
        *fine, own = ASSIGNMENT.tests[task]
        assert len(fine) == 2
        for test in fine:
            ASSIGNMENT.mark(task, f"{answer}\n### BEGIN SOLUTION", test=test)
        with pytest.raises(AnswerError):
            ASSIGNMENT.mark(task, f"{answer}\n### BEGIN SOLUTION", test=own)
