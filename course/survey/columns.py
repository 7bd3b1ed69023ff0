"""What one column looks like by its header and its answers, and what it would be used for by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import numpy as np

from course.survey import clues, nothing, words
from course.survey.durations import seconds
from course.survey.plan import (
    DATE,
    DURATION,
    EXPECTATION,
    IGNORE,
    IMPORTANCE,
    PERCEPTION,
    RECOMMEND,
    SATISFACTION,
    WEIGHT,
    Use,
)
from course.survey.values import Column, day, is_missing, plain

MOSTLY, HALF = 0.8, 0.5
LARGEST_RATING = 11
MANY_EQUAL, TRIED = 20, 200
TWIN = re.compile(r"([ep])[\s_.:-]+(.+)", re.I)


def use_of(column: Column) -> Use:
    """Return the use that a column's header and answers suggest, `IGNORE` where they suggest none."""
    header = plain(column.name)
    dimension = clues.dimension_of(header)
    if clues.IMPORTANCE.search(header) and dimension:
        return Use(IMPORTANCE, dimension)
    if clues.DATE.search(header) and holds_days(column):
        return Use(DATE)
    if clues.WEIGHT.fullmatch(header) and holds_weights(column):
        return Use(WEIGHT)
    if clues.COMPUTED.search(header) and not clues.SATISFACTION.search(header):
        return Use(IGNORE)
    if clues.DURATION.search(header):
        return Use(DURATION if holds_seconds(column) else IGNORE)
    coded = bool(dimension and clues.CODE.match(header))
    outright = bool(clues.OUTRIGHT_E.search(header)) != bool(clues.OUTRIGHT_P.search(header))
    worded = words.is_worded(column) and (bool(dimension) or outright or words.is_known(column))
    if not coded and not worded and not holds_ratings(column):
        return Use(IGNORE)
    if clues.PERSONAL.search(header) and not clues.SATISFACTION.search(header) and not dimension:
        return Use(IGNORE)
    if clues.RECOMMEND.search(header):
        return Use(RECOMMEND)
    if not coded and list(column.tally) in ([0.0], [1.0]) and sum(column.tally.values()) >= MANY_EQUAL:
        # “finished: 1” in every row
        return Use(IGNORE)
    return Use(IGNORE) if (rating := _rating(header, dimension)) is None else rating


def _rating(header: str, dimension: str | None) -> Use | None:
    if dimension:
        expected = clues.EXPECTATION.search(header) and not clues.PERCEPTION.match(header)
        return Use(EXPECTATION if expected else PERCEPTION, dimension)
    hoped, seen = clues.OUTRIGHT_E.search(header), clues.OUTRIGHT_P.search(header)
    if bool(hoped) != bool(seen) and not clues.IMPORTANCE.search(header):
        return Use(EXPECTATION if hoped else PERCEPTION)
    if clues.SATISFACTION.search(header) and not clues.IDENTITY.search(header):
        return Use(SATISFACTION)
    return None


def all_numbered(names: Iterable[str]) -> dict[str, Use]:
    """Return the uses of columns P1 … P22 and E1 … E22 where all of a set are there: SERVQUAL in its own order."""
    found = {name: match for name in names if (match := clues.NUMBERED.fullmatch(plain(str(name))))}
    uses: dict[str, Use] = {}
    for mark, role in (("e", EXPECTATION), ("p", PERCEPTION)):
        places = {int(match[2]): name for name, match in found.items() if match[1].lower() == mark}
        if set(places) == set(range(1, 23)):
            uses |= {name: Use(role, clues.numbered_dimension(place)) for place, name in places.items()}
    return uses


def twins(columns: Mapping[str, Column]) -> dict[str, Use]:
    """Return the uses of rated columns such as E_room and P_room, of which each has the other beside it."""
    found: dict[str, dict[str, str]] = {}
    for name, column in columns.items():
        if (match := TWIN.fullmatch(plain(name))) and (holds_ratings(column) or words.is_worded(column)):
            found.setdefault(match[2].lower(), {})[match[1].lower()] = name
    roles = {"e": EXPECTATION, "p": PERCEPTION}
    return {name: Use(roles[mark]) for both in found.values() if len(both) == 2 for mark, name in both.items()}


def is_marked(name: str) -> bool:
    """Say whether a header says expectation or perception."""
    header = plain(name)
    return bool(clues.EXPECTATION.search(header) or clues.PERCEPTION.search(header))


def holds_ratings(column: Column) -> bool:
    """Say whether most answers are numbers that may have been ticked on a scale."""
    answers = sum(count for value, count in column.tally.items() if value >= 0 and value not in nothing.CODES)
    unreadable = int(column.counts[column.unreadable].sum())
    fitting = sum(count for value, count in column.tally.items() if 0 <= value <= LARGEST_RATING)
    return answers > unreadable and fitting >= MOSTLY * answers


def holds_few_words(column: Column) -> bool:
    """Say whether a column of words is answered alike often enough to be a rating."""
    return words.is_worded(column) and len(column.texts) <= HALF * max(int(column.counts.sum()), 1)


def holds_days(column: Column) -> bool:
    """Say whether at least half of a column's first texts are days."""
    given = [place for place in range(len(column.texts)) if column.counts[place]][:TRIED]
    read = [day(column.texts[place]) or day(column.texts[place], day_first=False) for place in given]
    days = sum(each is not None and not np.isnat(each) for each in read)
    return days > 0 and days >= HALF * sum(each is None or not np.isnat(each) for each in read)


def holds_weights(column: Column) -> bool:
    """Say whether a column holds numbers of 0 or more that are not all the same."""
    tally = column.tally
    return bool(tally) and not column.unreadable and min(tally) >= 0 and max(tally) > 0 and len(tally) > 1


def holds_seconds(column: Column) -> bool:
    """Say whether a column's first texts are spans of time."""
    given = [text for text, count in zip(column.texts, column.counts, strict=True) if count and not is_missing(text)]
    return bool(given) and all(seconds(text) is not None for text in given[:TRIED])


def all_differ(column: Column) -> bool:
    """Say whether no text stands twice."""
    return column.distinct == len(column.codes)


def may_be_rated(column: Column, use: Use) -> bool:
    """Say whether a column holds ratings, in numbers or in words, whatever its header says."""
    if use.role in (EXPECTATION, PERCEPTION, SATISFACTION):
        return True
    if use.role != IGNORE:
        return False
    header = plain(column.name)
    if clues.PERSONAL.search(header) or clues.DATE.search(header) or clues.COMPUTED.search(header):
        return False
    if clues.IDENTITY.search(header) and all_differ(column):
        return False
    if len(column.tally) == 1 and sum(column.tally.values()) >= MANY_EQUAL:
        return False
    return holds_ratings(column) or (words.is_worded(column) and words.is_known(column)) or holds_few_words(column)
