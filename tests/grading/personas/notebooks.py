"""Submissions of the assignment as notebooks: solved, blank, and what a persona changes in one."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import nbformat

from course.manifest import syllabus
from course.paths import ROOT

ASSIGNMENT = "m01-expectation-gap"
# An assignment of the same class that somebody may take for it
OTHER = next(module for module in syllabus().graded if module.id != ASSIGNMENT)
FULL = 24.0
MARKERS = ("### BEGIN SOLUTION", "### END SOLUTION")
Notebook = dict[str, Any]
Work = Callable[[Notebook], object]


@cache
def solved(language: str) -> dict[str, str]:
    """Return the model answers by cell id, as a learner would have typed them."""
    source = nbformat.read(ROOT / "solutions" / language / ASSIGNMENT / "exercise.ipynb", as_version=4)
    return {
        cell.id: "\n".join(line for line in cell.source.split("\n") if line.strip() not in MARKERS)
        for cell in source.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }


def blank(language: str = "en") -> Notebook:
    """Return the assignment as released."""
    path = ROOT / "exercises" / language / ASSIGNMENT / "exercise.ipynb"
    notebook: Notebook = nbformat.read(path, as_version=4)
    return json.loads(json.dumps(notebook))


def perfect(language: str = "en") -> Notebook:
    """Return the assignment with every answer right."""
    notebook = blank(language)
    for cell in notebook["cells"]:
        cell["source"] = solved(language).get(cell["id"], cell["source"])
    return notebook


def cell(notebook: Notebook, name: str) -> dict[str, Any]:
    """Return a cell by its id."""
    return next(one for one in notebook["cells"] if one["id"] == name)


def index(notebook: Notebook, name: str) -> int:
    return notebook["cells"].index(cell(notebook, name))


def answer(notebook: Notebook, name: str, source: str) -> None:
    cell(notebook, name)["source"] = source


def add(notebook: Notebook, source: str, after: str = "setup", name: str = "my-own") -> None:
    """Insert a code cell of the learner's own."""
    fresh = {"id": name, "cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None}
    notebook["cells"].insert(index(notebook, after) + 1, fresh)


def write(notebook: Notebook, folder: Path, name: str = "exercise.ipynb", **options: Any) -> None:
    (folder / name).write_text(json.dumps(notebook, ensure_ascii=False, **options), encoding="utf-8")
