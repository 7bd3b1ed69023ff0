"""Whose turn it is: so many questions are worked on at once, and those who wait are served address by address.

So nobody who asks much keeps others waiting, and a class behind one address is served as a class alone would be.
"""

from __future__ import annotations

import asyncio
from collections import deque

# Questions that may wait, in all and from one address: a class of 300 behind one router, each with two on its way
MOST, MOST_EACH = 2_000, 600


class BusyError(RuntimeError):
    """Raised where as many wait as may wait."""


class Turns:
    """`size` places to work; at most `most` wait for one, at most `most_each` of them from one address."""

    def __init__(self, size: int, most: int = MOST, most_each: int = MOST_EACH) -> None:
        self.free, self.most, self.most_each = size, most, most_each
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(map(len, self._waiting.values()))

    async def take(self, address: str) -> None:
        """Wait for a place. `BusyError` where there is none even to wait."""
        if self.free and not self._waiting:
            self.free -= 1
            return
        mine = self._waiting.get(address, deque())
        if self.waiting >= self.most or len(mine) >= self.most_each:
            raise BusyError
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        mine.append(turn)
        self._waiting[address] = mine
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                # it had been given the place in the same moment
                self.give_back()
            raise

    def give_back(self) -> None:
        """Leave the place to whoever is next: the first of the address whose last turn is longest ago."""
        while self._waiting:
            address, line = next(iter(self._waiting.items()))
            turn = line.popleft()
            del self._waiting[address]
            if line:
                # behind all others
                self._waiting[address] = line
            if not turn.done():
                turn.set_result(None)
                return
        self.free += 1
