"""Numbers and words of a simulation fit: everything shown has words, every word is shown, and every goal can be reached."""

from __future__ import annotations

import string
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course.amounts import Amount
from course.authoring.findings import Finding
from course.authoring.repo import Repo
from course.authoring.rules import of_module
from course.authoring.rules.calendars import played
from course.authoring.rules.spreadings import spread
from course.authoring.rules.strategies import decided
from course.i18n import LANGUAGES, Text
from course.i18n import gettext as _
from course.manifest import Module

if TYPE_CHECKING:
    import pandas as pd

    from course.charts.pen import Pictures
    from course.simulations import Run, Simulation
    from course.simulations.words import Line, Setting, Words

Fault = tuple[str, str, str]  # place, problem, cure


@of_module
def simulations_fit_their_words(repo: Repo, module: Module) -> Iterator[Finding]:
    """Compare the simulation with its words, and try its presets, goals and bets."""
    from course.references import ReferencesError
    from course.simulations.reading import read
    from course.simulations.words import WordsError

    path, source = repo.words(module), repo.simulation(module)
    if not (path.is_file() and source.is_file()):
        return
    file = repo.name(path)
    try:
        words = read(path)
    except (WordsError, ReferencesError) as error:
        problem = str(error).removeprefix(file).lstrip(":： ")
        yield Finding(file, "", problem, _("Mend this entry, then check again: the first fault hides those after it."))
        return
    try:
        model = _load(source, module)
        run = model().run()
    except Exception as error:  # an author's code may fail in any way
        problem = _("The simulation does not run: {error}").format(error=f"{type(error).__name__}: {error}")
        yield Finding(repo.name(source), "", problem, _("Run it in a notebook to see where."))
        return
    checks = (_sliders, _metrics, _presets, _touchpoints, _goals, _bets, _frames, _pictures, _sentences, played, spread)
    for check in checks:
        for place, problem, cure in check(model, words, run):
            yield Finding(file, place, problem, cure)
    for place, problem, cure in decided(repo.questions(module), module, model, words, run):
        yield Finding(repo.name(repo.questions(module)), place, problem, cure)


def _load(path: Path, module: Module) -> type[Simulation[Any]]:
    """Load the simulation, and the theory it needs, from its file, which need not be the running course's."""
    import course.simulations as home
    import course.theory

    name = f"{home.__name__}.{module.slug}"
    package = path.parent.parent
    own = {home: package / "simulations", course.theory: package / "theory"}
    before = {part: list(part.__path__) for part in own}
    known = {key for key in sys.modules if not key.startswith(f"{home.__name__}.{module.number}_")}
    others = {key: sys.modules.pop(key) for key in list(sys.modules) if key not in known}
    for part, folder in own.items():
        part.__path__.insert(0, str(folder))
    try:
        spec = spec_from_file_location(name, path)
        if spec is None or spec.loader is None:
            raise ImportError(path)
        loaded = sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(loaded)
        return home.simulation_class(module)
    finally:
        for part, folders in before.items():
            part.__path__[:] = folders
        for key in set(sys.modules) - known:
            if key.startswith(tuple(f"{part.__name__}." for part in own)):
                del sys.modules[key]
        sys.modules.update(others)


def _apart(kind: str, code: Iterable[str], words: Iterable[str]) -> Iterator[Fault]:
    """Yield what stands on one side only; `kind` is a table of the words, as `parameter`."""
    code, words = list(code), list(words)
    for name in code:
        if name not in words:
            yield (
                f"{kind} {name}",
                _("It has no words."),
                _("Write them under [{kind}.{name}].").format(kind=kind, name=name),
            )
    for name in words:
        if name not in code:
            problem = _("The simulation has nothing of this name.")
            yield f"{kind} {name}", problem, _("Correct the name, or take the entry out.")


def _sliders(model: type[Simulation[Any]], words: Words, _run: Run[Any]) -> Iterator[Fault]:
    sliders = model.parameters()
    yield from _apart("parameter", [*sliders, *model.journeys()], words.parameters)
    for name, slider in sliders.items():
        steps = [(end - slider.low) / slider.step for end in (slider.high, slider.default_value)]
        if any(abs(count - round(count)) > 1e-6 for count in steps):
            problem = _("Its default or its upper bound lies between two steps.")
            yield f"parameter {name}", problem, _("Choose a step that divides both.")


def _metrics(model: type[Simulation[Any]], words: Words, run: Run[Any]) -> Iterator[Fault]:
    from course.simulations.equations import numbers

    yield from _apart("metric", run.metrics, [metric.key for metric in words.metrics])
    for metric in words.metrics:
        if metric.key in model.parameters():
            yield f"metric {metric.key}", _("A slider has the same name."), _("Give the metric another name.")
        known = {*model.parameters(), *run.metrics, *run.asides}
        for name in [*numbers(metric.symbols), *_named(metric.counted)]:
            if name not in known:
                problem = _("Its equation names {name!r}, which is no slider, metric or aside of the run.")
                cure = _("Choose one of: {known}.").format(known=", ".join(sorted(known)))
                yield f"metric {metric.key}", problem.format(name=name), cure


def _named(text: Text | None) -> set[str]:
    """Return the numbers that a text names in any language."""
    parsed = (string.Formatter().parse(part) for part in (text or {}).values())
    return {name for pieces in parsed for _text, name, _spec, _conversion in pieces if name}


def _settings(model: type[Simulation[Any]], place: str, values: Mapping[str, Setting]) -> Iterator[Fault]:
    sliders, journeys = model.parameters(), model.journeys()
    for name, value in values.items():
        if name in journeys:
            yield from _journey(model, place, name, value)
        elif isinstance(value, str) or name not in sliders:
            problem = _("There is no slider {name!r}.").format(name=name)
            yield place, problem, _("Choose one of: {known}.").format(known=", ".join(sliders))
        elif not sliders[name].low <= value <= sliders[name].high:
            problem = _("{name} = {value:g} is out of its bounds.").format(name=name, value=value)
            yield place, problem, _("Give a number from {low:g} to {high:g}.").format(**vars(sliders[name]))


def _journey(model: type[Simulation[Any]], place: str, name: str, value: Setting) -> Iterator[Fault]:
    from traitlets import TraitError

    try:
        asked = model(**{name: value}).settings()[name]
    except TraitError as error:
        yield place, str(error), _("Write it as in “96 6 Tea; 99 8 Bill”.")
        return
    if asked != value:
        yield place, _("Its journey is not written as the page writes it."), str(asked)


def _touchpoints(model: type[Simulation[Any]], words: Words, _run: Run[Any]) -> Iterator[Fault]:
    from course.simulations.touchpoints import read

    settings = [*(preset.values for preset in words.presets), *(goal.reached_by for goal in words.goals)]
    texts = [value for one in settings for value in one.values() if isinstance(value, str)]
    texts += [str(trait.default_value) for trait in model.journeys().values()]
    with suppress(ValueError):  # said of the preset
        keys = {touchpoint.key for text in texts for touchpoint in read(text)} - {""}
        yield from _apart("touchpoint", sorted(keys), words.touchpoints)


def _presets(model: type[Simulation[Any]], words: Words, _run: Run[Any]) -> Iterator[Fault]:
    for preset in words.presets:
        yield from _settings(model, f"preset {preset.key}", preset.values)
    for kind, entries in (("preset", words.presets), ("goal", words.goals), ("bet", words.bets)):
        if not entries:
            yield "", _("There is no {kind}.").format(kind=kind), _("Write one under [[{kind}]].").format(kind=kind)


def _goals(model: type[Simulation[Any]], words: Words, run: Run[Any]) -> Iterator[Fault]:
    start = model().speakable(run)
    for goal in words.goals:
        place = f"goal {goal.key}"
        unknown = [key for key, _sign, _bound in goal.conditions if key not in start]
        for key in unknown:
            problem = _("There is no metric or slider {name!r}.").format(name=key)
            yield place, problem, _("Choose one of: {known}.").format(known=", ".join(start))
        outside = list(_settings(model, place, goal.reached_by))
        yield from outside
        if not goal.conditions:
            yield place, _("It asks for nothing."), _('Write when = ["metric >= 5"].')
        if unknown or outside or not goal.conditions:
            continue
        if all(goal.progress(start)):
            yield place, _("It is reached from the start."), _("Ask for more.")
        reached = model(**goal.reached_by)
        figures = reached.speakable(reached.run())
        for (key, sign, bound), met in zip(goal.conditions, goal.progress(figures), strict=True):
            if not met:
                problem = _("reached_by does not reach it: {name} is {value:.3g}, not {sign} {bound:g}.")
                values = {"name": key, "value": figures[key], "sign": sign, "bound": bound}
                yield place, problem.format(**values), _("Give settings that reach it, or ask for less.")


def _bets(model: type[Simulation[Any]], words: Words, run: Run[Any]) -> Iterator[Fault]:
    presets = {preset.key: preset for preset in words.presets}
    opening = next(iter(presets), "")
    asked = {bet.preset for bet in words.bets} & presets.keys()
    if asked and opening not in asked:
        problem = _("The app opens with {name!r}, which asks for no bet.").format(name=opening)
        yield "", problem, _('Write a [[bet]] with preset = "{name}".').format(name=opening)
    for bet in words.bets:
        place = f"bet {bet.key}"
        for kind, name, known in (("preset", bet.preset, presets), ("metric", bet.metric, run.metrics)):
            if name not in known:
                problem = _("There is no {kind} {name!r}.").format(kind=kind, name=name)
                yield place, problem, _("Choose one of: {known}.").format(known=", ".join(known))
        if bet.preset not in presets or bet.metric not in run.metrics:
            continue
        if list(_settings(model, place, presets[bet.preset].values)):
            continue  # said of the preset
        opened = model(**presets[bet.preset].values).run()
        answer = opened.metrics[bet.metric]
        if not bet.low < answer < bet.high:
            problem = _("The answer, {value:.3g}, is not on the scale.").format(value=answer)
            yield place, problem, _("Widen low and high.")
        if bet.path:
            yield from _path(f"{place}, path", bet.path, model.draw(), opened.frames)


def _path(place: str, path: Line, pictures: Pictures, frames: Mapping[str, pd.DataFrame]) -> Iterator[Fault]:
    """Look up the picture, the table and the columns of a line to draw, and whether its answer lies on the scale."""
    columns = list(frames[path.table].columns) if path.table in frames else []
    asked = [("picture", path.picture, list(pictures)), ("table", path.table, list(frames))]
    if columns:
        asked += [("column", name, columns) for name in (path.across, path.up, path.until, *path.only) if name]
    unknown = [(kind, name, known) for kind, name, known in asked if name not in known]
    for kind, name, known in unknown:
        problem = _("There is no {kind} {name!r}.").format(kind=kind, name=name)
        yield place, problem, _("Choose one of: {known}.").format(known=", ".join(known))
    if unknown:
        return
    rows = frames[path.table]
    for column, text in path.only.items():
        rows = rows[rows[column].astype(str) == text]
    rows = rows[rows[path.across].between(path.start, path.stop)]
    answer = rows.groupby(path.across)[path.up].sum()
    if answer.empty:
        yield place, _("No row is left to compare the line with."), _("Correct only, start and stop.")
    for value in [answer.min(), answer.max()] if len(answer) else []:
        if not path.low <= value <= path.high:
            problem = _("The answer, {value:.3g}, is not on the scale.").format(value=value)
            yield place, problem, _("Widen low and high.")


def _frames(_model: type[Simulation[Any]], words: Words, run: Run[Any]) -> Iterator[Fault]:
    for name in words.tables:
        if name not in run.frames:
            problem = _("No frame has this name.")
            yield f"table.{name}", problem, _("Choose one of: {known}.").format(known=", ".join(run.frames))
    shown = [name for name in run.frames if name in words.tables]
    columns = {str(column): name for name in shown for column in run.frames[name].columns}
    for column, frame in columns.items():
        if column not in words.columns:
            problem = _("The column {column!r} of the table {frame!r} has no label.").format(column=column, frame=frame)
            yield f"column.{column}", problem, _("Write it under [column].")
    for column in words.columns:
        if column not in columns:
            yield f"column.{column}", _("No table has this column."), _("Correct the name, or take the label out.")


def _pictures(model: type[Simulation[Any]], words: Words, run: Run[Any]) -> Iterator[Fault]:
    from course.simulations.scorecard import LETTERS, STRATEGIES, STRATEGY

    pictures, frames = {**model.draw()}, {**run.frames}
    if card := model.scorecard:
        pictures[STRATEGIES] = card.picture
        frames[STRATEGIES] = frames[card.path].assign(**{STRATEGY: LETTERS[0]})
    yield from _apart("picture", pictures, words.pictures)
    for key, picture in pictures.items():
        place = f"picture {key}"
        for layer in picture.layers:
            if layer.frame not in frames:
                problem = _("It draws the frame {frame!r}, which no run yields.").format(frame=layer.frame)
                yield place, problem, _("Choose one of: {known}.").format(known=", ".join(frames))
                continue
            for field in sorted(layer.fields() - {str(column) for column in frames[layer.frame].columns}):
                problem = _("It draws the column {column!r}, which the frame {frame!r} does not have.")
                known = ", ".join(map(str, frames[layer.frame].columns))
                values = {"column": field, "frame": layer.frame}
                yield place, problem.format(**values), _("Choose one of: {known}.").format(known=known)
        if key in words.pictures:
            yield from _names(place, picture.names(), words.pictures[key].names)


def _names(place: str, drawn: set[str], written: Mapping[str, Any]) -> Iterator[Fault]:
    for name in sorted(drawn - set(written)):
        yield (
            place,
            _("{name!r} has no name for its legend.").format(name=name),
            _("Write names.{name}.").format(name=name),
        )
    for name in sorted(set(written) - drawn):
        problem = _("Nothing it draws is called {name!r}.").format(name=name)
        yield place, problem, _("Correct the name, or take it out.")


def _sentences(model: type[Simulation[Any]], words: Words, run: Run[Any]) -> Iterator[Fault]:
    simulations = [model()]
    with suppress(Exception):  # said of the preset
        simulations += [model(**preset.values) for preset in words.presets]
    for key in sorted({simulation.told(simulation.run()) for simulation in simulations} - set(words.tell)):
        yield f"tell.{key}", _("There is no such sentence."), _("Write it under [tell].")
    known = model().speakable(run)
    for key, text in words.tell.items():
        for language in LANGUAGES:
            try:
                names = {name for _text, name, _spec, _way in string.Formatter().parse(text[language]) if name}
                text[language].format(**dict.fromkeys(names, Amount(1.0)))
            except (ValueError, KeyError, IndexError) as error:
                problem = _("A placeholder cannot be filled: {error}").format(error=error)
                yield f"tell.{key}", problem, _("Write it as {name:.1f}.")
                continue
            for name in sorted(names - set(known)):
                problem = _("There is no number {name!r} to name.").format(name=name)
                yield f"tell.{key}", problem, _("Choose one of: {known}.").format(known=", ".join(known))
