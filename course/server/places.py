"""Who may come in when all places are taken: a queue in the order of arrival, kept in memory alone."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable

ASK_AGAIN_SECONDS = 5
# Whoever has not asked for so long has gone
GONE_SECONDS = 4 * ASK_AGAIN_SECONDS
LONGEST_QUEUE = 5_000


class Places:
    """Places for at most `limit` visitors; `occupied` tells how many kernels there are now."""

    def __init__(self, limit: int, occupied: Callable[[], int], now: Callable[[], float] = time.monotonic) -> None:
        self.limit = limit
        self._occupied = occupied
        self._now = now
        self._starting: set[str] = set()
        self._waiting: dict[str, float] = {}

    def ask(self, ticket: str | None) -> tuple[str, int | None]:
        """Return the visitor's ticket, and how many are before them in the queue, or None: come in.

        A visitor without a ticket, or with one that this queue does not know, gets a new one at its end.
        """
        now = self._now()
        self._waiting = {one: seen for one, seen in self._waiting.items() if now - seen < GONE_SECONDS}
        if ticket is None or ticket not in self._waiting:
            ticket = secrets.token_urlsafe(12)
        if ticket in self._waiting or len(self._waiting) < LONGEST_QUEUE:
            self._waiting[ticket] = now
        order = list(self._waiting)
        before = order.index(ticket) if ticket in self._waiting else len(order)
        free = self.limit - self._occupied() - len(self._starting)
        return ticket, None if before < free else before

    def take(self, ticket: str) -> Callable[[], None]:
        """Hold a place for this ticket, so that two who come at once do not share one.

        Returns the function to call, once or more often, when the visitor's kernel counts among the occupied.
        """
        self._waiting.pop(ticket, None)
        self._starting.add(ticket)
        return lambda: self._starting.discard(ticket)
