"""Times: one moment or a refusal with the cure, never a guess."""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime

import pytest

from course.grading.intake.times import AmbiguousTimeError, canonical, moment, shown
from course.i18n import LANGUAGES

NOON = datetime(2026, 10, 5, 15, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("2026-10-05 23:59 Asia/Shanghai", ""),
        ("2026-10-05 23:59", "Asia/Shanghai"),
        ("2026-10-05 23:59 +0800", ""),
        ("2026-10-05 23:59 +0800", "Europe/Berlin"),
        ("2026-10-05T23:59:00+08:00", ""),
        ("2026-10-05 23:59 UTC+8", ""),
        ("2026-10-05 23:59 北京时间", ""),
        ("2026-10-05 23:59", "北京时间"),
        ("2026年10月5日 23:59", "Asia/Shanghai"),
        ("2026/10/5 23：59", "+08"),
        ("2026-10-05 15:59:00.000000 UTC", ""),
        ("2026-10-05T15:59:00Z", ""),
        ("2026-10-05 17:59 Europe/Berlin", ""),
        ("2026-10-05 10:59 -0500", ""),
        ("2026-10-05 10:59 America/Chicago", ""),
        ("2026-10-05 21:44 +05:45", ""),
    ],
)
def test_one_moment(text: str, zone: str) -> None:
    assert moment(text, zone).at == NOON


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2026-10-05 23:59 CST", "CST is the short name of several zones"),
        ("2026-10-05 23:59 EST", "EST is the short name"),
        ("2026-10-05 23:59 IST", "IST is the short name"),
        ("2026-10-05 23:59", "does not say in which zone"),
        ("05.10.2026 23:59 +0800", "can be read as two days"),
        ("25.10.2026 23:59 +0800", "Write the year first"),
        ("10/05/2026 23:59 UTC", "can be read as two days"),
        ("5-10-26 23:59 UTC", "can be read as two days"),
        ("2026-10-05", "has no time of day"),
        ("2026-10-05 UTC", "is no time"),
        ("2026-13-05 23:59 UTC", "is no time"),
        ("2026-02-29 23:59 UTC", "is no time"),
        ("2026-10-05 24:00 UTC", "is no time"),
        ("2026-10-05 23:59 Asia/Peking", "Asia/Peking is no zone"),
        ("2026-10-05 23:59 ../../etc/passwd", "is no zone"),
        ("2026-10-05 23:59 /etc/localtime", "is no zone"),
        ("2026-10-05 23:59 +1500", "is no zone"),
        ("2026-10-05 23:59 当地时间", "is no zone"),
        ("tomorrow", "is no time"),
        ("", "is no time"),
        ("1" * 10_000, "is no time"),
        ("2026-10-25 02:30 Europe/Berlin", "comes twice in Europe/Berlin"),
        ("2026-03-29 02:30 Europe/Berlin", "does not come in Europe/Berlin"),
        ("0001-01-01 00:00 +0800", "is no time"),
    ],
)
def test_what_is_not_one_moment_is_refused_with_the_cure(text: str, says: str) -> None:
    with pytest.raises(AmbiguousTimeError) as found:
        moment(text)
    assert says in str(found.value)
    assert found.value.why.say("zh") != found.value.why.say("en"), "the Chinese is missing"


@pytest.mark.parametrize("text", ["2026-10-25 02:30 +0100", "2026-10-25 02:30 +0200"])
def test_the_offset_tells_the_hour_that_comes_twice(text: str) -> None:
    assert moment(text).at.minute == 30


def test_shown_in_the_zone_of_the_class() -> None:
    assert shown(NOON, "Asia/Shanghai") == "2026-10-05 23:59 Asia/Shanghai (+08:00)"
    assert shown(NOON, "Europe/Berlin") == "2026-10-05 17:59 Europe/Berlin (+02:00)"
    assert shown(NOON, "+08:00") == "2026-10-05 23:59 +08:00"
    assert shown(NOON, "UTC") == "2026-10-05 15:59 UTC"


@pytest.mark.parametrize("zone", ["UTC", "+08:00", "-03:30", "Asia/Shanghai", "America/St_Johns"])
def test_what_is_shown_is_read_again(zone: str) -> None:
    dice = random.Random(zone)
    for _ in range(200):
        at = datetime.fromtimestamp(dice.randrange(1_599_999_960, 1_899_999_960, 60), UTC)
        text = shown(at, zone)
        # in the hour that comes twice, the offset tells
        clock, offset = text[:16], re.search(r"[+-]\d\d:\d\d", text[16:])
        assert moment(f"{clock} {offset[0] if offset else 'UTC'}").at == at
    assert canonical(zone) == zone


def test_any_text_is_one_moment_or_a_sentence() -> None:
    letters = "0123456789-:+./TZ UTCSGMasiaAhng年月日：\x00[\ud800"
    for number in range(3000):
        dice = random.Random(number)
        text = "".join(dice.choices(letters, k=dice.choice((1, 8, 20, 60, 300))))
        if number % 3 == 0:
            text = f"2026-{dice.randrange(14)}-{dice.randrange(33)} {dice.randrange(26)}:{dice.randrange(62):02} {text}"
        why = None
        try:
            found = moment(text)
        except AmbiguousTimeError as problem:
            why = problem.why
        assert (why is None and found.at.tzinfo is UTC) or all(why.say(language).encode() for language in LANGUAGES)
