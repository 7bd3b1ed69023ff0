"""Reads the bets of `lessons/<id>/simulation.toml`: guesses on a scale, and lines to draw."""

from __future__ import annotations

from collections.abc import Mapping

from course.entries import Entry
from course.glossary import glossary
from course.i18n import gettext as _
from course.simulations.words import Bet, Explained, Line

NUMBER, PATH = "number", "path"
KINDS = (NUMBER, PATH)
MOST_POINTS = 40


def bet(entry: Entry, taken: Mapping[str, Bet]) -> Bet:
    """Return the bet of an entry; raises the entry's error for what does not fit, and for a key that is `taken`."""
    found = Bet(
        key=entry.key(_("bet {key}"), taken),
        preset=entry.string("preset"),
        metric=entry.string("metric"),
        question=entry.text("question"),
        low=entry.number("low"),
        high=entry.number("high"),
        step=entry.number("step"),
        reveal=entry.text("reveal"),
        path=_path(entry.table("path", "path")) if entry.word("kind", KINDS, NUMBER) == PATH else None,
        terms=(*_from_glossary(entry), *map(_term, entry.rows("term", _("term {number}")))),
    )
    entry.close()
    _scale(entry, found.low, found.high, found.step)
    return found


def _from_glossary(entry: Entry) -> list[Explained]:
    known = {term.key: term for term in glossary().terms}
    keys = entry.strings("glossary")
    for key in keys:
        if key not in known:
            raise entry.wrong(_("glossary names {key!r}, which is not in lessons/glossary.toml"), key=key)
    return [Explained(known[key].name, known[key].meaning) for key in keys]


def _term(entry: Entry) -> Explained:
    term = Explained(entry.text("name"), entry.text("meaning"))
    entry.close()
    return term


def _scale(entry: Entry, low: float, high: float, step: float) -> None:
    if low >= high:
        raise entry.wrong(_("low must be smaller than high"))
    if not 0 < step <= high - low:
        raise entry.wrong(_("step must be above 0 and at most high − low"))


def _path(entry: Entry) -> Line:
    path = Line(
        picture=entry.string("picture"),
        table=entry.string("table"),
        across=entry.string("across"),
        until=entry.string("until") if entry.has("until") else "",
        up=entry.string("up"),
        only=entry.plain_texts("only"),
        start=entry.number("start"),
        stop=entry.number("stop"),
        every=entry.number("every"),
        low=entry.number("low"),
        high=entry.number("high"),
        step=entry.number("step"),
        percent=entry.flag("percent"),
        x=entry.text("x"),
        y=entry.text("y"),
    )
    entry.close()
    _scale(entry, path.low, path.high, path.step)
    if path.every <= 0 or not 1 <= (path.stop - path.start) / path.every <= MOST_POINTS - 1:
        raise entry.wrong(_("every must part start to stop into 2 to {most} points"), most=MOST_POINTS)
    return path
