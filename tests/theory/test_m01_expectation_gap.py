"""The worked numbers of m01."""

from __future__ import annotations

import numpy as np
import pandas as pd

import course
from course.theory.asymmetry import slope
from course.theory.prospect import offsetting_gain, value
from course.theory.tolerance import adequacy, superiority
from tests.oracles import cases


def stars(*rows: str) -> np.ndarray:
    """The mean stars of rows of the delivery reviews, by calendar day."""
    return reviews().loc[list(rows), "mean_review_stars"].to_numpy()


def stars_per_day(first: str, last: str) -> float:
    """The slope of the line between two of them."""
    rows = reviews().loc[[first, last]]
    return slope(rows["mean_day"], rows["mean_review_stars"])


def reviews() -> pd.DataFrame:
    return course.load("olist_delay_by_day").set_index("days_late")


def satisfaction() -> list[float]:
    """The mean index of customers below, at and above what they expected; then of those who had expected 8."""
    customers = course.load("acsi_2015_joint")
    return [mean for group in (customers, customers[customers["expected_overall"] == 8]) for mean in by_gap(group)]


def by_gap(customers: pd.DataFrame) -> pd.Series:
    gap = np.sign(customers["quality_overall"] - customers["expected_overall"])
    sums = customers.groupby(gap)[["index_sum", "customers"]].sum()
    return sums["index_sum"] / sums["customers"]


FUNCTIONS = {
    "prospect-gain": lambda: value(10, alpha=0.88, lambda_=2.25),
    "prospect-loss": lambda: value(-10, alpha=0.88, lambda_=2.25),
    "offset": lambda: offsetting_gain(10, alpha=0.88, lambda_=2.25),
    "msa": lambda: adequacy(6.3, 5.2),
    "mss": lambda: superiority(6.3, 7.4),
    "olist-early": lambda: stars_per_day("<= -11", "-2 to -1"),
    "olist-late": lambda: stars_per_day("1", "5 to 7"),
    "olist-cliff": lambda: stars("0", "1", "2", "3 to 4", "5 to 7"),
    "acsi-simpson": satisfaction,
}


@cases("m01", FUNCTIONS)
def test_worked_number(oracle, compute):
    oracle.check(compute())


def test_the_defaults_are_the_published_parameters():
    assert value(10) == value(10, alpha=0.88, lambda_=2.25)
    assert value(-10) == value(-10, alpha=0.88, lambda_=2.25)
    assert offsetting_gain(10) == offsetting_gain(10, alpha=0.88, lambda_=2.25)
