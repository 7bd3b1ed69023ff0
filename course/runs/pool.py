"""As many workers as there are processors. One that dies, or works too long, is replaced; the question is told why."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from typing import Protocol

from course.runs.line import Line, WorkerGoneError
from course.runs.questions import Question
from course.runs.threads import in_thread
from course.runs.turns import Turns

# A run takes a tenth of a second at most, many draws of it twenty; a busy machine takes several times as long
SECONDS, LONG_SECONDS = 20.0, 180.0
MOST_LONG, MOST_LONG_EACH = 40, 20

Told = Callable[[bytes], None]


class TooLongError(RuntimeError):
    """Raised where an answer was not there when its time was over."""


class Worker(Protocol):
    """What the pool needs of a worker (`line.Line`)."""

    def ask(self, question: Question, told: Told) -> tuple[bytes, bytes]:
        """Return how it is answered, and the last frame; wait for it."""

    def kill(self) -> None:
        """End it at once."""

    def close(self) -> None:
        """End it and let go of what it held."""


def processors() -> int:
    """Return how many processors this process may use; two at least, so that what takes long leaves one free."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(2, usable or 1)


class Pool:
    """Workers made by `start`; long questions never have all of them."""

    def __init__(
        self,
        size: int = 0,
        start: Callable[[], Worker] = Line,
        seconds: float = SECONDS,
        long_seconds: float = LONG_SECONDS,
    ) -> None:
        self.size = size or processors()
        self.seconds, self.long_seconds = seconds, long_seconds
        self._start = start
        self._idle: list[Worker] = []
        self._age = 0
        self._turns = Turns(self.size)
        self._long_turns = Turns(self.size - 1, MOST_LONG, MOST_LONG_EACH)

    async def ask(self, question: Question, address: str, told: Told) -> tuple[bytes, bytes]:
        """Return how a question is answered, and the last frame of the answer; `told` gets those before it.

        Raises `BusyError` where too many wait, `TooLongError`, and `WorkerGoneError` where its worker died twice.
        Cancelled, it ends the work.
        """
        if not question.long:
            return await self._in_turn(question, address, told)
        await self._long_turns.take(address)
        try:
            return await self._in_turn(question, address, told)
        finally:
            self._long_turns.give_back()

    async def _in_turn(self, question: Question, address: str, told: Told) -> tuple[bytes, bytes]:
        await self._turns.take(address)
        try:
            try:
                return await self._work(question, told)
            except WorkerGoneError:
                # it may have been ended from outside, and the others that wait here with it
                return await self._work(question, told, anew=True)
        finally:
            self._turns.give_back()

    async def _worker(self, anew: bool) -> Worker:
        if self._idle and not anew:
            return self._idle.pop()
        starting = in_thread(self._start)
        try:
            return await asyncio.shield(starting)
        except asyncio.CancelledError:
            starting.add_done_callback(self._keep)
            raise

    def _keep(self, starting: asyncio.Future[Worker]) -> None:
        if not starting.cancelled() and not starting.exception():
            self._idle.append(starting.result())

    async def _work(self, question: Question, told: Told, anew: bool = False) -> tuple[bytes, bytes]:
        loop = asyncio.get_running_loop()
        age, worker = self._age, await self._worker(anew)
        late = False

        def too_long() -> None:
            nonlocal late
            late = True
            worker.kill()

        def tell(piece: bytes) -> None:
            loop.call_soon_threadsafe(told, piece)

        limit = loop.call_later(self.long_seconds if question.long else self.seconds, too_long)
        asking = in_thread(worker.ask, question, tell)
        try:
            answer: tuple[bytes, bytes] = await asyncio.shield(asking)
        except asyncio.CancelledError:
            asking.add_done_callback(lambda done: done.exception())
            in_thread(worker.close)
            raise
        except WorkerGoneError as error:
            in_thread(worker.close)
            if late:
                raise TooLongError from error
            raise
        finally:
            limit.cancel()
        if age == self._age:
            self._idle.append(worker)
        else:
            in_thread(worker.close)
        return answer

    def renew(self) -> None:
        """Let the workers go, each when it has answered; others are started when they are needed."""
        self._age += 1
        for worker in self._idle:
            in_thread(worker.close)
        self._idle = []
