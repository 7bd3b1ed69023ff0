"""Threads for what waits, each used again.

Starting one keeps the event loop waiting until the new thread has run, which on a busy machine takes longer than a run.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from typing import Any

_idle: list[SimpleQueue[Callable[[], None]]] = []


def in_thread(work: Callable[..., Any], *arguments: Any) -> asyncio.Future[Any]:
    """Do what waits in a thread that keeps nobody from ending this process; an executor's would."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Any] = loop.create_future()

    def settle(how: Callable[[Any], None], what: Any) -> None:
        if not future.done():
            how(what)

    def tell(how: Callable[[Any], None], what: Any) -> None:
        # the loop may be closed by now
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, how, what)

    def run() -> None:
        try:
            outcome = work(*arguments)
        except Exception as error:
            tell(future.set_exception, error)
        else:
            tell(future.set_result, outcome)

    try:
        tasks = _idle.pop()
    except IndexError:
        tasks = SimpleQueue()
        threading.Thread(target=_serve, args=(tasks,), name="run", daemon=True).start()
    tasks.put(run)
    return future


def _serve(tasks: SimpleQueue[Callable[[], None]]) -> None:
    while True:
        tasks.get()()
        _idle.append(tasks)
