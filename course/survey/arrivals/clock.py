"""Times of day, weekdays and counts in a cell's text."""

from __future__ import annotations

import re

from course.i18n import N_
from course.survey.values import PLAIN, SERIAL, is_missing, plain

DAY, HALF_DAY, HOUR, HALF_HOUR, DAYS = 1440, 720, 60, 30, 7
WEEKDAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
    N_("the day in the file"),
)  # fmt: skip
"""By number, Monday 0; the last for a table that names no day."""
NO_DAY = 7
_TIME = re.compile(
    r"(?<![\d:/.-])(\d{1,2})\s*(?:(?::|点|时|h(?=\d))\s*(\d{2})?(?!\d)\s*(?:分|:\d{2}(?:\.\d+)?)?\s*([ap]\.?m)?|([ap]\.?m\b))",
    re.I,
)
_PM, _AM = re.compile(r"下午|晚上|傍晚|中午"), re.compile(r"上午|早上|凌晨")
_ALONE = re.compile(r"\d{1,2}$|\d{3,4}$")
_FRACTION = re.compile(r"(?:\d{5})?0?[.,]\d+$|0$")
_HOURS_APART = re.compile(r"^(\d{1,2})\s*[-–—~至到]\s*\d{1,2}$")
_DAYS = re.compile(
    r"(?<![a-z])(?:(mon)(?:day)?|(tue)(?:s|sday)?|(wed)(?:nesday)?|(thu)(?:r|rs|rsday)?|(fri)(?:day)?|(sat)(?:urday)?|"
    r"(sun)(?:day)?)s?(?![a-z])",
    re.I,
)
_CHINESE = re.compile(r"(?:星期|周|礼拜|週)([一二三四五六日天])")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+$")
_ZONE = re.compile(r"\d{4}.*\d:\d{2}.*(?:Z|\+\d{2}:?\d{2}|-\d{2}:?00|UTC|GMT)$")


def minute(text: str, *, alone: bool = False) -> int | None:
    """Return the minute of the day in a text, 0 to 1,440 (24:00), None where there is no time.

    `alone`: a bare number may be one too: 9 and 0930 by the clock, 0.375 as a spreadsheet keeps it.

    >>> minute("2026-03-02 10:29"), minute("下午2点30"), minute("9:05 pm"), minute("9 AM"), minute("25:10")
    (629, 870, 1265, 540, None)
    """
    given = plain(text).replace("T", " ")
    found = _TIME.search(given)
    if not found:
        return _bare(given) if alone else _of_serial(given)
    hour, past = int(found[1]), int(found[2] or 0)
    mark = (found[3] or found[4] or "").lower()
    if (mark.startswith("p") or _PM.search(given)) and 1 <= hour < 12 and not (hour > 9 and "中午" in given):
        hour += 12
    elif (mark.startswith("a") or _AM.search(given)) and hour == 12:
        hour = 0
    at = 60 * hour + past
    return at if past < 60 and at <= DAY else None


def _of_serial(given: str) -> int | None:
    """Return the minute in a day and time as a spreadsheet counts them, 46083.375."""
    if not SERIAL.match(given) or given.isdigit():
        return None
    return round(float(f"0.{re.split('[.,]', given)[1]}") * DAY) % DAY


def _bare(given: str) -> int | None:
    if hours := _HOURS_APART.match(given):
        return 60 * int(hours[1]) if int(hours[1]) <= 24 else None
    if _ALONE.match(given):
        hour, past = (int(given), 0) if len(given) < 3 else divmod(int(given), 100)
        return 60 * hour + past if past < 60 and 60 * hour + past <= DAY else None
    if _FRACTION.match(given):
        return round(float(f"0.{re.split('[.,]', given)[1]}") * DAY) % DAY
    return None


def length(text: str) -> int | None:
    """Return the minutes of an interval that a text names from end to end, 09:00–09:30, None for another text."""
    ends = [minute(part) for part in re.split(r"\s*[-–—~至到]\s*", plain(text)) if ":" in part or "点" in part]
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        return None
    # “09:00–09:29” ends a minute before the next begins
    apart = (ends[1] - ends[0]) % DAY
    return apart + 1 if apart % 5 == 4 else apart or None


def is_marked(text: str) -> bool:
    """Say whether a time says which half of the day it means."""
    given = plain(text)
    return bool(_PM.search(given) or _AM.search(given) or re.search(r"\d\s*[ap]\.?m\b", given, re.I))


def has_zone(text: str) -> bool:
    """Say whether a time names its time zone."""
    return bool(_ZONE.search(plain(text)))


def clock(at: int) -> str:
    """Return a minute of the day as a clock shows it."""
    return f"{at // 60:02}:{at % 60:02}"


def weekday(text: str) -> int | None:
    """Return the number of the weekday that a text names, Monday 0, None for a text that names none or several.

    >>> weekday("Mon (2)"), weekday("星期天"), weekday("Month"), weekday("Mon–Fri")
    (0, 6, None, None)
    """
    given = plain(text)
    found = {next(at for at, name in enumerate(names) if name) for names in _DAYS.findall(given)}
    found |= {min("一二三四五六日天".index(sign), 6) for sign in _CHINESE.findall(given)}
    return found.pop() if len(found) == 1 else None


def two_ways(text: str) -> bool:
    """Say whether a count may be thousands or a number with decimals: 1.234 or 1,234."""
    given = plain(text)
    return bool(_GROUPED.match(given)) and len(re.findall(r"[.,]", given)) == 1


def count(text: str, *, thousands: bool = True) -> float | None:
    """Return the count in a text, NaN for an empty one, None for what is none.

    >>> count("1,234"), count("1,234", thousands=False), count("1 234"), count("1.234.567"), count("five")
    (1234.0, 1.234, 1234.0, 1234567.0, None)
    """
    given = re.sub(r"(?<=\d)[\s'’](?=\d{3})", "", plain(text))
    if is_missing(given):
        return float("nan")
    if _GROUPED.match(given) and (thousands or not two_ways(given)):
        return float(re.sub(r"[.,]", "", given))
    return float(given.replace(",", ".")) if PLAIN.match(given) else None
