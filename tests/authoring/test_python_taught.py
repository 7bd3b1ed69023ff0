"""An answer that needs more Python than is taught is named, with its cell and the construct."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest

from course.authoring.python_taught import BEGIN, END, taught, untaught, uses
from course.authoring.repo import Cell, Repo
from course.authoring.rules.python_taught import answers_use_what_is_taught
from course.paths import ROOT
from tests.authoring.conftest import cell, edit

ANSWER = {"nbgrader": {"grade": False, "solution": True}}


def lesson(*code: str) -> set[str]:
    return taught([Cell(f"c{number}", "code", source, {}) for number, source in enumerate(code)])


def assignment(answer: str, text: str = "", before: str = "") -> list[Cell]:
    return [
        Cell("given", "code", before, {}),
        Cell("task", "markdown", text, {}),
        Cell("answer", "code", f"{BEGIN}\n{answer}\n{END}", ANSWER),
    ]


@pytest.mark.parametrize(
    ("code", "construct"),
    [
        ("sum(x for x in y)", "(… for …)"),
        ("[x for x in y]", "[… for …]"),
        ("for a, b in z:\n    a", "for a, b in …"),
        ("while x:\n    y", "while"),
        ("x = 1 if y else 2", "… if … else …"),
        ("a, b = c", "a, b = …"),
        ("x += 1", "+="),
        ("x = y // 2", "//"),
        ("x = y <= 2", "<="),
        ("x = y and z", "and"),
        ("x = not y", "not"),
        ("x = -y", "-x"),
        ("if a:\n    b\nelif c:\n    d", "elif"),
        ("if a:\n    b\nelse:\n    d", "else"),
        ("x = y[1:]", "x[a:b]"),
        ("x = None", "None"),
        ("f'{x}'", 'f"…"'),
        ("x = lambda y: y", "lambda"),
        ("x = a.var(axis=0)", "axis="),
        ("x = a.cumsum()", ".cumsum"),
        ("x = zip(a)", "zip()"),
        ("del x", "Delete"),
    ],
)
def test_every_construct_has_a_word_and_is_missed(code: str, construct: str) -> None:
    assert construct in {use.construct for use in uses(ast.parse(code))}
    assert construct in {name for _cell, name in untaught(assignment(code), lesson())}
    assert not list(untaught(assignment(code), lesson(code)))


def test_names_that_the_assignment_explains_are_known_but_grammar_is_not() -> None:
    answer = "x = slope(a).cumsum(axis=0)"
    known = lesson("x = 1", "y(2)")
    missing = {name for _cell, name in untaught(assignment(answer), known)}
    assert missing == {"slope()", ".cumsum", "axis="}
    shown = assignment(answer, "Use `rows.cumsum(axis=0)`.", "from course.theory.asymmetry import slope")
    assert not list(untaught(shown, known))
    assert [name for _cell, name in untaught(assignment("while x:\n    y", "`while x:`"), known)] == ["while"]


def test_what_is_given_outside_the_answer_need_not_be_known() -> None:
    cells = [Cell("answer", "code", f"def f(a):\n    {BEGIN}\n    x = a\n    {END}\n    return x", ANSWER)]
    assert not list(untaught(cells, set()))


def test_a_run_code_is_pasted() -> None:
    assert not list(untaught(assignment("from course.simulations.codes import encode_run\nrun = encode_run(x)"), set()))


def test_an_answer_of_this_course_that_needs_more_is_named(tmp_path: Path) -> None:
    for folder in ("course", "lessons", "solutions"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    repo = Repo(tmp_path)
    module = repo.syllabus.graded[0]
    assert not list(answers_use_what_is_taught(repo, module))
    path = repo.solution(module, "en")
    task = next(one.id for one in repo.cells(path) if one.answered and one.kind == "code")
    slow = f"def both(a, b):\n    {BEGIN}\n    return sum(x * y for x, y in zip(a, b))\n    {END}"
    edit(path, lambda notebook: cell(notebook, task).update(source=slow))
    found = list(answers_use_what_is_taught(Repo(tmp_path), module))
    assert {(one.file, one.place) for one in found} == {(f"solutions/en/{module.id}/exercise.ipynb", task)}
    assert any("(… for …)" in one.problem for one in found)
