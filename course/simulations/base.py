"""What every simulation is: one-line sliders, a pure `run`, pictures, and which of its sentences a run deserves.

Numbers and formulas only: what it says stands in `lessons/<id>/simulation.toml` and is read by `course.simulations.reading`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from traitlets import HasTraits, TraitError, TraitType

from course.amounts import Amount
from course.charts.layers import OTHERWISE, Spec
from course.charts.picture import Picture, Pictures
from course.i18n import DEFAULT, N_, current_language, gettext, translator
from course.paths import LESSONS
from course.simulations.calendar import Calendar, Decisions
from course.simulations.reading import FILE, read
from course.simulations.run import F, Run, Table
from course.simulations.scorecard import Debrief, Scorecard
from course.simulations.spreading import Spreading
from course.simulations.touchpoints import Journey
from course.simulations.words import PlayWords, Preset, Setting, Words

if TYPE_CHECKING:
    import altair as alt

LARGEST_SEED, PEOPLE = 999_999, 20
SEED, SEED_HELP = N_("Seed"), N_("With the same seed, chance falls the same way.")
READ = {"picture": N_("picture"), "keys": N_("Arrow keys read it out point by point.")}


class Slider(TraitType[float, float]):
    """A bounded number that a learner may set: default, low, high, step. Its words stand under `[parameter.<name>]`.

    Set to anything but a finite number within its bounds, it raises `TraitError` with the place, the problem and the cure
    in the learner's language.
    """

    def __init__(self, default: float, low: float, high: float, step: float = 1) -> None:
        if not low <= default <= high:
            raise ValueError(f"the default {default} lies outside {low} to {high}")
        super().__init__(default_value=default)
        self.low, self.high, self.step = low, high, step

    def validate(self, obj: Any, value: Any) -> float:
        """Return `value` as a float within the bounds, or raise `TraitError`."""
        try:
            number = float(value)
        except (TypeError, ValueError, OverflowError):
            number = math.nan
        if isinstance(value, bool) or not math.isfinite(number):
            message = gettext("{label}: {value} is not a number. Give one from {low:g} to {high:g}.")
        elif not self.low <= number <= self.high:
            message = gettext("{label}: {value} is out of range. Give a number from {low:g} to {high:g}.")
        else:
            return number
        raise self._problem(obj, value, message)

    def _problem(self, obj: Any, value: object, message: str) -> TraitError:
        label = obj.label(str(self.name), current_language())
        return TraitError(message.format(label=label, value=_shown(value), low=self.low, high=self.high))


class Seed(Slider):
    """The start of a run's chance: a whole number. Part of one would be lost, and two settings would be one run."""

    def validate(self, obj: Any, value: Any) -> float:
        """Return `value` as a whole float within the bounds, or raise `TraitError`."""
        number = super().validate(obj, value)
        if number.is_integer():
            return number
        message = gettext("{label}: {value} is not a whole number. Give one from {low:g} to {high:g}.")
        raise self._problem(obj, value, message)


def _shown(value: object) -> str:
    try:
        return repr(value[:40]) if isinstance(value, str) else str(value)[:40]
    except ValueError:  # Python refuses to write out an integer of thousands of digits
        return "…"


def _read(text: str, row: Mapping[Any, Any]) -> str:
    return text.format(**{key: Amount(number) for key, number in row.items() if key != "kind"})


@cache
def _parameters(model: type[Simulation[Any]]) -> Mapping[str, Slider]:
    return model._declared()


@cache
def _words(module_id: str) -> Words:
    return read(LESSONS / module_id / FILE)


class Simulation(HasTraits, Generic[F]):
    """One module's simulation. Subclasses declare sliders and fill in `run`, `draw` and `told`.

    `run()` is a pure function of the sliders and the seed. The pictures of `draw` refer to the frames of `run` by name, so
    that a step only replaces the rows. A frame without a name under `[table]` is not shown as a table.

    One with a `calendar` can be played period by period: its `run` takes the manager's sliders from `over_time`.
    """

    seed = Seed(1, 0, LARGEST_SEED)
    calendar: ClassVar[Calendar | None] = None
    spreading: ClassVar[Spreading | None] = None
    scorecard: ClassVar[Scorecard | None] = None
    decisions: Decisions | None = None

    @classmethod
    def words(cls) -> Words:
        """Return what the simulation says, read when it is first asked for: a run needs none."""
        return _words(cls.__module__.rpartition(".")[2].replace("_", "-"))

    @classmethod
    def parameters(cls) -> Mapping[str, Slider]:
        """Return the sliders by name, in the order they are written, without the seed."""
        return _parameters(cls)

    @classmethod
    def _declared(cls) -> Mapping[str, Slider]:
        names = [name for base in reversed(cls.__mro__) for name in vars(base) if name != "seed"]
        traits = {name: getattr(cls, name, None) for name in names}
        return MappingProxyType({name: trait for name, trait in traits.items() if isinstance(trait, Slider)})

    @classmethod
    def journeys(cls) -> dict[str, Journey]:
        """Return the journeys that a learner may change, by name."""
        return {name: trait for name, trait in cls.class_traits().items() if isinstance(trait, Journey)}

    @classmethod
    def label(cls, name: str, language: str) -> str:
        """Return what the slider or metric `name` is called; `KeyError` if there is none."""
        if name == "seed":
            return translator(language)(SEED)
        words = cls.words()
        labels = {metric.key: metric.label for metric in words.metrics}
        return (words.parameters[name].label if name in words.parameters else labels[name])[language]

    @classmethod
    def preset(cls, key: str) -> Preset:
        """Return the preset with this key; `TraitError` (the learner's language) if there is none."""
        for preset in cls.words().presets:
            if preset.key == key:
                return preset
        known = ", ".join(preset.key for preset in cls.words().presets)
        raise TraitError(
            gettext("There is no situation called {asked!r} here. Choose one of: {known}.").format(
                asked=str(key)[:40], known=known
            )
        )

    @classmethod
    def from_preset(cls, key: str, **values: Setting) -> Self:
        """Return the simulation in a preset's situation, with `values` on top."""
        return cls(**{**cls.preset(key).values, **values})

    def values(self) -> dict[str, float]:
        """Return the current values of the sliders by name, without the seed."""
        return {name: getattr(self, name) for name in self.parameters()}

    def settings(self) -> dict[str, Setting]:
        """Return all that is set, by name, without the seed: the sliders' values, and journeys as their texts."""
        return {**self.values(), **{name: getattr(self, name) for name in self.journeys()}}

    def play(self, decisions: object) -> Self:
        """Have been played: `decisions` are the manager's sliders by name in each period that is over. Returns itself.

        Raises `TraitError` (the learner's language) for what this simulation cannot have been played with.
        """
        time, sliders = self.calendar, self.parameters()
        rows = decisions if isinstance(decisions, list) else []
        fits = time and isinstance(decisions, list) and len(rows) <= time.periods
        if not time or not fits or any(not isinstance(row, dict) or set(row) != {*time.levers} for row in rows):
            raise TraitError(
                gettext("This simulation does not know these decisions. Copy them again, or reload the page.")
            )
        self.decisions = tuple({name: sliders[name].validate(self, row[name]) for name in time.levers} for row in rows)
        return self

    def over_time(self, name: str) -> NDArray[np.float64]:
        """Return the value of a slider in each period of the calendar."""
        if self.calendar is None:
            raise TypeError(f"{type(self).__name__} has no calendar")
        return self.calendar.settings(name, self.decisions or (), getattr(self, name))

    @property
    def unfinished(self) -> int | None:
        """How many periods are over where a run is being played, None where all of it may be seen."""
        over = self.calendar is not None and self.decisions is not None and len(self.decisions) < self.calendar.periods
        return len(self.decisions or ()) if over else None

    def known(self, run: Run[F]) -> Mapping[str, Table]:
        """Return the tables of a run, or as much of them as a manager knows of one that is being played."""
        period = self.unfinished
        return run.tables if period is None or self.calendar is None else self.calendar.until(run.frames, period)

    def run(self) -> Run[F]:
        """Return the tables and figures of the current values and seed."""
        raise TypeError(f"{type(self).__name__} does not say how it runs")

    @classmethod
    def draw(cls) -> Pictures:
        """Return the pictures over the frames of `run`, by the keys of their words under `[picture]`, in order."""
        raise TypeError(f"{cls.__name__} does not say what it draws")

    def idle(self) -> dict[str, str]:
        """Return which sliders change nothing as the others are set: by name, the key of the reason under `[idle]`."""
        return {}

    def told(self, run: Run[F]) -> str:
        """Return the key of the sentence under `[tell]` that this run deserves."""
        raise TypeError(f"{type(self).__name__} does not say what it tells")

    def tell(self, run: Run[F], language: str = DEFAULT) -> str:
        """Return one sentence that says what just happened."""
        if self.decisions is not None and self.calendar and (play := self.words().play):
            return self._tell_played(run, self.calendar, play, language)
        return self.words().tell[self.told(run)][language].format(**self.speakable(run))

    def _tell_played(self, run: Run[F], time: Calendar, play: PlayWords, language: str) -> str:
        period = self.unfinished
        if period is None:
            return play.over[language].format(**self.speakable(run))
        told = (play.after if period else play.before)[language].format(**time.news(run.frames, period))
        return ("" if language == "zh" else " ").join(
            [told, *(play.events[key][language] for key in self.happened(period))]
        )

    def happened(self, period: int) -> Sequence[str]:
        """Return what chance brought in a period of the calendar: keys under `[event]`."""
        return ()

    def debrief(self) -> Debrief:
        """Return what each part of the run did to the metrics of the scorecard."""
        raise TypeError(f"{type(self).__name__} has no debrief")

    def crowd(self) -> pd.DataFrame:
        """Return all guests of the run, a row each: their `kind`, a key under `[person]`, and numbers to read of them."""
        return pd.DataFrame({"kind": []})

    def people(self, language: str = DEFAULT, number: int = PEOPLE) -> list[dict[str, str]]:
        """Return `number` guests from all over the crowd: their kind, and what is read of them."""
        crowd, words = self.crowd(), self.words().people
        places = np.linspace(0, len(crowd) - 1, min(number, len(crowd))).astype(int)
        rows = crowd.iloc[places].to_dict("records")
        return [{"kind": str(row["kind"]), "text": _read(words[row["kind"]].text[language], row)} for row in rows]

    def titles(self, run: Run[F], language: str = DEFAULT) -> dict[str, str]:
        """Return what each picture shows of this run, by its key; a picture without a word on it is left out."""
        if self.decisions is not None:
            return {}
        key, known = self.told(run), self.speakable(run)
        findings = {name: caption.findings for name, caption in self.words().pictures.items()}
        found = {name: texts.get(key, texts.get(OTHERWISE)) for name, texts in findings.items()}
        return {name: text[language].format(**known) for name, text in found.items() if text}

    def speakable(self, run: Run[F]) -> dict[str, Amount]:
        """Return the numbers that a sentence may name: sliders, metrics and the run's asides."""
        return {key: Amount(number) for key, number in {**self.values(), **run.metrics, **run.asides}.items()}

    @classmethod
    def views(cls, language: str = DEFAULT) -> list[Spec]:
        """Return the Vega-Lite specification of every picture, in `language`, as the page draws them."""
        return [cls.view(key, picture, language) for key, picture in cls.draw().items()]

    @classmethod
    def view(cls, key: str, picture: Picture, language: str) -> Spec:
        """Return the specification of one picture, whose words stand under `[picture.<key>]`."""
        view = picture.render(cls.words().pictures[key], language, ghosts=True)
        columns = {name: label[language] for name, label in cls.words().columns.items()}
        read = {name: translator(language)(text) for name, text in READ.items()}
        view["usermeta"] |= {"key": key, "columns": columns, "language": language, "read": read}
        return view

    @classmethod
    def chart(cls, language: str = DEFAULT) -> alt.VConcatChart:
        """Return all pictures as one Altair chart over the named frames of `run`."""
        import altair as alt

        captions = cls.words().pictures
        views = [picture.render(captions[key], language) for key, picture in cls.draw().items()]
        return alt.VConcatChart.from_dict({"vconcat": views, "resolve": {"scale": {"color": "independent"}}})
