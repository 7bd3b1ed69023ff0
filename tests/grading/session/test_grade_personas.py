"""A whole class of accidents and attacks, graded at once: everybody gets the status and the points worked out by hand."""

from __future__ import annotations

import ctypes
import json
import os
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from course.grading.commands import common
from course.kernel.probe import probe
from tests.grading.classroom import book, grade, open_classroom, scores
from tests.grading.personas.notebooks import ASSIGNMENT
from tests.grading.personas.persona import PERSONAS, Persona, hand_in
from tests.waiting import LONGEST_SECONDS

pytestmark = pytest.mark.skipif(not probe().sandbox, reason="this machine cannot make a sandbox")

# what runs without end takes all that it is given
QUICK = ("--cell-seconds", "2", "--seconds", "25", "--memory", "700")
# where nothing else is to be found out, half of it will do
ENDLESS = [one.name for one in PERSONAS if one.status == "timed out"]
AT_ONCE = ("--cell-seconds", "1", "--seconds", "25", "--memory", "700")


@dataclass(frozen=True)
class Graded:
    root: Path
    output: str
    statuses: dict[str, tuple[str, str]]
    points: dict[str, float]
    left_processes: list[str]
    left_files: list[str]
    visitors: int


PR_SET_CHILD_SUBREAPER = 36


@contextmanager
def _orphans() -> Iterator[list[str]]:
    """Collect, at the end, the processes that were left behind in between: orphans become children of this process."""
    prctl = ctypes.CDLL(None).prctl
    assert prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0
    before, left = set(psutil.Process().children(recursive=True)), list[str]()
    try:
        yield left
        for process in set(psutil.Process().children(recursive=True)) - before:
            with suppress(psutil.NoSuchProcess):
                if process.status() != psutil.STATUS_ZOMBIE:
                    left.append(" ".join(process.cmdline()))
                    process.kill()
                process.wait(LONGEST_SECONDS)
    finally:
        prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    root = open_classroom(tmp_path_factory.mktemp("class"))
    scratch = tmp_path_factory.mktemp("scratch")
    with socket.create_server(("127.0.0.1", 0)) as listener, pytest.MonkeyPatch.context() as patch, _orphans() as left:
        patch.setenv("TMPDIR", str(scratch))
        for one in PERSONAS:
            hand_in(one, root, listener.getsockname()[1])
        # the gradebook has to be there before the deadline can be set
        grade(root, *(part for name in ENDLESS for part in ("--student", name)), *AT_ONCE, expect=common.LOOK)
        with book(root) as opened:
            opened.update_or_create_assignment(ASSIGNMENT, duedate="2026-10-01 08:00:00 UTC")
        done = grade(root, "--resume", *QUICK, expect=common.CRASHED)
        listener.settimeout(0)
        try:
            listener.accept()
            visitors = 1
        except BlockingIOError:
            visitors = 0
    with sqlite3.connect(root / "gradebook.db") as database:
        rows = database.execute("SELECT student, status, notes FROM course_grading").fetchall()
    statuses = {
        student: (status, " ".join(template.format(**figures) for template, figures in json.loads(notes)))
        for student, status, notes in rows
    }
    points = {student: sum(cell[0] or 0 for cell in cells.values()) for student, cells in scores(root).items()}
    return Graded(root, done.stdout + done.stderr, statuses, points, left, os.listdir(scratch), visitors)


def test_the_class_is_large_enough() -> None:
    assert len({one.name for one in PERSONAS}) == len(PERSONAS) >= 60


@pytest.mark.parametrize("one", PERSONAS, ids=lambda one: one.name)
def test_everybody_gets_status_and_points(graded: Graded, one: Persona) -> None:
    status, notes = graded.statuses[one.name]
    assert (status, graded.points[one.name]) == (one.status, one.points), notes
    assert one.says in notes


def test_nothing_is_left_behind(graded: Graded) -> None:
    assert graded.left_processes == []
    assert graded.left_files == []
    assert graded.visitors == 0
    known = {
        "nbgrader_config.py",
        "solutions",
        "exercises",
        "submitted",
        "autograded",
        "feedback",
        "grading",
        "gradebook.db",
    }
    assert {path.name for path in graded.root.iterdir()} - {"__pycache__"} == known


def test_nobody_wrote_the_gradebook(graded: Graded) -> None:
    assert all(cell[1] is None for cells in scores(graded.root).values() for cell in cells.values())


def test_hidden_tests_reach_no_feedback(graded: Graded) -> None:
    for page in graded.root.glob("feedback/*/*/*.html"):
        text = page.read_text(encoding="utf-8")
        assert "HIDDEN TESTS" not in text, page
        assert "62.5" not in text, page
    assert len(list(graded.root.glob("feedback/*/*/*.html"))) == len(PERSONAS)


def test_graded_notebooks_stay_small(graded: Graded) -> None:
    for path in graded.root.glob("autograded/*/*/*.ipynb"):
        assert path.stat().st_size < 1_000_000, path


def test_the_table_counts_everybody(graded: Graded) -> None:
    for status in {one.status for one in PERSONAS}:
        count = sum(one.status == status for one in PERSONAS)
        assert any(line.startswith(status) and str(count) in line.split() for line in graded.output.splitlines()), (
            status
        )
