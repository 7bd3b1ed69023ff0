"""What a cell's text means: a number, a day, nothing, or nothing that can be read. Each distinct text is read once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
# texts that stand for "no answer", after lower-casing and with full-width signs made plain
_NOTHING = (
    "na n/a n.a. nan null none nil - -- — —— – / . ? #n/a #null! (empty) missing (skip) "
    "无 空 缺失 未答 未填 未作答 未回答 跳过 (跳过) (空) 不适用 不知道 不清楚 无意见 没有"
)
MISSING = frozenset(_NOTHING.split()) | {
    "",
    "no answer",
    "not applicable",
    "don't know",
    "prefer not to say",
    "refused",
    "no opinion",
    "unable to judge",
    "cannot say",
    "can't say",
    "don’t know",
    "拒绝回答",
    "说不清",
    "해당 없음",
}
# "N/A - skip, don't know"
NOT_APPLICABLE = re.compile(r"(?:n/?a|n\.a\.)\s*[-–—:(,].*", re.I)
PLAIN = re.compile(r"[-+]?\d+(?:[.,]\d+)?$")
PERCENT = re.compile(r"([-+]?\d+(?:[.,]\d+)?)\s*%$")
LABELLED = (
    # "5 - agree", "5分", "5（很满意）", "5=agree", "5. agree"
    re.compile(r"(\d{1,2})\s*(?:[分星点점点]|points?|stars?|[-–—=:.、,;)(]\s*[^\d\s].*)$", re.I),
    # "(4) Agree", "[4] Agree"
    re.compile(r"[(\[](\d{1,2})[)\]]\s*[^\d\s].*$"),
    # "Agree (4)", "Agree: 4", "满意=4", "满意4分"
    re.compile(r"\D*[^\d\s(\[]\s*[(\[](\d{1,2})(?:\s*[分点])?[)\]]$"),
    re.compile(r"[^\d:=]*[^\d\s:=]\s*(?:[:=]|\s[-–—]\s)\s*(\d{1,2})$"),
    re.compile(r"[^\d]*[^\d\s]\s*(\d{1,2})\s*分$"),
)
# "4/5", "8 out of 10"
FRACTION = re.compile(r"(\d{1,2})\s*(?:/|out of)\s*(5|7|10)$", re.I)
_NUMBERED = re.compile(r"^[(\[]?\d{1,2}[)\]]?\s*[-–—=:.、,;)(]*|[-–—=:(\[]*\s*\d{1,2}\s*[分点]?[)\]]?$|[)\]]$")
STARS = re.compile(r"(?:(★+)☆*|(⭐\ufe0f?)+)$")
YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*(?:[-/.月]\s*(\d{1,2})\s*日?)?月?(?:[T\s,].*)?$")
YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4}|\d{2})(?:[T\s,].*)?$")
WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+", re.I)
SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?$")
UNIX = re.compile(r"1\d{9}(?:\d{3})?(?:[.,]\d+)?$")
PACKED = re.compile(r"(20\d\d)(\d\d)(\d\d)$")
NAMED = re.compile(
    r"(?:(\d{1,2})\.?[\s-]+([a-z]{3})[a-z]*|([a-z]{3})[a-z]*\.?\s+(\d{1,2}),?)[\s,-]+(\d{4})(?:[T\s,].*)?$", re.I
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
MONTHS = {name: place for place, name in enumerate(_MONTHS.split(), 1)}
SERIAL_DAYS = (30_000, 60_000)
SERIAL_EPOCH = np.datetime64("1899-12-30")


def plain(text: str) -> str:
    """Return a text with full-width signs made plain, a true minus for the typographic one, and no space around it."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).replace("−", "-")
    return text.strip().removeprefix("'").strip()


def is_missing(text: str) -> bool:
    """Say whether a cell's text stands for no answer."""
    given = plain(text).lower()
    return given in MISSING or bool(NOT_APPLICABLE.match(given))


def number(text: str) -> float | None:
    """Return the number in a cell, NaN for a missing one, None where there is none to read.

    >>> number("4,5"), number("５分"), number("five")
    (4.5, 5.0, None)
    """
    given = plain(text)
    if is_missing(given):
        return float("nan")
    if PLAIN.match(given):
        return float(given.replace(",", "."))
    if percent := PERCENT.match(given):
        return float(percent[1].replace(",", "."))
    if STARS.match(given):
        return float(sum(sign in "★⭐" for sign in given))
    if out_of := FRACTION.match(given):
        return float(out_of[1]) if int(out_of[1]) <= int(out_of[2]) else None
    labelled = next((match for form in LABELLED if (match := form.match(given))), None)
    if labelled and is_missing(label_of(given)):
        return float("nan")
    return float(labelled[1]) if labelled else None


def label_of(text: str) -> str:
    """Return the words beside the number of a labelled answer, "" where there are none.

    >>> label_of("5 - agree"), label_of("Agree (4)"), label_of("6 = don't know")
    ('agree', 'Agree', "don't know")
    """
    return _NUMBERED.sub("", plain(text)).strip()


def day(text: str, *, day_first: bool = True) -> np.datetime64 | None:
    """Return the day in a cell, NaT for a missing one, None where there is none to read. Unix seconds are days of UTC."""
    given = WEEKDAY.sub("", plain(text), count=1)
    if is_missing(given):
        return np.datetime64("NaT", "D")
    if found := YEAR_FIRST.match(given) or PACKED.match(given):
        return _day(found[1], found[2], found[3] or "1")
    if found := YEAR_LAST.match(given):
        year = found[4] if len(found[4]) == 4 else "20" + found[4]
        here, there = (found[1], found[3]) if day_first else (found[3], found[1])
        return _day(year, there, here)
    if found := NAMED.match(given):
        month = MONTHS.get((found[2] or found[3]).lower())
        return _day(found[5], str(month), found[1] or found[4]) if month else None
    if SERIAL.match(given) and SERIAL_DAYS[0] <= int(given[:5]) <= SERIAL_DAYS[1]:
        return SERIAL_EPOCH + np.timedelta64(int(given[:5]), "D")
    if UNIX.match(given):
        return np.datetime64(int(given[:10]), "s").astype("datetime64[D]")
    return None


def _day(year: str, month: str, of_month: str) -> np.datetime64 | None:
    try:
        return np.datetime64(f"{int(year):04}-{int(month):02}-{int(of_month):02}", "D")
    except ValueError:
        return None


@dataclass(frozen=True)
class Column:
    """A column by its distinct texts: `codes` tell which stands in each row."""

    name: str
    texts: tuple[str, ...]
    codes: NDArray[np.integer[Any]]
    coding: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, cells: pd.DataFrame, name: str, coding: Mapping[str, float] | None = None) -> Column:
        """Return the column of a survey's table; `coding` has the numbers of texts that do not say theirs."""
        column = cells[name].cat
        return cls(name, tuple(column.categories), column.codes.to_numpy(), coding or {})

    def coded(self, coding: Mapping[str, float] | None) -> Column:
        """Return the column with other numbers for some of its texts; what was counted is not counted again."""
        if not coding:
            return self
        other = replace(self, coding=coding)
        other.__dict__["counts"] = self.counts
        return other

    @cached_property
    def distinct(self) -> int:
        """How many texts stand somewhere."""
        return int(np.count_nonzero(self.counts))

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """How often each text stands."""
        return np.bincount(self.codes, minlength=len(self.texts))

    @cached_property
    def numbers(self) -> tuple[float | None, ...]:
        """The number in each text."""
        read = tuple(self.coding[text] if text in self.coding else number(text) for text in self.texts)
        # “4/5” beside “8/10”, “6/5” beside “5/7”: not the answers to one question
        torn = self.out_of - {max(self.out_of, default=0)} or self.out_of == {0}
        return tuple(
            None if torn and FRACTION.match(plain(text)) else value
            for text, value in zip(self.texts, read, strict=True)
        )

    @cached_property
    def out_of(self) -> frozenset[int]:
        """The highest answers that texts such as “4/5” name, 0 for one that is above its own."""
        found = [match for text in self.texts if (match := FRACTION.match(plain(text)))]
        return frozenset(int(each[2]) if int(each[1]) <= int(each[2]) else 0 for each in found)

    @cached_property
    def values(self) -> Numbers:
        """The number in each text, NaN where it is missing or cannot be read."""
        return np.array([np.nan if value is None else value for value in self.numbers], dtype=float)

    @property
    def unreadable(self) -> list[int]:
        """Which texts are neither a number nor missing, of those that stand somewhere."""
        return [place for place, value in enumerate(self.numbers) if value is None and self.counts[place]]

    @cached_property
    def tally(self) -> dict[float, int]:
        """How often each number stands, smallest first."""
        found: dict[float, int] = {}
        for value, count in zip(self.values.tolist(), self.counts.tolist(), strict=True):
            if value == value and count:
                found[value] = found.get(value, 0) + count
        return dict(sorted(found.items()))

    def first(self, places: Iterable[int]) -> int:
        """Return the first row (counted from 0) with one of these texts."""
        return int(np.flatnonzero(np.isin(self.codes, list(places)))[0])
