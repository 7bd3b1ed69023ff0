"""A class in a temporary folder: gradebook and graded notebooks, with the scores and outcomes that a test asks for."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import nbformat
from nbformat.v4 import new_output
from nbgrader.api import Gradebook

from course.grading.assignment.taskbook import tasks
from course.manifest import syllabus

M01 = syllabus().module("m01")
COURSE = "exceeding-expectations"
TASKS = [task.id for task in tasks(M01, "en")]
OUT_OF = {
    "felt-value": 4, "offsetting-gain": 3, "service-measures": 3, "place-in-zone": 3, "stars-per-day": 2,
    "early-and-late": 3, "weighted-stars": 3, "frugal-run": 3, "paragraph": 6,
}  # fmt: skip


@cache
def cells() -> dict[str, list[tuple[str, float]]]:
    """By task its graded cells in order, each with the points it is worth; together they are worth `OUT_OF`."""
    notebook = nbformat.read(M01.solution("en"), as_version=4)
    points = {cell.id: cell.metadata.get("nbgrader", {}).get("points", 0) for cell in notebook.cells}
    found = {task.id: [(name, float(points[name])) for name in task.graded] for task in tasks(M01, "en")}
    assert {task: sum(part for _name, part in parts) for task, parts in found.items()} == OUT_OF
    return found


def open_book(root: Path) -> Gradebook:
    """Open the folder's gradebook; for a new one nbgrader calls `alembic` by its bare name."""
    with patch.dict(os.environ, PATH=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])):
        return Gradebook(f"sqlite:///{root / 'gradebook.db'}", COURSE)


@cache
def _empty() -> bytes:
    """An empty gradebook with the assignment in it. nbgrader takes seconds to make one."""
    with TemporaryDirectory() as folder, open_book(Path(folder)) as book:
        book.add_assignment(M01.id)
        book.add_notebook("exercise", M01.id)
        for task, parts in cells().items():
            kind = "markdown" if task == "paragraph" else "code"
            for name, points in parts:
                book.add_grade_cell(name, "exercise", M01.id, max_score=points, cell_type=kind)
        return Path(folder, "gradebook.db").read_bytes()


def open_empty(root: Path) -> Gradebook:
    """Write a gradebook with the assignment and nobody in it, and open it."""
    (root / "gradebook.db").write_bytes(_empty())
    return open_book(root)


def gradebook(root: Path, scores: Mapping[str, Mapping[str, float | None]]) -> None:
    """Write gradebook.db: by learner the points of each task; a task left out is worth 0, None waits to be read."""
    with open_empty(root) as book, book.db.no_autoflush:
        for student, points_of in scores.items():
            book.add_student(student)
            book.add_submission(M01.id, student)
            submitted = book.find_submission_notebook("exercise", M01.id, student)
            grades = {grade.name: grade for grade in submitted.grades}
            for task, parts in cells().items():
                left = points_of.get(task, 0.0)
                for name, most in parts:
                    mine = None if left is None else min(left, most)
                    grades[name].auto_score, grades[name].needs_manual_grade = mine, mine is None
                    left = left and max(left - most, 0.0)
        book.db.commit()


def graded(
    root: Path,
    student: str,
    answers: Mapping[str, str] | None = None,
    said: Mapping[str, str] | None = None,
    language: str = "en",
) -> None:
    """Write a learner's graded notebook: some answers, and by task what its test said instead of passing."""
    notebook = nbformat.read(M01.exercise(language), as_version=4)
    for cell in notebook.cells:
        cell.source = (answers or {}).get(cell.id, cell.source)
        if cell.id.endswith("-test"):
            cell.execution_count = 1
            sentence = (said or {}).get(cell.id.removesuffix("-test"))
            if sentence:
                cell.outputs = [new_output("error", ename="AnswerError", evalue=sentence, traceback=[sentence])]
    path = root / "autograded" / student / M01.id / "exercise.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)
