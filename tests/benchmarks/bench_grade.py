"""Grading the same 40 honest submissions with `course grade`, in its sandbox, and with `nbgrader autograde`.

Submissions per second (bar: 7 times nbgrader's, aim 10), seconds of a processor for each, which tell the same on a machine
that is busy with something else, start-up until the first submission is taken up (bar: a quarter)
and until it is graded, and whether every score is the same. Both write into a gradebook that knows the assignment already,
with bytecode compiled; `course grade` also writes the feedback pages, which nbgrader leaves to another command.
"""

from __future__ import annotations

import compileall
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from tests.grading.classroom import ASSIGNMENT, command, open_classroom, scores
from tests.grading.honest import hand_in_honestly

COUNT = int(os.environ.get("COURSE_BENCH_GRADE", "40"))


@dataclass(frozen=True)
class Timing:
    total: float
    taken_up: float
    graded: float
    processor: float


def nbgrader(root: Path, *arguments: str) -> list[str]:
    return [str(Path(sys.executable).parent / "nbgrader"), *arguments, f"--course-dir={root}"]


def wait_for(path: Path, process: subprocess.Popen[str], start: float, seen: list[float]) -> None:
    """Note when a file appears."""
    while process.poll() is None and not path.exists():
        time.sleep(0.01)
    seen.append(time.perf_counter() - start)


def timed(arguments: list[str], root: Path, first: str) -> Timing:
    """Run a command; the first submission is taken up when `first` is said, and graded when its notebook is there."""
    done = root / "autograded" / "student-0000" / ASSIGNMENT / "exercise.ipynb"
    start, before = time.perf_counter(), processor_seconds()
    process = subprocess.Popen(
        arguments, cwd=root, env=os.environ | {"COURSE_GRADE_TRACE": "1"}, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    taken_up = graded = 0.0
    seen: list[float] = []
    watcher = threading.Thread(target=wait_for, args=(done, process, start, seen))
    watcher.start()
    assert process.stderr is not None
    for line in process.stderr:
        now = time.perf_counter() - start
        if not taken_up and first in line:
            taken_up = now
        # nbgrader goes on to the next one only when the first is graded; we have several under way
        if not graded and "student-0001" in line and "autograde" in arguments:
            graded = now
    watcher.join()
    code = process.wait()
    total = time.perf_counter() - start
    assert code == 0, (arguments, code)
    assert done.exists()
    return Timing(total, taken_up, graded or seen[0], processor_seconds() - before)


def processor_seconds() -> float:
    """Return what the programs that were called here, and all that they called, have used of a processor."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> list[dict[str, str]]:
    """Grade the class twice, in two copies of one folder, and compare."""
    for place in sys.path:
        if place.endswith("site-packages"):
            compileall.compile_dir(place, quiet=2, workers=2)
    with tempfile.TemporaryDirectory(prefix="bench-grade-") as folder:
        ours, theirs = Path(folder, "ours"), Path(folder, "theirs")
        ours.mkdir()
        open_classroom(ours)
        hand_in_honestly(ours, COUNT)
        subprocess.run(
            nbgrader(ours, "generate_assignment", ASSIGNMENT, "--force", "--create"),
            cwd=ours, check=True, capture_output=True,
        )  # fmt: skip
        shutil.copytree(ours, theirs)
        mine = timed(command(ours), ours, "student-0000")
        stock = timed(nbgrader(theirs, "autograde", ASSIGNMENT), theirs, "student-0000")
        same = scores(ours) == scores(theirs)
    rate, stock_rate = COUNT / mine.total, COUNT / stock.total
    return [
        {"what": "submissions a second", "course grade": f"{rate:.2f}", "nbgrader": f"{stock_rate:.2f}",
         "ratio": f"{rate / stock_rate:.1f}", "bar": "≥ 7"},
        {"what": "seconds of a processor for a submission", "course grade": f"{mine.processor / COUNT:.2f}",
         "nbgrader": f"{stock.processor / COUNT:.2f}", "ratio": f"{stock.processor / mine.processor:.1f}", "bar": ""},
        {"what": "start-up until the first submission, s", "course grade": f"{mine.taken_up:.2f}",
         "nbgrader": f"{stock.taken_up:.2f}", "ratio": f"{mine.taken_up / stock.taken_up:.2f}", "bar": "≤ 0.25"},
        {"what": "until the first one is graded, s", "course grade": f"{mine.graded:.2f}",
         "nbgrader": f"{stock.graded:.2f}", "ratio": f"{mine.graded / stock.graded:.2f}", "bar": ""},
        {"what": "every score the same", "course grade": str(same), "nbgrader": "", "ratio": "", "bar": "True"},
    ]  # fmt: skip
