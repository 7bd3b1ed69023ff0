"""One long piece of work at a time, in a thread, so that the kernel goes on answering the page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread
from typing import Generic, TypeVar

# a page that hears nothing for long believes the kernel dead
BEAT_SECONDS = 2.0

Result = TypeVar("Result")
Progress = Callable[[float], None]


class CancelledError(Exception):
    """Raised inside the work, at the next word of its progress, once nobody waits for it any more."""


class Job(Generic[Result]):
    """Runs `work(progress)` in a thread; `progress(share)` takes the part done, from 0 to 1.

    On the kernel's own loop, `told(share)` hears how far it is, then `done(result)` or `failed(error)` is called once.
    After `cancel()` none of them is called.
    """

    def __init__(
        self,
        work: Callable[[Progress], Result],
        told: Progress,
        done: Callable[[Result], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        self._work, self._told, self._done, self._failed = work, told, done, failed
        self._stop = Event()
        self._share = 0.0
        self._loop = asyncio.get_running_loop()
        # a daemon, so that a kernel may end in the middle of it
        Thread(target=self._run, daemon=True).start()
        self._loop.call_later(BEAT_SECONDS, self._beat)

    def cancel(self) -> None:
        """Be silent from now on, and end the work as soon as it looks up."""
        self._stop.set()

    def _beat(self) -> None:
        if not self._stop.is_set():
            self._told(self._share)
            self._loop.call_later(BEAT_SECONDS, self._beat)

    def _run(self) -> None:
        try:
            result = self._work(self._progress)
        except BaseException as error:
            self._say(self._end, self._failed, error)
        else:
            self._say(self._end, self._done, result)

    def _end(self, hear: Callable[..., None], outcome: object) -> None:
        self._stop.set()
        hear(outcome)

    def _progress(self, share: float) -> None:
        if self._stop.is_set():
            raise CancelledError
        self._share = share
        self._say(self._told, share)

    def _say(self, hear: Callable[..., None], *what: object) -> None:
        def tell() -> None:
            if not self._stop.is_set():
                hear(*what)

        with suppress(RuntimeError):  # the kernel is ending: its loop is closed
            self._loop.call_soon_threadsafe(tell)
