"""The course's simulations: sliders and theory in, tidy tables, typed figures and one sentence out. No widgets."""

from __future__ import annotations

from course.simulations.base import Simulation, Slider
from course.simulations.registry import simulation_class
from course.simulations.run import Run, tidy

__all__ = ["Run", "Simulation", "Slider", "simulation_class", "tidy"]
