"""The slope, as a line through points."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from course.theory.asymmetry import slope
from tests.theory.strategies import points

factors = st.floats(0.1, 10)


@st.composite
def clouds(draw):
    """Two to twelve points that do not all stand above each other, with weights."""
    count = draw(st.integers(2, 12))
    column = st.lists(points, min_size=count, max_size=count)
    x, y = np.array(draw(column)), np.array(draw(column))
    weights = np.array(draw(st.lists(st.integers(1, 9), min_size=count, max_size=count)), dtype=float)
    assume(np.ptp(x) > 1)
    return x, y, weights


near = {"rel": 1e-6, "abs": 1e-6}


@given(clouds(), points, points)
def test_moving_the_points_does_not_tilt_the_line(cloud, right, up):
    x, y, weights = cloud
    assert slope(x + right, y + up, weights) == pytest.approx(slope(x, y, weights), **near)


@given(clouds(), factors, factors)
def test_changing_units_changes_the_slope_by_their_ratio(cloud, across, up):
    x, y, weights = cloud
    assert slope(across * x, up * y, weights) == pytest.approx(up / across * slope(x, y, weights), **near)


@given(clouds())
def test_a_mirror_turns_the_slope(cloud):
    x, y, weights = cloud
    assert slope(-x, y, weights) == pytest.approx(-slope(x, y, weights), **near)


@given(clouds(), factors)
def test_only_the_ratio_of_weights_counts(cloud, factor):
    x, y, weights = cloud
    assert slope(x, y, factor * weights) == pytest.approx(slope(x, y, weights), **near)
    assert slope(x, y, np.full_like(x, factor)) == pytest.approx(slope(x, y), **near)


@given(clouds())
def test_a_weight_of_two_is_a_point_seen_twice(cloud):
    x, y, weights = cloud
    times = weights.astype(int)
    assert slope(x, y, weights) == pytest.approx(slope(np.repeat(x, times), np.repeat(y, times)), **near)


@given(clouds())
def test_it_is_the_least_squares_line(cloud):
    x, y, weights = cloud
    assert slope(x, y, weights) == pytest.approx(np.polyfit(x, y, 1, w=np.sqrt(weights))[0], **near)


def test_two_points_give_the_line_through_them():
    assert slope([1, 3], [10, 4]) == pytest.approx(-3)


@pytest.mark.parametrize(
    ("x", "y", "weights", "message"),
    [
        ([1], [2], None, "two or more"),
        ([1, 2], [2], None, "one rating"),
        ([1, 2], [2, 3], [1], "one rating"),
        ([[1, 2]], [[2, 3]], None, "two or more"),
        ([1, 2], [2, 3], [1, -1], "must not be negative"),
        ([1, 2], [2, 3], [0, 0], "one at least must be positive"),
        ([2, 2], [2, 3], None, "no slope"),
        ([1, 2], [2, 3], [1, 0], "no slope"),
    ],
)
def test_where_no_line_can_be_drawn_it_says_so(x, y, weights, message):
    with pytest.raises(ValueError, match=message):
        slope(x, y, weights)
