"""Late penalties and feedback pages after marking: each is worked out anew as soon as nobody waits for the gradebook.

`course grade` notes for every submission whether its page tells what the gradebook holds (`told`); so a page that was not
written before the desk was closed is written when it opens again.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from course.grading.assignment.source import Assignment
from course.grading.book.files import write_page
from course.grading.book.gradebook import FILE, PATIENCE, course_id, explained, settings
from course.grading.book.lateness import penalty

NOTEBOOK = "exercise"
# Points that are no difference
SAME = 1e-6


def untold(book: sqlite3.Connection, assignment: str, student: str) -> None:
    """Note that a submission's page is an old one. Where nbgrader graded, its own command writes the pages."""
    if _is_ours(book):
        book.execute("UPDATE course_grading SET told = 0 WHERE assignment = ? AND student = ?", (assignment, student))


def _is_ours(book: sqlite3.Connection) -> bool:
    return bool(book.execute("SELECT 1 FROM sqlite_master WHERE name = 'course_grading'").fetchone())


class Pages:
    """Writes pages, one at a time; made and used in one thread."""

    def __init__(self, root: Path) -> None:
        from nbgrader.api import Gradebook

        self.root = root
        self._config = settings(root)
        self._book = Gradebook(f"sqlite:///{root / FILE}", course_id(self._config))

    def close(self) -> None:
        """Let go of the gradebook."""
        self._book.close()

    def write_one(self, assignment: str) -> bool:
        """Write the page of one submission that has an old one, or first its late penalty where points have changed.

        Returns whether there was anything to write. Raises `GradebookError`.
        """
        path = self.root / FILE
        with explained(path), closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as book:
            if not _is_ours(book):
                return False
            # until the page is written, nobody marks: it tells what the gradebook holds
            book.execute("BEGIN IMMEDIATE")
            found = book.execute(
                "SELECT student FROM course_grading WHERE assignment = ? AND told = 0 LIMIT 1", (assignment,)
            ).fetchone()
            if found is None:
                book.execute("ROLLBACK")
                return False
            if self._penalised(book, assignment, str(found[0])):
                # the page reads it through another connection, once it stands there
                book.execute("COMMIT")
                return True
            self._write(Assignment(assignment, NOTEBOOK, {}, {}, {}), str(found[0]))
            book.execute(
                "UPDATE course_grading SET told = 1 WHERE assignment = ? AND student = ?", (assignment, found[0])
            )
            book.execute("COMMIT")
        return True

    def _penalised(self, book: sqlite3.Connection, assignment: str, student: str) -> bool:
        """Set what lateness takes off the points as they stand now; tell whether that is something else than before."""
        try:
            submission = self._book.find_submission(assignment, student)
            notebook = next(one for one in submission.notebooks if one.name == NOTEBOOK)
            before, now = notebook.late_submission_penalty, penalty(submission, notebook, self._config)
            key = notebook.id
        finally:
            self._book.db.rollback()
            self._book.db.expire_all()
        if abs((before or 0.0) - (now or 0.0)) < SAME:
            return False
        book.execute("UPDATE submitted_notebook SET late_submission_penalty = ? WHERE id = ?", (now, key))
        return True

    def _write(self, assignment: Any, student: str) -> None:
        from course.grading.telling.pages import page

        try:
            content = page(self.root, self._book, assignment, student)
        finally:
            # what is read next is read anew, and nobody who writes has to wait for this reader
            self._book.db.rollback()
            self._book.db.expire_all()
        write_page(self.root, assignment, student, content)
