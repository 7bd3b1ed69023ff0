"""A thousand times ten years of m13's firm, each with luck of its own; bar: two seconds."""

from __future__ import annotations

import time

from course.simulations.m13_firm import Decision, run

RUNS = 1_000


def main() -> list[dict[str, str]]:
    """Run them once; tables are filled in by a first firm."""
    run(Decision(), 1, 1)
    start = time.perf_counter()
    run(Decision(), 1, RUNS)
    seconds = time.perf_counter() - start
    return [{"what": f"{RUNS:,} ten-year runs", "seconds": f"{seconds:.2f}", "bar": "≤ 2"}]
