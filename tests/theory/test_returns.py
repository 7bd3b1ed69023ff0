"""Free returns: a worked number, and what must hold for every price."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from course.theory.returns import lift_that_pays, returns_profit

MONEY = st.floats(0.1, 1_000)
SHARE = st.floats(0, 1)


def test_the_shop_of_the_lesson():
    assert returns_profit(100, 12, 0.04, 8) == pytest.approx(1_120)
    assert returns_profit(110, 12, 0.14, 8) == pytest.approx(1_012)
    assert lift_that_pays(12, 8, 0.04, 0.14) == pytest.approx(1_120 / 920 - 1)


@given(orders=st.floats(0, 1e6), margin=MONEY, handling=MONEY, less=SHARE, more=SHARE)
def test_more_parcels_that_come_back_never_leave_more(orders, margin, handling, less, more):
    less, more = sorted((less, more))
    assert returns_profit(orders, margin, less, handling) >= returns_profit(orders, margin, more, handling) - 1e-6


@given(margin=MONEY, handling=MONEY, before=SHARE, after=SHARE)
def test_the_lift_that_pays_leaves_exactly_as_much(margin, handling, before, after):
    assume(returns_profit(1, margin, after, handling) > 1e-3)
    lift = lift_that_pays(margin, handling, before, after)
    left = returns_profit(max(1 + lift, 0), margin, after, handling)
    assert left == pytest.approx(max(returns_profit(1, margin, before, handling), 0), abs=1e-6)


@pytest.mark.parametrize(
    ("orders", "margin", "returned", "handling"),
    [(1, 1, -0.1, 1), (1, 1, 1.1, 1), (1, 1, float("nan"), 1), (-1, 1, 0, 1), (1, 1, 0, -1), (1, float("inf"), 0, 1)],
)
def test_what_cannot_be_is_refused(orders, margin, returned, handling):
    with pytest.raises(ValueError, match="must"):
        returns_profit(orders, margin, returned, handling)


def test_no_growth_pays_where_an_order_leaves_nothing():
    with pytest.raises(ValueError, match="no number of orders"):
        lift_that_pays(5, 20, 0.05, 0.5)
