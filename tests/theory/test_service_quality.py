"""Gaps between what was perceived and what was expected."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from course.theory.service_quality import DIMENSIONS, WEIGHTS, gaps, weighted_gap

tables = st.integers(1, 30).flatmap(
    lambda rows: st.tuples(*[arrays(float, (rows, 5), elements=st.integers(1, 7)) for _ in range(2)])
)
five = arrays(float, 5, elements=st.floats(-6, 6).map(lambda number: round(number, 3)))
weights = arrays(float, 5, elements=st.integers(1, 100))


def test_the_weights_are_shares_in_the_order_of_the_dimensions():
    assert tuple(WEIGHTS) == DIMENSIONS
    assert sum(WEIGHTS.values()) == pytest.approx(1)


@given(tables, st.randoms())
def test_shuffling_customers_changes_nothing(pair, random):
    order = list(range(len(pair[0])))
    random.shuffle(order)
    assert gaps(pair[0][order], pair[1][order]) == pytest.approx(gaps(*pair))


@given(tables, st.integers(-10, 10))
def test_moving_both_scales_by_the_same_amount_changes_nothing(pair, constant):
    assert gaps(pair[0] + constant, pair[1] + constant) == pytest.approx(gaps(*pair))


@given(tables)
def test_swapping_perception_and_expectation_turns_the_sign(pair):
    assert gaps(*pair) == pytest.approx(-gaps(pair[1], pair[0]))


def test_a_customer_with_one_number_missing_is_left_out_of_that_column():
    found = gaps([[5, np.nan, np.nan], [3, 4, 1]], [[6, 6, 1], [6, np.nan, 2]])
    assert found[:2] == pytest.approx([-2, np.nan], nan_ok=True)
    assert found[2] == -1


@given(five, weights, st.integers(1, 50))
def test_only_the_ratio_of_the_weights_counts(distances, shares, factor):
    assert weighted_gap(distances, shares * factor) == pytest.approx(weighted_gap(distances, shares))


@given(five, weights)
def test_the_weighted_gap_lies_between_the_smallest_and_the_largest(distances, shares):
    assert distances.min() - 1e-9 <= weighted_gap(distances, shares) <= distances.max() + 1e-9


@given(five)
def test_equal_weights_give_the_plain_mean(distances):
    assert weighted_gap(distances, [2] * 5) == pytest.approx(distances.mean())


def test_many_firms_at_once():
    assert weighted_gap(np.zeros((7, 5))).shape == (7,)


def test_what_cannot_be_weighed_is_refused():
    with pytest.raises(ValueError, match="one shape"):
        gaps([[1, 2]], [[1, 2], [3, 4]])
    with pytest.raises(ValueError, match="one weight per gap"):
        weighted_gap([1, 2, 3])
    with pytest.raises(ValueError, match="negative"):
        weighted_gap([1, 2], [1, -1])
    with pytest.raises(ValueError, match="zero"):
        weighted_gap([1, 2], [0, 0])
