"""The words of a simulation, in both languages: what is said of the numbers of its model (`reading`)."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from dataclasses import dataclass, field

from course.charts.layers import Caption
from course.i18n import Text
from course.simulations.spreading import SpreadingWords

COMPARISONS = {">=": operator.ge, "<=": operator.le}
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


@dataclass(frozen=True)
class Words:
    """Everything a simulation says. `tell` holds its sentences by key, `idle` why a slider changes nothing, `tables`
    and `columns` the names of its frames, `touchpoints` those of the stations of a journey, `formula` what the words in its
    equations, their keys, are in each language.
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
    formula: Mapping[str, Text] = field(default_factory=dict)
