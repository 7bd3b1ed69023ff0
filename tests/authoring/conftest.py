"""A small module, written in full from the templates, in a copy of the course that tests may damage."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from course import i18n
from course.authoring.release import released
from course.authoring.repo import Repo
from course.authoring.scaffold import create
from course.i18n import LANGUAGES
from course.paths import ROOT

NUMBER = "m99"
BLOCK = """
[[module]]
id = "m99-small-module"
part = "theory"
status = "{status}"
minutes = 60
points = 30
title = {{ en = "A small module", zh = "一个小模块" }}
summary = {{ en = "Nothing to see", zh = "没什么可看" }}
datasets = ["olist_delay_by_day"]
"""
OBJECTIVE = """
[[module.objective]]
id = "{id}"
en = "Do the {id} thing"
zh = "会做这件事"
"""
COVERS = """
[[module.covers]]
en = "the small thing"
zh = "这件小事"
section = "theory"
asked = ["item:first-item"]
"""


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Findings are asserted in English; other tests speak as they like."""
    monkeypatch.setattr(i18n, "_current", "en")


def bare(root: Path, status: str = "coming") -> Repo:
    """Copy the course to `root`, without lessons, and list the small module in its manifest."""
    shutil.copytree(ROOT / "course", root / "course", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "datasets", root / "datasets")
    shutil.copy(ROOT / "nbgrader_config.py", root)
    for folder in ("lessons", "solutions", "exercises"):
        (root / folder).mkdir()
    for table in ("references.toml", "glossary.toml"):
        shutil.copy(ROOT / "lessons" / table, root / "lessons")
    manifest = root / "course" / "syllabus.toml"
    kept = manifest.read_text(encoding="utf-8").replace('status = "ready"', 'status = "coming"')
    listed = BLOCK.format(status=status) + "".join(OBJECTIVE.format(id=name) for name in ("first", "second", "third"))
    listed += COVERS
    manifest.write_text(kept + listed, encoding="utf-8")
    return Repo(root)


def edit(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change a notebook in place."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    change(notebook)
    path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def cell(notebook: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the cell with this id."""
    found: dict[str, Any] = next(cell for cell in notebook["cells"] if cell["id"] == name)
    return found


def fill(path: Path) -> None:
    """Write something in place of every placeholder: the words in which it asks."""
    words = re.sub(r"‹(?:write: |待写：)([^›]*)›", r"\1", path.read_text(encoding="utf-8"))
    path.write_text(words, encoding="utf-8")


def generate(repo: Repo, number: str = NUMBER) -> None:
    """Write both exercises as nbgrader makes them."""
    module = repo.syllabus.module(number)
    for language in LANGUAGES:
        path = repo.exercise(module, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        made = released(repo, module, language)
        path.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the course with a small module in which nothing is missing. Do not change it."""
    before, i18n._current = i18n._current, "en"
    repo = bare(tmp_path_factory.mktemp("written"), status="ready")
    for path in create(repo, NUMBER):
        fill(path)
    generate(repo)
    i18n._current = before
    return repo.root


@pytest.fixture
def tree(written: Path, tmp_path: Path) -> Path:
    """Return a copy that the test may damage."""
    return Path(shutil.copytree(written, tmp_path / "tree"))
