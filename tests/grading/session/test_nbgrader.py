"""nbgrader as an instructor uses it: release, five submissions of a class in two languages, grades, feedback.

Everything happens in a copy; the commands are those of the README.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from course.i18n import LANGUAGES
from course.manifest import syllabus
from course.paths import ROOT
from course.simulations.codes import encode_run
from course.simulations.m01_expectation_gap import ExpectationGap
from tests.grading.personas.notebooks import solved

ASSIGNMENT = "m01-expectation-gap"

PARTLY_RIGHT = {
    "offsetting-gain": "def offsetting_gain(loss):\n    return loss * 2.25",
    "place-in-zone": 'def place(msa, mss):\n    return "inside" if msa > 0 else "below"',
    "weighted-stars": 'def weighted_stars(table):\n    return table["mean_review_stars"].mean()',
    "frugal-run": f'run = "{encode_run("m01", ExpectationGap())}"',
    "paragraph": "The library is quiet, as it should be. That is the basic layer.",
}
ALL_RIGHT = {
    "felt-value-test": 2, "felt-value-more-test": 2,
    "offsetting-gain-test": 1, "offsetting-gain-more-test": 1, "offsetting-gain-own-test": 1,
    "service-measures-test": 1, "service-measures-more-test": 1, "service-measures-own-test": 1,
    "place-in-zone-test": 1, "place-in-zone-more-test": 1, "place-in-zone-own-test": 1,
    "stars-per-day-test": 1, "stars-per-day-more-test": 1,
    "early-and-late-test": 1, "early-and-late-own-test": 1, "early-and-late-verdict-test": 1,
    "weighted-stars-test": 1, "weighted-stars-more-test": 1, "weighted-stars-own-test": 1,
    "frugal-run-test": 2, "frugal-run-own-test": 1,
}  # fmt: skip
# `place` is right for the shops that one sees, and the rest of what is wrong is wrong altogether
MISSED = [name for name in ALL_RIGHT if name.startswith(("offsetting", "weighted", "frugal", "place-in-zone-"))]
MISSED.remove("place-in-zone-test")
NOTHING = dict.fromkeys(ALL_RIGHT, 0)
EXPECTED_AUTOMATIC = {
    "perfect": ALL_RIGHT,
    "partly-right": ALL_RIGHT | dict.fromkeys(MISSED, 0),
    "blank": NOTHING,
    "perfect-zh": ALL_RIGHT,
    "blank-zh": NOTHING,
}
BY_THE_TEACHER = {"perfect": 6, "partly-right": 4, "perfect-zh": 5}
EXPECTED_TOTAL = {"perfect": 30, "partly-right": 17, "blank": 0, "perfect-zh": 29, "blank-zh": 0}


@dataclass(frozen=True)
class Classroom:
    root: Path

    def nbgrader(self, *arguments: str, language: str = "en") -> subprocess.CompletedProcess[str]:
        """Run a command of nbgrader in the course folder, as from a shell where no environment is activated."""
        command = Path(sys.executable).parent / "nbgrader"
        own = {"COURSE_LANG": language, "JUPYTER_CONFIG_DIR": str(self.root / "config"), "PATH": os.defpath}
        return subprocess.run(
            [str(command), *arguments], cwd=self.root, env=os.environ | own, text=True, encoding="utf-8",
            capture_output=True, check=False,
        )  # fmt: skip

    def run(self, *arguments: str, language: str = "en") -> None:
        done = self.nbgrader(*arguments, language=language)
        assert done.returncode == 0, done.stderr

    def release(self, language: str) -> Path:
        return self.root / "exercises" / language / ASSIGNMENT / "exercise.ipynb"

    def gradebook(self) -> Gradebook:
        return Gradebook(f"sqlite:///{self.root / 'gradebook.db'}", "exceeding-expectations")


def _partly_right(notebook: NotebookNode) -> None:
    _answer(notebook, solved("en") | PARTLY_RIGHT)
    notebook.cells = [cell for cell in notebook.cells if cell.id != "early-and-late-test"]


def _answer(notebook: NotebookNode, answers: dict[str, str]) -> None:
    for cell in notebook.cells:
        cell.source = answers.get(cell.id, cell.source)


def _code_lines(path: Path, *, within: bool) -> Iterator[str]:
    """Yield the code lines of a notebook that stand within markers, or those that do not."""
    inside = False
    for cell in nbformat.read(path, as_version=4).cells:
        for line in cell.source.split("\n") if cell.cell_type == "code" else ():
            inside = (inside or "### BEGIN" in line) and "### END" not in line
            if inside is within:
                yield line.strip()


STUDENTS: dict[str, tuple[str, Callable[[NotebookNode], None]]] = {
    "perfect": ("en", lambda notebook: _answer(notebook, solved("en"))),
    "partly-right": ("en", _partly_right),
    "blank": ("en", lambda notebook: None),
    "perfect-zh": ("zh", lambda notebook: _answer(notebook, solved("zh"))),
    "blank-zh": ("zh", lambda notebook: None),
}


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Classroom:
    root = tmp_path_factory.mktemp("classroom")
    shutil.copy(ROOT / "nbgrader_config.py", root)
    shutil.copytree(ROOT / "solutions", root / "solutions")
    room = Classroom(root)
    for language in ("zh", "en"):
        room.run("generate_assignment", ASSIGNMENT, "--force", "--create", language=language)
    return room


@pytest.fixture(scope="module")
def graded(released: Classroom) -> Classroom:
    for student, (language, work) in STUDENTS.items():
        notebook = nbformat.read(released.release(language), as_version=4)
        work(notebook)
        folder = released.root / "submitted" / student / ASSIGNMENT
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / "exercise.ipynb")
    released.run("autograde", ASSIGNMENT)
    return released


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_committed_exercise_is_what_nbgrader_generates(released: Classroom, language: str) -> None:
    committed = syllabus().module(ASSIGNMENT).exercise(language)
    assert released.release(language).read_bytes() == committed.read_bytes(), (
        f"run: COURSE_LANG={language} nbgrader generate_assignment {ASSIGNMENT} --force --create"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_the_exercise_goes_out_without_answers_and_hidden_tests(released: Classroom, language: str) -> None:
    folder = released.release(language).parent
    assert [path.name for path in folder.iterdir()] == ["exercise.ipynb"]
    source = ROOT / "solutions" / language / ASSIGNMENT / "exercise.ipynb"
    kept_back = set(_code_lines(source, within=True)) - set(_code_lines(source, within=False))
    assert len(kept_back) > 30
    assert not kept_back & set(_code_lines(released.release(language), within=False))


@pytest.mark.parametrize("student", STUDENTS)
def test_automatic_scores(graded: Classroom, student: str) -> None:
    with graded.gradebook() as gradebook:
        submission = gradebook.find_submission_notebook("exercise", ASSIGNMENT, student)
        found = {grade.name: grade.auto_score for grade in submission.grades if grade.name != "paragraph"}
        assert found == EXPECTED_AUTOMATIC[student]
        assert submission.max_score == syllabus().module(ASSIGNMENT).points


@pytest.mark.parametrize("student", STUDENTS)
def test_the_teacher_reads_written_paragraphs_only(graded: Classroom, student: str) -> None:
    with graded.gradebook() as gradebook:
        paragraph = gradebook.find_grade("paragraph", "exercise", ASSIGNMENT, student)
        assert paragraph.auto_score == (None if student in BY_THE_TEACHER else 0)
        assert paragraph.max_score == 6


def test_a_deleted_test_is_put_back(graded: Classroom) -> None:
    regraded = graded.root / "autograded" / "partly-right" / ASSIGNMENT / "exercise.ipynb"
    found = nbformat.read(regraded, as_version=4).cells
    grade_ids = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in found]
    assert "early-and-late-test" in grade_ids


def test_feedback_shows_the_total_in_each_language(graded: Classroom) -> None:
    with graded.gradebook() as gradebook:
        for student, points in BY_THE_TEACHER.items():
            paragraph = gradebook.find_grade("paragraph", "exercise", ASSIGNMENT, student)
            paragraph.manual_score, paragraph.needs_manual_grade = points, False
        gradebook.db.commit()
    graded.run("generate_feedback", ASSIGNMENT)
    pages = {
        student: (graded.root / "feedback" / student / ASSIGNMENT / "exercise.html").read_text(encoding="utf-8")
        for student in STUDENTS
    }
    with graded.gradebook() as gradebook:
        totals = {student: gradebook.find_submission(ASSIGNMENT, student).score for student in STUDENTS}
    assert totals == EXPECTED_TOTAL
    for student, total in EXPECTED_TOTAL.items():
        said = f"{total} 分，满分 30 分" if student.endswith("-zh") else f"{total} of 30 points"
        assert said in pages[student]
        assert "HIDDEN TESTS" not in pages[student]
        assert not re.search(r"""<(script|link|img)[^>]*(src|href)=["']?(https?:)?//""", pages[student])
        assert pages[student].count("<math") >= 4
    assert "gives nothing back yet" in pages["blank"]
    assert "还没有返回任何东西" in pages["blank-zh"]


def test_an_unknown_language_is_refused_in_both(released: Classroom) -> None:
    done = released.nbgrader("generate_assignment", ASSIGNMENT, language="fr")
    assert done.returncode != 0
    assert "choose 'en' or 'zh'" in done.stderr
    assert "请选 'en' 或 'zh'" in done.stderr
    assert "Traceback" not in done.stderr
