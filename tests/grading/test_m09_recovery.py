"""Answers to m09's assignment, right and wrong; `test_assignments.py` marks them."""

from __future__ import annotations

import pytest

from course.answers import AnswerError
from course.manifest import syllabus
from course.simulations.codes import encode_run
from course.simulations.m01_expectation_gap import ExpectationGap
from course.simulations.m09_recovery import Recovery
from tests.grading.marking import Assignment

ASSIGNMENT = Assignment(syllabus().module("m09"))

AGAIN = "def buy_again(c, s, fates, rates): return (1 - c) * s + c * sum(f * r for f, r in zip(fates, rates))"
PLANS = (
    "rates = [0.82, 0.54, 0.19]\nlisten = buy_again(0.062, 0.09, [0.4, 0.3, 0.3], rates)\n"
    "hurry = buy_again(0.05, 0.09, [0.7, 0.2, 0.1], rates)"
)
LIKELY = "share_repurchase_8_or_more"
NEEDED = (
    f"def needed(table):\n    likely = table['{LIKELY}']\n"
    "    rest = table.drop(['did not complain', 'handled 9-10'])\n"
    f"    mixed = (rest['customers'] * rest['{LIKELY}']).sum() / rest['customers'].sum()\n"
    "    return (likely['did not complain'] - mixed) / (likely['handled 9-10'] - mixed)"
)
BILL = "def bill(costs, hours): return sum(c * sum(hours[:k]) for k, c in enumerate(costs))"
FEWEST = (
    "def fewest(counts, share):\n"
    "    enough = [sum(counts[: k + 1]) >= share * sum(counts) for k in range(len(counts))]\n"
    "    return 1 + enough.index(True)"
)
AGAINST = "def against(calls, at_zero, percent, t): return calls / (at_zero * (1 + percent / 100) ** (-t))"
GOOD_RUN = encode_run("m09", Recovery(crews=4, ahead=1))

# what it is -> (task, answer)
ACCEPTED = {
    "by zip": ("staying", f"{AGAIN}\n{PLANS}\nchoice = 'Hurry'"),
    "by columns": (
        "match",
        f"{NEEDED}\npart = every[every['industry'] == 'bank'].set_index('complaint')\nours = needed(part)\n"
        "today = part['customers']['handled 9-10'] / part['customers'].iloc[1:].sum()\nverdict = 'missed'",
    ),
    "by slices": (
        "queue",
        f"{BILL}\nsaved = bill([9, 8, 6, 2, 1], [3.5, 1, 2.5, 0.2, 0.5]) - bill([2, 8, 9, 6, 1], [0.2, 1, 3.5, 2.5, 0.5])\n"
        "first, last = 'E', 'd'",
    ),
    "by a list of those that do": ("houses", f"{FEWEST}\nremoved, better = 57 * 0.4, 'houses'"),
    "by hand": ("warning", f"{AGAINST}\nhighest, alarm = against(50, 25, 9.4, -4.5), 'east'"),
    "spaces around": ("desk-run", f"run = ' {GOOD_RUN} '\nreason = 'Unequal'"),
}

# what it is -> (task, answer, words of the sentence that the learner's own test says)
VISIBLY_WRONG = {
    "the course's own function": (
        "staying",
        "from course.theory.recovery import staying as buy_again",
        "the course's own function",
    ),
    "without the silent": (
        "staying",
        "def buy_again(c, s, fates, rates): return c * sum(f * r for f, r in zip(fates, rates)) if c else s",
        "70% here",
    ),
    "the silent in full": (
        "staying",
        "def buy_again(c, s, fates, rates): return s + c * sum(f * r for f, r in zip(fates, rates))",
        "come to 0.2271",
    ),
    "choice against the shares": (
        "staying",
        f"{AGAIN}\nlisten, hurry, choice = 0.21, 0.23, 'listen' ### BEGIN SOLUTION",
        "does not go with that",
    ),
    "the plain mean": (
        "match",
        f"def needed(table):\n    likely = table['{LIKELY}']\n"
        "    mixed = likely.drop(['did not complain', 'handled 9-10']).mean()\n"
        "    return (likely['did not complain'] - mixed) / (likely['handled 9-10'] - mixed)",
        "eight times as much",
    ),
    "the difference": (
        "match",
        f"def needed(table): return table['{LIKELY}']['handled 9-10'] - table['{LIKELY}']['did not complain']",
        "0.42 together",
    ),
    "verdict against the shares": (
        "match",
        f"{NEEDED}\nours, today, verdict = 0.71, 0.52, 'reached' ### BEGIN SOLUTION",
        "does not go with that",
    ),
    "the own work is waited for": (
        "queue",
        "def bill(costs, hours): return sum(c * sum(hours[:k + 1]) for k, c in enumerate(costs))",
        "count as its wait",
    ),
    "hours only": ("queue", "def bill(costs, hours): return sum(sum(hours[:k]) for k in range(len(hours)))", "= 16"),
    "dearer than the cheapest": (
        "queue",
        f"{BILL}\nsaved, first, last = -3, 'e', 'd' ### BEGIN SOLUTION",
        "not below 0",
    ),
    "first and last at once": (
        "queue",
        f"{BILL}\nsaved, first, last = 3, 'e', 'e' ### BEGIN SOLUTION",
        "first and last",
    ),
    "one address too many": (
        "houses",
        "def fewest(counts, share):\n    total = 0\n    for k in range(len(counts)):\n        total += counts[k]\n"
        "        if total > share * sum(counts): return k + 2",
        "it takes 2",
    ),
    "always two": ("houses", "def fewest(counts, share): return 2", "it takes 1"),
    "a share of addresses": ("houses", "def fewest(counts, share): return share * len(counts)", "come whole"),
    "choice against the calls": (
        "houses",
        f"{FEWEST}\nremoved, better = 22.8, 'callers' ### BEGIN SOLUTION",
        "does not go with that",
    ),
    "the wrong way round": (
        "warning",
        "def against(calls, at_zero, percent, t): return calls / (at_zero * (1 + percent / 100) ** t)",
        "−temperature",
    ),
    "without the degrees": ("warning", "def against(calls, at_zero, percent, t): return calls / at_zero", "24.2"),
    "the difference of calls": (
        "warning",
        "def against(calls, at_zero, percent, t): return calls - at_zero",
        "are 1.5",
    ),
    "an alarm without reason": (
        "warning",
        f"{AGAINST}\nhighest, alarm = 1.1, 'east' ### BEGIN SOLUTION",
        "does not go with that",
    ),
    "five crews for callers": (
        "desk-run",
        f"run = '{encode_run('m09', Recovery())}'\nreason = 'unequal'",
        "Most complaints open",
    ),
    "another module": (
        "desk-run",
        f"run = '{encode_run('m01', ExpectationGap())}'\nreason = 'unequal'",
        "another module",
    ),
    "cut off": ("desk-run", "run = 'eyJtIjoibTAy'\nreason = 'unequal'", "cannot be read"),
}

# what it is -> (task, answer)
WRONG_WHERE_NOBODY_LOOKS = {
    "two shares typed in": ("staying", "def buy_again(c, s, fates, rates): return 0.2271 if c else 0.09"),
    "other plans": ("staying", f"{AGAIN}\nlisten, hurry, choice = 0.2271, 0.1205, 'listen' ### BEGIN SOLUTION"),
    "one table typed in": ("match", "def needed(table): return 0.28 / 0.48"),
    "another industry": ("match", f"{NEEDED}\nours, today, verdict = 0.7832, 0.2969, 'missed' ### BEGIN SOLUTION"),
    "two bills typed in": ("queue", "def bill(costs, hours): return 0 if len(costs) == 1 else 16"),
    "another first": ("queue", f"{BILL}\nsaved, first, last = 38.5, 'b', 'd' ### BEGIN SOLUTION"),
    "two numbers typed in": ("houses", "def fewest(counts, share): return 2 if share == 0.7 else 1"),
    "other houses": ("houses", f"{FEWEST}\nremoved, better = 32.0, 'houses' ### BEGIN SOLUTION"),
    "two ratios typed in": ("warning", "def against(calls, at_zero, percent, t): return 30 / 24.2 if t else 1.5"),
    "the loudest": ("warning", f"{AGAINST}\nhighest, alarm = against(50, 25, 9.4, -4.5), 'south' ### BEGIN SOLUTION"),
    "another reason": ("desk-run", f"run, reason = '{GOOD_RUN}', 'weather'"),
}


def test_a_forgotten_number_costs_its_own_points_only() -> None:
    """Function, hidden cases and own number are marked in cells of their own."""
    answers = {"staying": AGAIN, "match": NEEDED, "queue": BILL, "houses": FEWEST, "warning": AGAINST}
    for task, answer in answers.items():
        *fine, own = ASSIGNMENT.tests[task]
        assert fine
        for test in fine:
            ASSIGNMENT.mark(task, f"{answer}\n### BEGIN SOLUTION", test=test)
        with pytest.raises(AnswerError):
            ASSIGNMENT.mark(task, f"{answer}\n### BEGIN SOLUTION", test=own)
