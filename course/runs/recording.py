"""Which runs of a simulation are recorded for pages that have nobody to ask, and how they are packed.

Recorded are, with the first seed: the start of every situation; from there each slider alone, step by step; what reaches each
challenge; and, where time passes, each situation played to every period with its levers left as they are.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from course.manifest import Module
from course.runs.answering import RECORDED
from course.runs.frames import frame
from course.runs.questions import Question
from course.simulations import Simulation, simulation_class
from course.simulations.words import Setting

SEED = 1
# a slider with more steps is recorded at every second one, or third …; with none, no slider is
MOST_STEPS = 101
# so far situations are played: by itself further than any calendar goes
MOST_PERIODS = 1_000
# after the point: Python's sums are to be the numbers that a slider in a page has
DIGITS = 10
Model = type[Simulation[Any]]


@dataclass(frozen=True)
class Spot:
    """Settings that are recorded: their `key` within a pack, all values by name, and how many periods were played."""

    key: str
    values: Mapping[str, Setting]
    periods: int | None = None

    def question(self, module: Module, model: Model) -> Question:
        """Return what a worker is asked."""
        fields = {"seed": str(SEED), **{name: str(value) for name, value in self.values.items()}}
        if self.periods is not None and model.calendar:
            row = ",".join(str(self.values[name]) for name in model.calendar.levers)
            fields["play"] = ";".join([row] * self.periods)
        return Question(module.id, RECORDED, "en", "", MappingProxyType(fields))


def stride(steps: int) -> int:
    """Return how far apart recorded steps lie on a slider with so many.

    >>> stride(41), stride(101), stride(102), stride(203)
    (1, 1, 2, 3)
    """
    return math.ceil(steps / MOST_STEPS)


def _steps(low: float, high: float, step: float) -> int:
    return round((high - low) / step) + 1


def grid(model: Model) -> dict[str, list[float]]:
    """Return by slider the values at which it is recorded, alone."""
    if not MOST_STEPS:
        return {}
    found = {}
    for name, slider in model.parameters().items():
        steps = _steps(slider.low, slider.high, slider.step)
        places = sorted({*range(0, steps, stride(steps)), steps - 1})
        found[name] = [round(slider.low + place * slider.step, DIGITS) for place in places]
    return found


def thinned(model: Model) -> dict[str, int]:
    """Return the sliders of which not every step is recorded, and every how manieth is."""
    if not MOST_STEPS:
        return {}
    strides = {name: stride(_steps(each.low, each.high, each.step)) for name, each in model.parameters().items()}
    return {name: far for name, far in strides.items() if far > 1}


def common(model: Model) -> list[Spot]:
    """Return what stands in the pack that every page of a module takes: starts, and what reaches the challenges."""
    words = model.words()
    starts = [Spot(f"start:{preset.key}", model.from_preset(preset.key).settings()) for preset in words.presets]
    goals = [Spot(f"goal:{goal.key}", model(**goal.reached_by).settings()) for goal in words.goals]
    return [*starts, *goals]


def around(model: Model, preset: str) -> Iterator[Spot]:
    """Yield what stands in the pack of one situation: each slider alone from its start, and the plays."""
    start = model.from_preset(preset).settings()
    for name, values in grid(model).items():
        for place, value in enumerate(values):
            if value != start[name]:
                yield Spot(f"{name}:{place}", {**start, name: value})
    if model.calendar:
        for periods in range(min(model.calendar.periods, MOST_PERIODS) + 1):
            yield Spot(f"play:{periods}", start, periods)


def pack(recorded: Mapping[str, tuple[dict[str, Any], list[bytes]]]) -> bytes:
    """Return runs by their keys, as workers told them, in one frame; what several share stands there once.

    The frame's message is `{"tables": [description, …], "runs": {key: {…, "tables": which, "columns": [which buffer, …]}}}`.
    """
    described: dict[str, int] = {}
    columns: dict[bytes, int] = {}
    runs = {}
    for key, (told, buffers) in recorded.items():
        tables = described.setdefault(json.dumps(told["tables"]), len(described))
        places = [columns.setdefault(column, len(columns)) for column in buffers]
        runs[key] = {**told, "tables": tables, "columns": places}
    return frame({"tables": [*map(json.loads, described)], "runs": runs}, [*columns])


def index(module: Module) -> dict[str, Any]:
    """Return what a page has to know to find the nearest recorded run. JSON-ready."""
    model = simulation_class(module)
    goals = [{"key": spot.key, "values": dict(spot.values)} for spot in common(model) if spot.key.startswith("goal:")]
    return {"seed": SEED, "grid": grid(model), "goals": goals}
