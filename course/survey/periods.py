"""The control chart of a survey with dates: which periods, which kind of chart, where its limits and alarms are."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from course.i18n import N_
from course.i18n.message import Message
from course.survey.values import Numbers
from course.theory import control_chart

PERIODS = ("day", "week", "month", "quarter")
FEWEST, MOST = 8, 60
LARGEST_EQUAL, LARGEST = 10, 25
RANGE, DEVIATION, INDIVIDUAL = "range", "deviation", "individual"
Days = NDArray[np.datetime64]


@dataclass(frozen=True)
class Alarm:
    """A period out of control: its place in the chart, "beyond", "run" or "spread", and a sentence."""

    place: int
    rule: str
    message: Message


@dataclass(frozen=True)
class Chart:
    """A control chart of the customers' mean perception (or satisfaction), one entry per period in every list.

    `kind`: "range" (X̄–R), "deviation" (X̄–S) or "individual" (single values and moving ranges); `period`: "day", "week",
    "month" or "quarter"; `why` says in words how both were chosen. `measure`: "perception", "satisfaction" or "recommend".
    `spread…` are those of the lower chart (range, standard deviation, moving range; NaN where a period has none).
    """

    kind: str
    period: str
    measure: str
    why: Message
    starts: Days
    sizes: NDArray[np.int64]
    means: Numbers
    lower: Numbers
    centre: float
    upper: Numbers
    spreads: Numbers
    spread_lower: Numbers
    spread_centre: float
    spread_upper: Numbers
    alarms: tuple[Alarm, ...]


def starts_of(days: Days, period: str) -> Days:
    """Return the first day of the period that each day lies in; weeks begin on Monday."""
    if period == "day":
        return days.astype("datetime64[D]")
    if period == "week":
        number = days.astype("datetime64[D]").astype(np.int64)
        # 1 January 1970 was a Thursday
        return (number - (number + 3) % 7).astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    if period == "quarter":
        months = (months.astype(np.int64) // 3 * 3).astype("datetime64[M]")
    return months.astype("datetime64[D]")


def chart(values: Numbers, days: Days, measure: str) -> Chart | Message:
    """Return the control chart of one value per customer, or a sentence that says why there is none."""
    known = ~np.isnan(values) & ~np.isnat(days)
    values, days = values[known], days[known]
    period = _period(days)
    if period is None:
        return Message(N_("No control chart: it needs dates in at least {count} different periods."), count=FEWEST)
    starts, place, sizes = np.unique(starts_of(days, period), return_inverse=True, return_counts=True)
    order = np.argsort(place, kind="stable")
    groups = np.split(values[order], np.cumsum(sizes)[:-1])
    means = np.array([group.mean() for group in groups])
    kind, why = _kind(sizes, period)
    if kind == RANGE:
        limits = _range(np.stack(groups))
    elif kind == DEVIATION:
        limits = _deviation(groups, means, sizes)
    else:
        limits = _individual(means)
    lower, centre, upper, spreads, spread_lower, spread_centre, spread_upper = limits
    if not np.any(upper > lower):
        return Message(N_("No control chart: the answers do not vary within the periods."))
    alarms = _alarms(period, starts, means, lower, centre, upper, spreads, spread_lower, spread_upper)
    return Chart(
        kind=kind,
        period=period,
        measure=measure,
        why=why,
        starts=starts,
        sizes=sizes.astype(np.int64),
        means=means,
        lower=lower,
        centre=centre,
        upper=upper,
        spreads=spreads,
        spread_lower=spread_lower,
        spread_centre=spread_centre,
        spread_upper=spread_upper,
        alarms=alarms,
    )


def label(start: np.datetime64, period: str) -> Message:
    """Return the name of a period by its first day."""
    first = str(start.astype("datetime64[D]"))
    if period == "week":
        return Message(N_("week of {date}"), date=first)
    if period == "month":
        return Message("{date}", date=first[:7])
    if period == "quarter":
        return Message(N_("{year}, quarter {number}"), year=first[:4], number=(int(first[5:7]) + 2) // 3)
    return Message("{date}", date=first)


def _period(days: Days) -> str | None:
    """Return the finest period with at least two answers as a rule, and neither too few nor too many periods."""
    single = None
    for period in PERIODS:
        _, sizes = np.unique(starts_of(days, period), return_counts=True)
        if not FEWEST <= sizes.size <= MOST:
            continue
        if np.median(sizes) >= 2:
            return period
        single = single or period
    return single


def _kind(sizes: NDArray[np.intp], period: str) -> tuple[str, Message]:
    words = {
        "day": N_("calendar day"),
        "week": N_("calendar week"),
        "month": N_("calendar month"),
        "quarter": N_("calendar quarter"),
    }
    per = Message(words[period])
    if np.all(sizes == sizes[0]) and 2 <= sizes[0] <= LARGEST_EQUAL:
        text = N_("Each {period} has {size} answers, so means and ranges are charted (X̄–R).")
        return RANGE, Message(text, period=per, size=int(sizes[0]))
    if np.median(sizes) < 2:
        text = N_("Most periods have one answer, so single values and moving ranges are charted, by {period}.")
        return INDIVIDUAL, Message(text, period=per)
    low, high = int(sizes.min()), int(sizes.max())
    if high <= LARGEST:
        text = N_("Each {period} has {low} to {high} answers, so means and standard deviations are charted (X̄–S).")
        return DEVIATION, Message(text, period=per, low=low, high=high)
    text = N_(
        "Each {period} has {low} to {high} answers. With so many, limits from within a period would call every ordinary "
        "difference an alarm, so the means are charted as single values with moving ranges."
    )
    return INDIVIDUAL, Message(text, period=per, low=low, high=high)


Lines = tuple[Numbers, float, Numbers, Numbers, Numbers, float, Numbers]


def _range(table: Numbers) -> Lines:
    of_means, of_ranges = control_chart.mean_and_range_limits(table)
    spreads = np.ptp(table, axis=1)
    level = np.ones(len(table))
    return (
        of_means.lower * level,
        of_means.centre,
        of_means.upper * level,
        spreads,
        of_ranges.lower * level,
        of_ranges.centre,
        of_ranges.upper * level,
    )


def _deviation(groups: list[Numbers], means: Numbers, sizes: NDArray[np.intp]) -> Lines:
    spreads = np.array([group.std(ddof=1) if group.size > 1 else np.nan for group in groups])
    lower, centre, upper = control_chart.mean_limits(means, spreads, sizes)
    freedom = sizes - 1
    pooled = math.sqrt(float(np.nansum(freedom * spreads**2) / freedom.sum()))
    c4 = np.array([control_chart.constants(int(size)).c4 if size > 1 else np.nan for size in sizes])
    reach = control_chart.SIGMAS * np.sqrt(1 - c4**2)
    return lower, centre, upper, spreads, pooled * np.maximum(c4 - reach, 0), pooled, pooled * (c4 + reach)


def _individual(means: Numbers) -> Lines:
    moves = np.abs(np.diff(means))
    factors = control_chart.constants(2)
    typical, level = float(moves.mean()), np.ones(means.size)
    reach = control_chart.SIGMAS * typical / factors.d2
    centre = float(means.mean())
    return (
        (centre - reach) * level,
        centre,
        (centre + reach) * level,
        np.concatenate([[np.nan], moves]),
        0 * level,
        typical,
        factors.D4 * typical * level,
    )


def _alarms(
    period: str,
    starts: Days,
    means: Numbers,
    lower: Numbers,
    centre: float,
    upper: Numbers,
    spreads: Numbers,
    spread_lower: Numbers,
    spread_upper: Numbers,
) -> tuple[Alarm, ...]:
    found = []
    for place in np.flatnonzero(control_chart.beyond(means, lower, upper)):
        below = means[place] < lower[place]
        text = (
            N_("{period}: the mean, {value:.2f}, lies below the lower limit of {limit:.2f}.")
            if below
            else N_("{period}: the mean, {value:.2f}, lies above the upper limit of {limit:.2f}.")
        )
        limit = float(lower[place] if below else upper[place])
        values = {"period": label(starts[place], period), "value": float(means[place]), "limit": limit}
        found.append(Alarm(int(place), "beyond", Message(text, **values)))
    flags = control_chart.runs(means, centre)
    # a run is told once, where it becomes one
    for place in np.flatnonzero(flags & ~np.concatenate([[False], flags[:-1]])):
        text = N_("{period}: the eighth mean in a row on one side of the centre line.")
        found.append(Alarm(int(place), "run", Message(text, period=label(starts[place], period))))
    for place in np.flatnonzero(control_chart.beyond(spreads, spread_lower, spread_upper)):
        text = N_("{period}: the answers differ from each other unusually much or little.")
        found.append(Alarm(int(place), "spread", Message(text, period=label(starts[place], period))))
    return tuple(sorted(found, key=lambda alarm: alarm.place))
