"""What a buyer's silence says, against the library `lifetimes`, against integrals, and against the customers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifetimes import BetaGeoFitter
from scipy.stats import beta, gamma

from course.datasets import load
from course.theory.buying import CDNOW, Buyers, alive, expected, likelihood

seen = st.tuples(st.integers(0, 30), st.floats(0.05, 1), st.floats(5, 80)).map(
    lambda drawn: (drawn[0], drawn[1] * drawn[2] if drawn[0] else 0.0, drawn[2])
)


def library() -> BetaGeoFitter:
    fitter = BetaGeoFitter()
    fitter.params_ = pd.Series({"r": CDNOW.r, "alpha": CDNOW.alpha, "a": CDNOW.a, "b": CDNOW.b})
    return fitter


@settings(deadline=None, max_examples=60)
@given(seen, st.floats(0.5, 100))
def test_it_agrees_with_the_library(customer, weeks):
    theirs = library()
    assert alive(*customer) == pytest.approx(np.ravel(theirs.conditional_probability_alive(*customer))[0], rel=1e-6)
    other = theirs.conditional_expected_number_of_purchases_up_to_time(weeks, *customer)
    assert expected(weeks, *customer) == pytest.approx(np.ravel(other)[0], rel=1e-5, abs=1e-9)


@pytest.mark.parametrize(("x", "last", "until"), [(2, 20, 38.86), (10, 20, 38.86), (1, 30, 35)])
def test_it_is_the_average_over_rates_and_chances(x, last, until):
    """By Bayes: buyers of every rate and every chance of leaving, weighted by how well they explain what was seen."""

    # rates and chances in steps of equal weight, so that none need be weighed; twice as fine, the fifth figure stays
    steps = (np.arange(1000) + 0.5) / 1000
    rate = gamma.ppf(steps, CDNOW.r, scale=1 / CDNOW.alpha)
    chance = beta.ppf(steps, CDNOW.a, CDNOW.b)[:, np.newaxis]
    there = np.mean((1 - chance) ** x * rate**x * np.exp(-rate * until))
    gone = np.mean(chance * (1 - chance) ** (x - 1) * rate**x * np.exp(-rate * last))
    assert alive(x, last, until) == pytest.approx(there / (there + gone), rel=1e-4)


@given(seen, st.floats(1, 30))
def test_longer_silence_is_never_a_better_sign(customer, more):
    x, last, until = customer
    assert alive(x, last, until + more) <= alive(x, last, until) + 1e-12


def test_the_silence_of_a_frequent_buyer_says_more():
    chances = alive(np.arange(1, 15), 20, 38.86)
    assert np.all(np.diff(chances) < 0)
    assert alive(0, 0, 38.86) == 1


def test_the_published_parameters_fit_these_customers_best():
    table = load("cdnow_customers")
    given_ = (table["repeat_purchases"], table["week_of_last_purchase"], table["weeks_observed"])
    best = likelihood(*given_, CDNOW)
    theirs = BetaGeoFitter().fit(*given_).params_
    assert theirs[["r", "alpha", "a", "b"]].to_numpy() == pytest.approx(
        [CDNOW.r, CDNOW.alpha, CDNOW.a, CDNOW.b], rel=0.003
    )
    assert likelihood(*given_, Buyers(*theirs[["r", "alpha", "a", "b"]])) == pytest.approx(best, abs=0.05)
    for other in (Buyers(0.3, 4.414, 0.793, 2.426), Buyers(0.243, 6, 0.793, 2.426), Buyers(0.243, 4.414, 1.2, 2.426)):
        assert likelihood(*given_, other) < best


def test_what_cannot_have_been_seen_is_refused():
    with pytest.raises(ValueError, match="between week 0 and the end"):
        alive(2, 40, 38)
    with pytest.raises(ValueError, match="from 0"):
        alive(-1, 0, 38)
