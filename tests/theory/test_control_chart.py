"""Control charts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from course.theory.control_chart import (
    beyond,
    constants,
    mean_and_range_limits,
    mean_limits,
    places,
    runs,
    share_limits,
    single_limits,
)
from course.theory.control_chart import subgroups as days_of

# ASTM manual MNL 7, table of factors: d2, d3, c4, A2, D3, D4
TABLE = {
    2: (1.128, 0.8525, 0.7979, 1.880, 0, 3.267),
    3: (1.693, 0.8884, 0.8862, 1.023, 0, 2.575),
    4: (2.059, 0.8798, 0.9213, 0.729, 0, 2.282),
    5: (2.326, 0.8641, 0.9400, 0.577, 0, 2.114),
    7: (2.704, 0.8332, 0.9594, 0.419, 0.076, 1.924),
    10: (3.078, 0.7971, 0.9727, 0.308, 0.223, 1.777),
    25: (3.931, 0.7084, 0.9896, 0.153, 0.459, 1.541),
}
subgroups = st.tuples(st.integers(1, 12), st.integers(2, 8)).flatmap(
    lambda shape: arrays(float, shape, elements=st.integers(0, 100))
)


@pytest.mark.parametrize("n", TABLE)
def test_the_constants_are_those_of_the_tables(n):
    found = constants(n)
    assert [found.d2, found.d3, found.c4, found.A2, found.D3, found.D4] == pytest.approx(TABLE[n], abs=6e-4)


@pytest.mark.parametrize("n", [2, 5, 12])
def test_a_well_kept_library_agrees_on_the_range(n):
    chance = stats.studentized_range.sf(np.linspace(0.005, 9.995, 1000), n, np.inf)
    assert constants(n).d2 == pytest.approx(chance.sum() * 0.01, abs=1e-3)


@pytest.mark.parametrize("n", [0, 1, 26, 5.5])
def test_other_sizes_are_refused(n):
    with pytest.raises(ValueError, match="2 to 25"):
        constants(n)


@given(subgroups, st.integers(-50, 50))
def test_moving_the_scale_moves_the_means_and_not_the_ranges(measured, constant):
    means, ranges = mean_and_range_limits(measured)
    moved, same = mean_and_range_limits(measured + constant)
    assert ranges.upper == pytest.approx(same.upper, abs=1e-9)
    assert [moved.lower, moved.centre, moved.upper] == pytest.approx(
        [means.lower + constant, means.centre + constant, means.upper + constant], abs=1e-9
    )


@given(subgroups, st.randoms())
def test_the_order_of_periods_and_within_them_changes_nothing(measured, random):
    rows, columns = (random.sample(range(size), size) for size in measured.shape)
    for one, other in zip(
        mean_and_range_limits(measured), mean_and_range_limits(measured[rows][:, columns]), strict=True
    ):
        assert [one.lower, one.centre, one.upper] == pytest.approx([other.lower, other.centre, other.upper])


def test_a_steady_process_seldom_raises_an_alarm_and_a_shifted_one_does():
    measured = np.random.default_rng(4).normal(10, 2, (20_000, 5))
    means, _ = mean_and_range_limits(measured)
    averages = measured.mean(axis=1)
    assert beyond(averages, means.lower, means.upper).mean() == pytest.approx(0.0027, abs=0.0012)
    assert beyond(averages + 3, means.lower, means.upper).mean() > 0.5


def test_subgroups_of_different_sizes_have_limits_of_their_own():
    generator = np.random.default_rng(5)
    groups = [generator.normal(8, 1.5, size) for size in (5, 50, 1, 500)]
    lower, centre, upper = mean_limits(
        [group.mean() for group in groups],
        [group.std(ddof=1) if group.size > 1 else np.nan for group in groups],
        [group.size for group in groups],
    )
    assert centre == pytest.approx(np.concatenate(groups).mean())
    assert upper - centre == pytest.approx(3 * 1.5 / np.sqrt([5, 50, 1, 500]), rel=0.1)
    assert upper + lower == pytest.approx(2 * centre)


def test_eight_in_a_row_on_one_side_are_an_alarm():
    assert runs([1] * 7, 0).tolist() == [False] * 7
    assert runs([1] * 9, 0).tolist() == [False] * 7 + [True] * 2
    assert not runs([1] * 7 + [0] + [1] * 7, 0).any()
    assert not runs([1] * 7 + [np.nan] + [1] * 7, 0).any()
    assert not runs([1, -1] * 20, 0).any()
    assert not runs([0] * 20, 0).any()
    assert runs([-2, -1, -3], 0, length=3).tolist() == [False, False, True]


@given(st.lists(st.sampled_from([-1.0, 0.0, 1.0]), max_size=40), st.integers(1, 8))
def test_runs_do_not_mind_which_way_is_up(values, length):
    assert np.array_equal(runs(values, 0, length), runs([-value for value in values], 0, length))


def test_what_cannot_be_charted_is_refused():
    with pytest.raises(ValueError, match="full table"):
        mean_and_range_limits([[1, np.nan], [2, 3]])
    with pytest.raises(ValueError, match="full table"):
        mean_and_range_limits([1, 2, 3])
    with pytest.raises(ValueError, match="2 to 25"):
        mean_and_range_limits([[1], [2]])
    with pytest.raises(ValueError, match="one length"):
        mean_limits([1, 2], [1], [3, 4])
    with pytest.raises(ValueError, match="two measurements"):
        mean_limits([1, 2], [0, 0], [1, 1])
    with pytest.raises(ValueError, match="at least one"):
        runs([1], 0, length=0)


def test_cards_become_days_and_alarms_their_numbers():
    days = days_of([1, 2, 3, 4, 5, 6], 3)
    assert days.tolist() == [[1, 2, 3], [4, 5, 6]]
    assert places(days.mean(axis=1) > 3) == [2]
    assert places([False, False]) == []


@pytest.mark.parametrize(("values", "size"), [([1, 2, 3], 2), ([], 2), ([1, 2], 0), ([[1, 2]], 2)])
def test_cards_that_fill_no_whole_day_are_refused(values, size):
    with pytest.raises(ValueError, match="cannot be shared out"):
        days_of(values, size)


def test_shares_of_a_steady_process_seldom_raise_an_alarm_and_their_limits_narrow_with_the_size():
    generator = np.random.default_rng(7)
    sizes = np.tile([50, 200, 800], 4000)
    bad = generator.binomial(sizes, 0.3)
    lower, centre, upper = share_limits(bad, sizes)
    assert centre == pytest.approx(0.3, abs=0.002)
    assert beyond(bad / sizes, lower, upper).mean() == pytest.approx(0.0027, abs=0.0015)
    assert (upper - lower)[:3] == pytest.approx(6 * np.sqrt(centre * (1 - centre) / sizes[:3]))


def test_limits_of_shares_stay_between_none_and_all():
    lower, _, upper = share_limits([0, 1, 9], [10, 10, 10])
    assert lower.min() >= 0
    assert upper.max() <= 1


def test_single_values_are_charted_by_their_steps():
    """Montgomery's constant 2.66 = 3/d2 of two values."""
    values, steps = single_limits([10, 12, 11, 15])
    assert [values.centre, steps.centre, steps.lower] == pytest.approx([12, 7 / 3, 0])
    assert [values.upper - 12, steps.upper] == pytest.approx([2.66 * 7 / 3, 3.267 * 7 / 3], rel=1e-3)


def test_single_values_of_a_steady_process_seldom_raise_an_alarm():
    measured = np.random.default_rng(8).normal(10, 2, 20_000)
    limits, _ = single_limits(measured)
    assert beyond(measured, limits.lower, limits.upper).mean() == pytest.approx(0.0027, abs=0.0015)


@pytest.mark.parametrize(("bad", "sizes"), [([], []), ([1], [2, 3]), ([3], [2]), ([-1], [2]), ([0], [0])])
def test_shares_that_cannot_be_are_refused(bad, sizes):
    with pytest.raises(ValueError, match=r"one length|between none and all"):
        share_limits(bad, sizes)


@pytest.mark.parametrize("values", [[], [1], [1, np.nan], [[1, 2]]])
def test_a_single_value_cannot_be_charted(values):
    with pytest.raises(ValueError, match="two values or more"):
        single_limits(values)
