"""Every simulation of a ready module, and the values to try it with."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from course.manifest import syllabus
from course.simulations import Simulation, simulation_class
from course.simulations.base import LARGEST_SEED, Slider

SIMULATIONS: dict[str, type[Simulation[Any]]] = {
    module.number: simulation_class(module) for module in syllabus().simulated
}


def numbers(parameter: Slider) -> st.SearchStrategy[float]:
    """Numbers a parameter accepts, its two bounds above all."""
    return st.sampled_from([parameter.low, parameter.high]) | st.floats(parameter.low, parameter.high)


def settings_of(model: type[Simulation[Any]]) -> st.SearchStrategy[dict[str, float]]:
    """Values for every parameter and the seed of a simulation."""
    chosen = {name: numbers(parameter) for name, parameter in model.parameters().items()}
    return st.fixed_dictionaries({"seed": st.integers(0, LARGEST_SEED), **chosen})
