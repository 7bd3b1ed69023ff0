"""Entries as a table: a row per day, a column per half hour (or hour) of the day; what is not known is left empty."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from course.survey.arrivals.clock import DAY, DAYS, HALF_HOUR, HOUR
from course.survey.arrivals.entries import Entries, Whole
from course.survey.values import Numbers


@dataclass(frozen=True)
class Grid:
    """Counts, shape (days, intervals of the day), NaN where nothing was counted.

    `minutes`: length of an interval, 30 or 60; `days`: since 1970, or a running number where the table is not `dated`;
    `weekdays`: Monday 0; `weeks`: how many weeks each row stands for.
    """

    minutes: int
    days: Whole
    weekdays: Whole
    counts: Numbers
    dated: bool
    weeks: float = 1.0

    def of_weekday(self, number: int) -> Numbers:
        """Return the rows of one weekday."""
        return self.counts[self.weekdays == number]

    def open(self, number: int) -> NDArray[np.bool_]:
        """Return which intervals were counted on any day of this weekday."""
        return np.asarray(np.any(~np.isnan(self.of_weekday(number)), axis=0))


def step(found: Entries) -> int:
    """Return the minutes from one interval of a table to the next, 0 where it has one a day."""
    at = np.unique(found.minutes)
    return int(np.gcd.reduce(np.diff(at))) if at.size > 1 else 0


def repeated(found: Entries) -> int:
    """Return in how many entries a moment stands that stood before; single arrivals may come together."""
    if found.singly:
        return 0
    table = pd.DataFrame({"day": found.days, "weekday": found.weekdays, "minute": found.minutes})
    return int(table.duplicated().sum())


def grid(found: Entries, *, hours: bool, repeats: str) -> Grid:
    """Return the counts by day and half hour, by hour where `hours`.

    `repeats`: what a moment that stands more than once is: "add" (parts of one count), "once" (the same row again) or
    "weeks" (another week, where no dates tell).
    """
    length = HOUR if hours else HALF_HOUR
    table = pd.DataFrame({"day": found.days, "weekday": found.weekdays, "minute": found.minutes, "count": found.counts})
    if not found.dated and repeats == "weeks":
        table["day"] = table.groupby(["weekday", "minute"]).cumcount()
    elif repeats == "once" and not found.singly:
        table = table.drop_duplicates(["day", "weekday", "minute"])
    table["slot"] = table["minute"] // length
    sums = table.groupby(["day", "weekday", "slot"])["count"].sum(min_count=1).unstack("slot")
    sums = sums.reindex(columns=range(DAY // length))
    days, weekdays = (sums.index.get_level_values(name).to_numpy(dtype=np.int64) for name in ("day", "weekday"))
    made = Grid(length, days, weekdays, sums.to_numpy(dtype=float), found.dated)
    return _with_noughts(made) if found.singly else made


def _with_noughts(made: Grid) -> Grid:
    """Return a grid of single arrivals in which nobody came between the first and the last interval of a weekday's hours.

    Before the first arrival of the file and after its last nothing is known: it may begin and end in the middle of a day.
    """
    counts = made.counts.copy()
    for number in range(DAYS + 1):
        rows = np.flatnonzero(made.weekdays == number)
        slots = np.flatnonzero(made.open(number)) if rows.size else rows
        if slots.size:
            hours = slice(int(slots[0]), int(slots[-1]) + 1)
            counts[rows, hours] = np.nan_to_num(counts[rows, hours])
    if made.dated and len(counts) > 1:
        first, last = (np.flatnonzero(~np.isnan(made.counts[row])) for row in (0, -1))
        counts[0, : first[0]] = np.nan
        counts[-1, last[-1] + 1 :] = np.nan
    return replace(made, counts=counts)


def empty_days(made: Grid) -> NDArray[np.bool_]:
    """Return which rows hold nothing but noughts though other days of their weekday do not."""
    nothing = np.nansum(made.counts, axis=1) == 0
    busy = set(made.weekdays[~nothing].tolist())
    return np.asarray(nothing & np.isin(made.weekdays, sorted(busy)))


def gaps(made: Grid) -> NDArray[np.bool_]:
    """Return which cells are empty on a day that was counted, at an hour that other days of that weekday have."""
    usual = np.array([made.open(number) for number in range(DAYS + 1)])[made.weekdays]
    counted = np.any(~np.isnan(made.counts), axis=1)
    return np.asarray(np.isnan(made.counts) & usual & counted[:, None])


def settled(made: Grid, *, closed: bool, filled: bool, weeks: float, summed: bool) -> Grid:
    """Return the grid as its owner says: days of noughts left out where `closed`, gaps `filled` with noughts, and how many
    `weeks` it stands for, added up where `summed`."""
    counts = made.counts.copy()
    if filled:
        counts[gaps(made)] = 0.0
    if closed:
        counts[empty_days(made)] = np.nan
    kept = np.any(~np.isnan(counts), axis=1)
    counts = counts[kept] / weeks if summed else counts[kept]
    return replace(made, days=made.days[kept], weekdays=made.weekdays[kept], counts=counts, weeks=weeks)


def grid_days(made: Grid) -> list[str]:
    """Return the days of a grid as ISO dates."""
    return [str(np.datetime64(number, "D")) for number in made.days.tolist()]
