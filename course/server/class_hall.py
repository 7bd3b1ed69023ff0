"""The room on a server: who waits for news of it, and how often each may ask."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from course.classroom.room import Room
from course.classroom.state import LOBBY, REVEALED
from course.server.class_limits import Bucket, Buckets
from course.server.class_runs import Runner

TEACHER = "teacher"
MOST_WAITING = 2_500
# a page that is open in so many tabs at once
MOST_TABS = 3


class Hall:
    """One room, its address for phones, and its limits. `leave` is called once everything is deleted."""

    def __init__(self, room: Room, address: str, leave: Callable[[], None]) -> None:
        self.room = room
        self.address = address
        self.leave = leave
        self.deleted = False
        self._waiting: dict[str, list[asyncio.Future[None]]] = {}
        self.runner = Runner(room, self.ran)
        # a class that sits behind one router has one address
        self.joins = Buckets(rate=2, burst=400)
        self.answers = Buckets(rate=2, burst=20)
        self.asks = Buckets(rate=4, burst=40)
        self.tries = Buckets(rate=1, burst=6)
        self.all = Bucket(rate=1_500, burst=4_000)

    def catch_up(self) -> None:
        """Have what was answered to the step on show run, as far as it has not been, and what is shown beside it."""
        if self.room.state.step != LOBBY:
            self.runner.catch_up(self.room.state.step)

    def ran(self) -> None:
        """Tell the board, and phones that are shown what came of their answers, that a run is through."""
        revealed = self.room.state.now.phase == REVEALED
        self.ring(None if revealed else TEACHER)

    async def news(self, who: str, seconds: float) -> None:
        """Wait until something changes, `seconds` at most, or until the same person waits in too many places."""
        mine = self._waiting.setdefault(who, [])
        if len(mine) >= MOST_TABS or sum(map(len, self._waiting.values())) >= MOST_WAITING:
            self._wake(mine[:1])
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        mine.append(future)
        try:
            await asyncio.wait_for(future, seconds)
        except TimeoutError:
            pass
        finally:
            mine.remove(future)
            if not mine and self._waiting.get(who) is mine:
                del self._waiting[who]

    def hang_up(self, who: str) -> None:
        """Stop waiting for somebody whose line is gone: the longest of theirs."""
        self._wake(self._waiting.get(who, [])[:1])

    def ring(self, who: str | None = None) -> None:
        """Tell everybody who waits that something has changed, or one of them."""
        for key in [who] if who else list(self._waiting):
            self._wake(self._waiting.get(key, []))

    @staticmethod
    def _wake(futures: list[asyncio.Future[None]]) -> None:
        for future in futures:
            if not future.done():
                future.set_result(None)
