"""The course's simulations: parameters and theory in, tidy tables, named metrics and one sentence out. No widgets."""

from __future__ import annotations

from course.simulations.base import Bet, Goal, Metric, Preset, Run, Simulation, parameter
from course.simulations.registry import simulation_class

__all__ = ["Bet", "Goal", "Metric", "Preset", "Run", "Simulation", "parameter", "simulation_class"]
