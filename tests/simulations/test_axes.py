"""Axes stand still: what every run of a situation draws lies where its picture says that it runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest

from course.charts import pen
from course.charts.layers import Axis, Layer
from course.charts.picture import Picture
from course.simulations.base import Simulation
from tests.simulations.strategies import SIMULATIONS

STOPS = 9
CLOSE = 1e-6


def columns(layer: Layer, frame: pd.DataFrame) -> Iterator[tuple[str, pd.Series[float]]]:
    """The numbers that a layer brings to each channel of its picture."""
    for name, part in layer.encoding.items():
        spec: dict[str, Any] = part.spec if isinstance(part, Axis) else part if isinstance(part, dict) else {}
        channel = name.removesuffix("2")
        if channel not in ("x", "y") or "field" not in spec or spec.get("type", "quantitative") != "quantitative":
            continue
        if spec.get("aggregate") == "sum":
            across = layer.encoding["x"]
            assert isinstance(across, Axis)
            yield channel, frame.groupby(across.spec["field"])[spec["field"]].sum()
        else:
            yield channel, frame[spec["field"]]


def faults(picture: Picture, frames: Mapping[str, pd.DataFrame], *, widest: bool) -> list[str]:
    """What of a run a picture has no place for: an axis that follows the data, or numbers outside of it."""
    domains = picture.domains()
    wrong = []
    for layer in picture.layers:
        for channel, numbers in columns(layer, frames[layer.frame]):
            if channel not in domains:
                wrong.append(f"{channel} follows the data")
                continue
            low, high = domains[channel][widest]
            if numbers.min() < low - CLOSE or numbers.max() > high + CLOSE:
                wrong.append(f"{channel}: {numbers.min():.4g} to {numbers.max():.4g} in {low:g} to {high:g}")
    return wrong


def check(simulation: Simulation, *, widest: bool) -> None:
    frames = simulation.run().frames
    for key, picture in simulation.draw().items():
        assert faults(picture, frames, widest=widest) == [], f"{key} at {simulation.values()}"


everywhere = pytest.mark.parametrize("model", SIMULATIONS.values(), ids=list(SIMULATIONS))


@everywhere
def test_every_situation_and_every_challenge_fits_the_usual_axes(model: type[Simulation]) -> None:
    for situation in [*model.words().presets]:
        check(model.from_preset(situation.key), widest=False)
    for goal in model.words().goals:
        check(model(**goal.reached_by), widest=False)


@everywhere
def test_a_slider_from_end_to_end_has_no_axis_grow_twice(model: type[Simulation]) -> None:
    for name, slider in model.parameters().items():
        for stop in np.linspace(slider.low, slider.high, STOPS):
            check(model(**{name: stop}), widest=True)


@everywhere
def test_an_axis_that_grows_never_shrinks_and_all_layers_agree(model: type[Simulation]) -> None:
    for picture in model.draw().values():
        for usual, most in picture.domains().values():
            assert most[0] <= usual[0] < usual[1] <= most[1]
        for axes in picture.axes().values():
            assert len({axis.domain for axis in axes}) <= 1


def test_a_planted_axis_that_follows_the_data_is_noticed() -> None:
    frame = pd.DataFrame({"month": [1, 2], "points": [3, 40]})
    loose = pen.picture(100, pen.lines("f", pen.x("month", 1, 12), "points"))
    tight = pen.picture(100, pen.lines("f", pen.x("month", 1, 12), pen.y("points", 0, 20, most=(0, 30))))
    assert faults(loose, {"f": frame}, widest=False) == ["y follows the data"]
    assert faults(tight, {"f": frame}, widest=True) == ["y: 3 to 40 in 0 to 30"]
