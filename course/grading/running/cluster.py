"""Submissions on the workers of a dask scheduler. They run there and come back; only this process writes anything.

Workers need the same version of the course, bubblewrap, and one thread per submission that they are to run at once. When
one is lost, dask gives its submissions to another; a submission that has cost four workers is given up.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future

from distributed import Client

from course import __version__
from course.grading.running.engine import RETRIES, EngineError
from course.grading.running.job import Job, RunResult
from course.i18n import gettext

SECONDS = 15


class Cluster:
    """An engine behind `scheduler`, as `tcp://host:8786`. Raises `EngineError` where nobody answers or nobody works."""

    def __init__(self, scheduler: str) -> None:
        try:
            self._client = Client(scheduler, timeout=SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            message = gettext("No dask scheduler answers at {address}. Start one with: dask scheduler --port 8786")
            raise EngineError(message.format(address=scheduler)) from error
        try:
            self.places = self._places(scheduler)
        except EngineError:
            self._client.close()
            raise
        self._pool: Executor = self._client.get_executor(pure=False, retries=RETRIES)

    def submit(self, work: Callable[[Job], RunResult], job: Job) -> Future[RunResult]:
        """Run `work(job)` on a worker; again on another where that one is lost."""
        return self._pool.submit(work, job)

    def close(self) -> None:
        """Drop what has not begun, and leave the scheduler to others."""
        self._pool.shutdown(wait=False)
        self._client.close()

    def _places(self, scheduler: str) -> int:
        """Return how many submissions can run at once. Raises `EngineError` where none can, or on another version."""
        try:
            self._client.wait_for_workers(1, timeout=SECONDS)
        except TimeoutError as error:
            message = gettext("The scheduler at {address} has no workers. Start some with: dask worker {address}")
            raise EngineError(message.format(address=scheduler)) from error
        others = {found for found in self._client.run(version, on_error="return").values() if found != __version__}
        if others:
            message = gettext(
                "Workers have another version of the course than {version}, or none. Install the same one."
            )
            raise EngineError(message.format(version=__version__))
        return sum(int(threads) for threads in self._client.nthreads().values())


def version() -> str:
    """Return the version of the course where this runs."""
    return __version__
