"""Marking one task of an assignment as nbgrader would, without nbgrader: fast enough for a hundred answers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import nullcontext, suppress
from copy import deepcopy
from functools import cache
from itertools import dropwhile, takewhile
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import nbformat

import course
from course.answers import AnswerError
from course.manifest import Module

SOLUTION = "### BEGIN SOLUTION"
HIDDEN = re.compile(r"### BEGIN HIDDEN TESTS.*?### END HIDDEN TESTS\n", re.DOTALL)


@cache
def _cells(path: Path) -> dict[str, Any]:
    return {cell.id: cell for cell in nbformat.read(path, as_version=4).cells}


@cache
def _code(source: str) -> CodeType:
    return compile(source, "<cell>", "exec")


class Assignment:
    """The solution notebook of a module, whose answers can be exchanged."""

    def __init__(self, module: Module) -> None:
        self.module = module
        # every task with its test cells: a task may have several, each with points of its own
        self.tests = _tests(self.cells("en"))
        self.tasks = list(self.tests)
        self._before: dict[str, dict[str, Any]] = {}

    def cells(self, language: str) -> dict[str, Any]:
        """The cells by id."""
        return _cells(self.module.solution(language))

    def mark(self, task: str, answer: str = "", *, hidden: bool = True, test: str = "") -> None:
        """Run the answers up to `task`, there `answer` instead, then the task's tests; raise what they raise.

        Where a task asks for a function and then for a number of it, an answer may be the function alone. With `test`,
        raise what this one of the task's test cells raises: in a notebook each runs, whatever came of the others.
        """
        namespace = self._room(task)
        for name, cell in dropwhile(lambda one: one[0] != task, self.cells("en").items()):
            own = name in self.tests[task]
            if cell.cell_type != "code" or (_is_test(cell) and not own):
                continue
            source = cell.source if hidden else HIDDEN.sub("", cell.source)
            if name == task and answer:
                _answer(answer, _stored(source), namespace)
            else:
                with suppress(AnswerError) if own and test not in ("", name) else nullcontext():
                    exec(_code(source), namespace)
            if name in (test, self.tests[task][-1]):
                return

    def _room(self, task: str) -> dict[str, Any]:
        """The names that stand when a task's turn comes, a copy for each answer: what comes before it is run once."""
        if task not in self._before:
            self._before[task] = names = {"course": course}
            for name, cell in takewhile(lambda one: one[0] != task, self.cells("en").items()):
                if cell.cell_type == "code" and name != "setup" and not _is_test(cell):
                    assert not re.search(r"\bgiven\(", cell.source), (
                        "what each learner is given would be run once for all"
                    )
                    exec(_code(cell.source), names)
        before = self._before[task]
        room: dict[str, Any] = {}
        known = {id(value): value for value in before.values() if isinstance(value, ModuleType)}
        for name, value in before.items():
            if isinstance(value, FunctionType) and value.__globals__ is before:
                # it calls what stands in the copy
                room[name] = FunctionType(value.__code__, room, value.__name__, value.__defaults__, value.__closure__)
            elif name != "__builtins__":
                room[name] = deepcopy(value, known)
        return room


def _is_test(cell: Any) -> bool:
    settings = cell.metadata.get("nbgrader", {})
    return bool(settings.get("grade") and not settings.get("solution"))


def _tests(cells: dict[str, Any]) -> dict[str, list[str]]:
    """The ids of the test cells of every code answer, in order."""
    tests: dict[str, list[str]] = {}
    for name, cell in cells.items():
        if _is_test(cell):
            tests[next(reversed(tests))].append(name)
        elif cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution"):
            tests[name] = []
    return tests


def _stored(model: str) -> str:
    """The lines of a model answer that store a number, below the function that works it out."""
    function, marker, rest = model.rpartition(SOLUTION)
    return rest if marker and SOLUTION in function else ""


def _answer(answer: str, stored: str, namespace: dict[str, Any]) -> None:
    exec(_code(answer), namespace)
    if SOLUTION not in answer:
        # a wrong function may fail there, and its test has to say why
        with suppress(Exception):
            exec(_code(stored), namespace)


def assignments(modules: Iterable[Module]) -> dict[str, Assignment]:
    """The assignments that are written, by module; of a missing one `course check` says so, and the others are tested."""
    return {module.id: Assignment(module) for module in modules if module.solution("en").is_file()}
