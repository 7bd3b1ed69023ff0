"""The tasks of an assignment as the instructor wrote them: text, hint, starter code, tests."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course.grading.assignment.messages import secrets
from course.manifest import Module

_HINT = re.compile(r"<details>\s*<summary>[^<]*</summary>(.*?)</details>", re.DOTALL)
_HEADING = re.compile(r"^## +(.*?) *$", re.MULTILINE)
_POINTS = re.compile(r" *[(（][^()（）]*\d[^()（）]*[)）]$")


@dataclass(frozen=True)
class Task:
    """One task. `starter` is the answer cell as learners get it, `tests` the source of its test cells by grade id."""

    id: str
    title: str
    text: str
    hint: str
    starter: str
    solution: str
    written: bool
    tests: dict[str, str]
    secrets: frozenset[str]

    @property
    def graded(self) -> tuple[str, ...]:
        """The grade ids that carry the task's points."""
        return tuple(self.tests) or (self.id,)


def tasks(module: Module, language: str) -> tuple[Task, ...]:
    """Return the tasks of a module's assignment in order, as its edition in `language` words them."""
    return _tasks(module.solution(language), module.exercise(language))


@cache
def _tasks(source: Path, released: Path) -> tuple[Task, ...]:
    shown = {cell.id: cell.source for cell in nbformat.read(released, as_version=4).cells}
    return tuple(read(nbformat.read(source, as_version=4), shown))


def read(source: NotebookNode, released: dict[str, str]) -> list[Task]:
    """Return the tasks of an assignment's source. `released` holds by cell id what learners see."""
    shown = "\n".join(released.values())
    found: list[Task] = []
    text: list[str] = []
    for cell in source.cells:
        settings = cell.metadata.get("nbgrader", {})
        if settings.get("solution"):
            title, body, hint = _parts("\n\n".join(text))
            starter = released.get(cell.id, "")
            written = cell.cell_type == "markdown"
            found.append(Task(settings["grade_id"], title, body, hint, starter, cell.source, written, {}, frozenset()))
            text = []
        elif settings.get("grade") and found:
            last = found[-1]
            hidden = last.secrets | secrets(cell.source, shown)
            found[-1] = Task(
                **{**vars(last), "tests": {**last.tests, settings["grade_id"]: cell.source}, "secrets": hidden}
            )
        elif cell.cell_type == "markdown":
            text.append(cell.source)
    return found


def _parts(text: str) -> tuple[str, str, str]:
    """Return heading, body and hint of a task's text; what stands above its own heading is no part of the task."""
    headings = list(_HEADING.finditer(text))
    title = _POINTS.sub("", headings[-1][1]) if headings else ""
    body = text[headings[-1].end() :] if headings else text
    hint = _HINT.search(body)
    return title, _HINT.sub("", body).strip(), hint[1].strip() if hint else ""
