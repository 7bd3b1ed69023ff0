"""Goodwill by hand, and what holds of it whatever the numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.theory.goodwill import account, periods_to_refill

amounts, fades = st.floats(0, 100), st.floats(0.01, 0.99)


def test_a_repeat_spends_what_the_first_failure_left():
    found = account(4, start=40, gain=0, fade=0, failures={1: 25, 3: 25}, repeat=2)
    assert found.stock.tolist() == [40, 15, 15, 0]
    assert found.spent.tolist() == [0, 25, 0, 15]
    assert found.blame.tolist() == [0, 0, 0, 35]


@given(amounts, amounts, fades)
def test_left_alone_it_tends_to_gain_over_fade(start, gain, fade):
    stock = account(40, start=start, gain=gain, fade=fade, failures={}).stock
    goal = gain / fade
    assert stock == pytest.approx(goal + (start - goal) * (1 - fade) ** np.arange(1, 41), abs=1e-6)


@given(amounts, amounts, fades, st.dictionaries(st.integers(0, 19), amounts, max_size=6), st.floats(1, 3))
def test_a_failure_is_paid_in_goodwill_or_in_blame(start, gain, fade, failures, repeat):
    found = account(20, start=start, gain=gain, fade=fade, failures=failures, repeat=repeat)
    weights = [failures[when] * repeat**n for n, when in enumerate(sorted(failures))]
    assert (found.spent + found.blame)[sorted(failures)] == pytest.approx(weights)
    assert (found.stock >= 0).all()
    assert (found.blame >= 0).all()


@given(st.floats(0, 20), st.floats(1, 5), st.floats(0.02, 0.2))
def test_the_time_to_refill_is_the_time_it_takes(below, gain, fade):
    level = below + 0.5 * max(0.0, gain / fade - below)
    periods = math.ceil(periods_to_refill(below, level, gain, fade) - 1e-9)
    stock = [below, *account(max(1, periods), start=below, gain=gain, fade=fade, failures={}).stock]
    assert stock[periods] >= level - 1e-6
    assert periods == 0 or stock[periods - 1] <= level + 1e-6


def test_what_it_never_reaches_takes_for_ever():
    assert periods_to_refill(10, 50, 1, 0.05) == math.inf
    assert periods_to_refill(60, 50, 1, 0.05) == 0


@pytest.mark.parametrize("wrong", [
    {"periods": 0}, {"start": -1}, {"gain": -1}, {"fade": 1.1}, {"repeat": 0.9}, {"failures": {9: 1}},
    {"failures": {0: -1}},
])  # fmt: skip
def test_out_of_range_is_refused(wrong):
    values = {"periods": 5, "start": 1, "gain": 1, "fade": 0.1, "failures": {}, "repeat": 1} | wrong
    with pytest.raises(ValueError, match="not below 0"):
        account(values.pop("periods"), **values)
    with pytest.raises(ValueError, match="the fade lies between 0 and 1"):
        periods_to_refill(0, 1, 1, 0)
