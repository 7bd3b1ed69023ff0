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

from course.grading.taskbook import tasks
from course.manifest import syllabus

M01 = syllabus().module("m01")
TASKS = [task.id for task in tasks(M01, "en")]
OUT_OF = {
    "felt-value": 4, "offsetting-gain": 3, "service-measures": 3, "place-in-zone": 3, "stars-per-day": 2,
    "early-and-late": 3, "weighted-stars": 3, "frugal-run": 3, "paragraph": 6,
}  # fmt: skip


def grade_id(task: str) -> str:
    return task if task == "paragraph" else f"{task}-test"


@cache
def _empty() -> bytes:
    """An empty gradebook with the assignment in it. nbgrader takes seconds to make one."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    with (
        patch.dict(os.environ, PATH=path),
        TemporaryDirectory() as folder,
        Gradebook(f"sqlite:///{folder}/gradebook.db") as book,
    ):
        book.add_assignment(M01.id)
        book.add_notebook("exercise", M01.id)
        for task, points in OUT_OF.items():
            kind = "markdown" if task == "paragraph" else "code"
            book.add_grade_cell(grade_id(task), "exercise", M01.id, max_score=points, cell_type=kind)
        return Path(folder, "gradebook.db").read_bytes()


def gradebook(root: Path, scores: Mapping[str, Mapping[str, float | None]]) -> None:
    """Write gradebook.db: by learner the points of each task; a task left out is worth 0, None waits to be read."""
    (root / "gradebook.db").write_bytes(_empty())
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as book, book.db.no_autoflush:
        for student, points_of in scores.items():
            book.add_student(student)
            book.add_submission(M01.id, student)
            submitted = book.find_submission_notebook("exercise", M01.id, student)
            for grade in submitted.grades:
                task = grade.name.removesuffix("-test")
                points = points_of.get(task, 0.0)
                grade.auto_score, grade.needs_manual_grade = points, points is None
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
