"""m07's worked numbers: the chain, the memory of a journey, the charts, and the airport's passengers."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from course.datasets import load
from course.theory.chain import clean, each_step, failures, shared_cause
from course.theory.control_chart import beyond, mean_and_range_limits, places, share_limits
from course.theory.journey import peak_end
from tests.oracles import cases

EIGHT = ["getting_there", "wayfinding", "security", "signs", "screens", "restaurants", "restrooms", "boarding_area"]
CANS = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]
# Montgomery, second edition, as in the R package qcc; millimetres. Later editions print sample 21 wider: 73.982 … 74.015
RINGS = Path(__file__).with_name("piston_rings.csv")
FLAGGED = (15, 23)


@cache
def passengers() -> pd.DataFrame:
    return load("sfo_touchpoints_2017_2018").dropna(subset=[*EIGHT, "overall"])


def airport() -> tuple[float, float]:
    good = passengers()[EIGHT] >= 4
    return clean(good.mean()), float(good.all(axis=1).mean())


def predictors() -> list[float]:
    people, rated = passengers(), passengers()[EIGHT]
    said = (rated.mean(axis="columns"), rated.min(axis="columns"), rated.max(axis="columns"), rated["boarding_area"])
    return [float(one.corr(people["overall"])) for one in said]


def cans(leave_out: tuple[int, ...] = ()) -> list[float]:
    bad = np.array([one for place, one in enumerate(CANS, start=1) if place not in leave_out])
    lower, centre, upper = share_limits(bad, np.full(bad.size, 50))
    alarms = places(beyond(bad / 50, lower, upper))
    return [centre, float(lower[0]), float(upper[0]), *([] if leave_out else alarms)]


def rings() -> list[float]:
    samples = np.loadtxt(RINGS, delimiter=",")
    means, ranges = mean_and_range_limits(samples[:25])
    alarms = places(beyond(samples.mean(axis=1), means.lower, means.upper))
    return [means.centre, ranges.centre, means.lower, means.upper, alarms[0], alarms[-1]]


FUNCTIONS = {
    "series": lambda: clean([0.99] * 20),
    "series-inverse": lambda: each_step(0.95, 20),
    "peak-end": lambda: [peak_end([2, 3, 8, 6, 1]), np.mean([2, 3, 8, 6, 1])],
    "sfo-independent": airport,
    "sfo-predictors": predictors,
    "peak-end-patients": lambda: peak_end([[8, 7], [8, 1]]),
    "p-chart": cans,
    "p-chart-revised": lambda: cans(FLAGGED),
    "xbar-r": rings,
    "better-ending-trial": lambda: 4.4 / 4.9 - 1,
}


@cases("m07", FUNCTIONS)
def test_worked_number(oracle, compute):
    oracle.check(compute())


def test_the_airport_has_as_many_passengers_as_is_said():
    assert len(passengers()) == 3261


def test_the_chain_that_is_fitted_to_clean_journeys_also_finds_the_crowds():
    """Fitted to the first bar only, the shared day comes near the other eight; without it, none of them is."""
    bad = (passengers()[EIGHT] < 4).sum(axis="columns")
    seen = np.bincount(bad, minlength=9) / len(bad)
    steps = (passengers()[EIGHT] >= 4).mean()
    together = failures(steps, shared_cause(steps, seen[0]))
    assert np.abs(together - seen).max() < 0.021
    assert np.abs(failures(steps) - seen).max() > 0.15
    assert failures(steps)[8] < 1e-5 < seen[8]
