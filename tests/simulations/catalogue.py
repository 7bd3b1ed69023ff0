"""Every simulation of a ready module, the values to try it with, and one way to reach each of its goals."""

from __future__ import annotations

from hypothesis import strategies as st

from course.manifest import syllabus
from course.simulations import Simulation, simulation_class
from course.simulations.base import LARGEST_SEED, Parameter

SIMULATIONS: dict[str, type[Simulation]] = {module.number: simulation_class(module) for module in syllabus().simulated}

# goal by goal, settings that reach it; found by a small search
SOLUTIONS: dict[str, dict[str, dict[str, float]]] = {
    "m01": {
        "frugal": {"expected": 60, "disagreement": 2, "service": 60, "spread": 4},
        "gold-back": {"expected": 62, "service": 80, "spread": 4},
        "heal": {"disagreement": 0, "service": 78, "spread": 11},
    },
    "m02": {
        "same-effort": {"pulse": 0, "lasting": 2.5},
        "no-regret": {"pulse": 0, "promise": 64, "spread": 5, "hears": 30},
        "keep-the-word": {"pulse": 0, "promise": 80, "spread": 5, "hears": 30, "lasting": 20},
    },
    "m03": {
        "sure": {"answers": 1_500},
        "honest": {"unhappy": 30, "answers": 250, "reminders": 4},
        "early": {"drift": -0.1, "answers": 600},
    },
    "m10": {
        "late-tables": {"openings": 20, "training": 40, "occupied": 100},
        "grow-whole": {"openings": 65, "training": 100, "occupied": 80},
        "brake": {"brake_turnover": 3.7, "occupied": 100},
    },
    "m12": {
        "keep-it": {"promise": 8.5},
        "olist-price": {"promise": 23.5, "mean_time": 12.5, "spread": 7, "late_weight": 14},
        "outrun": {"promise": 6, "mean_time": 4.5, "spread": 1, "faster": 8},
    },
    "m11": {
        "calibrate": {"padding": 1.5, "spread": 0.42},
        "reliable": {"padding": 1.4, "spread": 0.1},
        "price": {"dread": 0.65},
    },
}


def numbers(parameter: Parameter) -> st.SearchStrategy[float]:
    """Numbers a parameter accepts, its two bounds above all."""
    return st.sampled_from([parameter.low, parameter.high]) | st.floats(parameter.low, parameter.high)


def settings_of(model: type[Simulation]) -> st.SearchStrategy[dict[str, float]]:
    """Values for every parameter and the seed of a simulation."""
    chosen = {name: numbers(parameter) for name, parameter in model.parameters().items()}
    return st.fixed_dictionaries({"seed": st.integers(0, LARGEST_SEED), **chosen})
