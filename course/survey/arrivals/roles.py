"""Which column of a table of arrivals holds what: day, time, weekday, a count, or counts of what its name says."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

import numpy as np

from course.survey.arrivals.clock import count, minute, two_ways, weekday
from course.survey.plan import DATE, IGNORE, Use
from course.survey.reading import RawSurvey
from course.survey.values import NAMED, PACKED, YEAR_FIRST, YEAR_LAST, Column, day, is_missing, plain

TIME, COUNT, WEEKDAY, SPREAD = "time", "count", "weekday", "spread"
ARRIVAL_ROLES = (DATE, TIME, WEEKDAY, COUNT, SPREAD, IGNORE)
MOSTLY, LOOKED_AT, FEWEST_SPREAD = 0.8, 300, 2
_COUNTED = re.compile(
    r"offered|arriv|\bcalls?\b|\bcontacts?\b|customers|visitors|volume|(?<![a-z])counts?\b|\bn\b|number of|received|entered|"
    r"来电|呼入|呼叫|电话|人数|数量|到达|来客|客流|件数|话务",
    re.I,
)
_OFFERED = re.compile(r"offered|arriv|received|entered|来电|呼入|到达|来客", re.I)
_NOT_COUNTED = re.compile(
    r"\bid\b|_id$|\bno\.?$|编号|序号|工号|\bext|phone|号码|erlang|load|share|level|percent|%|duration|时长|seconds|秒|handl|talk|wait|agent|坐席",
    re.I,
)
_LASTS = re.compile(
    r"duration|length|talk|wait|handl|hold|aht|\bend|answer|clos|finish|时长|等待|通话|结束|接听|应答|挂断", re.I
)
_COMES = re.compile(r"arriv|start|begin|enter|creat|call|queue|到达|来电|进入|开始|呼入|时间", re.I)
_DAY_NAME = re.compile(r"date|day|日期|日$", re.I)
_TIME_NAME = re.compile(r"time|hour|interval|slot|period|half|时间|时段|小时|时刻|^时$", re.I)
Value = TypeVar("Value")


def read(column: Column, key: str, how: Callable[[str], Value]) -> tuple[Value, ...]:
    """Return what each distinct text of a column is; remembered with the column under `key`, and gone with it."""
    held: dict[str, tuple[Value, ...]] = column.__dict__
    if key not in held:
        held[key] = tuple(how(text) for text in column.texts)
    return held[key]


def minutes(column: Column) -> tuple[int | None, ...]:
    """Return the minute of the day in each text, None where there is none; bare numbers where the name says times."""
    alone = bool(_TIME_NAME.search(plain(column.name)))
    return read(column, "minutes", lambda text: minute(text, alone=alone))


def days(column: Column, *, day_first: bool) -> tuple[np.datetime64 | None, ...]:
    """Return the day in each text, NaT for a missing one, None where there is none to read."""
    return read(column, f"days {day_first}", lambda text: day(text, day_first=day_first))


def texts(column: Column) -> list[str]:
    """Return the texts that stand somewhere and are not missing."""
    seen = zip(column.texts, column.counts, strict=True)
    return [text for text, held in seen if held and not is_missing(text)]


def header_day(name: str) -> np.datetime64 | int | None:
    """Return the day or the weekday that a column's name says, None for a name that says none."""
    given = plain(name)
    if YEAR_FIRST.match(given) or YEAR_LAST.match(given) or NAMED.match(given):
        found = day(given)
        return found if found is not None else day(given, day_first=False)
    return weekday(name)


def header_minute(name: str) -> int | None:
    """Return the minute of the day that a column's name says, None for a name that says none."""
    return minute(name) if header_day(name) is None and len(plain(name)) <= len("09:00 AM - 09:30 AM") else None


def lasting(name: str) -> bool:
    """Say whether a column's name tells how long something took, or when it ended."""
    return bool(_LASTS.search(plain(name)))


def likely_counts(raw: RawSurvey, uses: dict[str, Use]) -> tuple[list[str], list[str]]:
    """Return the columns that may hold counts, and those of them whose names say so, arrivals before what became of them.

    Where no column holds counts, those that say they do are the ones that may.
    """
    unused = [name for name, use in uses.items() if use.role in (IGNORE, COUNT)]
    free = [name for name in unused if not _NOT_COUNTED.search(_words(name))]
    candidates = [name for name in free if _mostly(raw.columns[name], is_count)]
    named = [name for name in candidates or free if _COUNTED.search(_words(name))]
    return candidates or named, sorted(named, key=lambda name: not _OFFERED.search(_words(name)))


def _words(name: str) -> str:
    return plain(name).replace("_", " ")


def is_count(text: str) -> bool:
    """Say whether a text may be a count."""
    return two_ways(text) or count(text) is not None


def uses_of(raw: RawSurvey) -> dict[str, Use]:
    """Return what each column holds by its name and values; which of several counts is meant is not decided here."""
    uses = {name: Use(IGNORE) for name in raw.columns}
    for test in (header_day, header_minute):
        spread = [name for name, column in raw.columns.items() if test(name) is not None and _mostly(column, is_count)]
        if len(spread) >= FEWEST_SPREAD:
            uses |= {name: Use(SPREAD) for name in spread}
            break
    left = [name for name, use in uses.items() if use.role == IGNORE]
    dated = [name for name in left if _holds_days(raw.columns[name])]
    if dated:
        uses[min(dated, key=lambda name: (lasting(name), not _COMES.search(plain(name))))] = Use(DATE)
    timed = [name for name in left if name not in dated and _mostly(raw.columns[name], _is_time(raw.columns[name]))]
    if timed and not (dated and has_times(raw.columns[_date(uses)])):
        uses[min(timed, key=lambda name: (lasting(name), not _TIME_NAME.search(plain(name))))] = Use(TIME)
    named = [
        name
        for name in left
        if name not in dated and _mostly(raw.columns[name], lambda text: weekday(text) is not None)
    ]
    if named and uses[named[0]].role == IGNORE:
        uses[named[0]] = Use(WEEKDAY)
    return uses


def has_times(column: Column) -> bool:
    """Say whether most texts of a column hold a time of day."""
    return _mostly(column, lambda text: minute(text) is not None)


def date_columns(raw: RawSurvey) -> list[str]:
    """Return the columns that hold a day and a time."""
    return [name for name, column in raw.columns.items() if _holds_days(column) and has_times(column)]


def _date(uses: dict[str, Use]) -> str:
    return next(name for name, use in uses.items() if use.role == DATE)


def _is_time(column: Column) -> Callable[[str], bool]:
    alone = bool(_TIME_NAME.search(plain(column.name))) and not _COUNTED.search(plain(column.name))
    return lambda text: minute(text, alone=alone) is not None


def _holds_days(column: Column) -> bool:
    named = bool(_DAY_NAME.search(plain(column.name)))

    def is_day(text: str) -> bool:
        given = plain(text)
        if given.isdigit() and not (named and (PACKED.match(given) or len(given) == len("46083"))):
            return False
        return day(text) is not None or day(text, day_first=False) is not None

    return _mostly(column, is_day)


def _mostly(column: Column, test: Callable[[str], bool]) -> bool:
    """Say whether most rows that say something pass a test; so many distinct texts are looked at."""
    seen = zip(column.texts, column.counts.tolist(), strict=True)
    found = [(text, held) for text, held in seen if held and not is_missing(text)][:LOOKED_AT]
    return bool(found) and sum(held for text, held in found if test(text)) >= MOSTLY * sum(held for _, held in found)
