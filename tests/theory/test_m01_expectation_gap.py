"""The worked numbers of m01."""

from __future__ import annotations

import course
from course.theory.asymmetry import slope
from course.theory.prospect import offsetting_gain, value
from course.theory.tolerance import adequacy, superiority
from tests.oracles import cases


def stars_per_day(first: str, last: str) -> float:
    """The slope of the line between two rows of the delivery reviews."""
    rows = course.load("olist_delay_reviews").set_index("delay_bucket_days").loc[[first, last]]
    return slope(rows["mean_delay_days"], rows["mean_review_stars"])


FUNCTIONS = {
    "prospect-gain": lambda: value(10, alpha=0.88, lambda_=2.25),
    "prospect-loss": lambda: value(-10, alpha=0.88, lambda_=2.25),
    "offset": lambda: offsetting_gain(10, alpha=0.88, lambda_=2.25),
    "msa": lambda: adequacy(6.3, 5.2),
    "mss": lambda: superiority(6.3, 7.4),
    "olist-early": lambda: stars_per_day("<= -10", "-2 to 0"),
    "olist-late": lambda: stars_per_day("0 to 2", "5 to 10"),
}


@cases("m01", FUNCTIONS)
def test_worked_number(oracle, compute):
    oracle.check(compute())


def test_the_defaults_are_the_published_parameters():
    assert value(10) == value(10, alpha=0.88, lambda_=2.25)
    assert value(-10) == value(-10, alpha=0.88, lambda_=2.25)
    assert offsetting_gain(10) == offsetting_gain(10, alpha=0.88, lambda_=2.25)
