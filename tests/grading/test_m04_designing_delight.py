"""Answers to m04's assignment, right and wrong; `test_assignments.py` marks them."""

from __future__ import annotations

import pytest

from course.answers import AnswerError
from course.manifest import syllabus
from course.simulations.codes import encode_run
from course.simulations.m02_promises import Promises
from course.simulations.m04_designing_delight import DesigningDelight
from tests.grading.marking import Assignment

ASSIGNMENT = Assignment(syllabus().module("m04"))

TABLE = 'def kano_class(a, b): return ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ")[a - 1][b - 1]'
BOTH = "def coefficients(A, O, M, I): return (A + O) / (A + O + M + I), -(O + M) / (A + O + M + I)"
COUNT = (
    "def count_class(t, f, w, x):\n    r = t[(t['feature'] == f) & (t['wording'] == w) & (t['class'] == x)]\n"
    "    return r['respondents'].sum()"
)
GAP = "def fong_gap(a, b, n): return a - b - 1.65 * ((a + b) * (2 * n - a - b) / (2 * n)) ** 0.5"
GREEDY = (
    "def greedy_value(v, c, b):\n    t = 0\n    for one, cost in zip(v, c):\n"
    "        if cost <= b: t, b = t + one, b - cost\n    return t"
)
NEXT = "def next_year(A, O, M, I, p): return [A - p * A, O + p * A - p * O, M + p * O, I]"
GOOD_RUN = encode_run("m04", DesigningDelight(fear=1.5, every=2))


def stored(function: str, lines: str) -> str:
    return f"{function}\n{lines} ### BEGIN SOLUTION"


# what it is -> (task, answer)
ACCEPTED = {
    "the table itself": ("kano-class", TABLE),
    "small letters": ("kano-class", TABLE.replace("[b - 1]", "[b - 1].lower()")),
    "a list of two": ("coefficients", BOTH.replace("return (A", "return [(A").replace("M + I)", "M + I)", 1) + "]"),
    "all filters at once": ("count-class", COUNT),
    "with another wording": ("count-class", stored(COUNT, "mine, refuting, larger = 19, 'w3', 'i'")),
    "as the theory writes it": ("fong-gap", GAP),
    "pairs": ("greedy-value", GREEDY),
    "another trap": ("greedy-value", stored(GREEDY, "trap, lost = 43, 22")),
    "a list of four": ("next-year", NEXT),
    "spaces around": ("both-run", f"run = ' {GOOD_RUN} '\nreason = 'Musts'"),
    "another way to the challenge": (
        "both-run",
        f"run = '{encode_run('m04', DesigningDelight(fear=2, every=2))}'\nreason = 'musts'",
    ),
}

# what it is -> (task, answer, words of the sentence that the learner's own test says)
VISIBLY_WRONG = {
    "the course's own table": (
        "kano-class",
        "from course.theory.kano import classify\ndef kano_class(a, b): return str(classify([a], [b])[0])",
        "the course's own function",
    ),
    "glad is wanted": ("kano-class", "def kano_class(a, b): return 'O' if a == 1 else 'M'", "That is A"),
    "whoever is glad": ("kano-class", "def kano_class(a, b): return 'A' if a == 1 else 'M'", "the more the better"),
    "a must is wanted": (
        "kano-class",
        "def kano_class(a, b): return 'O' if b == 5 else 'A'",
        "no joy with it",
    ),
    "no contradictions": (
        "kano-class",
        "def kano_class(a, b): return 'M' if a > 1 else 'O' if b == 5 else 'A'",
        "contradicts himself",
    ),
    "without the indifferent": (
        "coefficients",
        "def coefficients(A, O, M, I): return (A + O) / (A + O + M), -(O + M) / (A + O + M)",
        "better is 0.5",
    ),
    "A in worse": (
        "coefficients",
        "def coefficients(A, O, M, I): return (A + O) / (A + O + M + I), -(A + M) / (A + O + M + I)",
        "worse is 0",
    ),
    "no minus": (
        "coefficients",
        "def coefficients(A, O, M, I): return (A + O) / (A + O + M + I), (O + M) / (A + O + M + I)",
        "carries a minus",
    ),
    "only A": (
        "coefficients",
        "def coefficients(A, O, M, I): return A / (A + O + M + I), -M / (A + O + M + I)",
        "Which classes stand above the line",
    ),
    "the course's own better": (
        "coefficients",
        "from course.theory.kano import better, worse\ndef coefficients(*c): return better(*c), worse(*c)",
        "the course's own function",
    ),
    "the wrong lever": (
        "coefficients",
        stored(BOTH, "returns_better, returns_worse, lever = 0.5, -0.627, 'show'"),
        "does not go with that",
    ),
    "rows": (
        "count-class",
        COUNT.replace("return r['respondents'].sum()", "return len(r)"),
        "number of rows",
    ),
    "the wording forgotten": (
        "count-class",
        COUNT.replace(" & (t['wording'] == w)", ""),
        "Does it filter",
    ),
    "nothing refuted": (
        "count-class",
        stored(COUNT, "mine, refuting, larger = 19, 'W1', 'A'"),
        "refutes nothing",
    ),
    "no such wording": (
        "count-class",
        stored(COUNT, "mine, refuting, larger = 19, 'W5', 'A'"),
        "one of these words",
    ),
    "no root": (
        "fong-gap",
        "def fong_gap(a, b, n): return a - b - 1.65 * (a + b) * (2 * n - a - b) / (2 * n)",
        "under the root",
    ),
    "only the difference": ("fong-gap", "def fong_gap(a, b, n): return a - b", "below 0"),
    "the wrong verdict": ("fong-gap", stored(GAP, "card_gap, verdict = 3.335, 'open'"), "does not go with that"),
    "beyond the budget": ("greedy-value", "def greedy_value(v, c, b): return sum(v)", "neither of two ideas"),
    "stops at the first that is too dear": (
        "greedy-value",
        GREEDY.replace("t, b = t + one, b - cost", "t, b = t + one, b - cost\n        else: break"),
        "pass by the second",
    ),
    "a budget without a trap": (
        "greedy-value",
        stored(GREEDY, "trap, lost = 36, 2").replace("36, 2", "45, 2"),
        "Look for another budget",
    ),
    "out of the range": ("greedy-value", stored(GREEDY, "trap, lost = 12, 9"), "from 20 to 60"),
    "one after the other": (
        "next-year",
        "def next_year(A, O, M, I, p):\n    O = O + p * A\n    return A - p * A, O - p * O, M + p * O, I",
        "numbers of the old year",
    ),
    "nobody moves": ("next-year", "def next_year(A, O, M, I, p): return A, O, M, I", "18 move on"),
    "from nowhere": ("next-year", "def next_year(A, O, M, I, p): return A - p * A, O + p * A - p * O, M, I", "M is 5"),
    "half a year": ("next-year", stored(NEXT, "year, must_then = 3.5, 40"), "whole number of years"),
    "delight only itself": ("both-run", f"run = '{encode_run('m04', DesigningDelight())}'\nreason = 'musts'", "Complaints"),
    "too much money": (
        "both-run",
        f"run = '{encode_run('m04', DesigningDelight(budget=48, fear=1.5))}'\nreason = 'musts'",
        "Budget",
    ),
    "another module": ("both-run", f"run = '{encode_run('m02', Promises())}'\nreason = 'musts'", "another module"),
    "no reason": ("both-run", f"run = '{GOOD_RUN}'", "no answer called reason"),
}  # fmt: skip

# what it is -> (task, answer)
WRONG_WHERE_NOBODY_LOOKS = {
    "four pairs typed in": (
        "kano-class",
        "def kano_class(a, b): return {(1, 3): 'A', (1, 5): 'O', (2, 5): 'M', (1, 1): 'Q'}.get((a, b), 'I')",
    ),
    "Pouliot's table": ("kano-class", TABLE.replace('"RIIIM", "RIIIM", "RIIIM"', '"RQIIM", "RIIIM", "RIIQM"')),
    "edge grip typed in": (
        "coefficients",
        "def coefficients(A, O, M, I): return (0.5, 0) if A == 10 else (0.4006, -0.8318)",
    ),
    "with R and Q": (
        "coefficients",
        stored(BOTH, "returns_better, returns_worse, lever = 55 / 124, -69 / 124, 'keep'"),
    ),
    "thirty-six typed in": ("count-class", "def count_class(t, f, w, x): return 36"),
    "another count": ("count-class", stored(COUNT, "mine, refuting, larger = 31, 'W2', 'A'")),
    "the example typed in": ("fong-gap", "def fong_gap(a, b, n): return -1 if a == b else 8.6362"),
    "another gap": ("fong-gap", stored(GAP, "card_gap, verdict = 8.64, 'settled'")),
    "two lists typed in": ("greedy-value", "def greedy_value(v, c, b): return 0 if b == 4 else 13"),
    "another loss": ("greedy-value", stored(GREEDY, "trap, lost = 35, 11")),
    "three tenths typed in": ("next-year", NEXT.replace("return [", "p = 0.3; return [")),
    "another year": ("next-year", stored(NEXT, "year, must_then = 9, 60")),
    "another reason": ("both-run", f"run, reason = '{GOOD_RUN}', 'slower'"),
}


def test_a_slip_is_named_in_chinese(speak):
    speak("zh")
    with pytest.raises(AnswerError, match="带负号"):
        ASSIGNMENT.mark("coefficients", BOTH.replace("-(O", "(O"))


def test_a_forgotten_number_costs_its_own_points_only():
    """Function, hidden cases and own number are marked in cells of their own."""
    for task, answer in (
        ("coefficients", BOTH),
        ("count-class", COUNT),
        ("fong-gap", GAP),
        ("greedy-value", GREEDY),
        ("next-year", NEXT),
    ):
        *fine, own = ASSIGNMENT.tests[task]
        assert len(fine) == 2
        for test in fine:
            ASSIGNMENT.mark(task, f"{answer}\n### BEGIN SOLUTION", test=test)
        with pytest.raises(AnswerError):
            ASSIGNMENT.mark(task, f"{answer}\n### BEGIN SOLUTION", test=own)
