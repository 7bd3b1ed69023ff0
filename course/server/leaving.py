"""How a server ends: it hears a signal at once, and tells what it still does to stop, so that no thread keeps it."""

from __future__ import annotations

import asyncio
import signal
import socket
from contextlib import suppress

from tornado.ioloop import IOLoop

# what does not stop by then is left where it is
PATIENCE_SECONDS = 2.0


def wake_at_signals(loop: IOLoop) -> None:
    """Let every signal that Python handles wake a loop that waits for its next event.

    Python only notes a signal, and handles it once it runs again. One that comes just before the wait, or to another thread,
    does not end the wait: a server that nobody visits would go on after Ctrl-C.
    """
    ours, theirs = socket.socketpair()
    for end in (ours, theirs):
        end.setblocking(False)

    def awake(*_event: object) -> None:
        with suppress(BlockingIOError):
            ours.recv(4096)

    loop.add_handler(ours, awake, IOLoop.READ)
    # the loop keeps its end; the other belongs to the process from now on
    signal.set_wakeup_fd(theirs.detach(), warn_on_full_buffer=False)


async def let_go() -> None:
    """Cancel all other tasks of this loop.

    AnyIO's threads wait for the next piece of work of a task until the task ends. One whose loop stops first never ends, and
    Python waits for all its threads.
    """
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    if others:
        await asyncio.wait(others, timeout=PATIENCE_SECONDS)
