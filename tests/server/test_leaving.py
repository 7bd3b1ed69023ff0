"""A server hears a signal at once, though it comes while the server waits and nobody visits it."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tornado.ioloop import IOLoop

from course.server.leaving import wake_at_signals
from tests.waiting import LONGEST_SECONDS, until


@pytest.fixture(autouse=True)
def signals_of_the_next() -> Iterator[None]:
    before, place = signal.getsignal(signal.SIGUSR1), signal.set_wakeup_fd(-1)
    yield
    signal.signal(signal.SIGUSR1, before)
    os.close(signal.set_wakeup_fd(place))


async def heard_while_waiting() -> bool:
    """Whether a signal to another thread is handled while nothing else ends the loop's wait."""
    heard = threading.Event()
    signal.signal(signal.SIGUSR1, lambda *_: heard.set())
    wake_at_signals(IOLoop.current())
    waits = Path(f"/proc/self/task/{threading.get_native_id()}/wchan")

    def send() -> bool:
        until(lambda: "poll" in waits.read_text(), "the loop does not wait")
        signal.pthread_kill(threading.get_ident(), signal.SIGUSR1)
        return heard.wait(LONGEST_SECONDS)

    return await asyncio.to_thread(send)


def test_a_signal_wakes_a_loop_that_waits() -> None:
    assert asyncio.run(heard_while_waiting())
