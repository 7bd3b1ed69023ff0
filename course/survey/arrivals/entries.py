"""From the columns of a table to one entry per cell that counts: which day or weekday, which minute, how many came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from course.i18n import N_
from course.i18n.message import Message
from course.survey.arrivals.clock import DAY, DAYS, HALF_DAY, HOUR, NO_DAY, count, weekday
from course.survey.arrivals.roles import (
    COUNT,
    SPREAD,
    TIME,
    WEEKDAY,
    days,
    has_times,
    header_day,
    header_minute,
    minutes,
    read,
)
from course.survey.messages import SurveyProblem, quote
from course.survey.plan import DATE, Plan
from course.survey.reading import RawSurvey
from course.survey.values import Column, Numbers, is_missing

Whole = NDArray[np.int64]
NOWHERE = np.iinfo(np.int64).min
"""What stands for no day and for no minute."""


@dataclass(frozen=True)
class Entries:
    """One entry per counted cell, or per person who came: all arrays alike in length.

    `days`: days since 1970, where `dated`; `weekdays`: Monday 0, `NO_DAY` where the table names none; `minutes`: of the day;
    `counts`: NaN for an empty cell. `singly`: each entry is one person. `left_out`: rows that say not when.
    """

    days: Whole
    weekdays: Whole
    minutes: Whole
    counts: Numbers
    dated: bool
    singly: bool
    left_out: int = 0


def entries(raw: RawSurvey, plan: Plan) -> Entries:
    """Return what the table says. Raises `SurveyProblem` where it does not say when, and at a cell that cannot be read."""
    counted, spread = plan.columns(COUNT), plan.columns(SPREAD)
    if counted and spread:
        text = N_(
            "“{first}” holds counts and “{second}” counts of what its name says: a table has one or the other. "
            "Set the columns of one kind to “not used”."
        )
        raise SurveyProblem(Message(text, first=quote(counted[0]), second=quote(spread[0])), column=spread[0])
    on, of_week = _days(raw, plan), _weekdays(raw, plan)
    at = _minutes(raw, plan)
    if spread:
        return _spread(raw, plan, spread, on, of_week, at)
    if at is None:
        text = N_(
            "No column says at what time people came. Set one to “time of day” in the table of columns; times are written as "
            "09:30, or as 2026-03-02 09:30."
        )
        raise SurveyProblem(Message(text))
    values = np.ones(len(raw.cells))
    if counted:
        columns = [_counts(raw, plan, name) for name in counted]
        blank = np.all([np.isnan(column) for column in columns], axis=0)
        values = np.where(blank, np.nan, np.nansum(columns, axis=0))
    return _entries(on, of_week, at, values, singly=not counted)


def _entries(on: Whole | None, of_week: Whole | None, at: Whole, values: Numbers, *, singly: bool) -> Entries:
    # a day that is written decides, whatever weekday stands beside it
    dated = on is not None
    when = on if on is not None else of_week if of_week is not None else np.full(at.size, NO_DAY)
    known = (when != NOWHERE) & (at != NOWHERE)
    left_out = int((~known & ~np.isnan(values)).sum())
    if not known.any():
        raise SurveyProblem(Message(N_("No row says both on which day and at what time people came.")))
    when, at, values = when[known], _starts(at[known], singly=singly), values[known]
    weekdays = (when + 3) % DAYS if dated else when
    return Entries(when if dated else np.zeros_like(when), weekdays, at, values, dated, singly, left_out)


def _starts(at: Whole, *, singly: bool) -> Whole:
    """Return the minutes at which intervals start: where one is called 24:00, times name their ends."""
    if singly or not np.any(at == DAY):
        return np.minimum(at, DAY - 1)
    if np.any(at == 0):
        text = N_("Both 00:00 and 24:00 are times in the file, so it is not clear where a day ends. Use one of them.")
        raise SurveyProblem(Message(text))
    ends = np.unique(at)
    return at - int(np.gcd.reduce(np.diff(ends)) if ends.size > 1 else HOUR)


def _spread(
    raw: RawSurvey, plan: Plan, names: Sequence[str], on: Whole | None, of_week: Whole | None, at: Whole | None
) -> Entries:
    size = len(raw.cells)
    parts: list[tuple[Whole | None, Whole | None, Whole, Numbers]] = []
    for name in names:
        day, minute = header_day(name), header_minute(name)
        values = _counts(raw, plan, name)
        if day is not None and at is not None:
            number = int(day) if isinstance(day, int) else int(day.astype("datetime64[D]").astype(np.int64))
            whole = np.full(size, number)
            parts.append((None, whole, at, values) if isinstance(day, int) else (whole, None, at, values))
        elif minute is not None and (on is not None or of_week is not None):
            parts.append((on, of_week, np.full(size, minute), values))
        else:
            text = N_(
                "“{column}” is to hold counts of what its name says, but it takes a day and a time to know when: one in the "
                "name (Monday, 2026-03-02 or 09:30), the other in a column. Set the missing one in the table of columns."
            )
            raise SurveyProblem(Message(text, column=quote(name)), column=name)
    dated = [part[0] is not None for part in parts]
    if any(dated) and not all(dated):
        odd = names[dated.index(not dated[0])]
        text = N_("Some columns name a date and “{column}” does not. Name all of them alike, or do not use this one.")
        raise SurveyProblem(Message(text, column=quote(odd)), column=odd)

    def joined(place: int) -> Any:
        columns = [part[place] for part in parts]
        return None if any(column is None for column in columns) else np.concatenate(columns)  # type: ignore[arg-type]

    return _entries(joined(0), joined(1), joined(2), joined(3), singly=False)


def _problem(raw: RawSurvey, column: Column, bad: Sequence[int], text: str) -> SurveyProblem:
    at = column.first(bad)
    row, cell = int(raw.cells.index[at]), quote(column.texts[int(column.codes[at])])
    like = int(column.counts[list(bad)].sum())
    words = Message(text, row=row, column=quote(column.name), cell=cell, count=like)
    return SurveyProblem(words, row=row, column=column.name)


def _bad(column: Column, values: Sequence[object]) -> list[int]:
    told = enumerate(zip(column.texts, values, strict=True))
    return [at for at, (text, value) in told if value is None and column.counts[at] and not is_missing(text)]


def _days(raw: RawSurvey, plan: Plan) -> Whole | None:
    for name in plan.columns(DATE)[:1]:
        column = raw.columns[name]
        asked = plan.chosen("dates")
        found = days(column, day_first=asked != "month")
        if asked is None and _bad(column, found):
            # 31/1 can only be one thing
            found = min(found, days(column, day_first=False), key=lambda each: len(_bad(column, each)))
        if bad := _bad(column, found):
            text = N_(
                "Row {row}, column “{column}”: “{cell}” is not a date that can be read (such cells: {count}). Write it as "
                "2026-11-22, or do not use this column."
            )
            raise _problem(raw, column, bad, text)
        known = [np.datetime64("NaT", "D") if each is None else each for each in found]
        # NaT is the least of all numbers
        whole = np.array(known, dtype="datetime64[D]").astype(np.int64)[column.codes]
        return _filled(whole) if plan.chosen("fill") == "down" else whole
    return None


def _weekdays(raw: RawSurvey, plan: Plan) -> Whole | None:
    for name in plan.columns(WEEKDAY)[:1]:
        column = raw.columns[name]
        found = read(column, "weekdays", weekday)
        if bad := _bad(column, found):
            text = N_(
                "Row {row}, column “{column}”: “{cell}” is not a weekday (such cells: {count}). Write it as Monday or Mon, "
                "or do not use this column."
            )
            raise _problem(raw, column, bad, text)
        whole = np.array([NOWHERE if each is None else each for each in found], dtype=np.int64)[column.codes]
        return _filled(whole) if plan.chosen("fill") == "down" else whole
    return None


def _filled(whole: Whole) -> Whole:
    known = pd.Series(whole).mask(whole == NOWHERE).ffill()
    return np.asarray(known.fillna(NOWHERE), dtype=np.int64)


def _minutes(raw: RawSurvey, plan: Plan) -> Whole | None:
    names = plan.columns(TIME)[:1] or tuple(name for name in plan.columns(DATE)[:1] if has_times(raw.columns[name]))
    for name in names:
        column = raw.columns[name]
        found = minutes(column)
        if bad := _bad(column, found):
            text = N_(
                "Row {row}, column “{column}”: “{cell}” holds no time of day that can be read (such cells: {count}). Write "
                "it as 09:30 or 9:30 am, or do not use this column."
            )
            raise _problem(raw, column, bad, text)
        whole = np.array([NOWHERE if each is None else each for each in found], dtype=np.int64)
        if plan.chosen("clock") == "12":
            start = opening(whole[[bool(held) for held in column.counts] & (whole != NOWHERE)])
            whole = np.where((whole != NOWHERE) & (whole < start), whole + HALF_DAY, whole)
        return whole[column.codes]
    return None


def opening(at: Whole) -> int:
    """Return the minute at which a day begins on a dial of twelve hours: after the longest time in which nobody came."""
    dial = np.unique(at % (HALF_DAY))
    gaps = np.diff(np.append(dial, dial[0] + HALF_DAY))
    return int(dial[(int(np.argmax(gaps)) + 1) % dial.size])


def _counts(raw: RawSurvey, plan: Plan, name: str) -> Numbers:
    column = raw.columns[name]
    thousands = plan.chosen("marks") != "decimals"
    found = [count(text, thousands=thousands) for text in column.texts]
    bad = [at for at, value in enumerate(found) if column.counts[at] and (value is None or value < 0)]
    if bad:
        text = N_(
            "Row {row}, column “{column}”: “{cell}” is not a number of people (such cells: {count}). Write 0 or more, leave "
            "the cell empty where you were closed, or do not use this column."
        )
        raise _problem(raw, column, bad, text)
    return np.array([np.nan if value is None else value for value in found], dtype=float)[column.codes]
