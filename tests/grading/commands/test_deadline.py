"""`course deadline` from outside: set, shown, extended and moved, with penalties worked out anew and nothing run again."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from course.cli import cli
from course.grading.commands import common
from course.grading.running import execute
from course.kernel.probe import probe
from tests.grading.classroom import ASSIGNMENT, grade, open_classroom
from tests.grading.personas.notebooks import perfect, write

pytestmark = pytest.mark.skipif(not probe().sandbox, reason="this machine cannot make a sandbox")

FULL = 24.0
# one point an hour, by nbgrader's own plugin interface
PLUGIN = """
from nbgrader.plugins import BasePlugin


class Hourly(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return total_seconds_late / 3600
"""
CAME = {
    "in_time": "2026-10-05 23:58 +0800",
    "an_hour_late": "2026-10-06 00:59 +0800",
    "two_hours_late": "2026-10-05 17:59:00.000000 UTC",
    "from_beijing": "2026-10-06 01:59 北京时间",
    "cst": "2026-10-06 05:00:00 CST",
    "bare": "2026-10-06 05:00:00",
    "day_first": "06.10.2026 05:00 +0800",
    "never_said": "",
}


def call(root: Path, *arguments: str, expect: int = 0, language: str = "en") -> str:
    done = CliRunner().invoke(cli, ["deadline", *arguments, "--root", str(root), "--language", language])
    assert done.exit_code == expect, done.output
    assert "Traceback" not in done.output
    return done.output


def standing(root: Path) -> dict[str, tuple[str, float]]:
    """Status and penalty as the gradebook has them, read by sqlite alone."""
    query = (
        "SELECT submitted_assignment.student_id, course_grading.status, coalesce(late_submission_penalty, 0) "
        "FROM submitted_notebook JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id "
        "JOIN course_grading ON course_grading.student = submitted_assignment.student_id"
    )
    with sqlite3.connect(root / "gradebook.db") as book:
        return {student: (status, penalty) for student, status, penalty in book.execute(query)}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    root = open_classroom(tmp_path_factory.mktemp("deadline"))
    with (root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write("\nsys.path.insert(0, str(ROOT))\nc.AssignLatePenalties.plugin_class = 'hourly.Hourly'\n")
    (root / "hourly.py").write_text(PLUGIN, encoding="utf-8")
    for student, came in CAME.items():
        folder = root / "submitted" / student / ASSIGNMENT
        folder.mkdir(parents=True)
        write(perfect(), folder)
        (folder / "timestamp.txt").write_text(came, encoding="utf-8")
    said = call(root, "m01", "2026-10-05 23:59", "--zone", "Asia/Shanghai")
    assert said == "m01-expectation-gap is due 2026-10-05 23:59 Asia/Shanghai (+08:00).\n"
    return root, grade(root, expect=common.LOOK).stdout


@pytest.fixture
def room(graded: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the graded class in which nothing can be run."""
    shutil.copytree(graded[0], tmp_path / "room")
    monkeypatch.setattr(execute, "run", None)
    monkeypatch.syspath_prepend(str(tmp_path / "room"))
    return tmp_path / "room"


def test_lateness_is_counted_from_the_moment_that_was_said(graded: tuple[Path, str]) -> None:
    found = standing(graded[0])
    assert found == {
        "in_time": ("graded", 0),
        "an_hour_late": ("late", 1),
        "two_hours_late": ("late", 2),
        "from_beijing": ("late", 2),
        "cst": ("graded", 0),
        "bare": ("graded", 0),
        "day_first": ("graded", 0),
        "never_said": ("graded", 0),
    }


def test_what_nobody_can_date_is_named_at_the_end(graded: tuple[Path, str]) -> None:
    root, output = graded
    assert "nobody can tell when these came; their notes say why: bare, cst, day_first" in output
    log = (root / "grading" / ASSIGNMENT / "cst.log").read_text(encoding="utf-8")
    assert "CST is the short name of several zones" in log


def test_the_page_says_when_it_came_on_the_clocks_of_the_class(graded: tuple[Path, str]) -> None:
    page = (graded[0] / "feedback" / "two_hours_late" / ASSIGNMENT / "exercise.html").read_text(encoding="utf-8")
    assert "2026-10-06 01:59 Asia/Shanghai (+08:00), 2.0 hours after the deadline" in page


def test_a_deadline_that_moves_moves_the_penalties_and_runs_nothing(room: Path) -> None:
    said = call(room, "m01", "2026-10-06 00:59", "--zone", "Asia/Shanghai")
    assert "  an_hour_late: late, 23 → graded, 24" in said
    assert "  two_hours_late: late, 22 → late, 23" in said
    assert "3 submissions changed" in said
    assert standing(room)["an_hour_late"] == ("graded", 0)
    assert standing(room)["from_beijing"] == ("late", 1)
    page = (room / "feedback" / "an_hour_late" / ASSIGNMENT / "exercise.html").read_text(encoding="utf-8")
    assert "after the deadline" not in page
    assert "an_hour_late: graded, 24 → late, 23" in call(room, "m01", "2026-10-05 15:59 UTC")


def test_no_deadline_no_penalty(room: Path) -> None:
    assert call(room, "m01", "--none").startswith("There is no deadline for m01-expectation-gap.")
    assert {penalty for _status, penalty in standing(room).values()} == {0}
    assert "late" not in {status for status, _penalty in standing(room).values()}


def test_an_extension_stays_where_it_is_when_the_deadline_moves(room: Path) -> None:
    said = call(room, "m01", "2026-10-06 00:59", "--student", "two_hours_late")
    assert "  two_hours_late: until 2026-10-06 00:59 Asia/Shanghai (+08:00)" in said
    assert "two_hours_late: late, 22 → late, 23" in said
    assert standing(room)["from_beijing"] == ("late", 2), "nobody else's changed"
    call(room, "m01", "2026-10-05 12:00", "--zone", "Asia/Shanghai")
    assert standing(room)["two_hours_late"] == ("late", 1)
    assert standing(room)["in_time"][0] == "late"
    said = call(room, "m01", "2026-10-06 12:00", "--zone", "Asia/Shanghai")
    assert "(earlier than the deadline, which counts)" in said
    assert standing(room)["two_hours_late"] == ("graded", 0)
    call(room, "m01", "2026-10-05 23:59", "--zone", "Asia/Shanghai")
    assert "two_hours_late: late, 23 → late, 22" in call(room, "m01", "--none", "--student", "two_hours_late")


def test_an_extension_from_before_is_there_when_the_student_hands_in(tmp_path: Path) -> None:
    root = open_classroom(tmp_path)
    folder = root / "submitted" / "anna" / ASSIGNMENT
    call(root, "m01", "2026-10-05 23:59 Asia/Shanghai")
    folder.mkdir(parents=True)
    call(root, "m01", "2026-10-07 23:59", "--student", "anna")
    write(perfect(), folder)
    (folder / "timestamp.txt").write_text("2026-10-07 20:00 +0800", encoding="utf-8")
    grade(root)
    assert standing(root) == {"anna": ("graded", 0)}


def test_points_by_hand_survive(room: Path) -> None:
    with sqlite3.connect(room / "gradebook.db") as book:
        book.execute(
            "UPDATE grade SET manual_score = 5, needs_manual_grade = 0 WHERE cell_id IN "
            "(SELECT id FROM base_cell WHERE name = 'paragraph')"
        )
    assert "an_hour_late: late, 28 → graded, 29" in call(room, "m01", "2026-10-06 00:59 +0800")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["2026-10-05 23:59"], "does not say in which zone"),
        (["2026-10-05 23:59 CST"], "several zones"),
        (["2026-10-05 23:59", "--zone", "CST"], "several zones"),
        (["05.10.2026 23:59", "--zone", "Asia/Shanghai"], "can be read as two days"),
        (["2026-10-05 23:59", "--zone", "Asia/Peking"], "is no zone"),
        (["2026-10-05 23:59 UTC", "--none"], "either a time or --none"),
        (["--student", "in_time"], "Give the time"),
        (["2026-10-05 23:59", "--student", "ana"], "Not known: ana"),
    ],
)
def test_what_is_ambiguous_is_refused_and_changes_nothing(room: Path, arguments: list[str], says: str) -> None:
    before = standing(room), call(room, "m01")
    assert says in call(room, "m01", *arguments, expect=common.USAGE)
    assert (standing(room), call(room, "m01")) == before
    call(room, "m01", *arguments, expect=common.USAGE, language="zh")


def test_shown_where_nothing_is_known_yet(tmp_path: Path) -> None:
    root = open_classroom(tmp_path)
    assert call(root, "m01") == "There is no deadline for m01-expectation-gap.\n"
    assert not (root / "gradebook.db").exists()
    assert "没有截止时间" in call(root, "m01", language="zh")


def test_old_notes_of_lateness_do_not_pile_up(room: Path) -> None:
    for when in ("2026-10-05 20:00 +0800", "2026-10-05 21:00 +0800"):
        call(room, "m01", when)
    with sqlite3.connect(room / "gradebook.db") as book:
        (notes,) = book.execute("SELECT notes FROM course_grading WHERE student = 'two_hours_late'").fetchone()
    assert [figures["hours"] for template, figures in json.loads(notes) if "deadline" in template] == ["5.0"]
