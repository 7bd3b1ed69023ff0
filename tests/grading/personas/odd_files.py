"""Odd metadata, names, times and folders, and paragraphs in the wrong place."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

from tests.grading.personas.notebooks import (
    FULL,
    Notebook,
    blank,
    cell,
    index,
    solved,
    write,
)
from tests.grading.personas.persona import ODD, Persona


def _placed(name: str, points: float, status: str, place: Callable[[Notebook, Path], None], says: str = "") -> None:
    ODD.append(Persona(name, points, status, lambda notebook: None, place, says))


def _deep(depth: int) -> object:
    deep: object = []
    for _ in range(depth):
        deep = {"a": deep}
    return deep


def _metadata(made: object) -> Callable[[Notebook, Path], None]:
    def place(notebook: Notebook, folder: Path) -> None:
        for entry in notebook["cells"]:
            if not isinstance(entry["metadata"].get("nbgrader"), dict):
                entry["metadata"] = made
        notebook["metadata"] = made
        write(notebook, folder)

    return place


def _many(notebook: Notebook, folder: Path) -> None:
    for number in range(3000):
        (folder / f"a{number:04}.txt").touch()
    write(notebook, folder)


def _beside(name: str) -> Callable[[Notebook, Path], None]:
    def place(notebook: Notebook, folder: Path) -> None:
        write(blank(), folder)
        write(notebook, folder, name)

    return place


def _foreign_name(name: bytes) -> Callable[[Notebook, Path], None]:
    def place(notebook: Notebook, folder: Path) -> None:
        Path(os.fsdecode(os.path.join(os.fsencode(folder), name))).write_text(json.dumps(notebook), encoding="utf-8")

    return place


def _time(text: str) -> Callable[[Notebook, Path], None]:
    return lambda notebook, folder: (write(notebook, folder), (folder / "timestamp.txt").write_text(text), None)[-1]


for _title, _made in {
    "list": [], "number": 7, "text": "x", "nothing": None, "deep": _deep(900), "nbgrader_list": {"nbgrader": [1]},
    "odd_id": {"nbgrader": {"grade_id": 7}}, "long_id": {"nbgrader": {"grade_id": "x" * 250}},
    "language_list": {"course": {"language": ["en"]}}, "course_text": {"course": "m01"},
}.items():  # fmt: skip
    _placed(f"metadata_{_title}", FULL, "graded", _metadata(_made))
_placed("three_thousand_files_first", FULL, "graded", _many)
_placed("blank_beside_a_solved_download", FULL, "repaired", _beside("exercise (1).ipynb"), "exercise (1).ipynb")
_placed("a_name_in_gbk", FULL, "repaired", _foreign_name("作业.ipynb".encode("gbk")), "作业.ipynb")
_placed("a_name_in_latin_1", FULL, "repaired", _foreign_name("übung.ipynb".encode("latin-1")), "instead of")
for _title, _text in {
    "digits": "1" * 10_000_000, "brackets": "[" * 9000, "nothing": "", "words": "yesterday evening", "year": "99999-01-01",
    "zero": "0000-00-00", "null": "\x00" * 50,
}.items():  # fmt: skip
    _placed(f"timestamp_{_title}", FULL, "graded", _time(_text))
_placed("i" * 240, FULL, "graded", write)


def a_paragraph_in_a_new_cell(notebook: Notebook) -> None:
    text = cell(notebook, "paragraph")["source"]
    cell(notebook, "paragraph")["source"] = cell(blank(), "paragraph")["source"]
    fresh = {"id": "mine", "cell_type": "markdown", "metadata": {}, "source": text}
    notebook["cells"].insert(index(notebook, "paragraph") + 1, fresh)


def odd_cells(notebook: Notebook) -> None:
    notebook["cells"][0]["id"] = "\ud800" * 80
    notebook["cells"][0]["source"] = "half \ud800"
    cell(notebook, "felt-value")["source"] = solved("en")["felt-value"] + "\n# \udfff"


ODD.append(Persona("paragraph_in_a_new_cell", FULL, "repaired", a_paragraph_in_a_new_cell, None, "new cell"))
ODD.append(
    Persona(
        "half_characters",
        FULL,
        "graded",
        odd_cells,
        lambda notebook, folder: (folder / "exercise.ipynb").write_text(json.dumps(notebook)) and None,
    )
)
