"""Final sizes against the equation they solve and the course of days; the fit against a curve whose rates are known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.theory.epidemic import final_size, fit_curve, reproduction_from_size, talking


@settings(deadline=None)
@given(st.floats(0, 30), st.floats(0.001, 0.9))
def test_the_final_size_solves_its_equation(reproduction, first):
    size = float(final_size(reproduction, first))
    assert size == pytest.approx(1 - (1 - first) * np.exp(-reproduction * size), abs=1e-9)
    assert size >= first - 1e-12


@given(st.floats(0, 1))
def test_what_each_passes_to_fewer_than_one_dies_out(reproduction):
    assert float(final_size(reproduction)) == 0


def test_the_course_of_days_ends_at_the_final_size():
    """With γ = 1, those who ever talked are those who talk no more: the integral of I."""
    days = talking(2.0, 1.0, 1_000, 1, 80)
    assert days[-1] < 0.01
    ever = days.sum() - days[0] / 2
    assert ever / 1_000 == pytest.approx(float(final_size(2.0, 1 / 1_000)), abs=0.002)


@settings(deadline=None, max_examples=5)
@given(st.floats(0.8, 3.0), st.floats(0.2, 0.7))
def test_rates_are_found_again(contacts, fading):
    found = fit_curve(talking(contacts, fading, 763, 3, 15), 763)
    assert (found.contacts, found.fading) == pytest.approx((contacts, fading), rel=1e-3)
    assert found.reproduction == pytest.approx(contacts / fading, rel=1e-3)


@pytest.mark.parametrize("call", [
    lambda: final_size(-1), lambda: final_size(2, 1), lambda: final_size(float("nan")),
    lambda: reproduction_from_size(1), lambda: reproduction_from_size(0),
    lambda: fit_curve([1, 2, 3], 10), lambda: fit_curve([0, 1, 2, 3], 10),
])  # fmt: skip
def test_out_of_range_is_refused(call):
    with pytest.raises(ValueError, match=r"."):
        call()
