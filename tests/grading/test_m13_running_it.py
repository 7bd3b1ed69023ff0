"""Answers to m13's assignment, right and wrong; `test_assignments.py` marks them."""

from __future__ import annotations

import pytest

from course.answers import AnswerError
from course.manifest import syllabus
from course.simulations.codes import encode_run
from course.simulations.m01_expectation_gap import ExpectationGap
from course.simulations.m13_running_it import RunningIt
from tests.grading.marking import Assignment

ASSIGNMENT = Assignment(syllabus().module("m13"))

COST = "def cost(people, leaving, replacing): return people * leaving * replacing"
JUMP = (
    "def after_jump(table, points):\n    part = table.query('change_one_year >= @points')\n"
    "    return (part['change_next_year'] * part['firm_years']).sum() / part['firm_years'].sum()"
)
TOTAL = "def total(profits, rate): return sum(p / (1 + rate) ** k for k, p in enumerate(profits))"
SIGNAL = "def signal(before, after, spread, asked): return (after - before) / (2 * spread**2 / asked) ** 0.5"
GOOD_RUN = encode_run("m13", RunningIt.from_preset("both"))
SAND = encode_run("m13", RunningIt.from_preset("sand"))
POLICY = "def policy(report): return {decisions}"

# what it is -> (task, answer)
ACCEPTED = {
    "in one line": ("leaving", f"{COST}\nsaved, verdict = 174000 * 40, 'Pays'"),
    "by a query": ("slip", f"{JUMP}\nusual = after_jump(changes, 4)\nfurther, verdict = 7.2 + usual, ' news '"),
    "by a sum": (
        "horizon",
        f"{TOTAL}\nearly = [110, 85, 66, 52, 41, 33, 27, 22, 18, 15]\nlate = [60, 57, 61, 67, 72, 77, 81, 84, 86, 88]\n"
        "gain = total([b - a for a, b in zip(early, late)], 0.09)\nyear = 7",
    ),
    "by the variance": ("noise", f"{SIGNAL}\nz, act = signal(71.8, 70.3, 18, 400), 'WAIT'"),
    "spaces around": ("firm-run", f"run = ' {GOOD_RUN} '\nreason = 'Mishaps'"),
    "with room where crews are": (
        "policy",
        "def policy(report):\n    room = report['crews'] / report['shops'] > 0.9 and report['year'] < 9\n"
        "    return {'process': 8, 'staff': 120, 'training': 26, 'complaints': 75, 'openings': 16 * room, "
        "'delight': 5 * (report['year'] > 3)}",
    ),
}

# what it is -> (task, answer, words of the sentence that the learner's own test says)
VISIBLY_WRONG = {
    "the course's own function": (
        "leaving",
        "from course.theory.leaving import cost_of_leaving as cost",
        "the course's own function",
    ),
    "those who stay": (
        "leaving",
        "def cost(people, leaving, replacing): return people * (1 - leaving) * replacing",
        "0",
    ),
    "without the people": ("leaving", "def cost(people, leaving, replacing): return leaving * replacing", "3,000,000"),
    "verdict against the money": (
        "leaving",
        f"{COST}\nsaved, verdict = 6960000, 'costs' ### BEGIN SOLUTION",
        "does not go with that",
    ),
    "the plain mean": (
        "slip",
        "def after_jump(table, points): return table[table['change_one_year'] >= points]['change_next_year'].mean()",
        "plain mean",
    ),
    "more than": ("slip", JUMP.replace(">=", ">"), "takes 4 itself"),
    "verdict against the spread": (
        "slip",
        f"{JUMP}\nusual, further, verdict = -0.99, 6.2, 'noise' ### BEGIN SOLUTION",
        "does not go with that",
    ),
    "the first year too": (
        "horizon",
        "def total(profits, rate): return sum(p / (1 + rate) ** (k + 1) for k, p in enumerate(profits))",
        "counts in full",
    ),
    "no rate": ("horizon", "def total(profits, rate): return sum(profits)", "300 in all"),
    "a list": ("horizon", "def total(profits, rate): return max(profits)", "add up to 12"),
    "half a year": ("horizon", f"{TOTAL}\ngain, year = 111.2, 6.5 ### BEGIN SOLUTION", "whole number"),
    "year against the gain": ("horizon", f"{TOTAL}\ngain, year = 111.2, 0 ### BEGIN SOLUTION", "does not go with"),
    "one survey only": (
        "noise",
        "def signal(before, after, spread, asked): return (after - before) / spread * asked**0.5",
        "root of 2",
    ),
    "the spread of guests": (
        "noise",
        "def signal(before, after, spread, asked): return (after - before) / spread",
        "6/3 = 2",
    ),
    "act against z": ("noise", f"{SIGNAL}\nz, act = -1.18, 'act' ### BEGIN SOLUTION", "does not go with that"),
    "extras on sand": ("firm-run", f"run = '{SAND}'\nreason = 'mishaps'", "asks for"),
    "another module": (
        "firm-run",
        f"run = '{encode_run('m01', ExpectationGap())}'\nreason = 'mishaps'",
        "another module",
    ),
    "cut off": ("firm-run", "run = 'eyJtIjoibTAy'\nreason = 'mishaps'", "cannot be read"),
    "a number for a policy": ("policy", "def policy(report): return 8", "dict"),
    "no such lever": ("policy", "def policy(report): return {'price': 90}", "no such lever"),
    "beyond the slider": ("policy", "def policy(report): return {'staff': 1.2}", "70 to 140"),
    "a report that has no such entry": ("policy", "def policy(report): return {'process': report['truth']}", "truth"),
    "the firm looked into": (
        "policy",
        "from course.simulations.m13_firm import Decision, drawn, in_year, opened, after\n"
        "def policy(report): return {'process': after(opened(1), Decision(), in_year(drawn(1, 1), 1))[1].profit[0] / 20}",
        "the course's own function",
    ),
}

# what it is -> (task, answer)
WRONG_WHERE_NOBODY_LOOKS = {
    "two costs typed in": ("leaving", "def cost(people, leaving, replacing): return 3000000 if leaving else 0"),
    "another raise": ("leaving", f"{COST}\nsaved, verdict = 4_000_000, 'pays' ### BEGIN SOLUTION"),
    "one mean typed in": ("slip", "def after_jump(table, points): return 0.0"),
    "another jump": ("slip", f"{JUMP}\nusual, further, verdict = -0.9532, 6.2468, 'news' ### BEGIN SOLUTION"),
    "two sums typed in": ("horizon", "def total(profits, rate): return 300 if rate else 12"),
    "another rate": ("horizon", f"{TOTAL}\ngain, year = 262.0, 7 ### BEGIN SOLUTION"),
    "one error typed in": ("noise", "def signal(before, after, spread, asked): return 2.0"),
    "another survey": ("noise", f"{SIGNAL}\nz, act = -1.0, 'wait' ### BEGIN SOLUTION"),
    "another reason": ("firm-run", f"run, reason = '{GOOD_RUN}', 'rivals'"),
    "nothing is changed": ("policy", "def policy(report): return {}"),
    "one seed's luck": ("policy", "def policy(report): return {'process': 8, 'staff': 120}"),
    "all that can be spent": (
        "policy",
        "def policy(report): return {'process': 8, 'delight': 8, 'staff': 140, 'training': 40, 'openings': 25}",
    ),
}

# by how far a policy comes: its decisions, and the first step that it misses
STEPS = [
    ("{}", "policy-steady-test"),
    ("{'process': 6}", "policy-presets-test"),
    ("{'process': 8, 'staff': 120}", "policy-tenth-test"),
    ("{'process': 8, 'staff': 120, 'delight': 4 * (report['year'] > 3)}", "policy-fifth-test"),
]


def test_a_forgotten_number_costs_its_own_points_only() -> None:
    """Function, hidden cases and own number are marked in cells of their own."""
    answers = {"leaving": COST, "slip": JUMP, "horizon": TOTAL, "noise": SIGNAL}
    for task, answer in answers.items():
        *fine, own = ASSIGNMENT.tests[task]
        assert fine
        for test in fine:
            ASSIGNMENT.mark(task, f"{answer}\n### BEGIN SOLUTION", test=test)
        with pytest.raises(AnswerError):
            ASSIGNMENT.mark(task, f"{answer}\n### BEGIN SOLUTION", test=own)


@pytest.mark.parametrize(("decisions", "missed"), STEPS)
def test_a_policy_is_paid_step_by_step(decisions: str, missed: str) -> None:
    answer = POLICY.format(decisions=decisions)
    reached = ASSIGNMENT.tests["policy"]
    for test in reached[: reached.index(missed)]:
        ASSIGNMENT.mark("policy", answer, test=test)
    for test in reached[reached.index(missed) :]:
        with pytest.raises(AnswerError):
            ASSIGNMENT.mark("policy", answer, test=test)
