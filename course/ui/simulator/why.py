"""The page asks why figures moved: run by run, between which other messages come in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from course.simulations import Simulation
from course.simulations.why import Numbers, reasons, steps


class Why:
    """Finds out what each changed slider did, and tells `send` once; can be cancelled between any two runs."""

    def __init__(self, before: Simulation[Any], after: Simulation[Any], send: Callable[[dict[str, Any]], None]) -> None:
        self._before, self._after, self._send = before, after, send
        self._task = asyncio.get_running_loop().create_task(self._run())

    def cancel(self) -> None:
        """Stop after the run in progress; nothing is sent."""
        self._task.cancel()

    async def _run(self) -> None:
        results: dict[str, Numbers] = {}
        for name, metrics in steps(self._before, self._after):
            results[name] = metrics
            await asyncio.sleep(0.001)
        found = reasons(results)
        self._send({"before": found.before, "after": found.after, "alone": found.alone, "together": found.together})
