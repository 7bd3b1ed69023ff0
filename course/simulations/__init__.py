"""The course's simulations: sliders and theory in, tidy tables, typed figures and one sentence out. No widgets."""

from __future__ import annotations

from course.simulations.base import Run, Simulation, Slider, tidy
from course.simulations.registry import simulation_class

__all__ = ["Run", "Simulation", "Slider", "simulation_class", "tidy"]
