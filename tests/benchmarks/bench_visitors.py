"""Visitors of `course apps` within a minute, a hundred and a thousand: how long they wait, and the memory they take.

Each opens the m01 dashboard at a random moment of the first minute and moves sliders about once a second for 30 s
(explorer.py). The visitors are protocol-level, load the page's scripts too, and share the machine with the server: what
they and the server take of its processors is told apart. Bars: no error, p95 of a step ≤ 150 ms, ≤ 1 MB for a further
visitor, no process more afterwards; a hundred ≤ 500 MB at the peak. A minute and a half for each number of visitors;
`COURSE_BENCH_VISITORS=1000` measures only that.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.benchmarks.explorer import Explorer
from tests.browser.tools import Served

ARRIVING, PLAYING, PAUSE = 60.0, 30.0, (0.5, 1.5)
# seconds between two looks at the server's memory, which take it time
LOOK = 10.0
MB = 2**20


def memory(process: psutil.Process) -> tuple[int, int]:
    """Return the proportional set size of a process with all its offspring, in bytes, and how many they are."""
    total = count = 0
    for one in [process, *process.children(recursive=True)]:
        try:
            total += one.memory_full_info().pss
            count += 1
        except psutil.Error:
            continue
    return total, count


async def _visit(explorer: Explorer, problems: list[str]) -> None:
    await asyncio.sleep(explorer.luck.uniform(0, ARRIVING))
    try:
        await explorer.open()
        await explorer.play(PLAYING, PAUSE)
    except Exception as error:
        problems.append(f"{type(error).__name__}: {error}")
    finally:
        explorer.close()


@dataclass
class Rush:
    """What came of so many visitors: `sizes` as `memory`, `processors` busy with the server and with all visitors."""

    explorers: list[Explorer]
    problems: list[str] = field(default_factory=list)
    sizes: list[tuple[int, int]] = field(default_factory=list)
    processors: tuple[float, float] = (0.0, 0.0)

    def steps(self) -> list[float]:
        """Return the seconds of every step, sorted."""
        return sorted(step for explorer in self.explorers for step in explorer.steps)


def _worked(process: psutil.Process) -> float:
    """Return the seconds that a process and its offspring have worked."""
    times = [one.cpu_times() for one in [process, *process.children(recursive=True)]]
    return sum(each.user + each.system for each in times)


async def _load(served: Served, count: int) -> Rush:
    # some have been there, so that the workers are up
    first = [Explorer(served.port, -number) for number in range(1, 5)]
    await asyncio.gather(*(explorer.open() for explorer in first))
    await asyncio.gather(*(explorer.step() for explorer in first))
    for explorer in first:
        explorer.close()
    process = psutil.Process(served.process.pid)
    rush = Rush([Explorer(served.port, seed) for seed in range(count)], sizes=[memory(process)])
    begun, worked, visited = time.monotonic(), _worked(process), time.process_time()
    visits = asyncio.gather(*(_visit(explorer, rush.problems) for explorer in rush.explorers))
    while not visits.done():
        await asyncio.wait([visits], timeout=LOOK)
        rush.sizes.append(memory(process))
        _tell(rush, time.monotonic() - begun)
    seconds = time.monotonic() - begun
    rush.processors = (_worked(process) - worked) / seconds, (time.process_time() - visited) / seconds
    return rush


def _tell(rush: Rush, seconds: float) -> None:
    steps = rush.steps()
    p95 = f"p95 {steps[int(0.95 * len(steps))] * 1000:.0f} ms" if steps else ""
    here = sum(bool(one.opening) for one in rush.explorers)
    print(f"{seconds:3.0f} s: {here} visitors, {len(steps)} steps, {p95}, {len(rush.problems)} errors", flush=True)


def measure(count: int) -> list[dict[str, str]]:
    """Return the rows of so many visitors."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        served = Served("apps", Path(folder))
        try:
            served.wait()
            rush = asyncio.run(_load(served, count))
        finally:
            served.stop()
    explorers, problems, sizes, steps = rush.explorers, rush.problems, rush.sizes, rush.steps()
    openings = sorted(explorer.opening for explorer in explorers if explorer.opening)
    before, peak = sizes[0], max(sizes)
    rows = {
        "errors": (f"{len(problems)} {'; '.join(sorted(set(problems)))[:200]}", "0"),
        "page with its scripts, median": (f"{statistics.median(openings) * 1000:.0f} ms", ""),
        "page with its scripts, p95": (f"{openings[int(0.95 * len(openings))] * 1000:.0f} ms", ""),
        "slider steps": (str(len(steps)), ""),
        "asked to come back later": (str(sum(explorer.asked_again for explorer in explorers)), ""),
        "slider step, median": (f"{statistics.median(steps) * 1000:.0f} ms", ""),
        "slider step, p95": (f"{steps[int(0.95 * len(steps))] * 1000:.0f} ms", "≤ 150 ms"),
        "processors busy: server, visitors": (" and ".join(f"{part:.2f}" for part in rush.processors), ""),
        "memory before (PSS)": (f"{before[0] / MB:.0f} MB", ""),
        "memory at the peak (PSS)": (f"{peak[0] / MB:.0f} MB", "≤ 500 MB" if count <= 100 else ""),
        "memory per further visitor": (f"{(peak[0] - before[0]) / MB / count:.2f} MB", "≤ 1 MB"),
        "processes more afterwards": (str(sizes[-1][1] - before[1]), "0"),
    }
    return [
        {"visitors": str(count), "what": what, "measured": measured, "bar": bar}
        for what, (measured, bar) in rows.items()
    ]


def main() -> list[dict[str, str]]:
    """Return one row per figure."""
    counts = [int(count) for count in os.environ.get("COURSE_BENCH_VISITORS", "100,1000").split(",")]
    return [row for count in counts for row in measure(count)]
