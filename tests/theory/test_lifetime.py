"""What a customer is worth, in both conventions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.theory.lifetime import lifetime_value, multiple, value_of_curve

stays, rates = st.floats(0, 0.98), st.floats(0.01, 0.5)


@given(stays, rates)
def test_the_two_conventions_differ_by_one_margin(retention, discount):
    assert multiple(retention, discount, at_once=True) - multiple(retention, discount) == pytest.approx(1)


@given(stays, rates)
def test_the_formula_is_the_sum_over_very_many_years(retention, discount):
    years = np.arange(3_000)
    curve = retention**years
    assert value_of_curve(1, curve, discount) == pytest.approx(multiple(retention, discount, at_once=True), rel=1e-6)
    assert value_of_curve(1, curve, discount, at_once=False) == pytest.approx(multiple(retention, discount), rel=1e-6)


def test_what_is_counted_at_once_is_said():
    assert lifetime_value(100, [0.9, 0.95], 0.1, at_once=True) == pytest.approx([550, 733.333], abs=0.001)


def test_what_has_no_value_is_refused():
    with pytest.raises(ValueError, match="0 to 1"):
        multiple(1.2, 0.1)
    with pytest.raises(ValueError, match="never leave"):
        multiple(1, 0)
    with pytest.raises(ValueError, match="from 1 downwards"):
        value_of_curve(100, [1, 0.5, 0.6], 0.1)
