"""The same settings drawn many times over: what is a property of the situation, and what was luck of one draw."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import numpy as np

from course.simulations import Run, Simulation
from course.simulations.base import LARGEST_SEED
from course.simulations.luck import fans, sentences
from course.ui.simulator.columns import pack

REPEATS = 200
TELL_EVERY = 5
NORMAL_95 = 1.96
Send = Callable[[dict[str, Any], list[bytes]], None]


class Study:
    """Runs `simulation` under `REPEATS` seeds without holding up the kernel, and can be cancelled between any two runs.

    `send` gets {"done", "all"} as it goes on and, once at the end, also "metrics": for every metric its mean and the half
    width of the 95% interval of that mean, in the metric's unit; "draws": every metric in every run; "sentences" that count
    them, in `language`; and as "tables", with their buffers, the bands of the lines (`luck.fans`).
    """

    def __init__(self, simulation: Simulation[Any], language: str, send: Send) -> None:
        self._model, self._simulation, self._language = type(simulation), simulation, language
        self._values, self._seed = simulation.settings(), int(simulation.seed)
        self._send = send
        self._task = asyncio.get_running_loop().create_task(self._run())

    def cancel(self) -> None:
        """Stop after the run in progress; nothing more is sent."""
        self._task.cancel()

    async def _run(self) -> None:
        runs: list[Run[Any]] = []
        for count in range(1, REPEATS + 1):
            seed = (self._seed + count) % (LARGEST_SEED + 1)
            runs.append(self._model(seed=seed, **self._values).run())
            if count % TELL_EVERY == 0 and count < REPEATS:
                self._send({"done": count, "all": REPEATS}, [])
            # messages of the page, Cancel among them, come in between two runs
            await asyncio.sleep(0.001)
        results = [run.metrics for run in runs]
        tables, buffers = pack(fans(self._model, runs))
        told = {
            "metrics": summary(results),
            "draws": {key: [result[key] for result in results] for key in results[0]},
            "sentences": sentences(self._simulation, results, self._language),
            "tables": tables,
        }
        self._send({"done": REPEATS, "all": REPEATS, **told}, buffers)


def summary(results: list[dict[str, float]]) -> dict[str, tuple[float, float]]:
    """Return, for every metric, the mean of n ≥ 2 results and the half width of its 95% interval (normal, 1.96·s/√n)."""
    table = np.array([list(result.values()) for result in results])
    halves = NORMAL_95 * table.std(axis=0, ddof=1) / np.sqrt(len(results))
    return {
        key: (float(mean), float(half)) for key, mean, half in zip(results[0], table.mean(axis=0), halves, strict=True)
    }
