"""A server hears a signal at once, though it comes while the server waits and nobody visits it."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tornado.ioloop import IOLoop

from course.server.leaving import wake_at_signals
from tests.waiting import until

# how long a loop waits that nothing wakes; what it finds afterwards came too late
WAIT_SECONDS = 8.0


@pytest.fixture(autouse=True)
def signals_of_the_next() -> Iterator[None]:
    before, place = signal.getsignal(signal.SIGUSR1), signal.set_wakeup_fd(-1)
    yield
    signal.signal(signal.SIGUSR1, before)
    os.close(signal.set_wakeup_fd(place))


async def heard(prepare: Callable[[IOLoop], None]) -> bool:
    """Whether a signal to another thread wakes the loop before it would have woken by itself."""
    loop, told = asyncio.get_running_loop(), asyncio.Event()
    signal.signal(signal.SIGUSR1, lambda *_: loop.call_soon_threadsafe(told.set))
    prepare(IOLoop.current())
    waits = Path(f"/proc/self/task/{threading.get_native_id()}/wchan")

    def send() -> None:
        until(lambda: "poll" in waits.read_text(), "the loop does not wait")
        signal.pthread_kill(threading.get_ident(), signal.SIGUSR1)

    too_late = loop.create_future()
    alarm = loop.call_later(WAIT_SECONDS, too_late.set_result, None)
    threading.Thread(target=send).start()
    waiting = asyncio.ensure_future(told.wait())
    await asyncio.wait([waiting, too_late], return_when=asyncio.FIRST_COMPLETED)
    in_time = not too_late.done()
    alarm.cancel()
    await waiting
    return in_time


def test_a_signal_wakes_a_loop_that_waits() -> None:
    assert asyncio.run(heard(wake_at_signals))
