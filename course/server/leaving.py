"""How a server ends: whatever it still does is told to stop, so that no thread keeps the process waiting for it."""

from __future__ import annotations

import asyncio

# what does not stop by then is left where it is
PATIENCE_SECONDS = 2.0


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
