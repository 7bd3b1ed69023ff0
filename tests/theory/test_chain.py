"""The chain of steps, whatever the steps and whatever they share."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from course.theory.chain import clean, clean_so_far, each_step, failures, shared_cause

shares = st.lists(st.floats(0.02, 0.999), min_size=1, max_size=8)
parts = st.floats(0, 0.98)


@given(shares)
def test_steps_that_fail_apart_multiply_and_those_that_fail_together_are_as_good_as_the_weakest(steps):
    assert clean(steps) == pytest.approx(np.prod(steps))
    assert clean(steps, 1.0) == pytest.approx(min(steps))


@settings(deadline=None)
@given(shares, parts)
def test_what_is_shared_leaves_every_step_and_the_mean_number_of_failures_alone(steps, shared):
    found = failures(steps, shared)
    assert found.sum() == pytest.approx(1)
    assert found @ np.arange(len(steps) + 1) == pytest.approx(sum(1 - step for step in steps), abs=1e-6)
    assert clean(steps[:1], shared) == pytest.approx(steps[0], abs=1e-6)


@settings(deadline=None, max_examples=30)
@given(shares, parts | st.just(1.0))
def test_who_is_clean_so_far_is_clean_of_the_steps_so_far(steps, shared):
    found = clean_so_far(steps, shared)
    assert found[0] == 1
    for count in range(1, len(steps) + 1):
        assert found[count] == pytest.approx(clean(steps[:count], shared))


def test_who_is_clean_so_far_takes_shares_only():
    for steps, shared in (([], 0.0), ([1.2], 0.0), ([0.5], 1.1)):
        with pytest.raises(ValueError, match=r"share|shared"):
            clean_so_far(steps, shared)


@settings(deadline=None)
@given(shares, parts, parts)
def test_the_more_is_shared_the_more_journeys_are_clean(steps, one, other):
    low, high = sorted((one, other))
    assert clean(steps) - 1e-9 <= clean(steps, low) <= clean(steps, high) + 1e-9 <= min(steps) + 1e-6


@settings(deadline=None, max_examples=20)
@given(st.lists(st.floats(0.3, 0.97), min_size=3, max_size=8), st.floats(0.02, 0.95))
def test_the_shared_part_is_found_again(steps, shared):
    assert shared_cause(steps, clean(steps, shared)) == pytest.approx(shared, abs=1e-5)


def test_two_steps_are_the_bivariate_normal_of_a_well_kept_library():
    bars = stats.norm.ppf([0.9, 0.7])
    for shared in (0.2, 0.6, 0.95):
        right = stats.multivariate_normal([0, 0], [[1, shared], [shared, 1]]).cdf(bars)
        assert clean([0.9, 0.7], shared) == pytest.approx(right, abs=1e-5)


@given(st.floats(0, 1), st.integers(1, 60))
def test_each_step_reaches_the_target(target, steps):
    assert clean([each_step(target, steps)] * steps) == pytest.approx(target, abs=1e-9)


@pytest.mark.parametrize("steps", [[], [1.1], [0.5, -0.1], [np.nan], [[0.5, 0.5]]])
def test_what_is_no_list_of_shares_is_refused(steps):
    with pytest.raises(ValueError, match="one step or more"):
        clean(steps)


def test_shares_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="between 0 and 1"):
        clean([0.5], 1.5)
    with pytest.raises(ValueError, match="one step or more"):
        each_step(0.9, 0)
    for observed in (0.2, 0.6):
        with pytest.raises(ValueError, match=r"between 0\.2500 and 0\.5000"):
            shared_cause([0.5, 0.5], observed)
