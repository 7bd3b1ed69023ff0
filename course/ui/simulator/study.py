"""The same settings drawn many times over: what is a property of the situation, and what was luck of one draw."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from course.simulations import Run, Simulation
from course.ui.simulator.answers import REPEATS, repeats, studied

TELL_EVERY = 5
Send = Callable[[dict[str, Any], list[bytes]], None]


class Study:
    """Runs `simulation` under `REPEATS` seeds without holding up the kernel, and can be cancelled between any two runs.

    `send` gets {"done", "all"} as it goes on and, once at the end, what the runs have in common (`studied`).
    """

    def __init__(self, simulation: Simulation[Any], language: str, send: Send) -> None:
        # as it is set now, whatever becomes of it meanwhile
        self._simulation = type(simulation)(seed=simulation.seed, **simulation.settings())
        self._language, self._send = language, send
        self._task = asyncio.get_running_loop().create_task(self._run())

    def cancel(self) -> None:
        """Stop after the run in progress; nothing more is sent."""
        self._task.cancel()

    async def _run(self) -> None:
        runs: list[Run[Any]] = []
        for run in repeats(self._simulation):
            runs.append(run)
            if len(runs) % TELL_EVERY == 0 and len(runs) < REPEATS:
                self._send({"done": len(runs), "all": REPEATS}, [])
            # messages of the page, Cancel among them, come in between two runs
            await asyncio.sleep(0.001)
        self._send(*studied(self._simulation, runs, self._language))
