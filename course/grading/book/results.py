"""What the gradebook holds about one assignment, as tables. It is opened for reading only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pandas as pd
from nbformat import NotebookNode
from nbformat.v4.rwbase import rejoin_lines

from course.grading.assignment.roster import Student
from course.grading.assignment.status import SubmissionError
from course.grading.assignment.taskbook import tasks
from course.grading.intake.reading import parse
from course.i18n import LANGUAGES
from course.manifest import Module

GRADEBOOK = "gradebook.db"
_GRADES = """
    SELECT submitted_assignment.student_id AS student, base_cell.name AS cell, grade_cells.max_score AS out_of,
           grade.auto_score, grade.manual_score, grade.extra_credit, grade.needs_manual_grade AS waiting,
           submitted_notebook.late_submission_penalty AS penalty
    FROM grade
    JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id
    JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id
    JOIN assignment ON submitted_assignment.assignment_id = assignment.id
    JOIN base_cell ON grade.cell_id = base_cell.id
    JOIN grade_cells ON grade_cells.id = base_cell.id
    WHERE assignment.name = ?
"""


@dataclass(frozen=True)
class Results:
    """One assignment. `scores`: one row per learner, one column per task, NaN where nobody has marked yet.

    `out_of` gives the points of each column, `penalty` what lateness cost, `waiting` who has something left to be read.
    """

    scores: pd.DataFrame
    out_of: pd.Series
    penalty: pd.Series
    waiting: pd.Series

    @property
    def totals(self) -> pd.Series:
        """The points by learner, never below 0."""
        return (self.scores.sum(axis=1) - self.penalty).clip(lower=0)


def read(root: Path, module: Module) -> Results:
    """Return the results of a module's assignment; empty tables where there is no gradebook or nobody in it."""
    rows = _rows(root / GRADEBOOK, module.id)
    task_of = {name: task.id for task in tasks(module, LANGUAGES[0]) for name in task.graded}
    rows["task"] = rows["cell"].map(task_of).fillna(rows["cell"])
    rows["score"] = rows["manual_score"].fillna(rows["auto_score"]) + rows["extra_credit"].fillna(0)
    by_task = rows.groupby(["student", "task"])["score"].agg(lambda scores: scores.sum(skipna=False))
    order = [task.id for task in tasks(module, LANGUAGES[0])]
    scores = by_task.unstack() if len(rows) else pd.DataFrame(dtype=float)
    columns = [*(name for name in order if name in scores), *(name for name in scores if name not in order)]
    each = rows.groupby("student")
    out_of = rows.drop_duplicates("cell").groupby("task")["out_of"].sum().reindex(columns)
    waiting = each["waiting"].max().astype(bool) | scores.isna().any(axis=1) if len(rows) else pd.Series(dtype=bool)
    return Results(scores[columns], out_of, each["penalty"].max().fillna(0.0), waiting)


def known_students(root: Path) -> dict[str, Student]:
    """Return the learners as the gradebook names them."""
    path = root / GRADEBOOK
    if not path.is_file():
        return {}
    with closing(_connect(path)) as database:
        rows = database.execute("SELECT id, first_name, last_name, email FROM student").fetchall()
    return {row[0]: Student(*(value or "" for value in row)) for row in rows}


def statuses(root: Path, module: Module) -> dict[str, str]:
    """Return how each learner's submission ended, as `course grade` noted it; none where nbgrader graded."""
    path = root / GRADEBOOK
    if not path.is_file():
        return {}
    with closing(_connect(path)) as database:
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'course_grading'").fetchone():
            return {}
        return dict(
            database.execute("SELECT student, status FROM course_grading WHERE assignment = ?", (module.id,)).fetchall()
        )


def notebooks(root: Path, module: Module) -> Iterator[tuple[str, NotebookNode]]:
    """Yield learner and graded notebook, for each that can be read."""
    for path in sorted((root / "autograded").glob(f"*/{module.id}/exercise.ipynb")):
        try:
            raw, _notes = parse(path)
            yield path.parent.parent.name, rejoin_lines(nbformat.from_dict(raw))
        except (SubmissionError, OSError, TypeError, AttributeError):
            continue


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=10)


def _rows(path: Path, assignment: str) -> pd.DataFrame:
    columns: dict[str, Any] = {
        "student": "object", "cell": "object", "out_of": float, "auto_score": float, "manual_score": float,
        "extra_credit": float, "waiting": float, "penalty": float,
    }  # fmt: skip
    if not path.is_file():
        return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in columns.items()})
    with closing(_connect(path)) as database:
        found = pd.DataFrame(database.execute(_GRADES, (assignment,)).fetchall(), columns=list(columns))
    return found.replace({None: np.nan}).astype(columns)
