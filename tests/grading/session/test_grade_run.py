"""A grading run from outside: the same scores as nbgrader's, whatever the order, whatever interrupts it."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course.cli import cli
from course.grading import session
from course.grading.assignment import source
from course.grading.book import gradebook, record
from course.grading.commands import common
from course.grading.progress import Progress
from course.grading.running.engine import Local
from course.i18n import use_language
from course.kernel.probe import Probe, probe
from tests.grading.classroom import ASSIGNMENT, autograde, book, command, grade, nbgrader, open_classroom, scores
from tests.grading.honest import hand_in_honestly
from tests.grading.personas.notebooks import answer, perfect, write
from tests.waiting import LONGEST_SECONDS, until

pytestmark = pytest.mark.skipif(not probe().sandbox, reason="this machine cannot make a sandbox")

COUNT = 6
KILLS = 10


@pytest.fixture(scope="module")
def ungraded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class that handed in, and a gradebook that knows the assignment."""
    root = open_classroom(tmp_path_factory.mktemp("ungraded"))
    hand_in_honestly(root, COUNT)
    assignment = source.load(root, ASSIGNMENT)
    gradebook.register(root, assignment, gradebook.settings(root))
    return root


@pytest.fixture(scope="module")
def graded(ungraded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return graded_copy(ungraded, tmp_path_factory.mktemp("graded"))


@pytest.fixture
def room(ungraded: Path, tmp_path: Path) -> Path:
    """A copy of the ungraded class to be spoilt."""
    shutil.copytree(ungraded, tmp_path / "room")
    return tmp_path / "room"


@pytest.fixture
def graded_room(graded: Path, tmp_path: Path) -> Path:
    """A copy of the graded class to be spoilt: whoever goes on from there need not grade it once more."""
    shutil.copytree(graded, tmp_path / "room")
    return tmp_path / "room"


def graded_copy(ungraded: Path, place: Path) -> Path:
    shutil.copytree(ungraded, place, dirs_exist_ok=True)
    grade(place)
    return place


def call(root: Path, *options: str, assignment: str = ASSIGNMENT) -> Result:
    """Call `course grade` in this process, whose warm process is there already."""
    use_language("en")
    found = CliRunner().invoke(cli, ["grade", assignment, "--root", str(root), "--language", "en", *options])
    # click tells how the command ended; whatever else was raised is a fault
    if found.exception is not None and not isinstance(found.exception, SystemExit):
        raise found.exception
    return found


def rows(root: Path) -> dict[str, str]:
    with sqlite3.connect(root / "gradebook.db", timeout=LONGEST_SECONDS) as database:
        try:
            found = database.execute("SELECT student, status FROM course_grading").fetchall()
        except sqlite3.OperationalError:
            return {}
    assert len(found) == len(dict(found))
    return dict(found)


def test_every_score_is_nbgraders(ungraded: Path, graded: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    shutil.copytree(ungraded, theirs)
    autograde(theirs)
    assert scores(graded) == scores(theirs)
    assert sum(auto == 0 for cells in scores(graded).values() for auto, _, _ in cells.values()) > COUNT
    with book(graded) as ours, book(theirs) as other:
        for student in scores(graded):
            pages = [one.find_submission_notebook("exercise", ASSIGNMENT, student) for one in (ours, other)]
            told = [{comment.name: comment.auto_comment for comment in page.comments} for page in pages]
            # for a gradebook of the English edition, a Chinese stub that nobody touched is an answer; not for us
            assert {name for name, text in told[1].items() if text} <= {name for name, text in told[0].items() if text}


def test_nbgraders_own_commands_go_on_from_here(graded_room: Path) -> None:
    one = "--student=student-0000"
    for arguments in (
        ["autograde", ASSIGNMENT, one, "--force"], ["generate_feedback", ASSIGNMENT, one, "--force"], ["export"],
    ):  # fmt: skip
        done = nbgrader(graded_room, *arguments)
        assert done.returncode == 0, done.stderr
    assert "student-0000" in (graded_room / "grades.csv").read_text(encoding="utf-8")
    for path in graded_room.glob("autograded/*/*/*.ipynb"):
        nbformat.validate(nbformat.read(path, as_version=4))


def test_killed_at_ten_moments_and_resumed(room: Path, graded: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    dice, before = random.Random(5), 0
    # short, or the grader would turn to /tmp: a socket's path has its limit
    spare = tmp_path_factory.mktemp("t")
    for _attempt in range(KILLS):
        process = subprocess.Popen(
            command(room, "--resume"), env=os.environ | {"TMPDIR": str(spare)}, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )  # fmt: skip
        time.sleep(dice.uniform(0.2, 3.0))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert before <= len(rows(room)) <= COUNT
        before = len(rows(room))
    first = grade(room, "--resume")
    again = grade(room, "--resume")
    assert scores(room) == scores(graded)
    assert rows(room) == rows(graded)
    assert f"{COUNT - before} submissions" in first.stdout or before == COUNT
    assert " submissions in" not in again.stdout
    for step in ("autograded", "feedback"):
        ours = {str(path.relative_to(room)) for path in (room / step).rglob("*") if path.is_file()}
        assert ours == {str(path.relative_to(graded)) for path in (graded / step).rglob("*") if path.is_file()}
    assert not (room / "grading" / ASSIGNMENT / ".work").exists()
    # the warm process of the last one may still be on its way
    until(lambda: not list(spare.iterdir()), lambda: f"left: {list(spare.iterdir())}")


@settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(order=st.permutations(range(COUNT)), workers=st.integers(1, 5), twice=st.booleans())
def test_any_order_and_any_number_of_workers_give_one_gradebook(
    ungraded: Path, graded: Path, tmp_path_factory: pytest.TempPathFactory, order: list[int], workers: int, twice: bool
) -> None:
    root = tmp_path_factory.mktemp("order")
    shutil.copytree(ungraded, root, dirs_exist_ok=True)
    assignment = source.load(root, ASSIGNMENT)
    students = tuple(f"student-{number:04}" for number in order)
    for _ in range(1 + twice):
        with open(os.devnull, "w") as nowhere:
            engine = Local(workers)
            ready = session.get_ready(warm=True)
            session.grade(session.Plan(root, assignment, students), engine, Progress(nowhere, COUNT), ready)
            engine.close()
    assert scores(root) == scores(graded)
    assert rows(root) == rows(graded)


def test_a_crash_is_told_from_what_a_person_should_look_at(room: Path) -> None:
    notebook = perfect("en")
    answer(notebook, "weighted-stars", "import os\nos._exit(0)")
    write(notebook, room / "submitted" / "student-0000" / ASSIGNMENT)
    (room / "submitted" / "student-0002" / ASSIGNMENT / "exercise.ipynb").write_text("{", encoding="utf-8")
    grade(room, "--student", "student-0002", expect=common.LOOK)
    grade(room, "--student", "student-0000", "--student", "student-0002", expect=common.CRASHED)
    assert (rows(room)["student-0000"], rows(room)["student-0002"]) == ("crashed", "unreadable")
    assert len({common.FINE, common.LOOK, common.USAGE, common.STOPPED, common.CRASHED}) == 5


def test_what_a_teacher_wrote_survives_and_old_automatic_scores_do_not(graded_room: Path) -> None:
    one, other = "student-0000", "student-0002"
    with book(graded_room) as opened:
        by_hand = opened.find_grade("paragraph", "exercise", ASSIGNMENT, one)
        by_hand.manual_score, by_hand.needs_manual_grade = 5.0, False
        opened.find_comment("paragraph", "exercise", ASSIGNMENT, one).manual_comment = "Well seen."
        for student in (one, other):
            opened.find_grade("felt-value-test", "exercise", ASSIGNMENT, student).auto_score = 99.0
        opened.db.commit()
    (graded_room / "submitted" / other / ASSIGNMENT / "exercise.ipynb").write_text("{", encoding="utf-8")
    call(graded_room, "--student", one, "--student", other)
    found = scores(graded_room)
    assert found[one]["paragraph"] == (None, 5.0, True)
    assert found[one]["felt-value-test"][0] in (0.0, 2.0)
    assert found[other]["felt-value-test"][0] == 0.0
    assert rows(graded_room)[other] == "unreadable"
    with book(graded_room) as opened:
        assert opened.find_comment("paragraph", "exercise", ASSIGNMENT, one).comment == "Well seen."
    page = (graded_room / "feedback" / one / ASSIGNMENT / "exercise.html").read_text(encoding="utf-8")
    assert "Well seen." in page


def test_a_resumed_run_takes_up_what_was_changed_since(graded_room: Path) -> None:
    folder = graded_room / "submitted" / "student-0001" / ASSIGNMENT
    notebook = perfect()
    answer(notebook, "felt-value", "def felt_value(gap):\n    return 0")
    write(notebook, folder)
    assert "1 submission in" in call(graded_room, "--resume").stdout
    assert scores(graded_room)["student-0001"]["felt-value-test"][0] == 0


# ---------------------------------------------------------------- what can be wrong around submissions


def test_no_such_assignment(room: Path) -> None:
    found = call(room, assignment="m77")
    assert found.exit_code == common.USAGE
    assert "There is no assignment 'm77'. Choose one of: m01-expectation-gap" in found.output


def test_nothing_handed_in(room: Path) -> None:
    shutil.rmtree(room / "submitted")
    found = call(room)
    assert found.exit_code == common.USAGE
    assert "<student>/m01-expectation-gap/exercise.ipynb" in found.output


def test_a_stranger(room: Path) -> None:
    found = call(room, "--student", "nobody")
    assert found.exit_code == common.USAGE
    assert "nobody" in found.output


def test_not_released(room: Path) -> None:
    for language in ("en", "zh"):
        shutil.rmtree(room / "exercises" / language / ASSIGNMENT)
    found = call(room)
    assert found.exit_code == common.USAGE
    assert "nbgrader generate_assignment m01-expectation-gap" in found.output


def test_a_gradebook_that_is_none(room: Path) -> None:
    (room / "gradebook.db").write_text("my grades", encoding="utf-8")
    found = call(room)
    assert found.exit_code == common.STOPPED
    assert "is no gradebook" in found.output


def test_a_locked_gradebook(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gradebook, "PATIENCE", 0.1)
    with sqlite3.connect(room / "gradebook.db") as holder:
        holder.execute("BEGIN EXCLUSIVE")
        found = call(room)
        holder.rollback()
    assert found.exit_code == common.STOPPED
    assert "in use by another program" in found.output


def test_a_full_disk(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(recorder: record.Recorder, outcome: record.Outcome) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(room / "autograded"))

    monkeypatch.setattr(record.Recorder, "_autograded", full)
    found = call(room)
    assert found.exit_code == common.STOPPED
    assert "No space left on device" in found.output
    assert "--resume" in found.output


def test_without_a_sandbox_it_refuses(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("course.kernel.probe.probe", lambda: Probe("", "", "Install bubblewrap.", True, True))
    found = call(room)
    assert found.exit_code == common.USAGE
    assert "Install bubblewrap." in found.output
    assert "--unsafe" in found.output


def test_unsafe_grades_without_a_sandbox(room: Path, graded: Path) -> None:
    done = grade(room, "--unsafe", "--student", "student-0000")
    assert "Without a sandbox" in done.stderr
    assert scores(room)["student-0000"] == scores(graded)["student-0000"]


def test_messages_in_chinese(room: Path) -> None:
    done = call(room, "--student", "student-0000", "--language", "zh")
    assert "已评分" in done.stdout
    assert "每份作业的记录：" in done.stdout
