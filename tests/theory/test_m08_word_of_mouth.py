"""The worked numbers of m08, and what holds of spreading, telling and goodwill whatever the numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.datasets import load
from course.theory.cascade import spread
from course.theory.diffusion import Bass, fit, peak_time
from course.theory.epidemic import final_size, reproduction_from_size
from course.theory.network import clustered, mixing
from course.theory.telling import tipping_share
from tests.oracles import cases

RECORDERS = [840, 1470, 2110, 4000, 7590, 10950, 10530, 9470, 7790, 5890]


def recorders() -> tuple[float, float, float]:
    found = fit(RECORDERS)
    return found.m, found.p, found.q


def fandango() -> list[float]:
    table = load("fandango_scores")
    shown, imdb = table["fandango_stars_shown"], table["imdb_users"]
    nearest = np.floor(2 * table["fandango_average"] + 0.5) / 2
    return [shown.mean(), imdb.mean(), (shown >= 4).mean(), (imdb >= 4).mean(), (shown > nearest).sum()]


def surveys() -> list[float]:
    return [tipping_share(15, 24), tipping_share(11, 15)]


def boarding_school() -> tuple[float, float]:
    rate = reproduction_from_size(512 / 763)
    return float(rate), float(final_size(rate))


FUNCTIONS = {
    "sir": lambda: final_size([1.5, 2, 3]),
    "bass-peak": lambda: peak_time(0.03, 0.38),
    "wom-tip": lambda: tipping_share(9, 16),
    "bass-vcr-fit": recorders,
    "bass-vcr-peak": lambda: Bass(67981, 0.006594, 0.63809).peak,
    "bass-1969": lambda: [*Bass(16895, 0.010399, 0.41861).peak, *Bass(96717, 0.027877, 0.25105).peak],
    "wom-tip-later": surveys,
    "sir-inverse": boarding_school,
    "fandango": fandango,
}


@cases("m08", FUNCTIONS)
def test_worked_number(oracle, compute):
    oracle.check(compute())


@pytest.mark.parametrize("reproduction", [1.5, 2.0, 3.0])
def test_where_everybody_may_meet_everybody_the_cascade_reaches_the_final_size(reproduction):
    """One in a hundred is told first, 120 networks of 3,000: the mean reach is the formula's within its own error."""
    draw = np.random.default_rng(8)
    people, degree, first = 3_000, 12, 30
    reach = np.array(
        [
            spread(mixing(people, degree, draw), reproduction / degree, np.arange(first), draw).reach[0]
            for _ in range(120)
        ]
    )
    error = reach.std(ddof=1) / np.sqrt(reach.size)
    assert abs(reach.mean() - float(final_size(reproduction, first / people))) <= 4 * error
    assert 4 * error < 0.01


def test_friends_who_know_each_other_keep_a_story_among_themselves():
    draw = np.random.default_rng(8)
    started = [[person] for person in range(0, 2_000, 20)]
    ring = spread(clustered(2_000, 6, 0.02, draw), 1 / 3, started, draw, runs=100)
    crowd = spread(mixing(2_000, 6, draw), 1 / 3, started, draw, runs=100)
    assert ring.reach.mean() < crowd.reach.mean() / 3


@settings(deadline=None)
@given(st.floats(1.01, 20))
def test_who_has_heard_in_the_end_tells_how_many_each_told(reproduction):
    assert float(reproduction_from_size(final_size(reproduction))) == pytest.approx(reproduction, rel=1e-6)
