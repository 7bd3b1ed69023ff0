"""Bass's curve against its own differential equation, and the fit against curves whose market is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.datasets import load
from course.theory.diffusion import Bass, density, fit, peak_time, share_bought

rates = st.floats(0.001, 0.1), st.floats(0.1, 1.0)


@given(*rates, st.floats(0, 40))
def test_what_is_sold_is_the_slope_of_what_has_been_sold(p, q, time):
    step = 1e-5
    slope = (share_bought(time + step, p, q) - share_bought(time, p, q)) / step
    assert float(density(time, p, q)) == pytest.approx(float(slope), abs=1e-4)


@given(*rates)
def test_nothing_is_sold_faster_than_at_the_peak(p, q):
    time = peak_time(p, q)
    # where q is not above p, the launch is the peak
    assert float(density(time, p, q)) >= np.asarray(density(np.linspace(0, 60, 601), p, q)).max() - 1e-9
    if q > p:
        assert float(density(time, p, q)) == pytest.approx((p + q) ** 2 / (4 * q))


@settings(deadline=None, max_examples=25)
@given(st.floats(100, 10_000), st.floats(0.004, 0.05), st.floats(0.3, 0.7))
def test_a_curve_seen_past_its_peak_is_found_again(market, p, q):
    seen = Bass(market, p, q).sales(np.arange(1, int(peak_time(p, q)) + 8))
    found = fit(seen)
    assert (found.m, found.p, found.q) == pytest.approx((market, p, q), rel=1e-3)


def test_the_fit_is_a_minimum():
    sales = load("iphone_quarterly_sales")["iphones_m"].to_numpy()[:24]
    found, time = fit(sales), np.arange(1, 25)

    def left(m: float, p: float, q: float) -> float:
        return float(((Bass(m, p, q).sales(time) - sales) ** 2).sum())

    best = left(found.m, found.p, found.q)
    for change in (0.99, 1.01):
        assert best < left(found.m * change, found.p, found.q)
        assert best < left(found.m, found.p * change, found.q)
        assert best < left(found.m, found.p, found.q * change)


@pytest.mark.parametrize("sales", [[1, 2, 3], [0, 0, 0, 0], [1, 2, float("nan"), 4], [[1, 2], [3, 4]]])
def test_too_little_to_fit_is_refused(sales):
    with pytest.raises(ValueError, match="at least four periods"):
        fit(sales)


@pytest.mark.parametrize(("p", "q"), [(0, 0.4), (0.03, -0.1)])
def test_rates_out_of_range_are_refused(p, q):
    with pytest.raises(ValueError, match="p must be above 0"):
        peak_time(p, q)
