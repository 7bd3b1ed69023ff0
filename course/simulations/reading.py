"""Reads `lessons/<id>/simulation.toml`, the words of a simulation; what is wrong in it is said with entry and cure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from course.charts.layers import Caption
from course.entries import Entry
from course.i18n import LANGUAGES, Text
from course.i18n import gettext as _
from course.references import references
from course.simulations.equations import UnboundError, UnusedError, bind, numbers, words_of
from course.simulations.reading_bets import bet
from course.simulations.spreading import SpreadingWords, read_spreading
from course.simulations.words import (
    Bet,
    Conditions,
    DebriefWords,
    Goal,
    Luck,
    Metric,
    ParameterWords,
    PersonWords,
    PlayWords,
    Preset,
    Words,
    WordsError,
)

FILE = "simulation.toml"
_CONDITION = re.compile(r"([a-z][a-z0-9_]*) (>=|<=) (-?\d+(?:\.\d+)?)")

Row = TypeVar("Row", Preset, Goal, Bet, Luck)


def _unit(entry: Entry, units: Mapping[str, Text]) -> Text | None:
    return units[entry.word("unit", units)] if entry.has("unit") else None


def _parameter(entry: Entry, groups: Mapping[str, Text], units: Mapping[str, Text]) -> ParameterWords:
    words = ParameterWords(
        label=entry.text("label"),
        unit=_unit(entry, units),
        help=entry.text("help"),
        group=groups[entry.word("group", groups)],
        open=entry.flag("open"),
    )
    entry.close()
    return words


def _source(entry: Entry) -> Text:
    if entry.is_text("source"):
        return entry.text("source")
    keys, table = entry.strings("source"), references()
    if not keys:
        raise entry.wrong(_("source is missing; add the key of an entry of lessons/references.toml"))
    for key in keys:
        if key not in table:
            raise entry.wrong(_("source {key!r} is not in lessons/references.toml; add it there"), key=key)
    if len(keys) == 1:
        return {language: table[keys[0]].cited(language) for language in LANGUAGES}
    return {language: "; ".join(table[key].cited(language).rstrip(".") for key in keys) for language in LANGUAGES}


def _symbols(entry: Entry, equation: str) -> dict[str, str]:
    symbols = entry.plain_texts("symbols")
    try:
        numbers(symbols)
        if symbols:
            bind(equation, symbols)
    except KeyError as fault:
        message = _('symbols cannot hold {text!r}; write the name of a number, as in "price" or "members / 100"')
        raise entry.wrong(message, text=fault.args[0]) from fault
    except UnusedError as fault:
        raise entry.wrong(_("the equation has no symbol {symbol}; take it out of symbols"), symbol=fault) from fault
    except UnboundError as fault:
        message = _("the equation holds {symbol}, which symbols does not know; add the number that it stands for")
        raise entry.wrong(message, symbol=fault) from fault
    return symbols


def _metric(key: str, entry: Entry, units: Mapping[str, Text], counted: Mapping[str, Text]) -> Metric:
    equation = entry.string("equation")
    symbols = _symbols(entry, equation)
    if not symbols and not entry.has("over"):
        message = _(
            "say which numbers its symbols stand for, as in symbols = {cure}, or of what many the figure comes: "
            'over = "guests" and a sentence with that name under [counted]'
        )
        raise entry.wrong(message, cure='{ k = "price" }')
    metric = Metric(
        key=key,
        label=entry.text("label"),
        unit=_unit(entry, units),
        digits=entry.whole("digits", 0, 6, default=1),
        percent=entry.flag("percent"),
        equation=equation,
        symbols=symbols,
        counted=None if symbols else counted[entry.word("over", counted)],
        source=_source(entry),
        help=entry.text("help"),
        better=entry.word("better", ("up", "down")) if entry.has("better") else "",
        never=entry.number("never") if entry.has("never") else None,
    )
    entry.close()
    return metric


def _preset(entry: Entry, taken: Mapping[str, Preset]) -> Preset:
    preset = Preset(
        key=entry.key(_("preset {key}"), taken),
        label=entry.text("label"),
        story=entry.text("story"),
        values=entry.settings("values"),
        play=entry.flag("play"),
    )
    entry.close()
    return preset


def _conditions(entry: Entry, name: str) -> Conditions:
    conditions = []
    for text in entry.strings(name):
        match = _CONDITION.fullmatch(text)
        if match is None:
            message = _('{name} cannot hold {text!r}; write it as "metric >= 5" or "metric <= 5"')
            raise entry.wrong(message, name=name, text=text)
        conditions.append((match[1], match[2], float(match[3])))
    return tuple(conditions)


def _luck(entry: Entry, taken: Mapping[str, Luck]) -> Luck:
    luck = Luck(
        key=entry.key(_("luck {key}"), taken),
        when=_conditions(entry, "when"),
        where=_conditions(entry, "where"),
        text=entry.text("text"),
    )
    entry.close()
    return luck


def _person(entry: Entry) -> PersonWords:
    person = PersonWords(label=entry.text("label"), text=entry.text("text"))
    entry.close()
    return person


def _goal(entry: Entry, taken: Mapping[str, Goal]) -> Goal:
    key = entry.key(_("goal {key}"), taken)
    goal = Goal(
        key=key,
        label=entry.text("label"),
        conditions=_conditions(entry, "when"),
        insight=entry.text("insight"),
        reached_by=entry.settings("reached_by"),
    )
    entry.close()
    return goal


def _play(entry: Entry, events: Mapping[str, Text]) -> PlayWords:
    said = {name: entry.text(name) for name in ("offer", "next", "before", "after", "over")}
    entry.close()
    return PlayWords(**said, events=events)


def _debrief(entry: Entry) -> DebriefWords:
    words = DebriefWords(
        parts=entry.texts("part"),
        events=entry.texts("event"),
        luck=entry.strings("luck"),
        **{name: entry.text(name) for name in ("compared", "best", "worst", "shared", "brought", "each")},
    )
    entry.close()
    return words


def _spreading(whole: Entry) -> SpreadingWords:
    return read_spreading(whole.table("spreading", "spreading"), whole.tables("story", _("story {key}")))


def _check_formula(whole: Entry, words: Words) -> None:
    used = {word for metric in words.metrics for word in words_of(metric.equation)}
    for word in used - set(words.formula):
        raise whole.wrong(_("[formula] does not say {word!r}, which stands in an equation; add it there"), word=word)
    for word in set(words.formula) - used:
        raise whole.wrong(_("[formula] says {word!r}, which stands in no equation; take it out"), word=word)


def _caption(entry: Entry) -> Caption:
    caption = Caption(
        title=entry.text("title"),
        x=entry.optional_text("x"),
        y=entry.optional_text("y"),
        names=entry.texts("names"),
        findings=entry.texts("finding"),
    )
    entry.close()
    return caption


def _keyed(rows: Iterable[Entry], read_row: Callable[[Entry, Mapping[str, Row]], Row]) -> tuple[Row, ...]:
    """Read entries that name themselves, each under a key of its own."""
    read_ones: dict[str, Row] = {}
    for entry in rows:
        row = read_row(entry, read_ones)
        read_ones[row.key] = row
    return tuple(read_ones.values())


def read(path: Path) -> Words:
    """Read a simulation.toml. Raises `WordsError`, and `ReferencesError` where the table of references is broken."""
    whole = Entry.read(path, f"lessons/{path.parent.name}/{path.name}", WordsError)
    groups, units, counted = whole.texts("group"), whole.texts("unit"), whole.texts("counted")
    presets = _keyed(whole.rows("preset", _("preset {number}")), _preset)
    goals = _keyed(whole.rows("goal", _("goal {number}")), _goal)
    bets = _keyed(whole.rows("bet", _("bet {number}")), bet)
    luck = _keyed(whole.rows("luck", _("luck {number}")), _luck)
    parameters = whole.tables("parameter", _("parameter {key}"))
    metrics = whole.tables("metric", _("metric {key}"))
    people = whole.tables("person", _("person {key}"))
    pictures = whole.tables("picture", _("picture {key}"))
    words = Words(
        title=whole.text("title"),
        note=whole.text("note"),
        parameters={key: _parameter(entry, groups, units) for key, entry in parameters.items()},
        metrics=tuple(_metric(key, entry, units, counted) for key, entry in metrics.items()),
        presets=presets,
        goals=goals,
        bets=bets,
        luck=luck,
        people={key: _person(entry) for key, entry in people.items()},
        pictures={key: _caption(entry) for key, entry in pictures.items()},
        tables=whole.texts("table"),
        columns=whole.texts("column"),
        tell=whole.texts("tell"),
        idle=whole.texts("idle"),
        play=_play(whole.table("play", "play"), whole.texts("event")) if whole.has("play") else None,
        debrief=_debrief(whole.table("debrief", "debrief")) if whole.has("debrief") else None,
        spreading=_spreading(whole) if whole.has("spreading") else None,
        touchpoints=whole.texts("touchpoint"),
        formula=whole.texts("formula"),
    )
    _check_formula(whole, words)
    whole.close()
    return words
