"""Cells that were moved, deleted, split, or lost their marks."""

from __future__ import annotations

from typing import Any

from tests.grading.personas.notebooks import (
    FULL,
    Notebook,
    add,
    answer,
    blank,
    cell,
    index,
    write,
)
from tests.grading.personas.persona import persona


@persona(FULL, "repaired", says="felt-value was there more than once")
def an_answer_twice(notebook: Notebook) -> None:
    notebook["cells"].insert(index(notebook, "felt-value"), {**cell(notebook, "felt-value"), "id": "copy"})


@persona(FULL, "repaired", says="felt-value was there more than once")
def an_answer_and_below_it_the_starter_again(notebook: Notebook) -> None:
    again = {**cell(blank(), "felt-value"), "id": "copy"}
    notebook["cells"].insert(index(notebook, "felt-value") + 1, again)


@persona(FULL, "repaired", says="felt-value-test was there more than once")
def a_test_twice(notebook: Notebook) -> None:
    notebook["cells"].insert(index(notebook, "felt-value-test"), {**cell(notebook, "felt-value-test"), "id": "copy"})


@persona(FULL, "repaired", says="felt-value-test was deleted")
def a_deleted_test(notebook: Notebook) -> None:
    notebook["cells"].remove(cell(notebook, "felt-value-test"))


@persona(FULL, "repaired", says="frugal-run-test was deleted")
def all_tests_deleted(notebook: Notebook) -> None:
    notebook["cells"] = [one for one in notebook["cells"] if not one["id"].endswith("-test")]


@persona(20, "repaired", says="felt-value is gone")
def a_deleted_answer(notebook: Notebook) -> None:
    notebook["cells"].remove(cell(notebook, "felt-value"))


@persona(FULL, "repaired", says="setup was deleted")
def the_first_cell_deleted(notebook: Notebook) -> None:
    notebook["cells"].remove(cell(notebook, "setup"))
    notebook["cells"].remove(cell(notebook, "data-table"))


@persona(FULL, "repaired", says="paragraph was deleted")
def the_paragraph_deleted(notebook: Notebook) -> None:
    notebook["cells"].remove(cell(notebook, "paragraph"))


@persona(FULL, "repaired", says="place-in-zone had been split")
def an_answer_split_in_two(notebook: Notebook) -> None:
    whole = cell(notebook, "place-in-zone")
    head, tail = whole["source"].split("\n", 1)
    notebook["cells"].insert(index(notebook, "place-in-zone") + 1, {**whole, "id": "half", "source": tail})
    whole["source"] = head


@persona(FULL, "repaired", says="place-in-zone had been split")
def an_answer_split_and_unmarked(notebook: Notebook) -> None:
    head, tail = cell(notebook, "place-in-zone")["source"].split("\n", 1)
    answer(notebook, "place-in-zone", head)
    add(notebook, tail, after="place-in-zone")


@persona(20, "repaired", says="felt-value-test had been changed")
def an_edited_test(notebook: Notebook) -> None:
    answer(notebook, "felt-value", "def felt_value(gap):\n    return 1")
    answer(notebook, "felt-value-test", "print('all right')")


@persona(FULL, "repaired", says="felt-value-test had been changed")
def a_test_turned_into_text(notebook: Notebook) -> None:
    test = cell(notebook, "felt-value-test")
    test["cell_type"] = "markdown"
    del test["outputs"], test["execution_count"]


@persona(FULL, "repaired", says="felt-value had become another kind of cell")
def an_answer_turned_into_text(notebook: Notebook) -> None:
    test = cell(notebook, "felt-value")
    test["cell_type"] = "markdown"
    del test["outputs"], test["execution_count"]


@persona(FULL, "repaired", says="felt-value had lost its marks")
def stripped_metadata(notebook: Notebook) -> None:
    for one in notebook["cells"]:
        one["metadata"] = {}
    notebook["metadata"] = {}


@persona(FULL, "repaired", says="felt-value had lost its marks")
def stripped_metadata_and_ids(notebook: Notebook) -> None:
    stripped_metadata(notebook)
    for one in notebook["cells"]:
        del one["id"]
    notebook["nbformat_minor"] = 4


@persona(FULL, "repaired", says="lost its marks", language="zh")
def stripped_metadata_and_ids_in_chinese(notebook: Notebook) -> None:
    stripped_metadata_and_ids(notebook)


@persona(0, "not attempted", says="lost its marks")
def stripped_and_blank(notebook: Notebook) -> None:
    notebook.update(blank())
    stripped_metadata(notebook)


@persona(FULL, "repaired", says="stood above its answer")
def a_test_above_its_answer(notebook: Notebook) -> None:
    test = cell(notebook, "felt-value-test")
    notebook["cells"].remove(test)
    notebook["cells"].insert(index(notebook, "felt-value-task"), test)


@persona(FULL, "repaired", says="Left out what is no cell: 3")
def mangled_cells(notebook: Notebook) -> None:
    notebook["cells"][3:3] = [None, "text", {"cell_type": "heading", "source": "x", "level": 2}]
    del cell_at(notebook, "felt-value-task")["metadata"]
    cell_at(notebook, "title")["source"] = [cell_at(notebook, "title")["source"], 7]
    cell_at(notebook, "paragraph")["id"] = cell_at(notebook, "title")["id"]


def cell_at(notebook: Notebook, name: str) -> dict[str, Any]:
    return next(one for one in notebook["cells"] if isinstance(one, dict) and one.get("id") == name)


@persona(FULL, "graded")
def the_points_changed(notebook: Notebook) -> None:
    cell(notebook, "felt-value-test")["metadata"]["nbgrader"]["points"] = 400


@persona(FULL, "graded")
def marks_of_another_assignment(notebook: Notebook) -> None:
    add(notebook, "x = 1")
    settings = {**cell(notebook, "felt-value-test")["metadata"]["nbgrader"], "grade_id": "free-points", "points": 9}
    cell(notebook, "my-own")["metadata"] = {"nbgrader": settings}


@persona(FULL, "graded", place=lambda notebook, folder: write(notebook, folder, indent=1))
def thirty_megabytes_of_old_output(notebook: Notebook) -> None:
    cell(notebook, "data-table")["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * 30_000_000}]
