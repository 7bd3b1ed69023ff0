"""Grading a class of 2,000 with `course grade`: time, and memory from the first submission to the last.

Memory is what the grader itself and the warm process beside it hold (proportional set size, MB); the kernels of submissions
have limits of their own. `COURSE_BENCH_CLASS` sets another size.
"""

from __future__ import annotations

import os
import sqlite3
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import psutil

from tests.grading.classroom import command, open_classroom
from tests.grading.honest import hand_in_honestly

COUNT = int(os.environ.get("COURSE_BENCH_CLASS", "2000"))
PARTS = 10


def megabytes(process: psutil.Process) -> float:
    return float(process.memory_full_info().pss) / 1e6


def done(root: Path) -> int:
    with sqlite3.connect(f"file:{root / 'gradebook.db'}?mode=ro", uri=True, timeout=10) as database:
        try:
            return int(database.execute("SELECT count(*) FROM course_grading").fetchone()[0])
        except sqlite3.OperationalError:
            return 0


def watch(process: subprocess.Popen[bytes], root: Path) -> list[tuple[int, float, float, float]]:
    """Return samples until the end: submissions done, seconds, memory of the grader, of its warm process."""
    own, start, samples = psutil.Process(process.pid), time.perf_counter(), []
    while process.poll() is None:
        time.sleep(0.5)
        try:
            warm = [child for child in own.children() if "course.kernel.forkserver" in " ".join(child.cmdline())]
            samples.append((done(root), time.perf_counter() - start, megabytes(own), sum(map(megabytes, warm))))
        except (psutil.Error, sqlite3.Error):
            continue
    assert process.returncode == 0
    return samples


def main() -> list[dict[str, str]]:
    """Grade the class, and tell ten times how far it is and what it holds."""
    with tempfile.TemporaryDirectory(prefix="bench-class-") as folder:
        root = open_classroom(Path(folder))
        hand_in_honestly(root, COUNT)
        nowhere = subprocess.DEVNULL
        subprocess.run(command(root, "--student", "student-0000"), check=True, stdout=nowhere, stderr=nowhere)
        process = subprocess.Popen(command(root), stdout=nowhere, stderr=nowhere)
        start = time.perf_counter()
        samples = watch(process, root)
        total = time.perf_counter() - start
    rows = []
    for part in range(1, PARTS + 1):
        near = [one for one in samples if (part - 1) * COUNT / PARTS < one[0] <= part * COUNT / PARTS]
        if near:
            first, last = near[0], near[-1]
            rate = (last[0] - first[0]) / (last[1] - first[1]) if last[1] > first[1] else 0
            rows.append(
                {"done": str(last[0]), "after, s": f"{last[1]:.0f}", "per second": f"{rate:.2f}",
                 "grader, MB": f"{statistics.median(one[2] for one in near):.0f}",
                 "warm process, MB": f"{statistics.median(one[3] for one in near):.0f}"}
            )  # fmt: skip
    rate = COUNT / total
    rows.append({"done": f"{COUNT} in all", "after, s": f"{total:.0f}", "per second": f"{rate:.2f}",
                 "grader, MB": f"{max(one[2] for one in samples):.0f} at most", "warm process, MB": ""})  # fmt: skip
    return rows
