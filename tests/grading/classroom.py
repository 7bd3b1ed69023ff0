"""A course folder in a temporary place, and `course grade` called in it as an instructor calls it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from nbgrader.api import Gradebook

from course.kernel.warm import CHOICE, NAME
from course.paths import ROOT
from tests.grading.personas.notebooks import ASSIGNMENT

Scores = dict[str, dict[str, tuple[float | None, float | None, bool]]]


def open_classroom(root: Path) -> Path:
    """Copy what an instructor has to `root`."""
    shutil.copy(ROOT / "nbgrader_config.py", root)
    for folder in ("solutions", "exercises"):
        shutil.copytree(ROOT / folder, root / folder)
    return root


def command(root: Path, *options: str) -> list[str]:
    """Return the command line of `course grade`."""
    program = Path(sys.executable).parent / "course"
    return [str(program), "grade", ASSIGNMENT, "--root", str(root), "--language", "en", *options]


def grade(root: Path, *options: str, expect: int | None = 0) -> subprocess.CompletedProcess[str]:
    """Call `course grade`, without an activated environment; `expect` is its exit code."""
    done = subprocess.run(
        command(root, *options), env=os.environ | {"PATH": os.defpath}, text=True, encoding="utf-8",
        capture_output=True, check=False,
    )  # fmt: skip
    if expect is not None:
        assert done.returncode == expect, f"{done.returncode}\n{done.stdout}\n{done.stderr}"
    assert "Traceback" not in done.stderr, done.stderr
    return done


def nbgrader(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Call nbgrader in the course folder.

    Its kernels are forked from a warm process, which changes no score; `test_nbgrader.py` has nbgrader's own.
    """
    program = Path(sys.executable).parent / "nbgrader"
    return subprocess.run(
        [str(program), *arguments], cwd=root, env=os.environ | {CHOICE: NAME}, text=True, encoding="utf-8",
        capture_output=True, check=False,
    )  # fmt: skip


def autograde(root: Path) -> None:
    """Have nbgrader grade everybody."""
    done = nbgrader(root, "autograde", ASSIGNMENT, f"--course-dir={root}")
    assert done.returncode == 0, done.stderr


def book(root: Path) -> Gradebook:
    """Open the gradebook."""
    return Gradebook(f"sqlite:///{root / 'gradebook.db'}", "exceeding-expectations")


def scores(root: Path) -> Scores:
    """Return automatic and manual score, and whether a person is asked for, by student and cell."""
    with book(root) as opened:
        return {
            submission.student.id: {
                grade.name: (grade.auto_score, grade.manual_score, grade.needs_manual_grade)
                for notebook in submission.notebooks
                for grade in notebook.grades
            }
            for submission in opened.assignment_submissions(ASSIGNMENT)
        }
