"""A clock for limits: it stands still while what it times waits for a processor, so a neighbour's load takes nobody's time.

Linux counts for every thread how long it was ready to run and was not let (`/proc/…/schedstat`, second field, nanoseconds;
`Documentation/scheduler/sched-stats.rst` of the kernel). Where it does not, this is the ordinary monotonic clock.
"""

from __future__ import annotations

import os
import threading
import time
from contextlib import suppress

# However much is waited, this clock goes at least so fast: who starts a hundred threads gains no day by it
SLOWEST = 1 / 10
# The accounts are read again at most so often, seconds
READ_SECONDS = 0.05


def _waited(task: str) -> int:
    """Return the nanoseconds that a thread was ready and did not run; 0 where nobody counts them, or it has ended."""
    with suppress(OSError, ValueError, IndexError), open(f"{task}/schedstat", encoding="ascii") as account:
        return int(account.read().split()[1])
    return 0


class FairClock:
    """Seconds for which the calling thread and those of the processes that are added could have run.

    What they waited is added up, for an answer goes through several of them in turn. Where two wait at the same time this
    is too much, which errs on the side of whoever is being timed.
    """

    def __init__(self, *pids: int) -> None:
        self._own = f"/proc/self/task/{threading.get_native_id()}"
        self._processes: list[str] = []
        self._first: dict[str, int] = {self._own: _waited(self._own)}
        self._last = dict(self._first)
        self._begun = self._read = time.monotonic()
        self._seconds = self._begun
        for pid in pids:
            self.add(pid)

    def add(self, pid: int) -> None:
        """Count the waiting of this process's threads, too, from now on."""
        self._processes.append(f"/proc/{pid}/task")
        for task in self._tasks():
            self._first.setdefault(task, _waited(task))

    def _tasks(self) -> list[str]:
        tasks = [self._own]
        for folder in self._processes:
            with suppress(OSError):
                tasks += [f"{folder}/{name}" for name in os.listdir(folder)]
        return tasks

    def __call__(self) -> float:
        """Return the seconds of this clock, which agreed with `time.monotonic()` when it was made."""
        now = time.monotonic()
        if now - self._read < READ_SECONDS:
            return self._seconds
        self._read = now
        for task in self._tasks():
            # one that has ended keeps what it had
            self._last[task] = max(_waited(task), self._last.get(task, 0))
        waited = sum(last - self._first.get(task, 0) for task, last in self._last.items()) / 1e9
        passed = now - self._begun
        fair = self._begun + max(passed - waited, passed * SLOWEST)
        self._seconds = max(self._seconds, fair)
        return self._seconds
