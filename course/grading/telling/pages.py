"""The feedback page of a submission, from what the gradebook and `autograded/` hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat

from course.grading.assignment.source import Assignment
from course.grading.assignment.status import Status, from_json
from course.grading.telling.feedback import Mark, feedback_html
from course.i18n import DEFAULT
from course.manifest import ManifestError, syllabus

# What a learner is told beside the status; the rest is for the instructor
SPEAKS = (Status.REPAIRED, Status.UNREADABLE, Status.MISSING, Status.TOO_LARGE, Status.LATE)


def page(root: Path, book: Any, assignment: Assignment, student: str) -> str:
    """Return the page as HTML."""
    from sqlalchemy import text

    row = book.db.execute(
        text("SELECT status, notes, language FROM course_grading WHERE assignment = :name AND student = :student"),
        {"name": assignment.name, "student": student},
    ).first()
    status, notes, language = row or (Status.GRADED, "[]", DEFAULT)
    status = Status(status)
    submission = book.find_submission_notebook(assignment.notebook, assignment.name, student)
    comments = {comment.name: comment.manual_comment or "" for comment in submission.comments}
    marks = {
        grade.name: Mark(
            None if grade.needs_manual_grade and grade.manual_score is None else grade.score,
            grade.max_score,
            comments.pop(grade.name, ""),
        )
        for grade in submission.grades
    }
    marks |= {name: Mark(0, 0, comment) for name, comment in comments.items() if comment}
    told = [from_json(saved).say(language) for saved in json.loads(notes)] if status in SPEAKS else []
    path = root / "autograded" / student / assignment.name / f"{assignment.notebook}.ipynb"
    notebook = nbformat.from_dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None
    try:
        module = syllabus().module(assignment.name)
    except ManifestError:
        module = None
    return feedback_html(
        notebook,
        marks,
        module=module,
        language=language,
        status=status,
        note=" ".join(told),
        penalty=submission.late_submission_penalty or 0.0,
    )
