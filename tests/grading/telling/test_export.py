"""The files for Canvas and Moodle, column by column, as their documentation has them; and no formula in any cell."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from course.grading.assignment.roster import Student
from course.grading.book.results import known_students, read
from course.grading.telling import export
from tests.grading.gradebooks import M01, OUT_OF, gradebook

PEOPLE = {
    "anna": Student("anna", "Anna", "Berg", "anna@uni.example", "en", "4711", "S1", "aberg", "A-1", "20260001"),
    "lilei": Student("lilei", "雷", "李", "li@uni.example", "zh"),
    "eve": Student("eve", '=HYPERLINK("x")', "@sum", "eve@uni.example"),
}


@pytest.fixture
def results(tmp_path: Path) -> object:
    scores: dict[str, dict[str, float | None]] = {
        "anna": dict(OUT_OF), "lilei": {"felt-value": 2.5}, "eve": {"paragraph": None}, "stranger": dict(OUT_OF),
    }  # fmt: skip
    gradebook(tmp_path, scores)
    return read(tmp_path, M01)


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_canvas(results: object) -> None:
    heads, points, *learners = rows(export.canvas(results, PEOPLE, "Gap (123)"))  # type: ignore[arg-type]
    assert heads == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Gap (123)"]
    assert points == ["    Points Possible", "", "", "", "", "30"]
    by_name = {row[0]: row for row in learners}
    assert by_name["Berg, Anna"] == ["Berg, Anna", "4711", "S1", "aberg", "A-1", "30"]
    assert by_name["李, 雷"] == ["李, 雷", "", "", "lilei", "", "2.5"]
    assert by_name['\'@sum, =HYPERLINK("x")'][-1] == "", "what waits to be read must not be sent as points"
    assert len(learners) == 3, "nobody who is not on the list"


def test_moodle(results: object) -> None:
    heads, *learners = rows(export.moodle(results, PEOPLE, "Gap", M01))  # type: ignore[arg-type]
    assert heads == ["First name", "Last name", "ID number", "Email address", "Gap (Real)", "Gap (Feedback)"]
    by_mail = {row[3]: row for row in learners}
    assert by_mail["anna@uni.example"][:5] == ["Anna", "Berg", "20260001", "anna@uni.example", "30"]
    assert by_mail["anna@uni.example"][5].startswith("1 · How a gap feels: 4 / 4; ")
    assert by_mail["li@uni.example"][5].startswith("1 · 落差给人的感受: 2.5 / 4; ")
    assert by_mail["eve@uni.example"][4:] == ["", ""]
    assert by_mail["eve@uni.example"][0] == '\'=HYPERLINK("x")'


@pytest.mark.parametrize("cell", ["=1+1", "+1+1", "-1+1", "@A1", "\t=1", "\r=1", " =1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert rows(export.text([[cell]]))[0][0].startswith("'")


@pytest.mark.parametrize("cell", ["-1.5", "+3", "30", "–", "Berg, Anna", "=" * 0])
def test_what_is_none_stays(cell: str) -> None:
    assert rows(export.text([[cell, "x"]]))[0][0] == cell


def test_a_penalty_is_taken_off_but_nobody_falls_below_nothing(tmp_path: Path) -> None:
    from nbgrader.api import Gradebook

    gradebook(tmp_path, {"anna": dict(OUT_OF), "ben": {}})
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as book:
        for student in ("anna", "ben"):
            book.find_submission_notebook("exercise", M01.id, student).late_submission_penalty = 2.0
        book.db.commit()
    assert read(tmp_path, M01).totals.to_dict() == {"anna": 28, "ben": 0}
    assert set(known_students(tmp_path)) == {"anna", "ben"}
