"""What a delight and a lasting rise add up to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.theory.prospect import value
from course.theory.treadmill import felt_path, felt_total, lasting_total, pulse_total
from tests.theory.strategies import lambdas, points

rates = st.floats(0.01, 1)
heights = st.floats(0, 60).map(lambda number: round(number, 3))
counts = st.integers(1, 30)
# below, the curve is so steep at 0 that the rounding of P − E is felt
fadings = st.floats(0.5, 1)


@given(points, heights, counts, rates, fadings, lambdas)
def test_the_closed_forms_are_the_sums(start, height, visits, rate, alpha, lambda_):
    shape = {"alpha": alpha, "lambda_": lambda_}
    pulse = [start + height] + [start] * (visits - 1)
    near = {"rel": 1e-6, "abs": 1e-4}
    assert pulse_total(height, visits, rate, **shape) == pytest.approx(felt_total(start, pulse, rate, **shape), **near)
    lasting = felt_total(start, [start + height] * visits, rate, **shape)
    assert lasting_total(height, visits, rate, **shape) == pytest.approx(lasting, **near)


@given(heights, st.integers(2, 30), rates, lambdas)
def test_every_further_visit_takes_from_a_pulse_and_adds_to_a_lasting_rise(height, visits, rate, lambda_):
    one, more = (pulse_total(height, count, rate, lambda_=lambda_) for count in (visits - 1, visits))
    assert more <= one
    one, more = (lasting_total(height, count, rate, lambda_=lambda_) for count in (visits - 1, visits))
    assert more >= one


@given(heights, rates)
def test_in_the_long_run_a_pulse_loses_whenever_losses_weigh_no_less(height, rate):
    assert pulse_total(height, 2_000, rate, lambda_=1) <= 1e-9


def test_without_fading_all_of_the_joy_is_given_back_lambda_times():
    assert pulse_total(30, 500, 0.3, alpha=1) == pytest.approx(30 * (1 - 2.25))
    assert pulse_total(30, 500, 0.3, alpha=1, lambda_=1) == pytest.approx(0, abs=1e-9)


@given(heights, counts, rates)
def test_the_same_effort_feels_better_spread_out(height, visits, rate):
    assert lasting_total(height / visits, visits, rate) >= pulse_total(height, visits, rate) - 1e-9


def test_the_joy_of_one_delight_is_used_up_at_the_third_visit():
    totals = [pulse_total(30, visits, 0.3) for visits in (1, 2, 3)]
    assert totals[1] > 0 > totals[2]


def test_each_visit_is_felt_against_what_the_ones_before_it_taught():
    assert felt_path(60, [90, 60], 0.3) == pytest.approx(value([30, -9]))
    assert felt_total(60, [60] * 5, 0.3) == 0


@pytest.mark.parametrize(("height", "visits"), [(-1, 3), (1, 0), (float("nan"), 3)])
def test_what_is_no_pulse_is_refused(height, visits):
    for compute in (pulse_total, lasting_total):
        with pytest.raises(ValueError, match="height of 0 or more"):
            compute(height, visits, 0.3)


@pytest.mark.parametrize("rate", [-0.1, 1.1, float("nan")])
def test_a_rate_out_of_range_is_refused(rate):
    for compute in (pulse_total, lasting_total):
        with pytest.raises(ValueError, match="rate"):
            compute(1, 3, rate)
