from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest

from course.ui.survey import job
from course.ui.survey.job import Job, Progress
from tests.waiting import LONGEST_SECONDS, until_true


def followed(work: Callable[[Progress], Any], cancel_after: int | None = None) -> list[tuple[str, Any]]:
    """Run a job to its end, or cancel it after so many words, and return all that was heard."""
    heard: list[tuple[str, Any]] = []

    async def follow() -> None:
        others = set(threading.enumerate())
        running = Job(
            work,
            lambda share: heard.append(("told", share)),
            lambda result: heard.append(("done", result)),
            lambda error: heard.append(("failed", type(error))),
        )
        # none where the work is over by now
        workers = set(threading.enumerate()) - others
        if cancel_after is not None:
            await until_true(lambda: len(heard) >= cancel_after)
            running.cancel()
        await until_true(lambda: not any(worker.is_alive() for worker in workers))
        # what it left on the loop is said first
        await asyncio.sleep(0)

    asyncio.run(follow())
    return heard


def test_it_tells_how_far_it_is_then_ends_once() -> None:
    def work(progress: Progress) -> str:
        progress(0.5)
        return threading.current_thread().name

    told, done = followed(work)
    assert told == ("told", 0.5)
    assert done[0] == "done"
    assert done[1] != threading.main_thread().name, "the kernel stays free"


def test_a_failure_is_handed_over_not_raised() -> None:
    assert followed(lambda _progress: 1 / 0) == [("failed", ZeroDivisionError)]


def test_cancelled_it_is_silent_and_the_work_ends() -> None:
    ended = threading.Event()

    def work(progress: Progress) -> None:
        try:
            for _ in range(200):
                progress(0.1)
                threading.Event().wait(0.01)
        finally:
            ended.set()

    heard = followed(work, cancel_after=2)
    assert ended.wait(LONGEST_SECONDS), "nobody waits for it, so it stops"
    assert {kind for kind, _ in heard} == {"told"}
    assert len(heard) < 20


def test_work_that_says_nothing_is_heard_to_live(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "BEAT_SECONDS", 0.02)
    heard = followed(lambda _progress: threading.Event().wait(0.2))
    assert heard.count(("told", 0.0)) >= 3
