"""The file to fill in, and the invented one to try: the calls of a hotel that does not exist."""

from __future__ import annotations

import numpy as np

from course.i18n import N_, translator
from course.survey.arrivals.clock import clock
from course.survey.template import written

DATE, TIME, CALLS = N_("Date"), N_("Time"), N_("Calls")
NOTES = (
    N_("One row per half hour: date, time at which it begins, how many called or came. The rows are examples."),
    N_("Bring several weeks, so that the tool sees how weeks differ. Quarters of an hour and full hours are read too."),
    N_("Write 0 where you were open and nobody came; leave rows out where you were closed."),
    N_("Or bring a list with one row per call, with date and time: 2026-03-02 09:14."),
)
EXAMPLE_ROWS = (("09:00", 14), ("09:30", 19), ("10:00", 27), ("10:30", 25))
DAYS_SHOWN = ("2026-03-02", "2026-03-03", "2026-03-09", "2026-03-10")
SEED, WEEKS, OPENS, CLOSES, HALF_HOUR = 6, 8, 480, 1_200, 30
FIRST = np.datetime64("2026-03-02")
# a holiday in the invented weeks: few calls, and nothing in the file says so
HOLIDAY = 25
PEAKS = ((600, 60, 24.0), (870, 90, 15.0))
FLOOR = 5.0
OF_WEEKDAY = (1.25, 1.05, 1.0, 1.0, 1.1, 0.6, 0.5)
# busyness of an invented day, as the shape of its gamma distribution
SHAPE = 30.0


def template(kind: str, language: str) -> bytes:
    """Return the template as the bytes of a file; `kind` is "csv" or "xlsx". Raises `ValueError` for another kind."""
    rows: list[list[str | int]] = [
        [day, time, calls + place] for place, day in enumerate(DAYS_SHOWN) for time, calls in EXAMPLE_ROWS
    ]
    return written(kind, [_header(language), *rows], NOTES, language)


def example(language: str) -> bytes:
    """Return the invented counts: a program drew them, and no hotel ever had them."""
    draw = np.random.default_rng(SEED)
    starts = np.arange(OPENS, CLOSES, HALF_HOUR)
    shape = FLOOR + sum(height * np.exp(-(((starts - peak) / width) ** 2) / 2) for peak, width, height in PEAKS)
    rows: list[list[str | int]] = []
    for place in range(7 * WEEKS):
        level = OF_WEEKDAY[place % 7] * draw.gamma(SHAPE) / SHAPE * (0.3 if place == HOLIDAY else 1)
        counts = draw.poisson(level * shape)
        day = str(FIRST + np.timedelta64(place, "D"))
        rows += [[day, clock(int(at)), int(calls)] for at, calls in zip(starts, counts, strict=True)]
    return written("csv", [_header(language), *rows], (), language)


def _header(language: str) -> list[str | int]:
    _ = translator(language)
    return [_(DATE), _(TIME), _(CALLS)]
