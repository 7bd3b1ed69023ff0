"""Answers to m06's assignment, right and wrong; `test_assignments.py` marks them."""

from __future__ import annotations

import pytest

from course.answers import AnswerError
from course.manifest import syllabus
from course.simulations.codes import encode_run
from course.simulations.m01_expectation_gap import ExpectationGap
from course.simulations.m06_waiting import Waiting
from tests.grading.marking import Assignment

ASSIGNMENT = Assignment(syllabus().module("m06"))

WITHIN = "def within(load, agents, tau, t): return 1 - must_wait(load, agents) * math.exp(-(agents - load) * t / tau)"
FEWEST = (
    f"import math\n{WITHIN}\ndef fewest(load, tau, t, target):\n    agents = int(load) + 1\n"
    "    while within(load, agents, tau, t) < target: agents += 1\n    return agents"
)
QUEUE = "def mean_queue(load, agents): return must_wait(load, agents) / (agents - load)"
BEST = (
    "def best_sign(waits, late):\n"
    "    return [w for k, w in enumerate(waits) if (k + 1) / len(waits) >= late / (late + 1)][0]"
)
COST = "def sign_cost(sign, waits, late): return sum(max(late * (w - sign), sign - w) for w in waits) / len(waits)"
PATIENCE = "def patience(t, s): return t['calls'][s] * t['mean_wait_s'][s] / t['hung_up'][s]"
GOOD_RUN = encode_run("m06", Waiting(posted=1.5))

# what it is -> (task, answer)
ACCEPTED = {
    "by the sum of states": (
        "must-wait",
        "from math import factorial\ndef must_wait(load, agents):\n"
        "    top = load ** agents / factorial(agents) * agents / (agents - load)\n"
        "    return top / (sum(load ** n / factorial(n) for n in range(agents)) + top)",
    ),
    "with while": (
        "fewest",
        f"{FEWEST}\nmonday = fewest(13.1, 180, 20, 0.8)\n"
        "given_up = 100 * (within(13.1, monday, 180, 20) - within(13.1, monday - 1, 180, 20))\nverdict = 'OBJECT'",
    ),
    "a list of those that do": (
        "sign",
        f"{BEST}\n{COST}\nten = [2, 3, 3, 4, 5, 6, 8, 12, 20, 37]\n"
        "extra = sign_cost(10, ten, 5) - sign_cost(best_sign(ten, 5), ten, 5)",
    ),
    "by columns": (
        "patience",
        f"{PATIENCE}\nours = patience(services, 'internet help')\nimpatient = most_lost = 'prospective customers'",
    ),
    "spaces around": ("sign-run", f"run = ' {GOOD_RUN} '\nreason = 'Ratio'"),
}

# what it is -> (task, answer, words of the sentence that the learner's own test says)
VISIBLY_WRONG = {
    "the course's own formula": (
        "must-wait",
        "from course.theory.queueing import erlang_c as must_wait",
        "the course's own function",
    ),
    "one server too few": (
        "must-wait",
        "def must_wait(load, agents):\n    lost = 1\n"
        "    for server in range(1, agents): lost = load * lost / (server + load * lost)\n"
        "    return agents * lost / (agents - load * (1 - lost))",
        "90% wait",
    ),
    "the lost share": (
        "must-wait",
        "def must_wait(load, agents):\n    lost = 1\n"
        "    for server in range(1, agents + 1): lost = load * lost / (server + load * lost)\n    return lost",
        "90% wait",
    ),
    "the load itself": (
        "fewest",
        "import math\ndef fewest(load, tau, t, target): return math.ceil(load)",
        "never catch up",
    ),
    "one too few": ("fewest", "def fewest(load, tau, t, target): return 13", "79.6%"),
    "one too many": ("fewest", "def fewest(load, tau, t, target): return 15", "it takes 14"),
    "verdict against the fall": (
        "fewest",
        f"{FEWEST}\nmonday, given_up, verdict = 17, 9.0, 'agree' ### BEGIN SOLUTION",
        "does not go with that",
    ),
    "not divided": ("pooling", "def mean_queue(load, agents): return must_wait(load, agents)", "nine service times"),
    "by the agents": (
        "pooling",
        "def mean_queue(load, agents): return must_wait(load, agents) / agents",
        "nine service times",
    ),
    "choice against the waits": (
        "pooling",
        f"{QUEUE}\napart, pooled, choice = 0.2, 0.1, 'apart' ### BEGIN SOLUTION",
        "does not go with that",
    ),
    "the mean": ("sign", f"def best_sign(waits, late): return sum(waits) / len(waits)\n{COST}", "the middle one"),
    "the middle for all": ("sign", f"def best_sign(waits, late): return waits[len(waits) // 2]\n{COST}", "At 3 to 1"),
    "late and early alike": (
        "sign",
        f"{BEST}\ndef sign_cost(sign, waits, late): return sum(abs(w - sign) for w in waits) / len(waits)",
        "24 over five",
    ),
    "the mean wait": ("patience", "def patience(t, s): return t['mean_wait_s'][s]", "all the seconds waited"),
    "over all calls": (
        "patience",
        "def patience(t, s): return t['mean_wait_s'][s] * t['hung_up'][s] / t['calls'][s]",
        "213 seconds",
    ),
    "a boast": (
        "sign-run",
        f"run = '{encode_run('m06', Waiting(posted=0))}'\nreason = 'ratio'",
        "What the announcement costs",
    ),
    "another module": (
        "sign-run",
        f"run = '{encode_run('m01', ExpectationGap())}'\nreason = 'ratio'",
        "another module",
    ),
    "cut off": ("sign-run", "run = 'eyJtIjoibTAy'\nreason = 'ratio'", "cannot be read"),
}

# what it is -> (task, answer)
WRONG_WHERE_NOBODY_LOOKS = {
    "two shares typed in": ("must-wait", "def must_wait(load, agents): return 0.9 if agents == 1 else 0.1741319"),
    "fourteen typed in": (
        "fewest",
        f"import math\n{WITHIN}\ndef fewest(load, tau, t, target): return 14",
    ),
    "another Monday": ("fewest", f"{FEWEST}\nmonday, given_up, verdict = 14, 9.2, 'object' ### BEGIN SOLUTION"),
    "two waits typed in": ("pooling", "def mean_queue(load, agents): return 9 if agents == 1 else 4.2632"),
    "two other teams": ("pooling", f"{QUEUE}\napart, pooled, choice = 0.5, 0.2, 'pool' ### BEGIN SOLUTION"),
    "one ratio typed in": (
        "sign",
        f"def best_sign(waits, late): return {{1: 3, 3: 4}}.get(late, 12)\n{COST}",
    ),
    "another sign": ("sign", f"{BEST}\n{COST}\nextra = 1.0 ### BEGIN SOLUTION"),
    "another service": (
        "patience",
        f"{PATIENCE}\nours = 213.0\nimpatient = most_lost = 'prospective customers' ### BEGIN SOLUTION",
    ),
    "the most patient": (
        "patience",
        f"{PATIENCE}\nours = patience(services, 'internet help')\n"
        "impatient, most_lost = 'stock exchange', 'prospective customers' ### BEGIN SOLUTION",
    ),
    "another reason": ("sign-run", f"run, reason = '{GOOD_RUN}', 'most'"),
}


def test_a_forgotten_number_costs_its_own_points_only() -> None:
    """Function, hidden cases and own number are marked in cells of their own."""
    for task, answer in (("fewest", FEWEST), ("pooling", QUEUE), ("sign", f"{BEST}\n{COST}")):
        *fine, own = ASSIGNMENT.tests[task]
        assert len(fine) == 2
        for test in fine:
            ASSIGNMENT.mark(task, f"{answer}\n### BEGIN SOLUTION", test=test)
        with pytest.raises(AnswerError):
            ASSIGNMENT.mark(task, f"{answer}\n### BEGIN SOLUTION", test=own)
