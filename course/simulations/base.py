"""What every simulation is: bounded parameters, a pure `run`, a chart, a sentence, presets, goals and bets."""

from __future__ import annotations

import math
import operator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

import pandas as pd
from traitlets import HasTraits, TraitError, TraitType

from course.i18n import N_, Translate, gettext

if TYPE_CHECKING:
    import altair as alt

COMPARISONS = {">=": operator.ge, "<=": operator.le}
LARGEST_SEED = 999_999


class Parameter(TraitType[float, float]):
    """A bounded number with everything a control needs: label, unit, step, help and group.

    Set to anything but a finite number within its bounds, it raises `TraitError` with the place, the problem and the cure
    in the learner's language.
    """

    def __init__(
        self, default: float, *, low: float, high: float, step: float, label: str, unit: str, help: str, group: str
    ) -> None:
        super().__init__(default_value=default)
        self.low, self.high, self.step = low, high, step
        self.label, self.unit, self.group = label, unit, group
        self.help_text = help

    def validate(self, obj: Any, value: Any) -> float:
        """Return `value` as a float within the bounds, or raise `TraitError`."""
        label = gettext(self.label)
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
        raise TraitError(message.format(label=label, value=_shown(value), low=self.low, high=self.high))


def _shown(value: object) -> str:
    try:
        return repr(value[:40]) if isinstance(value, str) else str(value)[:40]
    except ValueError:  # Python refuses to write out an integer of thousands of digits
        return "…"


def parameter(
    default: float,
    *,
    low: float,
    high: float,
    step: float,
    label: str,
    unit: str = "",
    help: str = "",
    group: str = "",
) -> Parameter:
    """Return a `Parameter` trait. `label`, `unit`, `help` and `group` are English strings marked with `N_`."""
    if not low <= default <= high:
        raise ValueError(f"the default {default} of {label!r} lies outside {low} to {high}")
    return Parameter(default, low=low, high=high, step=step, label=label, unit=unit, help=help, group=group)


@dataclass(frozen=True)
class Metric:
    """A named result. `equation` is LaTeX, `source` a reference or how we define it, `better` "up", "down" or ""."""

    key: str
    label: str
    unit: str = ""
    digits: int = 1
    percent: bool = False
    equation: str = ""
    source: str = ""
    help: str = ""
    better: str = ""


@dataclass(frozen=True)
class Preset:
    """A named situation: what it is called, its story in a sentence or two, and the values that differ from the defaults."""

    key: str
    label: str
    story: str
    values: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Goal:
    """A challenge that the machine checks: every condition is (metric or parameter, ">=" or "<=", number)."""

    key: str
    label: str
    conditions: tuple[tuple[str, str, float], ...]
    insight: str = ""

    def progress(self, figures: dict[str, float]) -> list[bool]:
        """Return, condition by condition, whether `figures` (metrics and parameter values) meets it."""
        return [COMPARISONS[sign](figures[key], bound) for key, sign, bound in self.conditions]


@dataclass(frozen=True)
class Bet:
    """A question asked before a preset's result is shown: guess `metric` between `low` and `high`."""

    key: str
    preset: str
    metric: str
    question: str
    low: float
    high: float
    step: float
    reveal: str = ""


@dataclass(frozen=True)
class Run:
    """What one run yields: tidy tables by name, and metrics by key in their units."""

    frames: dict[str, pd.DataFrame]
    metrics: dict[str, float]


class Simulation(HasTraits):
    """One module's simulation. Subclasses declare parameters and fill in the class variables, `run`, `chart` and `tell`.

    `run()` is a pure function of the parameters and the seed. `chart()` builds one Altair chart that refers to the frames
    of `run()` by name (`alt.NamedData`), once; a step then only replaces the rows. `tables` and `columns` name the frames
    and their columns for a reader; a frame without a name there is not shown as a table.
    """

    title: ClassVar[str] = ""
    note: ClassVar[str] = N_(
        "A simulation with invented guests: it shows how the model works, not what a real firm measured."
    )
    metrics: ClassVar[tuple[Metric, ...]] = ()
    presets: ClassVar[tuple[Preset, ...]] = ()
    goals: ClassVar[tuple[Goal, ...]] = ()
    bets: ClassVar[tuple[Bet, ...]] = ()
    tables: ClassVar[dict[str, str]] = {}
    columns: ClassVar[dict[str, str]] = {}

    seed = parameter(
        1, low=0, high=LARGEST_SEED, step=1, label=N_("Seed"), help=N_("The same seed draws the same guests.")
    )

    @classmethod
    def parameters(cls) -> dict[str, Parameter]:
        """Return the parameters by name, in the order they are written, without the seed."""
        names = [name for base in reversed(cls.__mro__) for name in vars(base)]
        found = {name: getattr(cls, name) for name in names if isinstance(getattr(cls, name, None), Parameter)}
        return {name: trait for name, trait in found.items() if name != "seed"}

    @classmethod
    def preset(cls, key: str) -> Preset:
        """Return the preset with this key; `TraitError` (the learner's language) if there is none."""
        for preset in cls.presets:
            if preset.key == key:
                return preset
        known = ", ".join(preset.key for preset in cls.presets)
        raise TraitError(
            gettext("There is no situation called {asked!r} here. Choose one of: {known}.").format(
                asked=str(key)[:40], known=known
            )
        )

    @classmethod
    def from_preset(cls, key: str, **values: float) -> Simulation:
        """Return the simulation in a preset's situation, with `values` on top."""
        return cls(**{**cls.preset(key).values, **values})

    def values(self) -> dict[str, float]:
        """Return the current parameter values by name, without the seed."""
        return {name: getattr(self, name) for name in self.parameters()}

    def run(self) -> Run:
        """Return the tables and metrics of the current parameters and seed."""
        raise TypeError(f"{type(self).__name__} does not say how it runs")

    def chart(self, translate: Translate) -> alt.TopLevelMixin:
        """Return the Altair chart over the named frames of `run`, with texts through `translate`."""
        raise TypeError(f"{type(self).__name__} does not say what it draws")

    def tell(self, run: Run, translate: Translate) -> str:
        """Return one sentence that says what just happened."""
        raise TypeError(f"{type(self).__name__} does not say what it tells")
