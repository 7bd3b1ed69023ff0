"""Where submissions run: threads here, each with a kernel of its own, or the workers of a dask scheduler."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Protocol

from course.grading.running.job import Job, RunResult

# More submissions than cores: some always wait, for a sandbox, the disk or each other's answers
SPARE = 2
# How often a submission is tried on another worker when one is lost
RETRIES = 3


class EngineError(RuntimeError):
    """Raised where submissions cannot be run; the message says what helps."""


class Engine(Protocol):
    """What a grading run asks of an engine."""

    places: int

    def submit(self, work: Callable[[Job], RunResult], job: Job) -> Future[RunResult]:
        """Run `work(job)` somewhere and return its future."""

    def close(self) -> None:
        """Drop what has not begun."""


class Local:
    """Threads of this process. They wait; the work is done in the kernels' own processes."""

    def __init__(self, places: int = 0) -> None:
        self.places = places or cores() + SPARE
        self._pool: Executor = ThreadPoolExecutor(self.places, thread_name_prefix="submission")

    def submit(self, work: Callable[[Job], RunResult], job: Job) -> Future[RunResult]:
        """Run `work(job)` in a thread."""
        return self._pool.submit(work, job)

    def close(self) -> None:
        """Drop what has not begun, and wait for the rest."""
        self._pool.shutdown(wait=True, cancel_futures=True)


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
