"""The worked numbers of m03."""

from __future__ import annotations

from course.theory.control_chart import constants
from course.theory.promoters import interval, nps
from course.theory.service_quality import WEIGHTS, weighted_gap
from tests.oracles import cases

GAPS = {"tangibles": -0.2, "reliability": -1.2, "responsiveness": -0.8, "assurance": -0.5, "empathy": -0.6}
IN_ORDER = [GAPS[dimension] for dimension in WEIGHTS]
COUNTS = (95, 95, 60)


def _score_and_half_width():
    low, high = interval(*COUNTS)
    return [nps(*COUNTS), (high - low) / 2]


def _constants_of_five():
    five = constants(5)
    return [five.d2, five.A2, five.D4, five.c4]


FUNCTIONS = {
    "servqual-weighted": lambda: weighted_gap(IN_ORDER),
    "servqual-plain": lambda: weighted_gap(IN_ORDER, [1, 1, 1, 1, 1]),
    "nps": _score_and_half_width,
    "control-n5": _constants_of_five,
}


@cases("m03", FUNCTIONS)
def test_worked_number(oracle, compute):
    oracle.check(compute())
