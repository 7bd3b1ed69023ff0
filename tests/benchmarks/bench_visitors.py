"""Visitors of `course apps` within a minute, a hundred and a thousand: how long they wait, and the memory they take.

Each opens the m01 dashboard at a random moment of the first minute and moves sliders about once a second for 30 s
(explorer.py). The visitors are protocol-level, load the page's scripts too, and share the machine with the server. Bars: no
error, p95 of a step ≤ 150 ms, ≤ 1 MB for a further visitor, no process more afterwards; a hundred ≤ 500 MB at the peak.
`COURSE_BENCH_VISITORS=100` measures only that.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import tempfile
from pathlib import Path

import psutil
from tornado.httpclient import AsyncHTTPClient

from tests.benchmarks.explorer import Explorer
from tests.browser.tools import Served

ARRIVING, PLAYING, PAUSE = 60.0, 30.0, (0.5, 1.5)
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


async def _load(served: Served, count: int) -> tuple[list[Explorer], list[str], list[tuple[int, int]]]:
    AsyncHTTPClient.configure(None, max_clients=4 * count)
    # some have been there, so that the workers are up
    first = [Explorer(served.port, -number) for number in range(1, 5)]
    await asyncio.gather(*(explorer.open() for explorer in first))
    await asyncio.gather(*(explorer.step() for explorer in first))
    process = psutil.Process(served.process.pid)
    sizes = [memory(process)]
    explorers = [Explorer(served.port, seed) for seed in range(count)]
    problems: list[str] = []
    rush = asyncio.gather(*(_visit(explorer, problems) for explorer in explorers))
    while not rush.done():
        await asyncio.wait([rush], timeout=5)
        sizes.append(memory(process))
    return explorers, problems, sizes


def measure(count: int) -> list[dict[str, str]]:
    """Return the rows of so many visitors."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        served = Served("apps", Path(folder))
        try:
            served.wait()
            explorers, problems, sizes = asyncio.run(_load(served, count))
        finally:
            served.stop()
    steps = sorted(step for explorer in explorers for step in explorer.steps)
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
