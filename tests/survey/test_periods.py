"""The control chart: the right kind for what the dates offer, limits of the theory, alarms where there is cause."""

from __future__ import annotations

import numpy as np
import pytest

from course.survey.periods import chart, label, starts_of
from course.theory import control_chart

DAYS = np.arange("2026-01-01", "2026-03-02", dtype="datetime64[D]")


def steady(per_day: int, days: int = 30, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    return generator.normal(5, 1, per_day * days), np.repeat(DAYS[:days], per_day)


def test_equal_small_groups_make_means_and_ranges():
    values, days = steady(5)
    found = chart(values, days, "perception")
    assert (found.kind, found.period, found.sizes.tolist()) == ("range", "day", [5] * 30)
    means, ranges = control_chart.mean_and_range_limits(values.reshape(30, 5))
    assert (found.lower[0], found.centre, found.upper[0]) == pytest.approx((means.lower, means.centre, means.upper))
    assert found.spread_upper[0] == pytest.approx(ranges.upper)
    assert found.spreads.tolist() == pytest.approx(np.ptp(values.reshape(30, 5), axis=1).tolist())
    assert "X̄–R" in found.why.say("en")


def test_unequal_groups_make_means_and_deviations():
    values, days = steady(5)
    found = chart(values[:-2], days[:-2], "perception")
    assert found.kind == "deviation"
    assert found.upper[-1] > found.upper[0]
    assert found.lower[0] == pytest.approx(found.centre - (found.upper[0] - found.centre))


def test_single_answers_make_single_values():
    values, days = steady(1)
    found = chart(values, days, "satisfaction")
    assert (found.kind, found.measure) == ("individual", "satisfaction")
    typical = np.abs(np.diff(values)).mean()
    assert found.upper[0] == pytest.approx(values.mean() + 3 * typical / control_chart.constants(2).d2)
    assert np.isnan(found.spreads[0])


def test_crowds_are_charted_by_their_means():
    values, days = steady(200, 20)
    found = chart(values, days, "perception")
    assert (found.kind, found.period) == ("individual", "day")
    assert "call every ordinary difference an alarm" in found.why.say("en")


def test_many_days_are_gathered_into_weeks():
    days = np.arange("2026-01-05", "2026-07-06", dtype="datetime64[D]")
    found = chart(np.random.default_rng(1).normal(5, 1, days.size), days, "perception")
    assert (found.period, found.kind, found.sizes.tolist()) == ("week", "range", [7] * 26)


@pytest.mark.parametrize(
    ("period", "start", "name"),
    [
        ("day", "2026-11-22", "2026-11-22"),
        ("week", "2026-11-16", "week of 2026-11-16"),
        ("month", "2026-11-01", "2026-11"),
        ("quarter", "2026-10-01", "2026, quarter 4"),
    ],
)
def test_periods_begin_and_are_named(period, start, name):
    found = starts_of(np.array(["2026-11-22"], dtype="datetime64[D]"), period)
    assert found.tolist() == [np.datetime64(start).item()]
    assert label(found[0], period).say("en") == name


def test_a_shift_is_an_alarm_and_a_steady_process_has_none():
    values, days = steady(5, seed=2)
    assert [alarm for alarm in chart(values, days, "perception").alarms if alarm.rule != "run"] == []
    values[100:105] -= 3
    alarms = chart(values, days, "perception").alarms
    assert [(alarm.place, alarm.rule) for alarm in alarms if alarm.rule == "beyond"] == [(20, "beyond")]
    assert "2026-01-21: the mean" in alarms[0].message.say("en")
    assert "低于下控制限" in alarms[0].message.say("zh")


def test_a_run_is_told_once():
    values, days = steady(5)
    values[:75] += 1
    found = [alarm for alarm in chart(values, days, "perception").alarms if alarm.rule == "run"]
    assert [alarm.place for alarm in found] == [7, 22]


def test_a_widening_is_an_alarm_of_the_spread():
    values, days = steady(5)
    values[50:55] = [-5, 15, 5, 5, 5]
    assert (10, "spread") in {(alarm.place, alarm.rule) for alarm in chart(values, days, "perception").alarms}


def test_the_order_of_customers_changes_nothing():
    values, days = steady(4)
    order = np.random.default_rng(5).permutation(values.size)
    one, other = chart(values, days, "perception"), chart(values[order], days[order], "perception")
    assert one.means == pytest.approx(other.means)
    assert one.upper == pytest.approx(other.upper)


def test_too_few_periods_and_no_variation_are_said():
    values, days = steady(5, 5)
    assert "at least 8" in chart(values, days, "perception").say("en")
    assert "do not vary" in chart(np.full(150, 4.0), np.repeat(DAYS[:30], 5), "perception").say("en")
    missing = np.full(150, np.datetime64("NaT", "D"))
    assert "at least 8" in chart(np.full(150, 4.0), missing, "perception").say("en")
