"""m09: what a winter at the desk looks like by week and by day: in the desk's own book, and in truth."""

from __future__ import annotations

import numpy as np

from course.simulations.m09_desk import DAY, DAYS, WEEK, WEEKS, Numbers, Season


def waits_by_week(past: Season, urgent: bool) -> dict[str, Numbers]:
    """Return the mean `hours` from call to visit, by the `week` of the visit; a week without one has no row."""
    chosen = past.visited & (past.urgent == urgent)
    week = ((past.came + past.wait)[chosen] // WEEK).astype(int)
    many = np.bincount(week, minlength=WEEKS)
    total = np.bincount(week, weights=past.wait[chosen], minlength=WEEKS)
    met = np.flatnonzero(many)
    week_of, hours = (met + 1).astype(np.float64), (total[met] / many[met]).astype(np.float64)
    return {"week": week_of, "hours": hours}


def shares_by_day(past: Season) -> tuple[Numbers, Numbers]:
    """Return which share of the complaints so far is closed in the book, and which has been fixed, at the end of each day."""
    moments = DAY * np.arange(1, DAYS + 1)
    so_far = np.maximum(np.searchsorted(past.came, moments, "right"), 1)
    fixed = np.searchsorted(np.sort(past.fixed_at), moments, "left")
    return 1 - past.open / so_far, fixed / so_far


def weekly_book(past: Season, first: Numbers, temperatures: Numbers) -> dict[str, Numbers]:
    """Return what the desk reads before each week: the week just over in its own book, and the forecast of the next.

    `first`: first calls by day; `temperatures`: °C by day, which the forecast foresees without error.
    """
    ahead = temperatures.reshape(WEEKS, 7)

    def week_before(by_day: Numbers) -> Numbers:
        return np.concatenate([[0.0], by_day.reshape(WEEKS, 7).sum(axis=1)])[:-1]

    return {
        "week": np.arange(WEEKS, dtype=float),
        "complaints": week_before(first),
        "again": week_before(past.calls_again),
        "waiting": np.concatenate([[0.0], past.open[6::7]])[:-1],
        "next_mean": ahead.mean(axis=1),
        "next_coldest": ahead.min(axis=1),
    }
