"""The spread of arrivals between weeks and the next week's interval, against hand-made numbers, SciPy and simulation."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from course.theory.arrivals import forecast, spread
from course.theory.patience import agents_needed, erlang_a

TABLE = [[20, 10, 8, 0], [30, 14, 8, 4]]


def test_the_spread_by_hand() -> None:
    # (50/25 + 8/12 + 0/8 + 8/2)/4, and (66 − 47)/(625 + 144 + 64 + 4)
    found = spread(TABLE)
    assert found.freedom == 4
    assert found.ratio == pytest.approx(5 / 3)
    assert found.alpha == pytest.approx(19 / 837)
    assert not found.beyond_chance


def test_what_was_counted_once_tells_no_spread() -> None:
    found = spread([[20, np.nan], [np.nan, 10]])
    assert (found.freedom, found.alpha) == (0, 0)
    assert math.isnan(found.ratio)
    assert not found.beyond_chance


@pytest.mark.parametrize(("shape", "alpha"), [(20.0, 0.05), (math.inf, 0.0)])
def test_the_spread_of_drawn_counts_is_found_again(shape: float, alpha: float) -> None:
    draw = np.random.default_rng(1)
    level = draw.gamma(shape, 1 / shape, (8, 400)) if math.isfinite(shape) else 1.0
    found = spread(draw.poisson(level * np.full((8, 400), 40.0)))
    assert found.alpha == pytest.approx(alpha, abs=0.006)
    assert found.ratio == pytest.approx(1 + 40 * alpha, abs=0.1)
    assert found.beyond_chance == (alpha > 0)


@given(st.floats(1, 4_000), st.integers(1, 60), st.floats(0, 0.3), st.sampled_from([0.8, 0.9, 0.95]))
def test_the_interval_is_the_gamma_mixtures(mean: float, weeks: int, alpha: float, level: float) -> None:
    found = forecast(mean, weeks, alpha, level)
    variance = alpha * mean**2 + (mean + alpha * mean**2) / weeks
    shape = mean**2 / variance
    ends = (1 - level) / 2, (1 + level) / 2
    low, high = (stats.gamma.ppf(end, shape, scale=mean / shape) for end in ends)
    # the cube root is off most where few came in few weeks
    assert found.rate_low == pytest.approx(min(low, mean), abs=0.02 * mean + 0.05)
    assert found.rate_high == pytest.approx(high, rel=0.03, abs=0.05)
    exact = [stats.nbinom.ppf(end, shape, shape / (shape + mean)) for end in ends]
    # SciPy rounds at the very step
    assert abs(found.count_low - exact[0]) <= 1
    assert abs(found.count_high - exact[1]) <= 1


def test_nine_weeks_of_ten_lie_between() -> None:
    draw = np.random.default_rng(2)
    inside = total = 0
    for _ in range(300):
        rates = draw.gamma(25, 1 / 25, 9) * 30
        counts = draw.poisson(rates)
        found = forecast(float(counts[:8].mean()), 8, 0.04)
        inside += found.count_low <= counts[8] <= found.count_high
        total += 1
    assert 0.86 < inside / total < 0.96


def test_where_nobody_came_somebody_may() -> None:
    found = forecast(0, 6, 0.05)
    assert (found.mean, found.rate_low, found.count_low) == (0, 0, 0)
    assert 0 < found.rate_high < 0.5


@pytest.mark.parametrize("bad", [(-1, 3, 0), (1, 0, 0), (1, 3, -0.1), (math.nan, 3, 0)])
def test_nonsense_is_refused(bad: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="at least 0"):
        forecast(*bad)


def test_a_spread_needs_a_table_of_counts() -> None:
    for bad in ([1, 2], [[1, -2]]):
        with pytest.raises(ValueError, match="row per week"):
            spread(bad)


def test_who_hangs_up_can_decide_the_number_of_agents() -> None:
    rate, service, patience = 20 / 1800, 240, 60
    by_answer = agents_needed(rate, service, patience, 0.5, 60)
    by_loss = agents_needed(rate, service, patience, 0.5, 60, 0.02)
    assert by_loss > by_answer
    assert (
        erlang_a(rate, service, patience, by_loss, 60).hung_up
        <= 0.02
        < erlang_a(rate, service, patience, by_loss - 1, 60).hung_up
    )
    with pytest.raises(ValueError, match="may hang up"):
        agents_needed(rate, service, patience, 0.5, 60, 0)
