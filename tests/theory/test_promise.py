"""The promise quantile, of a distribution and of a sample."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.theory.promise import (
    another_day,
    critical_fractile,
    implied_ratio,
    normal_promise,
    promise_cost,
    sample_promise,
)
from tests.theory.strategies import points

costs = st.floats(0.1, 50)
shares = st.floats(0.01, 0.99)
spreads = st.floats(0.1, 30)
samples = st.lists(points, min_size=1, max_size=30)


def test_the_promise_quantile_of_a_normal_distribution():
    promises = [normal_promise(30, 8, ratio) for ratio in (1, 2.25, 4, 9, 19)]
    assert promises == pytest.approx([30, 34.02, 36.73, 40.25, 43.16], abs=0.01)


@pytest.mark.parametrize(("share", "ratio"), [(0.8355, 5.08), (0.9334, 14.02), (0.5, 1)])
def test_the_ratio_that_a_share_on_time_implies(share, ratio):
    assert implied_ratio(share) == pytest.approx(ratio, abs=0.01)


@given(costs, costs)
def test_the_ratio_undoes_the_fractile(late, early):
    assert implied_ratio(critical_fractile(late, early)) == pytest.approx(late / early)


@given(points, spreads, costs)
def test_a_dearer_late_day_moves_the_promise_back(mean, spread, late):
    assert normal_promise(mean, spread, late) < normal_promise(mean, spread, late * 1.1)


@given(points, spreads, shares)
def test_the_normal_promise_is_kept_by_the_fractile(mean, spread, share):
    promise = normal_promise(mean, spread, implied_ratio(share))
    assert NormalDist(mean, spread).cdf(promise) == pytest.approx(share)


@given(samples, costs, costs)
def test_the_promise_for_a_sample_keeps_enough_and_no_smaller_one_does(times, late, early):
    promise, share = sample_promise(times, late, early), critical_fractile(late, early)
    assert promise in times
    assert np.mean(np.array(times) <= promise) >= share - 1e-9
    assert np.mean(np.array(times) < promise) < share


@given(samples, costs, costs, points)
def test_no_other_promise_costs_less(times, late, early, other):
    best = promise_cost(sample_promise(times, late, early), times, late, early)
    assert best <= promise_cost(other, times, late, early) + 1e-9


@given(samples, costs, st.lists(st.integers(1, 5), min_size=30, max_size=30))
def test_a_weight_of_two_is_a_time_seen_twice(times, late, weights):
    counts = weights[: len(times)]
    repeated = np.repeat(times, counts)
    assert sample_promise(times, late, weights=counts) == sample_promise(repeated, late)
    assert promise_cost(1, times, late, weights=counts) == pytest.approx(promise_cost(1, repeated, late))


def test_four_to_one_keeps_four_of_five():
    assert sample_promise([9, 3, 7, 5, 4], 4) == 7
    assert sample_promise([1, 2, 3], 4, weights=[4, 1, 0]) == 1


def test_the_cost_of_a_promise_in_numbers():
    assert promise_cost(5, [3, 9], 10, 1) == pytest.approx((2 * 1 + 4 * 10) / 2)


def test_a_large_sample_comes_near_the_distribution():
    times = np.random.default_rng(1).normal(30, 8, 100_000)
    assert sample_promise(times, 4) == pytest.approx(normal_promise(30, 8, 4), abs=0.15)


@pytest.mark.parametrize(("late", "early"), [(0, 1), (1, 0), (-1, 1), (float("nan"), 1), (float("inf"), 1)])
def test_costs_that_are_none_are_refused(late, early):
    for compute in (critical_fractile, lambda a, b: sample_promise([1], a, b), lambda a, b: promise_cost(1, [1], a, b)):
        with pytest.raises(ValueError, match="both costs must be numbers above 0"):
            compute(late, early)


@pytest.mark.parametrize("share", [0, 1, -0.1, 1.5, float("nan")])
def test_a_share_that_is_none_is_refused(share):
    with pytest.raises(ValueError, match="between 0 and 1"):
        implied_ratio(share)


@pytest.mark.parametrize("spread", [0, -1, float("nan"), float("inf")])
def test_a_spread_that_is_none_is_refused(spread):
    with pytest.raises(ValueError, match="spread must be above 0"):
        normal_promise(30, spread, 4)


@pytest.mark.parametrize(
    ("times", "weights", "message"),
    [
        ([], None, "one or more"),
        ([[1, 2]], None, "one or more"),
        ([1, 2], [1], "one weight for each"),
        ([1, 2], [1, -1], "must not be negative"),
        ([1, 2], [0, 0], "one at least must be positive"),
    ],
)
def test_a_sample_that_is_none_is_refused(times, weights, message):
    for compute in (sample_promise, lambda t, late, weights: promise_cost(1, t, late, weights=weights)):
        with pytest.raises(ValueError, match=message):
            compute(times, 2, weights=weights)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=40), st.floats(0.1, 30))
def test_a_day_more_is_what_the_cost_of_a_promise_changes_by(times: list[int], late_cost: float) -> None:
    sides = another_day(times, late_cost)
    for promise, saves, costs in sides.itertuples(index=False):
        change = promise_cost(promise + 1, times, late_cost) - promise_cost(promise, times, late_cost)
        assert costs - saves == pytest.approx(change, abs=1e-9)
    assert sides["promise"].iloc[0] <= sample_promise(times, late_cost) <= sides["promise"].iloc[-1]
