"""Expectations that follow experience."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.theory.adaptation import adapt, expectation_path, periods_to_close
from tests.theory.strategies import points

rates = st.floats(0.01, 0.99)


def test_the_path_after_five_experiences():
    path = expectation_path(60, [90] * 5, 0.3)
    assert path[1:] == pytest.approx([69, 75.3, 79.71, 82.797, 84.9579])


def test_closing_nine_tenths_of_the_gap():
    assert periods_to_close(0.9, 0.3) == 7


@given(points, points, rates)
def test_it_moves_towards_the_experience_and_never_past_it(expected, perceived, alpha):
    moved = float(adapt(expected, perceived, alpha))
    low, high = sorted((expected, perceived))
    assert low - 1e-9 <= moved <= high + 1e-9
    assert abs(perceived - moved) == pytest.approx((1 - alpha) * abs(perceived - expected), abs=1e-9)


@given(points, points)
def test_at_zero_nothing_is_learned_and_at_one_everything(expected, perceived):
    assert adapt(expected, perceived, 0) == expected
    assert adapt(expected, perceived, 1) == pytest.approx(perceived, abs=1e-9)


@given(points, st.lists(points, max_size=8), rates)
def test_the_path_is_one_step_after_another(start, perceived, alpha):
    path = expectation_path(start, perceived, alpha)
    assert path.size == len(perceived) + 1
    assert path[0] == start
    assert path[1:] == pytest.approx(adapt(path[:-1], perceived, alpha))


@given(st.floats(0.01, 0.99), rates)
def test_so_many_periods_are_enough_and_one_fewer_is_not(share, alpha):
    count = periods_to_close(share, alpha)
    assert 1 - (1 - alpha) ** count >= share - 1e-6
    assert 1 - (1 - alpha) ** (count - 1) < share


def test_the_ends():
    assert periods_to_close(0, 0.3) == 0
    assert periods_to_close(0.5, 0.5) == 1
    assert periods_to_close(0.99, 1) == 1


@pytest.mark.parametrize("alpha", [-0.1, 1.1, float("nan")])
def test_an_alpha_out_of_range_is_refused(alpha):
    with pytest.raises(ValueError, match="alpha"):
        adapt(1, 2, alpha)
    with pytest.raises(ValueError, match="alpha"):
        expectation_path(1, np.ones(2), alpha)
    with pytest.raises(ValueError, match="alpha"):
        periods_to_close(0.5, alpha)


def test_a_gap_that_never_closes_is_refused():
    with pytest.raises(ValueError, match="alpha must be above 0"):
        periods_to_close(0.5, 0)
    with pytest.raises(ValueError, match="below 1"):
        periods_to_close(1, 0.5)
