"""A second class: honest learners with odd habits get what is theirs, hostile ones nothing more, and nothing stops."""

from __future__ import annotations

import base64
import json
import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import pytest

from course.grading.assignment import source
from course.grading.book import gradebook
from course.grading.commands import common
from course.kernel.probe import probe
from tests.grading.classroom import ASSIGNMENT, autograde, grade, open_classroom, scores
from tests.grading.personas.notebooks import FULL
from tests.grading.personas.persona import ODD, Persona, hand_in
from tests.grading.personas.styles import STYLES

pytestmark = pytest.mark.skipif(not probe().sandbox, reason="this machine cannot make a sandbox")

# The hidden inputs of felt_value that no task mentions
HIDDEN = ("62.5", "-2.5")


@dataclass(frozen=True)
class Graded:
    root: Path
    output: str
    statuses: dict[str, tuple[str, str]]
    points: dict[str, float]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    root = open_classroom(tmp_path_factory.mktemp("odd"))
    for one in ODD:
        hand_in(one, root)
    for name in (b".hidden", "李雷".encode("gbk")):
        folder = Path(os.fsdecode(os.path.join(os.fsencode(root), b"submitted", name))) / ASSIGNMENT
        folder.mkdir(parents=True)
    done = grade(root, expect=common.CRASHED)
    with sqlite3.connect(root / "gradebook.db") as database:
        rows = database.execute("SELECT student, status, notes FROM course_grading").fetchall()
    statuses = {
        student: (status, " ".join(template.format(**figures) for template, figures in json.loads(notes)))
        for student, status, notes in rows
    }
    points = {student: sum(part[0] or 0 for part in cells.values()) for student, cells in scores(root).items()}
    return Graded(root, done.stdout + done.stderr, statuses, points)


def test_the_class_is_large_enough() -> None:
    assert len({one.name for one in ODD}) == len(ODD) >= 80
    assert sum(one.name.startswith("honest") for one in ODD) >= 40
    ways = [way for style in STYLES.values() for way, _source in style.values()]
    assert len(set(ways)) == len(ways) >= 40


def test_any_honest_style_has_nbgraders_points(graded: Graded, tmp_path: Path) -> None:
    theirs = open_classroom(tmp_path)
    styles = [one for one in ODD if one.name.startswith("honest_style")]
    for one in styles:
        hand_in(one, theirs)
    gradebook.register(theirs, source.load(theirs, ASSIGNMENT), gradebook.settings(theirs))
    autograde(theirs)
    ours, found = scores(graded.root), scores(theirs)
    assert found == {one.name: ours[one.name] for one in styles}
    assert all(sum(part[0] or 0 for part in cells.values()) == FULL for cells in found.values())


@pytest.mark.parametrize("one", ODD, ids=lambda one: one.name[:60])
def test_everybody_gets_status_and_points(graded: Graded, one: Persona) -> None:
    status, notes = graded.statuses[one.name]
    assert (status, graded.points[one.name]) == (one.status, one.points), notes
    assert one.says in notes


def test_folders_that_can_be_no_students_are_named(graded: Graded) -> None:
    assert ".hidden" in graded.output
    assert "李雷" in graded.output


def test_nothing_of_a_hidden_test_leaves_the_room(graded: Graded) -> None:
    """Neither in clear nor encoded; a persona says on every way out whatever it was given."""
    folder = graded.root / "autograded" / "carries_out_what_it_saw"
    feedback = graded.root / "feedback" / "carries_out_what_it_saw"
    texts = [path.read_text(encoding="utf-8") for place in (folder, feedback) for path in place.rglob("*.*")]
    notebook = json.loads((folder / ASSIGNMENT / "exercise.ipynb").read_text(encoding="utf-8"))
    outputs = json.dumps([entry.get("outputs") for entry in notebook["cells"]])
    assert "seen [10, -10]" in outputs, "what the visible tests gave is said, so this test proves something"
    encoded = [base64.b64encode(json.dumps([10, -10, -40]).encode()).decode()[:18]]
    for secret in (*HIDDEN, *encoded):
        assert secret not in outputs
    assert not any("62.5" in text for text in texts if "<html" in text)
    assert "-40" not in outputs
