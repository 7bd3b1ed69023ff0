"""A fee against a price per order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.theory.membership import break_even_orders

cents = st.integers(1, 50_000)


@given(cents, cents)
def test_so_many_orders_are_enough_and_one_fewer_is_not(fee, price):
    count = break_even_orders(fee / 100, price / 100)
    assert count * price >= fee
    assert (count - 1) * price < fee


def test_a_fee_met_exactly_counts():
    assert break_even_orders(0.3, 0.1) == 3
    assert break_even_orders(0, 5) == 0


@pytest.mark.parametrize(("fee", "price"), [(-1, 1), (1, 0), (1, -1), (float("nan"), 1), (1, float("inf"))])
def test_what_is_no_fee_or_price_is_refused(fee, price):
    with pytest.raises(ValueError, match=r"the (fee|price)"):
        break_even_orders(fee, price)
