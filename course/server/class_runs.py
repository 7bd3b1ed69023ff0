"""The simulation behind challenges and strategies: the run service runs what a class sets, off the server's thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import MappingProxyType

from course.classroom.kinds import Settings
from course.classroom.room import Room
from course.manifest import syllabus
from course.runs import Question, Service
from course.runs.frames import read_frame
from course.runs.pool import Pool
from course.runs.service import RETRY_SECONDS, Outcome

MOST_TRIES = 5
# a laptop that shows the board, and whatever else is open, takes its time; nobody has to be kept from waiting longer
LONGEST_SECONDS = 120.0
OURS = "the board"


class BusyError(RuntimeError):
    """Nobody can run this now."""


class Runner:
    """Runs what `room` was asked to, and tells it what came; `changed` is called after that."""

    def __init__(self, room: Room, changed: Callable[[], None]) -> None:
        self._room = room
        self._changed = changed
        self._module = syllabus().module(room.module).id
        self._service = Service(Pool(seconds=LONGEST_SECONDS))
        self._underway: dict[Settings, asyncio.Task[None]] = {}

    async def figures(self, settings: Settings, who: str) -> dict[str, float]:
        """Return what comes of `settings`: metrics and sliders by name. `BusyError` where it cannot be run now."""
        fields = MappingProxyType({name: f"{value:.12g}" for name, value in settings})
        answer = await self._service.ask(Question(self._module, "run", "en", "", fields), who)
        if answer.outcome is not Outcome.ANSWERED:
            raise BusyError(answer.said)
        told, _columns = read_frame(answer.frame)
        found: dict[str, float] = {**told["values"], **told["metrics"]}
        return found

    def catch_up(self, place: int) -> None:
        """Run what was answered to a step and has not been run yet."""
        for settings in self._room.to_run(place):
            if settings not in self._underway:
                self._underway[settings] = asyncio.create_task(self._run(settings))

    async def _run(self, settings: Settings) -> None:
        try:
            for _try in range(MOST_TRIES):
                try:
                    self._room.ran(settings, await self.figures(settings, OURS))
                except BusyError:
                    await asyncio.sleep(RETRY_SECONDS)
                else:
                    self._changed()
                    return
        finally:
            del self._underway[settings]
