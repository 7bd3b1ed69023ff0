"""Marking one task of an assignment as nbgrader would, without nbgrader: fast enough for a hundred answers."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

import nbformat

import course
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
        self.tasks = [name.removesuffix("-test") for name in self.cells("en") if name.endswith("-test")]

    def cells(self, language: str) -> dict[str, Any]:
        """The cells by id."""
        return _cells(self.module.solution(language))

    def mark(self, task: str, answer: str = "", *, hidden: bool = True) -> None:
        """Run the answers up to `task`, there `answer` instead, then the task's test; raise what it raises.

        Where a task asks for a function and then for a number of it, an answer may be the function alone.
        """
        namespace: dict[str, Any] = {"course": course}
        for name, cell in self.cells("en").items():
            if cell.cell_type != "code" or name == "setup" or (name.endswith("-test") and name != f"{task}-test"):
                continue
            source = cell.source if hidden else HIDDEN.sub("", cell.source)
            if name == task and answer:
                _answer(answer, _stored(source), namespace)
            else:
                exec(_code(source), namespace)
            if name == f"{task}-test":
                return


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
