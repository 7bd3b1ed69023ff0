"""A class whose paragraphs wait for a person: nbgrader's gradebook, graded notebooks, and what `course grade` notes."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from course.grading.book.gradebook import LATEST
from tests.grading.gradebooks import M01, graded, open_book, open_empty

QUESTION = f"{M01.id}/paragraph"
LIBRARY = (
    "The library is quiet as it should be, and that is the basic layer; a reading lamp at every seat would be the "
    "performance layer, more light more joy."
)
CANTEEN = (
    "In our canteen the queue grows by four people a minute, because nobody opens the second till before noon, and a "
    "free coffee on a rainy day would be a delight."
)
# What nobody else would write: a story of one's own for each number
WORDS = (
    "barber", "dentist", "cinema", "tram", "bakery", "gym", "hostel", "museum", "florist", "plumber", "airline", "pharmacy",
    "tailor", "kiosk", "pool", "optician", "garage", "courier", "laundry", "theatre",
)  # fmt: skip


def own_story(number: int) -> str:
    first, second, third = (WORDS[(number // 20**power) % 20] for power in range(3))
    return f"Story {number}: at the {first} {number} minutes, then the {second} {number + 1}, then the {third} {number + 2}."


def open_desk(root: Path, answers: Mapping[str, str | None], language: str = "en") -> Path:
    """Write the class: by learner the paragraph, None where nothing was written."""
    root.mkdir(parents=True, exist_ok=True)
    with open_empty(root) as book, book.db.no_autoflush:
        book.add_solution_cell("paragraph", "exercise", M01.id)
        for student, text in answers.items():
            book.add_student(student, first_name=f"First {student}", last_name="Last")
            book.add_submission(M01.id, student)
            for grade in book.find_submission_notebook("exercise", M01.id, student).grades:
                waits = grade.name == "paragraph" and text is not None
                grade.auto_score, grade.needs_manual_grade = None if waits else 0.0, waits
        book.db.commit()
    for student, text in answers.items():
        graded(root, student, {} if text is None else {"paragraph": text}, language=language)
    with closing(sqlite3.connect(root / "gradebook.db")) as plain:
        plain.execute(LATEST)
        for student in answers:
            plain.execute(
                "INSERT INTO course_grading VALUES (?, ?, 'r', 'f', 'graded', '[]', ?, 1, '2026-11-28', 1)",
                (M01.id, student, language),
            )
        plain.commit()
    return root


def paragraph(root: Path, student: str) -> tuple[float | None, bool, str | None]:
    """Return what nbgrader itself says of a learner's paragraph: points by hand, whether it waits, the comment."""
    with open_book(root) as book:
        grade = book.find_grade("paragraph", "exercise", M01.id, student)
        comment = book.find_comment("paragraph", "exercise", M01.id, student)
        return grade.manual_score, grade.needs_manual_grade, comment.manual_comment


def in_formgrader(root: Path, student: str, points: float | None, comment: str | None = None) -> None:
    """Mark as formgrader does, through nbgrader's own interface."""
    with open_book(root) as book:
        grade = book.find_grade("paragraph", "exercise", M01.id, student)
        grade.manual_score, grade.needs_manual_grade = points, points is None
        if comment is not None:
            book.find_comment("paragraph", "exercise", M01.id, student).manual_comment = comment
        book.db.commit()
