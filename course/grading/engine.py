"""Where submissions run: threads here, each with a kernel of its own, or the workers of a dask scheduler."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any, Protocol

from course.grading.execute import Job, Ran
from course.i18n import gettext

# More submissions than cores: some always wait, for a sandbox, the disk or each other's answers
SPARE = 2
# How often a submission is tried on another worker when one is lost
RETRIES = 3


class EngineError(RuntimeError):
    """Raised where submissions cannot be run; the message says what helps."""


class Engine(Protocol):
    """What a grading run asks of an engine."""

    places: int

    def submit(self, work: Callable[[Job], Ran], job: Job) -> Future[Ran]:
        """Run `work(job)` somewhere and return its future."""

    def close(self) -> None:
        """Drop what has not begun."""


class Local:
    """Threads of this process. They wait; the work is done in the kernels' own processes."""

    def __init__(self, places: int = 0) -> None:
        self.places = places or cores() + SPARE
        self._pool: Executor = ThreadPoolExecutor(self.places, thread_name_prefix="submission")

    def submit(self, work: Callable[[Job], Ran], job: Job) -> Future[Ran]:
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


def open_engine(places: int = 0, scheduler: str = "") -> Engine:
    """Return the engine asked for: local, or dask's behind `scheduler`. Raises `EngineError`."""
    if not scheduler:
        return Local(places)
    try:
        from course.grading.cluster import Cluster
    except ImportError as error:
        message = gettext("--scheduler needs dask.distributed. In the course's folder, run: uv sync --extra cluster")
        raise EngineError(message) from error
    engine: Any = Cluster(scheduler)
    return engine
