"""What a class is asked to decide: `[[case]]`, a moment with its ways out, and `[[strategy]]`, levers for years."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from course.entries import Entry
from course.i18n import LANGUAGES, Text
from course.i18n import gettext as _

FEWEST_WAYS, MOST_WAYS = 2, 6
MOST_LEVERS = 6


@dataclass(frozen=True)
class Way:
    """What may be decided, what follows, and whether it is what was done at the time."""

    text: Text
    follows: Text
    done: bool


@dataclass(frozen=True)
class Case:
    """A moment in which something has to be decided; `reveal` is what happened, from `source`."""

    key: str
    story: Text
    question: Text
    ways: tuple[Way, ...]
    reveal: Text
    source: Text


@dataclass(frozen=True)
class Strategy:
    """A few `levers` of the simulation, set once; two metrics, `across` and `up`, make the map; presets stand `beside`."""

    key: str
    story: Text
    question: Text
    levers: tuple[str, ...]
    across: str
    up: str
    beside: tuple[str, ...]
    reveal: Text


def read_case(entry: Entry, taken: Collection[str]) -> Case:
    """Read one `[[case]]` of a questions file."""
    case = Case(
        key=entry.key(_("case {key}"), taken),
        story=entry.text("story"),
        question=entry.text("question"),
        ways=tuple(_way(row) for row in entry.rows("way", _("way {number}"))),
        reveal=entry.text("reveal"),
        source=entry.text("source"),
    )
    entry.close()
    if not FEWEST_WAYS <= len(case.ways) <= MOST_WAYS:
        message = _("a case has {low} to {high} ways out; begin each with [[case.way]]")
        raise entry.wrong(message, low=FEWEST_WAYS, high=MOST_WAYS)
    if sum(way.done for way in case.ways) > 1:
        raise entry.wrong(_("only one way can be what was done; leave done = true at that one"))
    for language in LANGUAGES:
        if len({way.text[language] for way in case.ways}) < len(case.ways):
            raise entry.wrong(_("two ways have the same text ({language}); change one"), language=language)
    return case


def _way(entry: Entry) -> Way:
    way = Way(text=entry.text("text"), follows=entry.text("follows"), done=entry.flag("done"))
    entry.close()
    return way


def read_strategy(entry: Entry, taken: Collection[str]) -> Strategy:
    """Read one `[[strategy]]` of a questions file. Whether the simulation knows its names, `course check` says."""
    strategy = Strategy(
        key=entry.key(_("strategy {key}"), taken),
        story=entry.text("story"),
        question=entry.text("question"),
        levers=entry.strings("levers"),
        across=entry.string("across"),
        up=entry.string("up"),
        beside=entry.strings("beside"),
        reveal=entry.text("reveal"),
    )
    entry.close()
    if not 1 <= len({*strategy.levers}) == len(strategy.levers) <= MOST_LEVERS:
        raise entry.wrong(_("levers names one to {most} sliders, each once"), most=MOST_LEVERS)
    return strategy
