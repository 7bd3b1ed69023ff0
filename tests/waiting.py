"""Waiting in tests: for a state, never for a time. tests/test_waiting.py finds what waits otherwise."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

# a busy machine takes its time; what is wrong is found out all the same
LONGEST_SECONDS = 180.0
PAUSE_SECONDS = 0.02


def until(true: Callable[[], Any], never: str | Callable[[], str] = "", page: Any = None) -> Any:
    """Ask again and again; return the first answer that is true. `never` is what to say if none comes.

    A `page` of Playwright's goes on with its work meanwhile.
    """
    end = time.monotonic() + LONGEST_SECONDS
    while not (answer := true()):
        assert time.monotonic() < end, never() if callable(never) else never
        if page:
            page.wait_for_timeout(1_000 * PAUSE_SECONDS)
        else:
            time.sleep(PAUSE_SECONDS)
    return answer


async def until_true(true: Callable[[], Any], never: str | Callable[[], str] = "") -> Any:
    """As `until`, on an event loop that goes on with its work."""
    end = time.monotonic() + LONGEST_SECONDS
    while not (answer := true()):
        assert time.monotonic() < end, never() if callable(never) else never
        await asyncio.sleep(PAUSE_SECONDS)
    return answer


def answers(ask: Callable[[], Any]) -> Callable[[], bool]:
    """Whether a server answers `ask()` by now."""

    def asked() -> bool:
        try:
            ask()
        except OSError:
            return False
        return True

    return asked
