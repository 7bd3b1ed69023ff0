"""Every simulation of a ready module, and the values to try it with."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from course.manifest import syllabus
from course.simulations import Simulation, simulation_class
from course.simulations.base import LARGEST_SEED, Slider
from course.simulations.touchpoints import FEELING, LONGEST, MOST, RELIABILITY, Touchpoint, write
from course.simulations.words import Setting

SIMULATIONS: dict[str, type[Simulation[Any]]] = {
    module.number: simulation_class(module) for module in syllabus().simulated
}


def numbers(parameter: Slider) -> st.SearchStrategy[float]:
    """Numbers a parameter accepts, its two bounds above all."""
    return st.sampled_from([parameter.low, parameter.high]) | st.floats(parameter.low, parameter.high)


def journeys() -> st.SearchStrategy[str]:
    """Journeys as a learner may make them."""
    one = st.builds(
        Touchpoint,
        st.sampled_from(RELIABILITY[:2]) | st.floats(*RELIABILITY[:2]).map(lambda value: round(value, 1)),
        st.sampled_from(FEELING[:2]) | st.floats(*FEELING[:2]).map(lambda value: round(value, 1)),
        st.text("@茶a'=, 🍵", min_size=1, max_size=LONGEST).map(str.strip).filter(bool),
    )
    return st.lists(one, min_size=1, max_size=MOST).map(write)


def settings_of(model: type[Simulation[Any]]) -> st.SearchStrategy[dict[str, Setting]]:
    """Values for every parameter, every journey and the seed of a simulation."""
    chosen: dict[str, st.SearchStrategy[Setting]] = {
        **{name: numbers(parameter) for name, parameter in model.parameters().items()},
        **{name: journeys() for name in model.journeys()},
    }
    return st.fixed_dictionaries({"seed": st.integers(0, LARGEST_SEED), **chosen})
