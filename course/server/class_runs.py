"""The simulation behind challenges and strategies, run in a thread beside the server's own, one setting after the other.

A run takes a tenth of a second. The model is there already, since the class's bets needed it: no worker has to start.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from course.classroom.kinds import Settings
from course.classroom.room import Room
from course.manifest import syllabus
from course.simulations import simulation_class

MOST_WAITING = 300
MOST_KEPT = 5_000
AGAIN_SECONDS = 2.0


class BusyError(RuntimeError):
    """As many runs wait as may wait."""


def run(module: str, settings: Settings) -> dict[str, float]:
    """Return what comes of `settings`: metrics and sliders by name, in their units."""
    simulation = simulation_class(syllabus().module(module))(**dict(settings))
    return {**simulation.values(), **simulation.run().metrics}


class Runner:
    """Runs what `room` was asked to, and tells it what came; `changed` is called after that."""

    def __init__(self, room: Room, changed: Callable[[], None]) -> None:
        self._room = room
        self._changed = changed
        self._thread = ThreadPoolExecutor(1, "runs")
        self._waiting = 0
        self._kept: OrderedDict[Settings, dict[str, float]] = OrderedDict()
        self._underway: dict[Settings, asyncio.Task[None]] = {}

    async def figures(self, settings: Settings) -> dict[str, float]:
        """Return what comes of `settings`. `BusyError` where too many wait."""
        if settings in self._kept:
            return self._kept[settings]
        if self._waiting >= MOST_WAITING:
            raise BusyError
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            found = await loop.run_in_executor(self._thread, run, self._room.module, settings)
        finally:
            self._waiting -= 1
        self._kept[settings] = found
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return found

    def catch_up(self, place: int) -> None:
        """Run what was answered to a step and has not been run yet."""
        for settings in self._room.to_run(place):
            if settings not in self._underway:
                self._underway[settings] = asyncio.create_task(self._run(settings))

    async def _run(self, settings: Settings) -> None:
        try:
            while True:
                try:
                    self._room.ran(settings, await self.figures(settings))
                except BusyError:
                    await asyncio.sleep(AGAIN_SECONDS)
                else:
                    self._changed()
                    return
        finally:
            del self._underway[settings]

    def close(self) -> None:
        """Run nothing more."""
        self._thread.shutdown(wait=False, cancel_futures=True)
