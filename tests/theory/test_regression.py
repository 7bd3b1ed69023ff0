"""Chance alone brings the best down; where nothing is chance, nobody moves."""

from __future__ import annotations

import numpy as np
import pytest

from course.theory.regression import correlation_of_counts, movement


def test_where_nothing_is_chance_the_order_stays() -> None:
    found = movement([1, 2, 3, 4], [3, 4, 5, 6])
    assert found.correlation == pytest.approx(1)
    assert found.slope == pytest.approx(0)


def test_chance_alone_brings_the_best_down_and_the_spread_stays() -> None:
    generator = np.random.default_rng(0)
    first, last = generator.normal(78, 5, (2, 20_000))
    found = movement(first, last)
    assert found.slope == pytest.approx(-1, abs=0.03)
    assert found.spreads[0] == pytest.approx(found.spreads[1], rel=0.02)
    best = first > np.quantile(first, 0.75)
    assert (last - first)[best].mean() < -4 < 4 < (last - first)[first < np.quantile(first, 0.25)].mean()


def test_the_slope_is_that_of_a_line_fitted_to_the_changes() -> None:
    generator = np.random.default_rng(1)
    first = generator.normal(0, 2, 50)
    last = 0.4 * first + generator.normal(0, 1, 50)
    assert movement(first, last).slope == pytest.approx(np.polyfit(first, last - first, 1)[0])


def test_changes_in_a_row_of_pure_chance_correlate_by_minus_a_half() -> None:
    scores = np.random.default_rng(2).normal(0, 1, (50_000, 3))
    one, other = np.diff(scores, axis=1).T
    assert correlation_of_counts(one, other, np.ones(one.size)) == pytest.approx(-0.5, abs=0.01)


def test_counts_weigh_as_often_as_the_pair_was_found() -> None:
    assert correlation_of_counts([0, 1, 0], [0, 1, 1], [3, 2, 1]) == pytest.approx(
        np.corrcoef([0, 0, 0, 1, 1, 0], [0, 0, 0, 1, 1, 1])[0, 1]
    )


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: movement([1, 2], [1, 2]),
        lambda: movement([1, 2, 3], [1, 2]),
        lambda: movement([1, 1, 1], [1, 2, 3]),
        lambda: correlation_of_counts([1], [1], [0]),
        lambda: correlation_of_counts([1, 1], [1, 2], [1, 1]),
    ],
)
def test_what_cannot_be_told_is_refused(wrong) -> None:
    with pytest.raises(ValueError, match=r"^(give|things|what)"):
        wrong()
