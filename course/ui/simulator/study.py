"""The same settings drawn many times over: what is a property of the situation, and what was luck of one draw."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import numpy as np

from course.simulations import Simulation
from course.simulations.base import LARGEST_SEED

REPEATS = 200
TELL_EVERY = 5
NORMAL_95 = 1.96


class Study:
    """Runs `simulation` under `REPEATS` seeds without holding up the kernel, and can be cancelled between any two runs.

    `send` gets {"done", "all"} as it goes on and, once at the end, also "metrics": for every metric its
    mean and the half width of the 95% interval of that mean, in the metric's unit.
    """

    def __init__(self, simulation: Simulation[Any], send: Callable[[dict[str, Any]], None]) -> None:
        self._model = type(simulation)
        self._values, self._seed = simulation.values(), int(simulation.seed)
        self._send = send
        self._task = asyncio.get_running_loop().create_task(self._run())

    def cancel(self) -> None:
        """Stop after the run in progress; nothing more is sent."""
        self._task.cancel()

    async def _run(self) -> None:
        results: list[dict[str, float]] = []
        for count in range(1, REPEATS + 1):
            seed = (self._seed + count) % (LARGEST_SEED + 1)
            results.append(self._model(seed=seed, **self._values).run().metrics)
            if count % TELL_EVERY == 0 and count < REPEATS:
                self._send({"done": count, "all": REPEATS})
            # messages of the page, Cancel among them, come in between two runs
            await asyncio.sleep(0.001)
        self._send({"done": REPEATS, "all": REPEATS, "metrics": summary(results)})


def summary(results: list[dict[str, float]]) -> dict[str, tuple[float, float]]:
    """Return, for every metric, the mean of n ≥ 2 results and the half width of its 95% interval (normal, 1.96·s/√n)."""
    table = np.array([list(result.values()) for result in results])
    halves = NORMAL_95 * table.std(axis=0, ddof=1) / np.sqrt(len(results))
    return {
        key: (float(mean), float(half)) for key, mean, half in zip(results[0], table.mean(axis=0), halves, strict=True)
    }
