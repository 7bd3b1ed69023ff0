"""What is attractive becomes wanted, what is wanted becomes a must, and nobody is lost on the way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.theory.drift import path, step, years_to_must

SHARES = st.lists(st.floats(0, 100), min_size=4, max_size=4)
PACE = st.floats(0, 1)


@given(SHARES, PACE, st.integers(0, 12))
def test_nobody_is_lost_and_the_indifferent_stay(shares, pace, years):
    rows = path(shares, pace, years)
    assert rows.shape == (years + 1, 4)
    np.testing.assert_allclose(rows.sum(axis=1), sum(shares), atol=1e-9)
    np.testing.assert_allclose(rows[:, 3], shares[3])
    assert np.all(rows >= -1e-12)


@given(SHARES, PACE)
def test_must_only_grows_and_attractive_only_shrinks(shares, pace):
    rows = path(shares, pace, 6)
    assert np.all(np.diff(rows[:, 0]) <= 1e-12)
    assert np.all(np.diff(rows[:, 2]) >= -1e-12)


@given(st.floats(0, 1), PACE, st.integers(0, 10))
def test_the_closed_form(attractive, pace, years):
    """Attractive at first and in no other class: a chain of two equal steps."""
    kept = (1 - pace) ** years
    wanted = years * pace * (1 - pace) ** max(years - 1, 0)
    expected = np.array([kept, wanted, 1 - kept - wanted, 0]) * attractive
    np.testing.assert_allclose(path([attractive, 0, 0, 0], pace, years)[-1], expected, atol=1e-12)


def test_a_worked_number():
    np.testing.assert_allclose(step([60, 20, 5, 15], 0.3), [42, 32, 11, 15])
    assert years_to_must([60, 20, 5, 15], 0.3) == 4
    assert years_to_must([60, 20, 5, 15], 0) == 100


def test_each_feature_at_its_own_pace():
    np.testing.assert_allclose(step([[1, 0, 0, 0], [1, 0, 0, 0]], [0, 0.5]), [[1, 0, 0, 0], [0.5, 0.5, 0, 0]])


@pytest.mark.parametrize("shares", [[1, 2, 3], [1, 2, 3, -1], 5])
def test_other_shares_are_refused(shares):
    with pytest.raises(ValueError, match="A, O, M and I"):
        step(shares, 0.3)


@pytest.mark.parametrize("pace", [-0.1, 1.1, np.nan])
def test_other_paces_are_refused(pace):
    with pytest.raises(ValueError, match="between 0 and 1"):
        step([1, 0, 0, 0], pace)
