"""What an assignment's source must have: tasks with hints, marked answers, grade ids, points, silent hidden tests."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from course.authoring.findings import Finding
from course.authoring.repo import Cell, Repo
from course.authoring.rules import of_module
from course.i18n import LANGUAGES, ngettext
from course.i18n import gettext as _
from course.manifest import Module

FEWEST_AUTOMATIC = 5
HINT = {"en": "Hint", "zh": "提示"}
BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
BEGIN_HIDDEN, END_HIDDEN = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"


@dataclass
class Task:
    """One task: what comes before its answer cell, the answer cell, and the test cells after it."""

    answer: Cell
    text: str
    tests: list[Cell] = field(default_factory=list)


def tasks(found: list[Cell]) -> list[Task]:
    """Return the tasks of an assignment in order."""
    result: list[Task] = []
    text: list[str] = []
    for cell in found:
        if cell.answered:
            result.append(Task(cell, "\n".join(text)))
            text = []
        elif cell.is_test and result:
            result[-1].tests.append(cell)
        elif cell.kind == "markdown":
            text.append(cell.source)
    return result


@of_module
def tasks_have_hints(repo: Repo, module: Module) -> Iterator[Finding]:
    """Every task, automatic or not, has a hint that opens on demand."""
    for language in LANGUAGES:
        path = repo.solution(module, language)
        for task in tasks(repo.cells(path)):
            if not re.search(rf"<details>\s*<summary>\s*{HINT[language]}", task.text):
                yield Finding(
                    repo.name(path),
                    task.answer.id,
                    _("The task has no hint."),
                    _("Add to its text: {example}").format(
                        example=f"<details><summary>{HINT[language]}</summary> … </details>"
                    ),
                )


@of_module
def there_are_enough_tasks(repo: Repo, module: Module) -> Iterator[Finding]:
    """At least five tasks mark themselves and, where it counts, one is for the instructor; each has its tests."""
    for language in LANGUAGES:
        path = repo.solution(module, language)
        found = tasks(repo.cells(path))
        if not found:
            continue
        automatic = sum(bool(task.tests) for task in found)
        if automatic < FEWEST_AUTOMATIC:
            yield Finding(
                repo.name(path),
                "",
                ngettext("{count} task marks itself.", "{count} tasks mark themselves.", automatic).format(
                    count=automatic
                ),
                _("Write at least {fewest}.").format(fewest=FEWEST_AUTOMATIC),
            )
        if module.graded and not any(task.answer.graded for task in found):
            yield Finding(
                repo.name(path),
                "",
                _("No task is marked by the instructor."),
                _("Add a markdown cell with nbgrader's grade and solution both true."),
            )
        for task in found:
            if not task.tests and not task.answer.graded:
                yield Finding(
                    repo.name(path),
                    task.answer.id,
                    _("No test marks this answer."),
                    _("Add a test cell after it, with nbgrader's grade true and solution false."),
                )


def _points(cell: Cell) -> float:
    points = cell.metadata["nbgrader"].get("points")
    return points if isinstance(points, int | float) else 0


@of_module
def grade_ids_and_points_fit(repo: Repo, module: Module) -> Iterator[Finding]:
    """Grade ids occur once and are descriptive; the points add up to the manifest's."""
    for language in LANGUAGES:
        path = repo.solution(module, language)
        found = repo.cells(path)
        if not found:
            continue
        named = [
            (cell, str(cell.metadata["nbgrader"].get("grade_id", ""))) for cell in found if "nbgrader" in cell.metadata
        ]
        times = Counter(name for _cell, name in named)
        for cell, name in named:
            if times[name] > 1 or not re.fullmatch(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*", name) or name.startswith("cell-"):
                yield Finding(
                    repo.name(path),
                    cell.id,
                    _("The grade id {name!r} is not unique and descriptive.").format(name=name),
                    _("Name the task with lower-case words, the same in both languages."),
                )
        points = sum(_points(cell) for cell in found if cell.graded)
        if points != module.points:
            yield Finding(
                repo.name(path),
                "",
                ngettext(
                    "The tasks give {found:g} point, the manifest says {wanted}.",
                    "The tasks give {found:g} points, the manifest says {wanted}.",
                    points,
                ).format(found=points, wanted=module.points),
                _("Change the points of a task, or of the module in course/syllabus.toml."),
            )


@of_module
def answers_stand_between_markers(repo: Repo, module: Module) -> Iterator[Finding]:
    """Every code answer has one pair of markers with something between them, and only answers have markers."""
    for language in LANGUAGES:
        path = repo.solution(module, language)
        for cell in repo.cells(path):
            lines = [line.strip() for line in cell.source.splitlines()]
            order = [line for line in lines if line in (BEGIN, END)]
            loose = [line for line in lines if re.search(r"(BEGIN|END) SOLUTION", line) and line not in (BEGIN, END)]
            pairs = bool(order) and order == [BEGIN, END] * (len(order) // 2)
            if loose or (order and not pairs) or (cell.answered and cell.kind == "code" and not pairs):
                problem = _("The answer does not stand between a pair of markers.")
            elif pairs and not cell.answered:
                problem = _("The cell has markers but is no answer cell: learners would see the solution.")
            elif pairs and not any(lines[lines.index(BEGIN) + 1 : lines.index(END)]):
                problem = _("There is nothing between the markers.")
            else:
                continue
            yield Finding(
                repo.name(path),
                cell.id,
                problem,
                _(
                    "Put the answer, and only it, between {begin} and {end} in a cell with nbgrader's solution true."
                ).format(begin=BEGIN, end=END),
            )


@of_module
def hidden_tests_keep_their_secret(repo: Repo, module: Module) -> Iterator[Finding]:
    """No statement of a hidden test shows what it expects when it fails."""
    for language in LANGUAGES:
        path = repo.solution(module, language)
        for cell in repo.cells(path):
            if (BEGIN_HIDDEN in cell.source) != (END_HIDDEN in cell.source):
                yield Finding(
                    repo.name(path),
                    cell.id,
                    _("A hidden test has only one of its two markers."),
                    _("Put it between {begin} and {end}.").format(begin=BEGIN_HIDDEN, end=END_HIDDEN),
                )
            for line in telling_lines(cell.source):
                yield Finding(
                    repo.name(path),
                    cell.id,
                    _("Line {line} of the hidden test tells what it expects.").format(line=line),
                    _(
                        "Compare with a plain assert whose message holds no number or f-string; "
                        "no print, no assert_… helper."
                    ),
                )


def telling_lines(source: str) -> list[int]:
    """Return the lines within hidden tests that may show what is expected: they print or say numbers."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return []
    hidden: set[int] = set()
    inside = False
    for number, line in enumerate(source.splitlines(), 1):
        inside = (inside or BEGIN_HIDDEN in line) and END_HIDDEN not in line
        hidden |= {number} if inside else set()
    statements = (node for node in ast.walk(tree) if isinstance(node, ast.stmt | ast.Call) and node.lineno in hidden)
    return sorted({node.lineno for node in statements if _tells(node)})


def _tells(node: ast.AST) -> bool:
    if isinstance(node, ast.Assert):
        return node.msg is not None and not _is_plain_message(node.msg)
    if isinstance(node, ast.Raise):
        return isinstance(node.exc, ast.Call) and not all(_is_plain_message(argument) for argument in node.exc.args)
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return name in ("print", "display") or name.startswith("assert_")
    return False


def _is_plain_message(node: ast.expr) -> bool:
    """Whether a message is a constant text without digits, translated or not."""
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_" and len(node.args) == 1:
        node = node.args[0]
    return isinstance(node, ast.Constant) and not re.search(r"\d", str(node.value))
