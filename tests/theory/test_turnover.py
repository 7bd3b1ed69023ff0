"""Turnover, revenue per restaurant, its parts, and crews."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.theory.turnover import before_growth, log_shares, next_crews, per_restaurant, table_turnover

ratios = st.floats(0.2, 5)
counts = st.floats(1, 5_000)


def test_worked_numbers():
    assert table_turnover(96, 20) == pytest.approx(4.8)
    assert per_restaurant([26555.79, 28614.26], [768, 1298]) == pytest.approx([34.58, 22.04], abs=0.01)
    assert before_growth(397, 0.437) == pytest.approx(276.27, abs=0.01)
    assert next_crews(100, 115, trained=7.5, leaving=0.025) == pytest.approx(105)
    assert next_crews(100, 100, trained=7.5, leaving=0.025) == 100


@given(ratios, ratios, ratios.filter(lambda number: abs(number - 1) > 0.01))
def test_shares_add_to_one_and_do_not_depend_on_the_order(first, second, total):
    shares = log_shares(total, {"a": first, "b": second})
    assert sum(shares.values()) == pytest.approx(1)
    turned = log_shares(total, {"b": second, "a": first})
    assert all(turned[name] == pytest.approx(shares[name], abs=1e-9) for name in shares)
    # read backwards in time, every factor has the same share of the change
    back = log_shares(1 / total, {"a": 1 / first, "b": 1 / second})
    assert all(back[name] == pytest.approx(shares[name], abs=1e-9) for name in shares)


@given(ratios.filter(lambda number: abs(number - 1) > 0.01))
def test_a_factor_that_explains_all_leaves_no_rest(total):
    assert log_shares(total, {"only": total}) == pytest.approx({"only": 1, "rest": 0})


@given(counts, st.floats(-0.9, 3))
def test_growth_undone_gives_the_first_figure(figure, growth):
    assert before_growth(figure * (1 + growth), growth) == pytest.approx(figure)


@given(counts, counts, st.floats(0, 100), st.floats(0, 1))
def test_no_more_crews_than_restaurants_and_none_is_lost_twice(crews, restaurants, trained, leaving):
    after = next_crews(crews, restaurants, trained=trained, leaving=leaving)
    assert 0 <= after <= restaurants
    assert after <= crews + trained
    assert next_crews(crews, restaurants, trained=trained + 1, leaving=leaving) >= after


@pytest.mark.parametrize(
    "call",
    [
        lambda: table_turnover(10, 0),
        lambda: per_restaurant([1, 2], [3, 0]),
        lambda: log_shares(1, {}),
        lambda: log_shares(-1, {}),
        lambda: log_shares(0.5, {"a": 0.0}),
        lambda: before_growth(1, -1),
        lambda: next_crews(1, 1, trained=0, leaving=1.1),
    ],
)
def test_nonsense_is_refused(call):
    with pytest.raises(ValueError, match=r"\w"):
        call()


def test_arrays_keep_their_shape():
    assert per_restaurant(np.ones((2, 3)), 2).shape == (2, 3)
