"""Whose notebook was handed in: every module's under every other module's name, whole, worn and stripped."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from course.grading.assignment import source
from course.grading.assignment.status import SubmissionError
from course.grading.intake import preflight
from course.i18n import LANGUAGES
from course.manifest import Module, syllabus
from course.paths import ROOT

GRADED = syllabus().graded
PAIRS = list(permutations(GRADED, 2))
FIRST, *_REST = GRADED
Notebook = dict[str, Any]


def whole(notebook: Notebook) -> None:
    """As it was given out."""


def without_marks(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        cell["metadata"] = {}


def without_ids(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        del cell["id"]


def unnamed(notebook: Notebook) -> None:
    del notebook["metadata"]["course"]


WORN = [whole, without_marks, without_ids, unnamed]


@pytest.fixture(scope="module")
def assignments() -> dict[str, source.Assignment]:
    return {module.id: source.load(ROOT, module.id) for module in GRADED}


def read(module: Module, language: str, *, solved: bool = False) -> Notebook:
    path = module.solution(language) if solved else module.exercise(language)
    notebook: Notebook = json.loads(path.read_text(encoding="utf-8"))
    return notebook


def hand_in(notebook: Notebook, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "exercise.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    return folder


def test_there_are_pairs_enough() -> None:
    assert len(PAIRS) >= 30


@pytest.mark.parametrize(("asked", "given"), PAIRS, ids=[f"{one.number}-{two.number}" for one, two in PAIRS])
@pytest.mark.parametrize("language", LANGUAGES)
def test_another_modules_notebook_is_named(
    assignments: dict[str, source.Assignment], asked: Module, given: Module, language: str, tmp_path: Path
) -> None:
    for solved in (False, True):
        for wear in WORN:
            notebook = read(given, language, solved=solved)
            wear(notebook)
            with pytest.raises(SubmissionError) as found:
                preflight.inspect(hand_in(notebook, tmp_path), assignments[asked.id])
            assert found.value.status == "missing", wear
            assert f"not the one of {asked.id}" in str(found.value), wear
            assert wear is without_ids or f"is that of {given.id}" in str(found.value), wear


@pytest.mark.parametrize("module", GRADED, ids=[one.number for one in GRADED])
@pytest.mark.parametrize("language", LANGUAGES)
def test_ones_own_notebook_is_taken(
    assignments: dict[str, source.Assignment], module: Module, language: str, tmp_path: Path
) -> None:
    for wear in WORN:
        for solved in (False, True):
            notebook = read(module, language, solved=solved)
            wear(notebook)
            sound = preflight.inspect(hand_in(notebook, tmp_path), assignments[module.id])
            assert (sound.language, sound.attempted) == (language, solved), wear


def keep(*names: str) -> Callable[[Notebook], None]:
    def wear(notebook: Notebook) -> None:
        notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] in names]

    return wear


@pytest.mark.parametrize("name", ["felt-value", "felt-value-task", "paragraph", "weighted-stars-test"])
def test_one_cell_of_the_own_assignment_is_enough(
    assignments: dict[str, source.Assignment], name: str, tmp_path: Path
) -> None:
    notebook = read(FIRST, "en", solved=True)
    keep("title", "setup", name, "paragraph")(notebook)
    assert preflight.inspect(hand_in(notebook, tmp_path), assignments[FIRST.id]).attempted


def test_where_no_other_assignment_is_known_its_marks_tell(tmp_path: Path) -> None:
    alone = source.load(ROOT, FIRST.id)
    alone.others.clear()
    for given in _REST:
        with pytest.raises(SubmissionError, match=f"not the one of {FIRST.id}"):
            preflight.inspect(hand_in(read(given, "zh"), tmp_path), alone)


def test_the_right_notebook_beside_a_wrong_one_is_taken(
    assignments: dict[str, source.Assignment], tmp_path: Path
) -> None:
    hand_in(read(_REST[0], "en", solved=True), tmp_path)
    (tmp_path / "m01 done.ipynb").write_text(json.dumps(read(FIRST, "en", solved=True)), encoding="utf-8")
    sound = preflight.inspect(tmp_path, assignments[FIRST.id])
    assert sound.attempted
    assert "m01 done.ipynb" in sound.repairs[0].say("en")


def test_a_sheet_for_practice_is_not_graded() -> None:
    practice = [module for module in syllabus().ready if not module.graded]
    assert practice
    for module in practice:
        with pytest.raises(source.SourceError, match="is for practice") as found:
            source.load(ROOT, module.id)
        assert FIRST.id in str(found.value)
        assert f"{module.id}," not in str(found.value)
