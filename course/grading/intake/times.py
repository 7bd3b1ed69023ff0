"""A moment as people and platforms write it: read where it can mean one moment only, refused where it can mean two.

The year comes first, the zone is an offset (`+0800`), an IANA name (`Asia/Shanghai`), `UTC` or 北京时间, which is
Asia/Shanghai and nothing else. `CST` is three zones, `05.10.2026` two days, and a time without a zone as many moments as
there are zones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from course.grading.assignment.status import note
from course.i18n import N_
from course.i18n.message import Message

# Characters of a time that are looked at
LONGEST = 100
BEIJING = "北京时间"
_WHEN = re.compile(
    r"(?P<year>\d{4})\s?[-/.年]\s?(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})日?"
    r"(?:[T\s]\s*(?P<hour>\d{1,2})[:：](?P<minute>\d{2})(?:[:：](?P<second>\d{2})(?:[.,](?P<part>\d{1,9}))?)?)?",
    re.ASCII,
)
_OFFSET = re.compile(r"(?:UTC|GMT)?\s?(?P<sign>[+\u2212-])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?", re.ASCII)
_DAY_FIRST = re.compile(r"\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{2,4}(?!\d)", re.ASCII)
# What no zone on Earth is beyond
FARTHEST = timedelta(hours=14)

NO_TIME = N_("{text} is no time. Write it like this: 2026-10-05 23:59 Asia/Shanghai")
DAY_FIRST = N_(
    "{text} can be read as two days, the day first or the month first. Write the year first: 2026-10-05 23:59"
)
NO_CLOCK = N_("{text} has no time of day. Write it behind the day: {day} 23:59")
NO_ZONE = N_(
    "{text} does not say in which zone. Write it behind the time, or as --zone: Asia/Shanghai, Europe/Berlin, +0800"
)
TWO_ZONES = N_(
    "{zone} is the short name of several zones, or of one that changes. Write its IANA name or its offset: "
    "Asia/Shanghai, America/Chicago, +0800"
)
NO_SUCH_ZONE = N_("{zone} is no zone. Write an IANA name or an offset: Asia/Shanghai, Europe/Berlin, +0800")
TWICE = N_(
    "{text} comes twice in {zone}: the clocks are put back that night. Write the offset instead: {one} or {other}"
)
NEVER = N_("{text} does not come in {zone}: the clocks are put forward over it. Write a time before or after.")


class AmbiguousTimeError(ValueError):
    """Raised where a text is no moment, or could be two; `why` says so and what to write."""

    def __init__(self, why: Message) -> None:
        super().__init__(why.say("en"))
        self.why = why


@dataclass(frozen=True)
class Moment:
    """A moment, and the zone it was said in: an IANA name or an offset such as +08:00."""

    at: datetime
    zone: str

    def text(self) -> str:
        """The moment as the clocks of its zone show it: 2026-10-05 23:59 Asia/Shanghai (+08:00)."""
        return shown(self.at, self.zone)


def moment(text: str, zone: str = "") -> Moment:
    """Return the moment that a text names, in `zone` where the text names none. Raises `AmbiguousTimeError`.

    >>> moment("2026-10-05 23:59 +0800").at.isoformat()
    '2026-10-05T15:59:00+00:00'
    >>> moment("2026年10月5日 23:59", "Asia/Shanghai").text()
    '2026-10-05 23:59 Asia/Shanghai (+08:00)'
    """
    text = text.strip()
    found = _WHEN.match(text) if len(text) <= LONGEST else None
    if found is None:
        raise AmbiguousTimeError(note(DAY_FIRST if _DAY_FIRST.match(text[:LONGEST]) else NO_TIME, text=text[:40]))
    if found["hour"] is None:
        day = f"{found['year']}-{int(found['month']):02}-{int(found['day']):02}"
        raise AmbiguousTimeError(note(NO_CLOCK if found.end() == len(text) else NO_TIME, text=text[:40], day=day))
    try:
        year, month, of_month, hour, minute = (int(found[name]) for name in ("year", "month", "day", "hour", "minute"))
        part = int((found["part"] or "0").ljust(6, "0")[:6])
        clock = datetime(year, month, of_month, hour, minute, int(found["second"] or 0), part)
    except ValueError as error:
        raise AmbiguousTimeError(note(NO_TIME, text=text[:40])) from error
    said = text[found.end() :].strip()
    named = canonical(said or zone) if said or zone else ""
    if not named:
        raise AmbiguousTimeError(note(NO_ZONE, text=text[:40]))
    return Moment(_at(clock, named, text), named)


def canonical(zone: str) -> str:
    """Return a zone's name as it is kept: an IANA name, or an offset such as +08:00. Raises `AmbiguousTimeError`."""
    zone = zone.strip().strip("()（）").strip()
    if zone in ("Z", "z", "UTC", "GMT", "Etc/UTC"):
        return "UTC"
    if zone == BEIJING:
        return "Asia/Shanghai"
    if found := _OFFSET.fullmatch(zone):
        hours, minutes = int(found["hours"]), int(found["minutes"] or 0)
        if minutes > 59 or timedelta(hours=hours, minutes=minutes) > FARTHEST:
            raise AmbiguousTimeError(note(NO_SUCH_ZONE, zone=zone))
        return f"{'+' if found['sign'] == '+' else '-'}{hours:02}:{minutes:02}"
    if "/" not in zone:
        raise AmbiguousTimeError(note(TWO_ZONES if zone.isascii() and zone.isalnum() else NO_SUCH_ZONE, zone=zone[:40]))
    try:
        return str(ZoneInfo(zone))
    except (ValueError, OSError, KeyError) as error:
        raise AmbiguousTimeError(note(NO_SUCH_ZONE, zone=zone[:40])) from error


def shown(at: datetime, zone: str) -> str:
    """Return a moment as the clocks of a zone show it, with the offset of that day."""
    local = at.astimezone(_zone(zone))
    offset = local.strftime("%z")
    offset = f"{offset[:3]}:{offset[3:5]}"
    clock = local.strftime("%Y-%m-%d %H:%M" if not local.second else "%Y-%m-%d %H:%M:%S")
    return f"{clock} {zone}" if zone == offset or zone == "UTC" else f"{clock} {zone} ({offset})"


def _zone(name: str) -> tzinfo:
    if name == "UTC":
        return UTC
    if found := _OFFSET.fullmatch(name):
        size = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
        return timezone(size if found["sign"] == "+" else -size)
    return ZoneInfo(name)


def _at(clock: datetime, zone: str, text: str) -> datetime:
    """Return the one moment at which the clocks of a zone show this. Raises `AmbiguousTimeError` for none and for two."""
    there = _zone(zone)
    first, second = (clock.replace(tzinfo=there, fold=fold) for fold in (0, 1))
    try:
        if first.astimezone(UTC).astimezone(there).replace(tzinfo=None) != clock:
            raise AmbiguousTimeError(note(NEVER, text=text[:40], zone=zone))
        if first.utcoffset() != second.utcoffset():
            one, other = (moment.strftime("%z") for moment in (first, second))
            raise AmbiguousTimeError(note(TWICE, text=text[:40], zone=zone, one=one, other=other))
        return first.astimezone(UTC)
    except OverflowError as error:
        raise AmbiguousTimeError(note(NO_TIME, text=text[:40])) from error
