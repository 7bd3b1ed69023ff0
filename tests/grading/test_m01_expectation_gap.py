"""Answers to m01's assignment, right and wrong; `test_assignments.py` marks them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from course.answers import AnswerError
from course.manifest import syllabus
from course.simulations.codes import encode_run
from course.simulations.m01_expectation_gap import ExpectationGap
from tests.grading.marking import Assignment

Speak = Callable[[str], None]


ASSIGNMENT = Assignment(syllabus().module("m01"))

MODEL_GAIN = "def offsetting_gain(loss): return loss * 2.25 ** (1 / 0.88)"
MODEL_PLACE = "def place(msa, mss): return 'below' if msa < 0 else 'above' if mss > 0 else 'inside'"
MODEL_STARS = (
    "import numpy as np\ndef weighted_stars(t): return np.average(t['mean_review_stars'], weights=t['orders'])"
)
GOOD_RUN = encode_run("m01", ExpectationGap(expected=60, disagreement=2, service=60, spread=4.5))

ACCEPTED = {
    "rounded": ("felt-value", "def felt_value(gap): return round(gap**0.88 if gap >= 0 else -2.25 * (-gap)**0.88, 2)"),
    "numpy's sign": (
        "felt-value",
        "import numpy as np\ndef felt_value(gap): return np.sign(gap) * np.abs(gap)**0.88 * np.where(gap < 0, 2.25, 1)",
    ),
    "rounded gain": ("offsetting-gain", "def offsetting_gain(loss): return round(loss * 2.25 ** (1 / 0.88), 3)"),
    "a list": ("service-measures", "def service_measures(p, a, d): return [p - a, p - d]"),
    "rounded list": ("service-measures", "def service_measures(p, a, d): return round(p - a, 1), round(p - d, 1)"),
    "capitals": (
        "place-in-zone",
        "def place(msa, mss): return 'Below' if msa < 0 else ' above' if mss > 0 else 'INSIDE'\n"
        "mend, overspent = 'laundry', 'bakery' ### BEGIN SOLUTION",
    ),
    "columns by dot": (
        "stars-per-day",
        "def stars_per_day(a, b):\n    return (b.mean_review_stars - a.mean_review_stars) / (b.mean_day - a.mean_day)",
    ),
    "typed in": (
        "early-and-late",
        "early, late, ratio, other_ratio, verdict = -0.011, -0.348, 30.869, 13.024, ' Refuted'",
    ),
    "no points to spare": ("offsetting-gain", f"{MODEL_GAIN}\nneeded, enough = 20.105, 'NO' ### BEGIN SOLUTION"),
    "named in capitals": (
        "place-in-zone",
        f"{MODEL_PLACE}\nmend, overspent = 'Laundry', 'Bakery' ### BEGIN SOLUTION",
    ),
    "numpy's average": ("weighted-stars", MODEL_STARS),
    "spaces around": (
        "frugal-run",
        f"run = ' {encode_run('m01', ExpectationGap(expected=60, disagreement=3, service=60, spread=4))} '\nreason = 'meets'",
    ),
}

VISIBLY_WRONG = {
    "the course's own": (
        "felt-value",
        "from course.theory.prospect import value as felt_value",
        "the course's own function",
    ),
    "complex": ("felt-value", "def felt_value(gap): return gap**0.88 if gap > 0 else -2.25 * gap**0.88", "ordinary"),
    "no sign": ("felt-value", "def felt_value(gap): return abs(gap)**0.88", "disappointment"),
    "no lambda": ("felt-value", "def felt_value(gap): return gap**0.88 if gap > 0 else -(-gap)**0.88", "2.25 times"),
    "no alpha": ("felt-value", "def felt_value(gap): return gap", "to the power 0.88"),
    "printed": ("felt-value", "def felt_value(gap): print(gap**0.88)", "return"),
    "text": ("felt-value", "def felt_value(gap): return '7.59'", "quotation marks"),
    "broken": ("felt-value", "def felt_value(gap): return gaps**0.88", "name 'gaps' is not defined"),
    "renamed": ("felt-value", "def felt(gap): return gap**0.88", "no answer called felt_value"),
    "not a function": ("felt-value", "felt_value = 7.59", "not a function"),
    "even": ("offsetting-gain", "def offsetting_gain(loss): return loss", "more than 10"),
    "times lambda": ("offsetting-gain", "def offsetting_gain(loss): return loss * 2.25", "should cancel"),
    "no brackets": ("offsetting-gain", "def offsetting_gain(loss): return loss * 2.25 ** 1 / 0.88", "should cancel"),
    "enough against the sum": (
        "offsetting-gain",
        f"{MODEL_GAIN}\nneeded, enough = 20.1, 'yes' ### BEGIN SOLUTION",
        "does not go with that",
    ),
    "needed forgotten": ("offsetting-gain", f"{MODEL_GAIN}\n### BEGIN SOLUTION", "no answer called needed"),
    "shop forgotten": (
        "service-measures",
        "def service_measures(p, a, d): return p - a, p - d\n### BEGIN SOLUTION",
        "no answer called shop_msa",
    ),
    "one for both": (
        "place-in-zone",
        f"{MODEL_PLACE}\nmend, overspent = 'cinema', 'cinema' ### BEGIN SOLUTION",
        "twice",
    ),
    "verdict against the ratio": (
        "early-and-late",
        "early, late, ratio, other_ratio, verdict = -0.0113, -0.348, 30.9, 13.0, 'supported'",
        "the sentence is not supported",
    ),
    "turned round": ("service-measures", "def service_measures(p, a, d): return a - p, d - p", "minus adequate"),
    "swapped": ("service-measures", "def service_measures(p, a, d): return p - d, p - a", "minus adequate"),
    "wrong second": ("service-measures", "def service_measures(p, a, d): return p - a, d - a", "minus desired"),
    "one number": ("service-measures", "def service_measures(p, a, d): return p - a", "2 numbers"),
    "own word": ("place-in-zone", "def place(msa, mss): return 'in the zone'", "below, inside, above"),
    "number": ("place-in-zone", "def place(msa, mss): return 1", "below, inside, above"),
    "always inside": ("place-in-zone", "def place(msa, mss): return 'inside'", "less than would just do"),
    "always below": ("place-in-zone", "def place(msa, mss): return 'below'", "Your word is below"),
    "upside down": (
        "stars-per-day",
        "def stars_per_day(a, b):\n    return (b.mean_day - a.mean_day) / (b.mean_review_stars - a.mean_review_stars)",
        "slope is −0.5",
    ),
    "positive": ("early-and-late", "early, late, ratio = 0.0113, 0.348, 30.9", "below 0"),
    "exchanged": ("early-and-late", "early, late, ratio = -0.348, -0.0113, 30.9", "changed places"),
    "ratio turned": ("early-and-late", "early, late, ratio = -0.0113, -0.348, 0.0324", "late divided by early"),
    "empty place": ("early-and-late", "early, late, ratio = float('nan'), -0.348, 30.9", "empty place"),
    "plain mean": ("weighted-stars", "def weighted_stars(t): return t['mean_review_stars'].mean()", "same weight"),
    "sum": ("weighted-stars", "def weighted_stars(t): return (t['orders'] * t['mean_review_stars']).sum()", "2 each"),
    "a column": ("weighted-stars", "def weighted_stars(t): return t['mean_review_stars']", "single number"),
    "cut off": ("frugal-run", "run = 'eyJtIjoibTAx'", "cannot be read"),
    "a number": ("frugal-run", "run = 80", "cannot be read"),
    "empty": ("frugal-run", "run = ''", "no answer called run"),
    "no reason": ("frugal-run", f"run = '{GOOD_RUN}'", "no answer called reason"),
    "not reached": ("frugal-run", f"run = '{encode_run('m01', ExpectationGap())}'", "Guests in their zone"),
    "too dear": (
        "frugal-run",
        f"run = '{encode_run('m01', ExpectationGap(expected=80, service=80, spread=2, disagreement=0))}'",
        "not there yet",
    ),
}

WRONG_WHERE_NOBODY_LOOKS = {
    "two numbers typed in": ("felt-value", "def felt_value(gap): return 7.586 if gap > 0 else -17.068"),
    "one number typed in": ("offsetting-gain", "def offsetting_gain(loss): return 25.131"),
    "the shop typed in": ("service-measures", "def service_measures(p, a, d): return 6.3 - 5.2, 6.3 - 7.4"),
    "no above": (
        "place-in-zone",
        "def place(msa, mss): return 'inside' if msa > 0 else 'below'\n"
        "mend, overspent = 'laundry', 'bakery' ### BEGIN SOLUTION",
    ),
    "edge outside": ("place-in-zone", "def place(a, s): return 'below' if a <= 0 else 'above' if s > 0 else 'inside'"),
    "slope typed in": ("stars-per-day", "def stars_per_day(a, b): return -0.5"),
    "other rows": (
        "early-and-late",
        "rows = delays.set_index('mean_day', drop=False)\n"
        "early = stars_per_day(rows.loc[-17.6], rows.loc[-8.1])\n"
        "late = stars_per_day(rows.loc[1.0], rows.loc[3.5])\nratio = late / early\n"
        "other_ratio, verdict = 13.024, 'refuted'",
    ),
    "other late row": (
        "early-and-late",
        "early, late, ratio, other_ratio, verdict = -0.0113, -0.452, 40.0, 13.024, 'refuted'",
    ),
    "the first ratio again": (
        "early-and-late",
        "early, late, ratio, other_ratio, verdict = -0.0113, -0.348, 30.869, 30.869, 'supported'",
    ),
    "another shop's gain": ("offsetting-gain", f"{MODEL_GAIN}\nneeded, enough = 18.0, 'yes' ### BEGIN SOLUTION"),
    "the lowest mark": (
        "place-in-zone",
        f"{MODEL_PLACE}\nmend, overspent = 'cinema', 'bakery' ### BEGIN SOLUTION",
    ),
    "the highest hope": (
        "place-in-zone",
        f"{MODEL_PLACE}\nmend, overspent = 'laundry', 'cinema' ### BEGIN SOLUTION",
    ),
    "two rows alike": ("weighted-stars", f"{MODEL_STARS}\ntwo_rows = 3.05 ### BEGIN SOLUTION"),
    "another reason": ("frugal-run", f"run, reason = '{GOOD_RUN}', 'more'"),
    "average typed in": ("weighted-stars", "def weighted_stars(t): return 2.0"),
}


def test_a_slip_is_named_in_chinese(speak: Speak) -> None:
    speak("zh")
    with pytest.raises(AnswerError, match="失望"):
        ASSIGNMENT.mark("felt-value", "def felt_value(gap): return abs(gap)**0.88")


def test_a_warning_in_an_answer_costs_no_points(capsys: pytest.CaptureFixture[str]) -> None:
    ASSIGNMENT.mark(
        "felt-value",
        "import sys, warnings\ndef felt_value(gap):\n    warnings.warn('old')\n    print('here', file=sys.stderr)\n"
        "    return gap**0.88 if gap >= 0 else -2.25 * (-gap)**0.88",
    )
    assert capsys.readouterr().err == ""


def test_a_forgotten_number_costs_its_own_points_only() -> None:
    """Function, hidden cases and own number are marked in cells of their own."""
    for task, answer, kept in (
        ("service-measures", "def service_measures(p, a, d): return p - a, p - d\n### BEGIN SOLUTION", 2),
        ("offsetting-gain", f"{MODEL_GAIN}\n### BEGIN SOLUTION", 2),
        ("weighted-stars", f"{MODEL_STARS}\n### BEGIN SOLUTION", 2),
    ):
        *fine, own = ASSIGNMENT.tests[task]
        assert len(fine) == kept
        for test in fine:
            ASSIGNMENT.mark(task, answer, test=test)
        with pytest.raises(AnswerError):
            ASSIGNMENT.mark(task, answer, test=own)
