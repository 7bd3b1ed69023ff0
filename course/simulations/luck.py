"""Many draws of the same settings: bands that hold nine of ten, and sentences that count how often something happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from course.simulations.base import Simulation
from course.simulations.run import Run
from course.simulations.words import COMPARISONS, Conditions

LOW, HIGH = 0.05, 0.95


def holds(conditions: Conditions, figures: Mapping[str, float]) -> bool:
    """Tell whether `figures` (metrics and sliders) meets every condition."""
    return all(COMPARISONS[sign](figures[key], bound) for key, sign, bound in conditions)


def fans(model: type[Simulation[Any]], runs: Sequence[Run[Any]]) -> dict[str, pd.DataFrame]:
    """Return for every line that a picture shows as a fan, by its id, the 5% and 95% quantiles at each of its points.

    Columns are those of the line, with `low` and `high` instead of its height. A line that is the same in all runs has none.
    """
    found = {}
    for picture in model.draw().values():
        for layer in picture.layers:
            fan = layer.fan_columns()
            if fan is None or fan["id"] in found:
                continue
            places = [fan["x"], *([fan["by"]] if fan["by"] else [])]
            rows = pd.concat([run.frames[layer.frame][[*places, fan["y"]]] for run in runs], ignore_index=True)
            groups = rows.groupby(places, sort=False)[fan["y"]]
            band = pd.DataFrame({"low": groups.quantile(LOW), "high": groups.quantile(HIGH)}).reset_index()
            if (band["high"] > band["low"]).any():
                found[fan["id"]] = band
    return found


def sentences(simulation: Simulation[Any], results: Sequence[Mapping[str, float]], language: str) -> list[str]:
    """Return what is told of `results`, the metrics of many draws of the simulation's settings."""
    values = simulation.values()
    return [
        luck.text[language].format(count=sum(holds(luck.when, {**values, **one}) for one in results), all=len(results))
        for luck in simulation.words().luck
        if holds(luck.where, values)
    ]
