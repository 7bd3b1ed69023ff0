"""Posted waits, whatever their parameters."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.theory.posting import (
    padding_for,
    posted_wait,
    share_within,
    spread_from_quantiles,
)

waits = st.floats(0, 300).map(lambda number: round(number, 2))
paddings = st.floats(0.2, 4)
spreads = st.floats(0.05, 1.5)
shares = st.floats(0.01, 0.99)


@given(waits, paddings)
def test_a_sign_shows_a_step_and_is_never_far_from_the_padded_estimate(wait, padding):
    shown = float(posted_wait(wait, padding))
    assert shown >= 5
    assert shown % 5 == 0
    assert shown == 5 or abs(shown - wait * padding) <= 2.5 + 1e-9


@given(st.lists(waits, min_size=2, max_size=5), paddings)
def test_signs_keep_order_and_shape(estimates, padding):
    shown = posted_wait(sorted(estimates), padding)
    assert shown.shape == (len(estimates),)
    assert np.all(np.diff(shown) >= 0)


def test_halves_go_up_and_no_queue_shows_one_step():
    assert posted_wait([0, 2.5, 7.5, 12.4], 1).tolist() == [5, 5, 10, 10]
    assert posted_wait(40, 1.5) == 60


@given(shares, spreads)
def test_the_padding_for_a_share_gives_the_share(share, spread):
    assert share_within(padding_for(share, spread), spread) == pytest.approx(share, abs=1e-9)


@given(spreads)
def test_without_padding_half_of_the_promises_are_kept(spread):
    assert share_within(1, spread) == 0.5


@given(paddings, paddings, spreads)
def test_more_padding_keeps_more_promises(one, other, spread):
    assert (share_within(one, spread) - share_within(other, spread)) * (one - other) >= 0


@given(st.floats(1.01, 3), spreads)
def test_the_formula_agrees_with_drawn_waits(padding, spread):
    quantiles = np.linspace(0.0005, 0.9995, 1000)
    drawn = np.exp(spread * np.array([NormalDist().inv_cdf(level) for level in quantiles]))
    assert np.mean(drawn <= padding) == pytest.approx(share_within(padding, spread), abs=0.0015)


@given(st.floats(1, 200), spreads, st.floats(0.55, 0.99))
def test_the_spread_comes_back_from_two_quantiles(median, spread, level):
    upper = median * padding_for(level, spread)
    assert spread_from_quantiles(median, upper, level) == pytest.approx(spread)


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        (posted_wait, (10, 0)),
        (posted_wait, (10, 1, 0)),
        (posted_wait, (-1, 1)),
        (share_within, (0, 0.4)),
        (share_within, (1.5, 0)),
        (share_within, (1.5, float("nan"))),
        (padding_for, (1, 0.4)),
        (padding_for, (0, 0.4)),
        (padding_for, (0.8, -1)),
        (spread_from_quantiles, (0, 5, 0.8)),
        (spread_from_quantiles, (5, 4, 0.8)),
        (spread_from_quantiles, (5, 8, 0.5)),
    ],
)
def test_numbers_out_of_range_are_refused(function, arguments):
    with pytest.raises(ValueError, match=r"above 0|below 0|between"):
        function(*arguments)
