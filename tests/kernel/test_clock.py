"""Limits count the time in which a process could run: not what it waits for a processor that others use."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest

from course.kernel import clock
from course.kernel.clock import SLOWEST, FairClock
from tests.waiting import until

pytestmark = pytest.mark.skipif(not os.path.exists("/proc/self/schedstat"), reason="nobody counts waiting here")

BUSY = [sys.executable, "-c", "while True: pass"]


@contextmanager
def running(*commands: list[str]) -> Iterator[list[psutil.Process]]:
    """Run these commands on one and the same processor."""
    children = [subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) for command in commands]
    try:
        for child in children:
            os.sched_setaffinity(child.pid, {min(os.sched_getaffinity(0))})
        yield [psutil.Process(child.pid) for child in children]
    finally:
        for child in children:
            child.kill()
            child.wait()


def used(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def test_waiting_for_a_processor_counts_for_nothing():
    with running(*[BUSY] * 4) as (worker, *_neighbours):
        fair = FairClock(worker.pid)
        begun, wall, before = fair(), time.monotonic(), used(worker)
        until(lambda: used(worker) - before >= 0.5)
        passed, on_the_wall = fair() - begun, time.monotonic() - wall
    assert passed < on_the_wall * 0.7
    assert passed >= on_the_wall * SLOWEST * 0.99


def test_sleep_counts_in_full():
    with running([sys.executable, "-c", "import time; time.sleep(600)"]) as (sleeper,):
        fair = FairClock(sleeper.pid)
        begun = fair()
        # would not end if the clock stood still
        until(lambda: fair() - begun >= 0.2)


def test_a_thousand_waiting_threads_do_not_stop_it(monkeypatch: pytest.MonkeyPatch):
    account = iter(range(0, 10**15, 10**12))
    monkeypatch.setattr(clock, "_waited", lambda _task: next(account))
    fair = FairClock()
    begun, wall = fair(), time.monotonic()
    until(lambda: fair() != begun)
    assert 0 < fair() - begun <= (time.monotonic() - wall + 1) * SLOWEST


def test_without_an_account_it_is_the_clock_on_the_wall(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(clock, "_waited", lambda _task: 0)
    fair = FairClock(os.getpid())
    low = time.monotonic()
    now = until(lambda: (now := fair()) >= low and now)
    assert low <= now <= time.monotonic()


def test_it_never_goes_back():
    fair = FairClock()
    seen = [fair()]
    with running(BUSY, BUSY) as (first, second):
        fair.add(first.pid)
        fair.add(second.pid)
        for _ in range(5):
            seen.append(until(lambda: (now := fair()) != seen[-1] and now))
    seen.append(until(lambda: (now := fair()) != seen[-1] and now))
    assert seen == sorted(seen)
