"""How far a run meets the challenges of its simulation."""

from __future__ import annotations

from typing import Any

from course.simulations.base import Simulation
from course.simulations.run import Run


def progress(simulation: Simulation[Any], run: Run[Any]) -> list[list[bool]]:
    """Return, goal by goal, whether each condition is met: one about a slider, in every period of a run that was played."""
    met = []
    for goal in simulation.words().goals:
        periods = [
            goal.progress({**simulation.values(), **decided, **run.metrics})
            for decided in simulation.decisions or ({},)
        ]
        met.append([all(condition) for condition in zip(*periods, strict=True)])
    return met
