"""A hundred visitors of `course apps` in a minute: how long they wait for the page and for a slider step, and the memory.

Each opens the m01 dashboard at a random moment of the first minute, moves a slider about once a second for 30 s, and
closes the page; one in ten vanishes without a word. The visitors are protocol-level (visitor.py) and share the machine
with the server. Bars: no error, p95 of a step ≤ 250 ms, no kernel left after the cull time.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

import psutil

from course.server.kernels import LEFT_SECONDS
from course.server.public import CHECK_SECONDS
from tests.benchmarks.visitor import Visitor
from tests.browser.tools import Served

VISITORS, ARRIVING, PLAYING, PAUSE = 100, 60.0, 30.0, (0.5, 1.5)
VANISHING = 10  # one in so many


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


async def _visit(visitor: Visitor, number: int, problems: list[str]) -> None:
    await asyncio.sleep(visitor.luck.uniform(0, ARRIVING))
    try:
        await visitor.open()
        await visitor.play(PLAYING, PAUSE)
        if number % VANISHING:
            await visitor.close()
        else:
            visitor.vanish()
    except Exception as error:
        problems.append(f"{type(error).__name__}: {error}")


async def _load(served: Served) -> tuple[list[Visitor], list[str], list[tuple[int, int]]]:
    process = psutil.Process(served.process.pid)
    sizes = [memory(process)]
    visitors = [Visitor(served.port, seed) for seed in range(VISITORS)]
    problems: list[str] = []
    rush = asyncio.gather(*(_visit(visitor, number, problems) for number, visitor in enumerate(visitors)))
    while not rush.done():
        await asyncio.wait([rush], timeout=5)
        sizes.append(memory(process))
    return visitors, problems, sizes


def _left(served: Served, processes: int, seconds: float) -> str:
    """Say when the last kernel ended after the last visitor left, or how many outlived the cull time."""
    begun = time.monotonic()
    process = psutil.Process(served.process.pid)
    while time.monotonic() - begun < seconds:
        if len(process.children(recursive=True)) <= processes:
            return f"0 after {time.monotonic() - begun:.0f} s"
        time.sleep(1)
    return f"{len(process.children(recursive=True)) - processes} after {seconds:.0f} s"


def main() -> list[dict[str, str]]:
    """Return one row per figure."""
    served = Served("apps", Path(tempfile.mkdtemp()), "--visitors", str(VISITORS))
    served.wait()
    try:
        before = len(psutil.Process(served.process.pid).children(recursive=True))
        visitors, problems, sizes = asyncio.run(_load(served))
        left = _left(served, before, LEFT_SECONDS + 2 * CHECK_SECONDS)
    finally:
        served.stop()
    steps = sorted(step for visitor in visitors for step in visitor.steps)
    openings = sorted(visitor.opening for visitor in visitors if visitor.opening)
    peak, most = max(sizes)
    rows = {
        "errors": (f"{len(problems)} {'; '.join(sorted(set(problems)))[:200]}", "0"),
        "visitors who had to queue": (str(sum(bool(visitor.waited) for visitor in visitors)), ""),
        "opening to first result, median": (f"{statistics.median(openings):.2f} s", ""),
        "opening to first result, p95": (f"{openings[int(0.95 * len(openings))]:.2f} s", ""),
        "slider steps": (str(len(steps)), ""),
        "slider step, median": (f"{statistics.median(steps) * 1000:.0f} ms", ""),
        "slider step, p95": (f"{steps[int(0.95 * len(steps))] * 1000:.0f} ms", "≤ 250 ms"),
        "memory before the first": (f"{sizes[0][0] / 2**20:.0f} MB", ""),
        "memory at the peak (PSS)": (f"{peak / 2**20:.0f} MB in {most} processes", ""),
        "memory per further visitor": (f"{(peak - sizes[0][0]) / 2**20 / max(1, most - sizes[0][1]):.0f} MB", ""),
        "kernels left": (left, f"0 within {LEFT_SECONDS + CHECK_SECONDS} s"),
    }
    return [{"what": what, "measured": measured, "bar": bar} for what, (measured, bar) in rows.items()]
