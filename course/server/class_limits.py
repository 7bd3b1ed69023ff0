"""How often somebody may ask: a bucket that fills again with time. Kept in memory alone."""

from __future__ import annotations

import time
from collections.abc import Callable

MOST_KEYS = 4_000


class Bucket:
    """Lets `burst` through at once and `rate` a second after that."""

    def __init__(self, rate: float, burst: float, now: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._burst = burst
        self._now = now
        self._left = burst
        self._at = now()

    def take(self) -> bool:
        """Tell whether one more may pass, and count it if so."""
        self._fill()
        if self._left < 1:
            return False
        self._left -= 1
        return True

    def full(self) -> bool:
        """Tell whether nothing was taken lately."""
        self._fill()
        return self._left >= self._burst

    def _fill(self) -> None:
        now = self._now()
        self._left = min(self._burst, self._left + (now - self._at) * self._rate)
        self._at = now


class Buckets:
    """A bucket for each key, forgotten once it is full again; where too many are in use, none is given to a new key."""

    def __init__(self, rate: float, burst: float, now: Callable[[], float] = time.monotonic) -> None:
        self._make = lambda: Bucket(rate, burst, now)
        self._kept: dict[str, Bucket] = {}

    def take(self, key: str) -> bool:
        """Tell whether `key` may pass once more, and count it if so."""
        if key not in self._kept and len(self._kept) >= MOST_KEYS:
            self._kept = {one: bucket for one, bucket in self._kept.items() if not bucket.full()}
            if len(self._kept) >= MOST_KEYS:
                return False
        return self._kept.setdefault(key, self._make()).take()
