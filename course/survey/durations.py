"""How long somebody took to answer, in the forms in which survey programs write it."""

from __future__ import annotations

import re

from course.survey.values import PLAIN, plain

CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:\.\d+)?$")
PARTS = re.compile(
    r"(?:(\d+)\s*(?:h|hours?|小时|시간|時間))?\s*(?:(\d+)\s*(?:m|mins?|minutes?|分钟?|분))?\s*(?:(\d+(?:\.\d+)?)\s*(?:s|secs?|seconds?|秒|초))?$",
    re.I,
)


def seconds(text: str) -> float | None:
    """Return the seconds in a text, None where there are none to read.

    >>> seconds("50秒"), seconds("1分20秒"), seconds("00:01:20"), seconds("75"), seconds("soon")
    (50.0, 80.0, 80.0, 75.0, None)
    """
    given = plain(text)
    if PLAIN.match(given):
        return float(given.replace(",", "."))
    found = CLOCK.match(given) or (PARTS.match(given) if given else None)
    if not found or not any(found.groups()):
        return None
    hours, minutes, rest = (float(part or 0) for part in found.groups())
    return 3600 * hours + 60 * minutes + rest
