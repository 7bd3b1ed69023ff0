"""The worked numbers of m12."""

from __future__ import annotations

import course
from course.theory.membership import break_even_orders
from course.theory.promise import implied_ratio
from tests.oracles import cases


def on_time() -> list[float]:
    """The share of delivered orders that came on the promised day or before, and the price it implies."""
    delivered = course.load("olist_delay_by_day").dropna()
    share = delivered.query("mean_day <= 0")["orders"].sum() / delivered["orders"].sum()
    return [share, implied_ratio(share)]


def months() -> list[float]:
    """The worst and the best month's share on time, and the prices they imply."""
    share = course.load("olist_on_time_by_month")["share_on_time"]
    return [share.min(), share.max(), implied_ratio(share.min()), implied_ratio(share.max())]


FUNCTIONS = {
    "prime-breakeven": lambda: break_even_orders(79, 9.48),
    "olist-ontime": on_time,
    "olist-months": months,
}


@cases("m12", FUNCTIONS)
def test_worked_number(oracle, compute):
    oracle.check(compute())
