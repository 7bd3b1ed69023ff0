"""The words of a simulation, in both languages: what `lessons/<id>/simulation.toml` says of the numbers of its model."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from course.charts.layers import Caption
from course.entries import Entry
from course.glossary import glossary
from course.i18n import LANGUAGES, Text
from course.i18n import gettext as _
from course.references import references
from course.simulations.equations import UnboundError, UnusedError, bind, numbers
from course.simulations.spreading import SpreadingWords, read_spreading

FILE = "simulation.toml"
NUMBER, PATH = "number", "path"
KINDS = (NUMBER, PATH)
MOST_POINTS = 40
COMPARISONS = {">=": operator.ge, "<=": operator.le}
_CONDITION = re.compile(r"([a-z][a-z0-9_]*) (>=|<=) (-?\d+(?:\.\d+)?)")


Conditions = tuple[tuple[str, str, float], ...]
Setting = float | str  # a slider's number, or a journey as its text


class WordsError(ValueError):
    """Raised where the words of a simulation cannot be used; the message names file, entry, problem and cure."""


@dataclass(frozen=True)
class ParameterWords:
    """What a control says; `unit` is None for a plain number. Controls that are not `open` are folded under their group."""

    label: Text
    unit: Text | None
    help: Text
    group: Text
    open: bool


@dataclass(frozen=True)
class Metric:
    """A named result. `equation` is LaTeX, `source` a reference or how we define it, `better` "up", "down" or "".

    `symbols` says which slider, metric or aside of the run each symbol of the equation stands for. Where it has none, the
    figure is no plain value of the equation but comes of many, and `counted` says of what.
    From `never` on, the number is no date but says that there was none.
    """

    key: str
    label: Text
    unit: Text | None
    digits: int
    percent: bool
    equation: str
    symbols: Mapping[str, str]
    counted: Text | None
    source: Text
    help: Text
    better: str
    never: float | None


@dataclass(frozen=True)
class Preset:
    """A named situation: what it is called, its story in a sentence or two, and the values that differ from the defaults.

    One to `play` opens before its first period, so that nobody has seen how it ends.
    """

    key: str
    label: Text
    story: Text
    values: Mapping[str, Setting]
    play: bool = False


@dataclass(frozen=True)
class Goal:
    """A challenge that the machine checks: every condition is (metric or parameter, ">=" or "<=", number).

    `reached_by` are settings that reach it.
    """

    key: str
    label: Text
    conditions: Conditions
    insight: Text
    reached_by: Mapping[str, Setting]

    def progress(self, figures: Mapping[str, float]) -> list[bool]:
        """Return, condition by condition, whether `figures` (metrics and parameter values) meets it."""
        return [COMPARISONS[sign](figures[key], bound) for key, sign, bound in self.conditions]


@dataclass(frozen=True)
class Line:
    """A line that is drawn into the empty `picture`: column `up` of `table` at each place of column `across`.

    Places go `start` to `stop` in steps of `every`, heights from `low` to `high`; `x` and `y` name them. Where a row is a
    bar, `until` is the column of its end, and bars at one place add up. Rows count whose texts are those of `only`.
    """

    picture: str
    table: str
    across: str
    until: str
    up: str
    only: Mapping[str, str]
    start: float
    stop: float
    every: float
    low: float
    high: float
    step: float
    percent: bool
    x: Text
    y: Text


@dataclass(frozen=True)
class Explained:
    """A word that a question uses, and what it means: the glossary's, or one of this module only."""

    name: Text
    meaning: Text


@dataclass(frozen=True)
class Bet:
    """A question asked before a preset's result is shown: guess `metric` between `low` and `high`, or draw the `path`.

    `terms` are explained above the question.
    """

    key: str
    preset: str
    metric: str
    question: Text
    low: float
    high: float
    step: float
    reveal: Text
    path: Line | None = None
    terms: tuple[Explained, ...] = ()


@dataclass(frozen=True)
class Luck:
    """A sentence about many draws: in {count} of {all} of them `when` held. Told where the sliders are as `where` says."""

    key: str
    when: Conditions
    where: Conditions
    text: Text


@dataclass(frozen=True)
class PersonWords:
    """What a kind of guest is called, and what is read of one: a sentence over the columns of the simulation's `crowd`."""

    label: Text
    text: Text


@dataclass(frozen=True)
class PlayWords:
    """What is said of a run that is played: the button's word, the next period, and the sentences `before` the first period,
    `after` each but the last (over what the calendar has as news) and when all is `over` (as under `[tell]`).
    `events` are the sentences of what chance may bring, by key.
    """

    offer: Text
    next: Text
    before: Text
    after: Text
    over: Text
    events: Mapping[str, Text]


@dataclass(frozen=True)
class DebriefWords:
    """What is said of what a run owes to its `parts`, which are named by key.

    `compared` names `before`, `after` and their `difference`; `best` and `worst` a part and its `amount`, where one adds or
    takes anything; `shared` what `decisions` and `luck` add; the parts of `luck` are luck.
    `brought` lists the `events`, which are `names` in `each` period that had any.
    """

    parts: Mapping[str, Text]
    luck: tuple[str, ...]
    compared: Text
    best: Text
    worst: Text
    shared: Text
    events: Mapping[str, Text]
    brought: Text
    each: Text


Row = TypeVar("Row", Preset, Goal, Bet, Luck)


@dataclass(frozen=True)
class Words:
    """Everything a simulation says. `tell` holds its sentences by key, `idle` why a slider changes nothing, `tables`
    and `columns` the names of its frames, `touchpoints` those of the stations of a journey.
    """

    title: Text
    note: Text
    parameters: Mapping[str, ParameterWords]
    metrics: tuple[Metric, ...]
    presets: tuple[Preset, ...]
    goals: tuple[Goal, ...]
    bets: tuple[Bet, ...]
    luck: tuple[Luck, ...]
    people: Mapping[str, PersonWords]
    pictures: Mapping[str, Caption]
    tables: Mapping[str, Text]
    columns: Mapping[str, Text]
    tell: Mapping[str, Text]
    idle: Mapping[str, Text]
    play: PlayWords | None = None
    debrief: DebriefWords | None = None
    spreading: SpreadingWords | None = None
    touchpoints: Mapping[str, Text] = field(default_factory=dict)


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


def _bet(entry: Entry, taken: Mapping[str, Bet]) -> Bet:
    bet = Bet(
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
    _scale(entry, bet.low, bet.high, bet.step)
    return bet


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
    bets = _keyed(whole.rows("bet", _("bet {number}")), _bet)
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
    )
    whole.close()
    return words
