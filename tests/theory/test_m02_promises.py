"""The worked numbers of m02."""

from __future__ import annotations

from course.theory.adaptation import expectation_path, periods_to_close
from course.theory.sources import kalman_gain
from course.theory.treadmill import felt_total
from tests.oracles import cases

BASELINE = 60

FUNCTIONS = {
    "adaptive-path": lambda: expectation_path(60, [90] * 5, 0.3)[1:],
    "adaptive-90": lambda: periods_to_close(0.9, 0.3),
    "kalman-gain": lambda: kalman_gain(10, 5),
    "treadmill-pulse": lambda: felt_total(BASELINE, [BASELINE + 30] + [BASELINE] * 11, 0.3),
    "treadmill-sustained": lambda: felt_total(BASELINE, [BASELINE + 30] * 12, 0.3),
}


@cases("m02", FUNCTIONS)
def test_worked_number(oracle, compute):
    oracle.check(compute())
