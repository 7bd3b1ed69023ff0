"""Variants: own numbers for each learner, the same tests for all, and no use for a neighbour's answers or token."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import click
import nbformat
import pytest

import course.given
from course.answers import AnswerError
from course.authoring.rules.variants import FEWEST_VARIED
from course.given import Given, GivenError, entries, given, holds, personal, read, use_variant
from course.grading.assignment import roster, variants
from course.grading.assignment.steps import RestoreSetup
from course.grading.commands.generate import write_variant
from course.grading.telling.feedback import Mark, feedback_html
from course.i18n import LANGUAGES
from course.manifest import syllabus
from tests.grading.classroom import grade, open_classroom, scores
from tests.grading.marking import Assignment

M01 = syllabus().module("m01")
SECRET = "5e" * 32
STUDENTS = [f"student-{number}" for number in range(12)]
ASSIGNMENTS = {module.id: Assignment(module) for module in syllabus().graded}
ENOUGH = FEWEST_VARIED


def varied(module_id: str) -> list[str]:
    """The tasks that hold numbers of the learner's own."""
    return sorted({task for entry in entries(module_id) for task in entry.cells})


def tokens(module_id: str) -> list[str]:
    return [variants.token(SECRET, student, module_id) for student in STUDENTS]


every_assignment = pytest.mark.parametrize("assignment", ASSIGNMENTS.values(), ids=ASSIGNMENTS)
every_varied_task = pytest.mark.parametrize(
    ("assignment", "task"),
    [pytest.param(one, task, id=f"{name}-{task}") for name, one in ASSIGNMENTS.items() for task in varied(name)],
)
TOKENS = tokens(M01.id)
OWN = varied(M01.id)
ALIKE = [task for task in ASSIGNMENTS[M01.id].tasks if task not in OWN]


@pytest.fixture(autouse=True)
def everybodys() -> Iterator[None]:
    yield
    _use("")


def _use(token: str) -> None:
    """Begin anew, as a kernel of its own would."""
    course.given._token = ""
    use_variant(token)


@pytest.fixture
def classroom(tmp_path: Path) -> Path:
    variants.remember(M01, tmp_path)
    return tmp_path


def answer(assignment: Assignment, task: str, token: str) -> str:
    """The model answer as the learner with `token` would write it."""
    cell = assignment.cells("en")[task]
    return personal(cell.source, variants.held(entries(assignment.module.id), cell), token)


def refused(assignment: Assignment, task: str, theirs: str, token: str) -> bool:
    """Tell whether an answer gets no points in the notebook of the learner with `token`."""
    _use(token)
    try:
        assignment.mark(task, theirs)
    except AnswerError:
        return True
    return False


@every_assignment
def test_enough_tasks_have_numbers_of_the_learners_own(assignment: Assignment) -> None:
    own = varied(assignment.module.id)
    assert len(own) >= ENOUGH
    assert set(own) <= set(assignment.tasks)


@pytest.mark.parametrize("language", LANGUAGES)
@every_assignment
def test_without_variants_nothing_changes(assignment: Assignment, language: str) -> None:
    module = assignment.module
    released = json.loads(module.exercise(language).read_text(encoding="utf-8"))
    same = variants.personal_notebook(released, module, "", entries(module.id))
    assert [cell["source"] for cell in same["cells"]] == ["".join(cell["source"]) for cell in released["cells"]]


def test_without_variants_everybody_has_the_published_values() -> None:
    assert (given("m01", "alpha"), given("m01", "lambda")) == (0.88, 2.25)
    assert (given("m01", "early-rows"), given("m01", "late-rows")) == ((-17.6, -1.5), (1.0, 6.0))


# in one language: tests/grading/assignment/test_assignments.py compares the code of both
@every_assignment
def test_everybodys_own_solution_passes(assignment: Assignment) -> None:
    for token in tokens(assignment.module.id):
        _use(token)
        for task in varied(assignment.module.id):
            assignment.mark(task, answer(assignment, task, token))


@every_varied_task
def test_a_neighbours_answer_fails(assignment: Assignment, task: str) -> None:
    copied = met = 0
    # a few: that no number has the answer of another is tried with every number below
    everybody = tokens(assignment.module.id)[:6]
    for place, token in enumerate(everybody):
        for neighbour in ((everybody * 2)[place + 1], ""):
            theirs = answer(assignment, task, neighbour)
            if theirs == answer(assignment, task, token):
                continue
            met += 1
            copied += refused(assignment, task, theirs, token)
    assert met > 9, "hardly anybody had numbers of their own"
    assert copied == met


@every_varied_task
def test_no_draw_of_a_number_has_the_answer_of_the_next(
    assignment: Assignment, task: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for entry in entries(assignment.module.id):
        if task not in entry.cells:
            continue
        drawn: dict[str, tuple[str, ...]] = {}

        def force(self: Given, token: str, drawn: dict[str, tuple[str, ...]] = drawn) -> tuple[str, ...]:
            return drawn.get(self.name, self.values[0])

        monkeypatch.setattr(Given, "drawn", force)
        for value, following in zip(entry.values, (*entry.values[1:], entry.values[0]), strict=True):
            drawn[entry.name] = following
            theirs = answer(assignment, task, TOKENS[0])
            drawn[entry.name] = value
            assert refused(assignment, task, theirs, TOKENS[0]), (entry.name, value, following)


@pytest.mark.parametrize("language", LANGUAGES)
@every_assignment
def test_the_numbers_stand_in_the_text_and_in_the_answer(assignment: Assignment, language: str) -> None:
    module = assignment.module
    solved = json.loads(module.solution(language).read_text(encoding="utf-8"))
    for token in tokens(module.id):
        mine = variants.personal_notebook(solved, module, token, entries(module.id))
        texts = {cell["id"]: cell["source"] for cell in mine["cells"]}
        assert f'variant="{token}"' in texts["setup"]
        for entry, task in [(one, task) for one in entries(module.id) for task in one.cells]:
            for value in entry.drawn(token):
                assert any(holds(texts[name], value) for name in (f"{task}-task", task)), (task, value)
            text = texts[f"{task}-task"]
            assert any(holds(text, value) for value in entry.drawn(token)), (task, entry.name)
            # a heading holds the task's number and its points, which nobody draws
            assert text.split("\n")[0] == assignment.cells(language)[f"{task}-task"].source.split("\n")[0]


@every_assignment
def test_no_two_numbers_of_a_task_are_written_alike(assignment: Assignment) -> None:
    for task in varied(assignment.module.id):
        texts = [text for entry in entries(assignment.module.id) if task in entry.cells for text in entry.values[0]]
        assert len(set(texts)) == len(texts), "one of them would be put in place of the other"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_reads_the_published_numbers(language: str) -> None:
    released = json.loads(M01.exercise(language).read_text(encoding="utf-8"))
    for token in TOKENS:
        _use(token)
        mine = variants.personal_notebook(released, M01, token, entries(M01.id))
        texts = {cell["id"]: cell["source"] for cell in mine["cells"]}
        assert f"d^{{{given('m01', 'alpha'):.2f}}}" in texts["felt-value-task"]
        assert f"-{given('m01', 'lambda'):.2f}\\,(-d)" in texts["felt-value-task"]
        assert "0.88" not in texts["felt-value-task"] + texts["offsetting-gain-task"]
        # the rows of the table by calendar day are named by their day, a number
        for day in (*given("m01", "early-rows"), *given("m01", "late-rows")):
            assert f"`{day}`" in texts["early-and-late-task"]


@every_assignment
def test_the_published_value_is_never_drawn(assignment: Assignment) -> None:
    for entry in entries(assignment.module.id):
        drawn = {entry.drawn(variants.token(SECRET, str(number), assignment.module.id)) for number in range(600)}
        assert drawn == set(entry.values[1:])


def test_tokens_depend_on_secret_learner_and_module() -> None:
    found = {
        variants.token(secret, student, module)
        for secret in (SECRET, "00" * 32)
        for student in ("anna", "ben")
        for module in ("m01-expectation-gap", "m02-promises")
    }
    assert len(found) == 8
    assert all(len(token) == 16 for token in found)


def test_an_exchanged_token_is_found_and_put_back(classroom: Path) -> None:
    anna = write_variant(roster.Student("anna"), M01, classroom)
    notebook = nbformat.read(anna, as_version=4)
    assert not variants.exchanged(notebook, "anna", M01, classroom)
    assert variants.exchanged(notebook, "ben", M01, classroom)
    resources = {"nbgrader": {"student": "ben", "assignment": M01.id}}
    step = RestoreSetup(folder=str(classroom), log=logging.Logger("silent", logging.CRITICAL))
    mended = step.preprocess(notebook, resources)[0]
    assert mended.cells[0].source == variants.setup_source("ben", M01, "en", classroom)
    assert not variants.exchanged(mended, "ben", M01, classroom)


def test_a_second_token_is_refused(classroom: Path) -> None:
    _use(TOKENS[0])
    use_variant(TOKENS[0])
    for other in (TOKENS[1], ""):
        with pytest.raises(GivenError):
            use_variant(other)
    assert course.given.variant() == TOKENS[0]


def test_a_neighbours_notebook_is_worth_nothing_in_a_graded_class(tmp_path: Path) -> None:
    root = open_classroom(tmp_path)
    variants.remember(M01, root)
    # with a secret of its own every time, neighbours would now and then draw the same rows
    drawn = variants._settings(root)[0]
    file = root / variants.FILE
    file.write_text(file.read_text(encoding="utf-8").replace(drawn, SECRET), encoding="utf-8")
    for task in OWN:
        assert (
            len(
                {
                    answer(ASSIGNMENTS[M01.id], task, variants.token_of(name, M01, root))
                    for name in ("anna", "ben", "cleo")
                }
            )
            == 3
        )
    anna = variants.token_of("anna", M01, root)
    copied = {task: answer(ASSIGNMENTS[M01.id], task, anna) for task in ASSIGNMENTS[M01.id].tasks}
    for student in ("anna", "ben", "cleo"):
        path = root / "submitted" / student / M01.id / "exercise.ipynb"
        path.parent.mkdir(parents=True)
        # ben hands in anna's whole file, cleo puts anna's answers into her own and sets anna's token in a cell of hers
        whose = "anna" if student == "ben" else student
        notebook = nbformat.read(write_variant(roster.Student(whose), M01, root), as_version=4)
        for cell in notebook.cells:
            cell.source = copied.get(cell.id, cell.source)
        if student == "cleo":
            theirs = variants.setup_source("anna", M01, "en", root)
            notebook.cells.insert(
                0, nbformat.v4.new_code_cell(f"try:\n    {theirs.splitlines()[1]}\nexcept Exception: 0")
            )
        nbformat.write(notebook, path)
    done = grade(root, expect=None)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    tests = ASSIGNMENTS[M01.id].tests
    found = {
        student: {task for task, names in tests.items() if all(marked[name][0] for name in names)}
        for student, marked in scores(root).items()
    }
    assert found["anna"] == set(ASSIGNMENTS[M01.id].tasks)
    assert found["ben"] == set(ALIKE)
    assert found["cleo"] == set(ALIKE)
    with sqlite3.connect(root / "gradebook.db") as database:
        status = dict(database.execute("SELECT student, status FROM course_grading").fetchall())
    assert status["anna"] == "graded"
    assert status["ben"] != "graded"


def test_a_stripped_token_is_found(classroom: Path) -> None:
    plain = nbformat.read(M01.exercise("en"), as_version=4)
    assert variants.exchanged(plain, "anna", M01, classroom)


def test_where_there_are_no_variants_the_step_changes_nothing(tmp_path: Path) -> None:
    plain = nbformat.read(M01.exercise("zh"), as_version=4)
    before = [cell.source for cell in plain.cells]
    resources = {"nbgrader": {"student": "ben", "assignment": M01.id}}
    assert [cell.source for cell in RestoreSetup(folder=str(tmp_path)).preprocess(plain, resources)[0].cells] == before
    assert variants.setup_source("ben", M01, "zh", tmp_path) == before[1]


def test_the_secret_stays_when_a_module_is_added(classroom: Path) -> None:
    second, third = [module for module in syllabus().graded if module.id != M01.id][:2]
    before = variants.token_of("anna", M01, classroom)
    variants.remember(second, classroom)
    assert variants.token_of("anna", M01, classroom) == before
    assert variants.token_of("anna", second, classroom) not in ("", before)
    assert variants.token_of("anna", third, classroom) == ""
    assert (classroom / variants.FILE).stat().st_mode & 0o077 == 0


def test_a_broken_secret_is_said(classroom: Path) -> None:
    (classroom / variants.FILE).write_text("secret = 'zz'", encoding="utf-8")
    with pytest.raises(click.ClickException, match=r"variants\.toml"):
        variants.token_of("anna", M01, classroom)


def test_feedback_shows_the_learners_own_numbers(classroom: Path) -> None:
    notebook = nbformat.read(write_variant(roster.Student("li", language="zh"), M01, classroom), as_version=4)
    _use(variants.token_of("li", M01, classroom))
    page = feedback_html(notebook, {"felt-value-test": Mark(0, 2)})
    assert f"{given('m01', 'alpha'):.2f}" in page
    assert "0.88" not in page


def test_the_class_list(tmp_path: Path) -> None:
    path = tmp_path / "students.csv"
    path.write_text("\ufeffid,first_name,last_name,language\nanna,Anna,Berg,en\nli,雷,李,zh-CN\n", encoding="utf-8")
    found = roster.read(path)
    assert found["anna"].name == "Berg, Anna"
    assert found["li"].edition == "zh"
    for wrong in ("id\nanna\nanna\n", "id\n../x\n", "name\nanna\n"):
        path.write_text(wrong, encoding="utf-8")
        with pytest.raises(click.ClickException, match=r"students\.csv"):
            roster.read(path)
    path.write_bytes("id\n李\n".encode("gb18030"))
    assert list(roster.read(path)) == ["李"]
    path.write_bytes("id\nRen\u00e9\n".encode("cp1252"))
    with pytest.raises(click.ClickException, match="UTF-8"):
        roster.read(path)


def test_a_given_file_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    path = tmp_path / "m" / "given.toml"
    path.parent.mkdir()
    for text in ("[[given]]\nname = 'a'", "[[given]]\nname='a'\ncells=['b']\nvalues=['1','2']", "= 3"):
        path.write_text(text, encoding="utf-8")
        read.cache_clear()
        with pytest.raises(GivenError, match=r"given\.toml"):
            read(path)
    with pytest.raises(GivenError, match="no entry"):
        given("m01", "beta")
