"""Answers that were given, the least used forgotten first."""

from __future__ import annotations

from collections import OrderedDict

# Some 10,000 runs; an answer of the largest share of it is not kept
MOST_BYTES = 48_000_000
LARGEST_SHARE = 50


class Store:
    """At most `most` bytes: answers, and the addresses at which they are asked for."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self.most, self.size = most, 0
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    def find(self, key: str) -> bytes | None:
        """Return the answer at an address, if it is kept."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def keep(self, key: str, answer: bytes) -> None:
        """Keep an answer, and forget others where there is no more room."""
        if (len(key) + len(answer)) * LARGEST_SHARE > self.most:
            return
        if key in self._kept:
            self.size -= len(key) + len(self._kept.pop(key))
        self.size += len(key) + len(answer)
        self._kept[key] = answer
        while self.size > self.most:
            self.size -= sum(map(len, self._kept.popitem(last=False)))

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
        self.size = 0

    def __len__(self) -> int:
        return len(self._kept)
