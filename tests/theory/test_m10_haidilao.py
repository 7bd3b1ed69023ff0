"""The worked numbers of m10."""

from __future__ import annotations

import course
from course.theory.turnover import log_shares, per_restaurant
from tests.oracles import cases


def revenue_per_restaurant() -> list[float]:
    years = course.load("haidilao_annual").set_index("year").loc[[2019, 2020]]
    return list(per_restaurant(years["revenue_rmb_m"], years["restaurants"]))


FUNCTIONS = {"haidilao-per-restaurant": revenue_per_restaurant}


@cases("m10", FUNCTIONS)
def test_worked_number(oracle, compute):
    oracle.check(compute())


def test_the_fall_is_taken_apart_without_a_remainder():
    before, after = revenue_per_restaurant()
    shares = log_shares(after / before, {"turnover": 3.5 / 4.8, "spend": 110.1 / 105.2})
    assert round(after / before - 1, 2) == -0.36
    assert {name: round(share, 2) for name, share in shares.items()} == {"turnover": 0.7, "spend": -0.1, "rest": 0.4}
