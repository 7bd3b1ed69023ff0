"""Writing down what came of a submission: one writer, one transaction each, files before grades, feedback after them."""

from __future__ import annotations

import hashlib
import json
import secrets
import shutil
import sqlite3
import warnings
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from course import whole
from course.grading.assignment.source import Assignment
from course.grading.assignment.status import STATUSES, Status, to_json
from course.grading.book import gradebook as books
from course.grading.book import lateness
from course.grading.book.files import write_page
from course.i18n import DEFAULT, gettext
from course.i18n.message import Message

WORK = "grading"
# Bytes of a file's name
LONGEST_NAME = 250
# What makes a feedback page, from the course folder, nbgrader's gradebook, the assignment and the student
Page = Callable[[Path, Any, Assignment, str], str]


@dataclass
class Outcome:
    """What is to be written down of one submission. `scores` by grade id; None where a person has to decide."""

    student: str
    status: Status
    fingerprint: str
    notebook: dict[str, Any] | None = None
    scores: dict[str, float | None] = field(default_factory=dict)
    blank: frozenset[str] = frozenset()
    notes: list[Message] = field(default_factory=list)
    extras: dict[str, bytes] = field(default_factory=dict)
    language: str = DEFAULT
    seconds: float = 0.0
    undated: bool = False
    points: float = 0.0
    out_of: float = 0.0


class Written(NamedTuple):
    """A submission that the last run has written down; `told` says whether its feedback page is there."""

    fingerprint: str
    status: Status
    told: bool


def finished(root: Path, name: str) -> dict[str, Written]:
    """Return the submissions that the last run has written down, by student."""
    path = root / books.FILE
    if not path.exists():
        return {}
    query = (
        "SELECT student, fingerprint, status, told FROM course_grading JOIN course_run USING (assignment, run) "
        "WHERE assignment = ?"
    )
    with closing(sqlite3.connect(path, timeout=books.PATIENCE)) as book:
        try:
            rows = book.execute(query, (name,)).fetchall()
        except sqlite3.OperationalError:
            return {}
    return {student: Written(mark, Status(status), bool(told)) for student, mark, status, told in rows}


class Recorder:
    """The only writer of `autograded/`, `feedback/`, `grading/` and the gradebook."""

    def __init__(self, root: Path, assignment: Assignment, config: Any, page: Page, *, resume: bool) -> None:
        from nbgrader.api import Gradebook
        from sqlalchemy import text
        from sqlalchemy.exc import SAWarning

        # nbgrader builds a submission row by row, which SQLAlchemy 2.1 comments on every time
        warnings.filterwarnings("ignore", category=SAWarning, module="nbgrader")
        self.root = root
        self.assignment = assignment
        self.config = config
        self.page = page
        self.path = root / books.FILE
        with books.explained(self.path):
            self.book = Gradebook(f"sqlite:///{self.path}", books.course_id(config))
            # every commit waits for the disk; others who read in between do not wait for us
            self.book.db.execute(text(f"PRAGMA busy_timeout = {int(books.PATIENCE * 1000)}"))
            self.book.db.execute(text(books.LATEST))
            self.book.db.execute(text(books.RUNS))
            lateness.prepare(self.book)
            found = self.book.db.execute(
                text("SELECT run FROM course_run WHERE assignment = :name"), {"name": assignment.name}
            ).scalar()
            self.run = found if resume and found else secrets.token_hex(8)
            self.book.db.execute(
                text("INSERT OR REPLACE INTO course_run VALUES (:name, :run)"),
                {"name": assignment.name, "run": self.run},
            )
            self.book.db.commit()
            # every submission's grades ask for the assignment's cells, which stay the same
            self.book.db().expire_on_commit = False
            self.cells = _cells(self.book, assignment)
            self.deadline = lateness.read(self.book, assignment.name)
        self.folder = root / WORK / assignment.name
        self.folder.mkdir(parents=True, exist_ok=True)
        self.spare = self.folder / ".work"
        shutil.rmtree(self.spare, ignore_errors=True)
        self.spare.mkdir()

    def close(self) -> None:
        """Let go of the gradebook and of what was not finished."""
        self.book.close()
        shutil.rmtree(self.spare, ignore_errors=True)

    def write(self, outcome: Outcome) -> None:
        """Write a submission down. A kill at any moment leaves it either as it was or as it is to be, after a resume."""
        if outcome.notebook is not None:
            self._autograded(outcome)
        with books.explained(self.path):
            self._grade(outcome)
        self.tell(outcome.student)
        self._log(outcome)
        self.book.db.expunge_all()
        self.book.db.add_all(self.cells)

    def _autograded(self, outcome: Outcome) -> None:
        made = self.spare / "new"
        shutil.rmtree(made, ignore_errors=True)
        for name, content in outcome.extras.items():
            target = made / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            target.chmod(0o444)
        made.mkdir(exist_ok=True)
        file = made / f"{self.assignment.notebook}.ipynb"
        file.write_text(json.dumps(outcome.notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        file.chmod(0o444)
        place = self.root / "autograded" / outcome.student / self.assignment.name
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.exists():
            old = self.spare / "old"
            shutil.rmtree(old, ignore_errors=True)
            place.rename(old)
        made.rename(place)
        shutil.rmtree(self.spare / "old", ignore_errors=True)

    def _grade(self, outcome: Outcome) -> None:
        from sqlalchemy import text

        book, name = self.book, self.assignment.name
        try:
            book.update_or_create_student(outcome.student)
            said = outcome.extras.get(lateness.FILE)
            arrived, doubts = lateness.arrival(said or b"")
            outcome.notes += doubts
            outcome.undated = bool(doubts)
            when = {} if said is None else {"timestamp": arrived}
            submission = book.update_or_create_submission(name, outcome.student, **when)
            lateness.extend(submission, self.deadline, outcome.student)
            notebook = next(one for one in submission.notebooks if one.name == self.assignment.notebook)
            for grade in notebook.grades:
                # the old score goes first: what is not scored anew must not keep it
                grade.auto_score = None
                grade.auto_score = outcome.scores.get(grade.name)
                grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
            for comment in notebook.comments:
                comment.auto_comment = "No response." if comment.name in outcome.blank else None
            book.db.flush()
            # the sums are the gradebook's own work; what all grades come to is asked for at once
            book.db.expire(notebook)
            book.db.expire(submission)
            _reread(book, notebook.id)
            told = lateness.penalise(submission, notebook, self.config, self.deadline.zone)
            outcome.notes += told
            outcome.status = lateness.renamed(outcome.status, late=bool(told))
            outcome.points = float(submission.score or 0) - float(notebook.late_submission_penalty or 0)
            outcome.out_of = float(submission.max_score or 0)
            book.db.execute(
                text(
                    "INSERT OR REPLACE INTO course_grading VALUES (:assignment, :student, :run, :fingerprint, :status, "
                    ":notes, :language, :seconds, :finished, 0)"
                ),
                {
                    "assignment": name,
                    "student": outcome.student,
                    "run": self.run,
                    "fingerprint": outcome.fingerprint,
                    "status": outcome.status,
                    "notes": json.dumps([to_json(one) for one in outcome.notes], ensure_ascii=False),
                    "language": outcome.language,
                    "seconds": outcome.seconds,
                    "finished": datetime.now(UTC).isoformat(timespec="seconds"),
                },
            )
            book.db.commit()
        except BaseException:
            book.db.rollback()
            raise

    def judge_lateness(self, student: str, *, revoked: bool = False) -> tuple[str, str] | None:
        """Work out anew what lateness takes off, from what the gradebook holds, and write the feedback page.

        With `revoked`, the extension is taken back. Returns status and points before and after, as text; None where
        nothing changed or nothing was graded.
        """
        from sqlalchemy import text

        book, key = self.book, {"name": self.assignment.name, "student": student}
        where = "WHERE assignment = :name AND student = :student"
        row = book.db.execute(text(f"SELECT status, notes FROM course_grading {where}"), key).first()
        if row is None:
            return None
        submission = book.find_submission(self.assignment.name, student)
        notebook = next(one for one in submission.notebooks if one.name == self.assignment.notebook)
        before = _standing(Status(row[0]), submission)
        if revoked:
            submission.extension = None
        lateness.extend(submission, self.deadline, student)
        told = lateness.penalise(submission, notebook, self.config, self.deadline.zone)
        kept = [saved for saved in json.loads(row[1]) if saved[0] != lateness.LATE]
        notes = [*kept, *(to_json(one) for one in told)]
        status = lateness.renamed(Status(row[0]), late=bool(told))
        book.db.execute(
            text(f"UPDATE course_grading SET status = :status, notes = :notes, told = 0 {where}"),
            {**key, "status": status, "notes": json.dumps(notes, ensure_ascii=False)},
        )
        book.db.commit()
        book.db.expire(submission)
        after = _standing(status, submission)
        self.tell(student)
        return None if before == after else (before, after)

    def tell(self, student: str) -> None:
        """Write the feedback page of a submission that was written down, and note that it is there."""
        from sqlalchemy import text

        with books.explained(self.path):
            content = self.page(self.root, self.book, self.assignment, student)
            write_page(self.root, self.assignment, student, content)
            self.book.db.execute(
                text("UPDATE course_grading SET told = 1 WHERE assignment = :name AND student = :student"),
                {"name": self.assignment.name, "student": student},
            )
            self.book.db.commit()

    def _log(self, outcome: Outcome) -> None:
        lines = [
            f"{datetime.now(UTC).isoformat(timespec='seconds')}  {outcome.status}",
            f"{outcome.points:g} / {outcome.out_of:g}  ({outcome.seconds:.1f} s)",
            *(one.say() for one in outcome.notes),
            *(f"{name}: {'?' if points is None else f'{points:g}'}" for name, points in outcome.scores.items()),
        ]
        whole.write(self.folder / log_name(outcome.student), "\n".join(lines) + "\n")


def log_name(student: str) -> str:
    """Return the name of a student's log; an id may be as long as a name can be."""
    name = f"{student}.log"
    if len(name.encode()) <= LONGEST_NAME:
        return name
    return f"{student[:40]}-{hashlib.sha256(student.encode()).hexdigest()[:12]}.log"


def _cells(book: Any, assignment: Assignment) -> list[Any]:
    from nbgrader.api import Assignment as Row
    from nbgrader.api import BaseCell, Notebook

    query = book.db.query(BaseCell).join(Notebook, BaseCell.notebook_id == Notebook.id)
    return list(query.join(Row, Notebook.assignment_id == Row.id).filter(Row.name == assignment.name))


def _reread(book: Any, notebook: str) -> None:
    from nbgrader.api import Grade
    from sqlalchemy.orm import undefer

    grades = book.db.query(Grade).filter(Grade.notebook_id == notebook).options(undefer(Grade.max_score))
    grades.populate_existing().all()


def _standing(status: Status, submission: Any) -> str:
    points = float(submission.score or 0) - float(submission.late_submission_penalty or 0)
    return f"{gettext(STATUSES[status])}, {points:g}"
