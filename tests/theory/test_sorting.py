"""Retention that rises though nobody becomes more loyal."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from course.datasets import load
from course.theory.sorting import fit, mixed_survival, retention, survival

positive = st.floats(0.2, 20)


@given(positive, positive)
def test_retention_rises_though_every_customer_stays_the_same(alpha, beta):
    rates = retention(survival(15, alpha, beta))
    assert np.all(np.diff(rates) > 0)
    assert rates[0] == pytest.approx(beta / (alpha + beta))


@settings(deadline=None, max_examples=20)
@given(st.floats(0.4, 4), st.floats(0.4, 8))
def test_the_curve_is_what_many_customers_with_their_own_chances_do(alpha, beta):
    leaves = np.random.default_rng(1).beta(alpha, beta, 200_000)
    counted = [np.mean((1 - leaves) ** year) for year in range(6)]
    assert survival(5, alpha, beta) == pytest.approx(counted, abs=0.006)


@settings(deadline=None, max_examples=20)
@given(st.floats(0.3, 5), st.floats(0.3, 8))
def test_a_curve_of_the_model_is_found_again(alpha, beta):
    assert fit(survival(8, alpha, beta)) == pytest.approx((alpha, beta), rel=0.01)


def test_the_fit_is_that_of_a_general_optimiser():
    shares = load("retention_two_segments")["high_end_percent_still_customers"].to_numpy()[:8] / 100

    def unlikely(logs):
        model = survival(7, *np.exp(logs))
        return -(-np.diff(shares) @ np.log(-np.diff(model)) + shares[-1] * np.log(model[-1]))

    assert fit(shares) == pytest.approx(
        np.exp(minimize(unlikely, [0, 0], method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-13}).x), rel=1e-3
    )


def test_one_kind_alone_keeps_its_rate_and_two_kinds_do_not():
    assert retention(mixed_survival(5, [1], [0.3]).sum(axis=0)) == pytest.approx(0.7)
    mixed = retention(mixed_survival(40, [0.3, 0.7], [0.05, 0.5]).sum(axis=0))
    assert np.all(np.diff(mixed) > 0)
    assert mixed[-1] == pytest.approx(0.95, abs=0.001)


def test_what_is_no_curve_is_refused():
    with pytest.raises(ValueError, match="at least three"):
        fit([1, 0.5])
    with pytest.raises(ValueError, match="above 0"):
        survival(3, 0, 1)


def test_a_chance_of_each_year_is_that_chance_and_the_same_every_year_is_one_chance():
    changed = mixed_survival(3, [0.4, 0.6], [[0.1, 0.1, 0.5], [0.5, 0.2, 0.2]])
    assert changed[0] == pytest.approx([0.4, 0.36, 0.324, 0.162])
    assert changed[1] == pytest.approx([0.6, 0.3, 0.24, 0.192])
    same = mixed_survival(3, [0.4, 0.6], [[0.1] * 3, [0.5] * 3])
    assert same == pytest.approx(mixed_survival(3, [0.4, 0.6], [0.1, 0.5]))
