"""Arrivals as files: two Mondays and two Tuesdays in every layout and dialect that we promise to read, and bad ones."""

from __future__ import annotations

import datetime as dt
from typing import Any

from course.survey import LIMITS
from tests.survey.files import book, table
from tests.survey.formats import ods, sav, xls

DAYS = ("2026-03-02", "2026-03-03", "2026-03-09", "2026-03-10")
TIMES = ("10:00", "10:30")
COUNTS = ((20, 10), (8, 0), (30, 14), (8, 4))
MEANS = {(0, 600): 25, (0, 630): 12, (1, 600): 8, (1, 630): 2}
EN, ZH = ("Date", "Time", "Calls"), ("日期", "时刻", "来电数")
ROWS = [(day, at, counts[place]) for day, counts in zip(DAYS, COUNTS, strict=True) for place, at in enumerate(TIMES)]
TELEPHONES = ("Date", "Interval", "Calls offered", "Calls answered", "AHT (s)")
WEEKDAYS = ("Weekday", "Time", "Calls")
UNTIL = {"10:00": "10:00–10:29", "10:30": "10:30–10:59"}


def dated(form: str, clock: str = "%H:%M") -> list[tuple[Any, ...]]:
    return [
        (dt.date.fromisoformat(day).strftime(form), dt.time.fromisoformat(at).strftime(clock), count)
        for day, at, count in ROWS
    ]


def singly() -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for day, at, count in ROWS:
        minute = int(at[3:])
        rows += [
            (len(rows) + 1, f"{day} 10:{minute + 29 * one // max(count, 1):02}:{one % 60:02}", "0:03:12")
            for one in range(count)
        ]
    return rows


def weekly(*names: str) -> list[tuple[Any, ...]]:
    return [
        (name, at, counts[place]) for name, counts in zip(names, COUNTS, strict=True) for place, at in enumerate(TIMES)
    ]


def split(*names: str) -> list[tuple[Any, ...]]:
    return [
        (name, day, at, part) for day, at, n in ROWS for name, part in zip(names, (n // 2, n - n // 2), strict=True)
    ]


def quarters() -> list[tuple[Any, ...]]:
    rows = []
    for day, at, count in ROWS:
        second = at[:3] + f"{int(at[3:]) + 15}"
        rows += [(day, at, count // 2), (day, second, count - count // 2)]
    return rows


ACROSS = list(zip(*COUNTS, strict=True))
GOOD: dict[str, tuple[bytes, dict[str, str]]] = {
    "utf-8": (table(EN, ROWS).encode(), {}),
    "Chinese, byte order mark": (table(ZH, ROWS).encode("utf-8-sig"), {}),
    "GB18030": (table(ZH, ROWS).encode("gb18030"), {}),
    "UTF-16, tabs": (table(ZH, ROWS, delimiter="\t").encode("utf-16"), {}),
    "German dates, semicolons": (table(EN, dated("%d.%m.%Y"), delimiter=";").encode(), {"dates": "day"}),
    "American dates, AM and PM": (table(EN, dated("%m/%d/%Y", "%I:%M %p")).encode(), {"dates": "month"}),
    "Chinese dates and times": (table(ZH, dated("%Y年%m月%d日", "上午%H点%M分")).encode(), {}),
    "day and time in one": (table(("When", "Calls"), [(f"{day} {at}", count) for day, at, count in ROWS]).encode(), {}),
    "from and to": (table(EN, [(day, UNTIL[at], n) for day, at, n in ROWS]).encode(), {}),
    "workbook with true dates and times": (
        book(rows=(EN, *((dt.date.fromisoformat(day), dt.time.fromisoformat(at), n) for day, at, n in ROWS))),
        {},
    ),
    "workbook, times as fractions": (book(rows=(EN, *((day, (int(at[3:]) + 600) / 1440, n) for day, at, n in ROWS))), {}),
    "OpenDocument": (ods([EN, *ROWS]), {}),
    "old Excel": (xls([EN, *ROWS]), {}),
    "SPSS": (sav({f"v{at}": list(column) for at, column in enumerate(zip(*ROWS, strict=True))}, EN), {}),
    "one row per call": (table(("call id", "start time", "duration"), singly()).encode(), {}),
    "dates as columns": (table(("Time", *DAYS), [(at, *row) for at, row in zip(TIMES, ACROSS, strict=True)]).encode(), {}),
    "times as columns": (table(("Date", *TIMES), [(day, *row) for day, row in zip(DAYS, COUNTS, strict=True)]).encode(), {}),
    "weekdays as columns, two weeks": (
        table(("Time", "Mon", "Tue", "Mon", "Tue"), [(at, *row) for at, row in zip(TIMES, ACROSS, strict=True)]).encode(),
        {"repeats": "weeks"},
    ),
    "weekdays in rows": (table(WEEKDAYS, weekly("Monday", "Tuesday", "Monday", "Tuesday")).encode(), {"repeats": "weeks"}),
    "weekdays in rows, Chinese": (
        table(("星期", "时段", "人数"), weekly("周一", "周二", "星期一", "星期二")).encode(),
        {"repeats": "weeks"},
    ),
    "quarters of an hour": (table(EN, quarters()).encode(), {}),
    "two queues": (
        table(("Queue", *EN), split("a", "b")).encode(),
        {"repeats": "add"},
    ),
    "merged cells": (table(EN, [(day if at == "10:00" else "", at, n) for day, at, n in ROWS]).encode(), {"fill": "down"}),
    "an export of a telephone system": (
        table(TELEPHONES, [(day, at, n, n // 2, 180) for day, at, n in ROWS]).encode(),
        {"count": "Calls offered"},
    ),
    "titles above, totals below": (
        table(("Service desk", "", ""), [("", "", ""), EN, *ROWS, ("Total", "", 94)]).encode(),
        {},
    ),
}  # fmt: skip


def _with(value: object, at: int, column: int = 2) -> bytes:
    rows = [list(row) for row in ROWS]
    rows[at][column] = value
    return table(EN, rows).encode()


BAD: dict[str, tuple[bytes, str, str]] = {
    "empty": (b"", "empty", ""),
    "blank": (b" \n\n ", "empty", ""),
    "header only": (table(EN, []).encode(), "row 1", ""),
    "no names": (table(("1", "2", "3"), [(2, 3, 4)]).encode(), "Row 1", "A"),
    "no times": (table(("Date", "Calls"), [(day, 30) for day in DAYS]).encode(), "No column says at what time", ""),
    "prose": (table(("name", "town"), [("Li", "Wuhan"), ("Wu", "Xi’an")]).encode(), "No column says at what time", ""),
    "minus": (_with(-3, 2), "Row 4, column “Calls”: “-3”", "Calls"),
    "word in a count": (_with("many", 5), "Row 7, column “Calls”: “many”", "Calls"),
    "a share for a count": (
        table(EN, [(day, at, f"{n}%") for day, at, n in ROWS]).encode(),
        "Row 2, column “Calls”: “20%”",
        "Calls",
    ),
    "no such date": (_with("2026-02-30", 1, 0), "Row 3, column “Date”: “2026-02-30”", "Date"),
    "two orders of dates": (
        table(EN, [("31/01/2026", "10:00", 3), ("01/31/2026", "10:30", 3), *dated("%d/%m/%Y")]).encode(),
        "“01/31/2026” is not a date",
        "Date",
    ),
    "no such time": (_with("10:75", 3, 1), "Row 5, column “Time”: “10:75”", "Time"),
    "word for a time": (_with("noon", 3, 1), "“noon”", "Time"),
    "no such weekday": (
        table(("Weekday", "Time", "Calls"), [*weekly("Mon", "Tue", "Wed", "Thu"), ("Holiday", "10:00", 2)]).encode(),
        "Row 10, column “Weekday”: “Holiday”",
        "Weekday",
    ),
    "nobody at all": (table(EN, [(day, at, 0) for day, at, _n in ROWS]).encode(), "Nobody came", ""),
    "more than anybody has": (_with(9_000_000, 0), "more than 5,000 agents", ""),
    "two midnights": (table(EN, [(day, at, 1) for day in DAYS for at in ("00:00", "23:30", "24:00")]).encode(), "24:00", ""),
    "columns of two kinds": (
        table(("Time", "2026-03-02", "Monday"), [("10:00", 3, 4), ("10:30", 3, 4)]).encode(),
        "does not. Name all of them alike",
        "Monday",
    ),
    "times across, no day": (
        table(("Branch", *TIMES), [("east", 3, 4), ("west", 3, 4)]).encode(),
        "takes a day and a time",
        "10:00",
    ),
    "PDF": (b"%PDF-1.7 \n" + b"x" * 200, "PDF", ""),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 200, "", ""),
    "broken workbook": (book(rows=(EN, *ROWS))[:900], "", ""),
    "formula without a result": (book(rows=(EN, *ROWS[:-1], (*ROWS[-1][:2], "=SUM(C2:C8)"))), "formula", "C"),
    "long cell": (_with("x" * (LIMITS.cell + 1), 3), "5,000", "Calls"),
    "too many rows": (table(("start",), [("2026-03-02 10:00",)] * (LIMITS.rows + 1)).encode(), "whole weeks", ""),
}  # fmt: skip
