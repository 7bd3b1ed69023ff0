"""What a module's simulation asks of a class: bets on a number or a line, challenges, and strategies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from course.classroom.kinds.kind import Settings
from course.classroom.kinds.levers import Aim, Beside, Lever, Levers
from course.classroom.kinds.path import Places, truth
from course.classroom.step import NOTHING, Scale, Step, both
from course.decisions import MOST_LEVERS, Strategy
from course.i18n import LANGUAGES, N_, Text
from course.i18n import gettext as _
from course.manifest import Module
from course.questions import QuestionsError
from course.simulations import Run, Simulation, simulation_class
from course.simulations.words import Bet, Goal, Metric, Preset

BET, CHALLENGE, STRATEGY = "bet", "challenge", "strategy"
MODEL = N_("The model’s answer")
ONE_WAY = N_("One way")
REACHED = N_("Where they land")
PERCENT: Text = dict.fromkeys(LANGUAGES, "%")

Model = type[Simulation[Any]]


def simulated(module: Module, strategies: Sequence[Strategy]) -> Iterator[Step]:
    """Yield what the simulation of `module` asks, with the answers that its model gives here and now.

    `QuestionsError` where a strategy names what the simulation does not have.
    """
    model = simulation_class(module)
    words = model.words()
    metrics = {metric.key: metric for metric in words.metrics}
    for bet in words.bets:
        preset = model.preset(bet.preset)
        run = model(**preset.values).run()
        yield _drawn(bet, preset, run) if bet.path else _guessed(bet, preset, metrics[bet.metric], run)
    for goal in words.goals:
        if levers := _levers_of_goal(model, goal):
            yield _challenge(model, goal, levers, metrics)
    for strategy in strategies:
        yield _strategy(module, model, strategy, metrics)


def _guessed(bet: Bet, preset: Preset, metric: Metric, run: Run[Any]) -> Step:
    times = 100.0 if metric.percent else 1.0
    return Step(
        key=f"{BET}:{bet.key}",
        part=BET,
        kind="slider",
        question=bet.question,
        answered=both(MODEL),
        reveal=bet.reveal,
        source=metric.source,
        unit=_unit(metric),
        story=preset.story,
        digits=metric.digits,
        scale=Scale(bet.low * times, bet.high * times, bet.step * times),
        answer=round(run.metrics[bet.metric] * times, metric.digits),
    )


def _drawn(bet: Bet, preset: Preset, run: Run[Any]) -> Step:
    line = bet.path
    assert line is not None
    return Step(
        key=f"{BET}:{bet.key}",
        part=BET,
        kind="path",
        question=bet.question,
        answered=both(MODEL),
        reveal=bet.reveal,
        unit=PERCENT if line.percent else NOTHING,
        story=preset.story,
        scale=Scale(line.low, line.high, line.step),
        about=Places(
            line.start, line.stop, line.every, line.percent, line.x, line.y, truth(line, run.frames[line.table])
        ),
    )


def _unit(metric: Metric) -> Text:
    return PERCENT if metric.percent else metric.unit or NOTHING


def _levers_of_goal(model: Model, goal: Goal) -> list[str]:
    """Return the sliders that a challenge offers: those that reach it, then those that the page has open. No journeys."""
    sliders = model.parameters()
    if any(name not in sliders for name in goal.reached_by):
        return []
    conditions = [key for key, _sign, _bound in goal.conditions if key in goal.reached_by]
    names = dict.fromkeys([*conditions, *goal.reached_by])
    spare = [name for name, words in model.words().parameters.items() if words.open and name in sliders]
    return [*names, *(name for name in spare if name not in names)][: max(MOST_LEVERS, len(names))]


def _lever(model: Model, name: str, start: float) -> Lever:
    slider, words = model.parameters()[name], model.words().parameters[name]
    return Lever(name, words.label, words.unit or NOTHING, Scale(slider.low, slider.high, slider.step), start)


def _about(model: Model, names: Sequence[str], aims: Sequence[Aim], beside: Mapping[str, tuple[Text, Any]]) -> Levers:
    start = model().values()
    levers = tuple(_lever(model, name, start[name]) for name in model.parameters() if name in names)
    fixed = tuple(sorted((name, value) for name, value in start.items() if name not in names))
    return Levers(
        levers, fixed, tuple(aims), tuple(Beside(label, _settings(start, values)) for label, values in beside.values())
    )


def _settings(start: Mapping[str, float], values: Mapping[str, float]) -> Settings:
    return tuple(sorted({**start, **{name: float(value) for name, value in values.items()}}.items()))


def _challenge(model: Model, goal: Goal, levers: Sequence[str], metrics: Mapping[str, Metric]) -> Step:
    aims = [_aim(model, metrics, *condition) for condition in goal.conditions if condition[0] in {*metrics, *levers}]
    return Step(
        key=f"{CHALLENGE}:{goal.key}",
        part=CHALLENGE,
        kind="challenge",
        question=goal.label,
        answered=both(ONE_WAY),
        reveal=goal.insight,
        about=_about(model, levers, aims, {"way": (both(ONE_WAY), goal.reached_by)}),
    )


def _aim(model: Model, metrics: Mapping[str, Metric], name: str, sign: str = "", bound: float = 0.0) -> Aim:
    if metric := metrics.get(name):
        times = 100.0 if metric.percent else 1.0
        return Aim(name, metric.label, _unit(metric), metric.digits, times, sign, bound)
    words = model.words().parameters[name]
    return Aim(name, words.label, words.unit or NOTHING, 2, 1.0, sign, bound)


def _strategy(module: Module, model: Model, strategy: Strategy, metrics: Mapping[str, Metric]) -> Step:
    presets = {preset.key: preset for preset in model.words().presets}
    for names, known in (
        (strategy.levers, model.parameters()), ((strategy.across, strategy.up), metrics), (strategy.beside, presets),
    ):  # fmt: skip
        for name in names:
            if name not in known:
                message = _(
                    "lessons/{module}/questions.toml, strategy {key}: there is no {name!r}. Choose one of: {known}."
                )
                raise QuestionsError(
                    message.format(module=module.id, key=strategy.key, name=name, known=", ".join(known))
                )
    beside = {key: (presets[key].label, presets[key].values) for key in strategy.beside}
    return Step(
        key=f"{STRATEGY}:{strategy.key}",
        part=STRATEGY,
        kind="strategy",
        question=strategy.question,
        answered=both(REACHED),
        reveal=strategy.reveal,
        story=strategy.story,
        about=_about(
            model, strategy.levers, [_aim(model, metrics, one) for one in (strategy.across, strategy.up)], beside
        ),
    )
