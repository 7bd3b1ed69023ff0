"""Who comes and who stays."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.theory.adoption import adoption_share, churn_share, customers_after
from tests.theory.strategies import points

shares = st.floats(0.01, 0.99)
scales = st.floats(1, 50)


@given(points, points, shares, scales)
def test_who_expects_more_comes_more_often_and_never_beyond_the_ceiling(one, other, ceiling, scale):
    low, high = sorted((one, other))
    few, many = (float(adoption_share(e, 60, ceiling=ceiling, scale=scale)) for e in (low, high))
    assert 0 <= few <= many <= ceiling


@given(shares, scales)
def test_at_the_usual_level_half_of_the_ceiling_comes(ceiling, scale):
    assert adoption_share(60, 60, ceiling=ceiling, scale=scale) == pytest.approx(ceiling / 2)


@given(points, points, shares, scales)
def test_who_felt_worse_leaves_more_often(one, other, usual, scale):
    low, high = sorted((one, other))
    many, few = (float(churn_share(felt, usual=usual, scale=scale)) for felt in (low, high))
    assert 0 <= few <= many <= 1


@given(shares, scales)
def test_a_visit_as_expected_loses_the_usual_share(usual, scale):
    assert churn_share(0, usual=usual, scale=scale) == pytest.approx(usual)


@given(st.floats(0, 1e4), st.floats(0, 1e3), shares, st.integers(0, 40))
def test_the_closed_form_is_one_period_after_another(start, joining, leaving, periods):
    customers = start
    for _ in range(periods):
        customers = customers * (1 - leaving) + joining
    assert customers_after(start, joining, leaving, periods) == pytest.approx(customers, abs=1e-6)


def test_where_as_many_come_as_leave_nothing_moves():
    assert customers_after(1000, 40, 0.04, np.arange(5)) == pytest.approx([1000] * 5)


@pytest.mark.parametrize("share", [0, 1, -0.1, float("nan")])
def test_a_share_that_is_none_is_refused(share):
    for compute in (
        lambda: adoption_share(1, 1, ceiling=share, scale=1),
        lambda: churn_share(1, usual=share, scale=1),
        lambda: customers_after(1, 1, share, 1),
    ):
        with pytest.raises(ValueError, match="between 0 and 1"):
            compute()


@pytest.mark.parametrize("scale", [0, -1, float("nan"), float("inf")])
def test_a_scale_that_is_none_is_refused(scale):
    for compute in (
        lambda: adoption_share(1, 1, ceiling=0.1, scale=scale),
        lambda: churn_share(1, usual=0.1, scale=scale),
    ):
        with pytest.raises(ValueError, match="scale must be a number above 0"):
            compute()
