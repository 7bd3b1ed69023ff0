"""The worked numbers of m12."""

from __future__ import annotations

import course
from course.theory.membership import break_even_orders
from course.theory.promise import implied_ratio
from tests.oracles import cases


def on_time_share() -> float:
    delivered = course.load("olist_delay_reviews").dropna()
    return delivered.query("mean_delay_days < 0")["orders"].sum() / delivered["orders"].sum()


FUNCTIONS = {
    "prime-breakeven": lambda: break_even_orders(79, 9.48),
    "olist-ontime": lambda: implied_ratio(on_time_share()),
}


@cases("m12", FUNCTIONS)
def test_worked_number(oracle, compute):
    oracle.check(compute())
