"""The worked numbers of m11."""

from __future__ import annotations

import numpy as np

import course
from course.theory.promise import critical_fractile, implied_ratio
from tests.oracles import cases


def share_within() -> float:
    """The shares of all rides and years, weighted by their pairs."""
    table = course.load("disney_ride_year")
    assert table["pairs"].sum() == 94_940
    return float(np.average(table["share_within_posted"], weights=table["pairs"]))


FUNCTIONS = {
    "disney-within": share_within,
    "disney-ratio": lambda: implied_ratio(0.8355),
}


@cases("m11", FUNCTIONS)
def test_worked_number(oracle, compute):
    oracle.check(compute())


def test_the_ratio_leads_back_to_the_share():
    assert abs(critical_fractile(5.08) - share_within()) < 0.001
