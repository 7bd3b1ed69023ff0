"""Files of other names, formats and encodings, and what is no notebook."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.grading.personas.notebooks import (
    ASSIGNMENT,
    FULL,
    OTHER,
    Notebook,
    write,
)
from tests.grading.personas.persona import persona


def _named(name: str) -> Callable[[Notebook, Path], None]:
    return lambda notebook, folder: write(notebook, folder, name)


@persona(FULL, "repaired", says="exercise (1).ipynb", place=_named("exercise (1).ipynb"))
def a_renamed_notebook(notebook: Notebook) -> None:
    pass


@persona(FULL, "repaired", says="张三", place=_named("张三 作业一.ipynb"))
def a_notebook_named_after_its_author(notebook: Notebook) -> None:
    pass


@persona(FULL, "repaired", says="exercise.ipynb.txt", place=_named("exercise.ipynb.txt"))
def saved_as_text_by_the_browser(notebook: Notebook) -> None:
    pass


def _deeper(notebook: Notebook, folder: Path) -> None:
    (folder / "exercise" / "m01").mkdir(parents=True)
    write(notebook, folder, "exercise/m01/exercise.ipynb")


@persona(FULL, "repaired", says="exercise/m01/exercise.ipynb", place=_deeper)
def in_a_folder_of_a_zip_file(notebook: Notebook) -> None:
    pass


def _two(notebook: Notebook, folder: Path) -> None:
    shutil.copy(OTHER.exercise("en"), folder / "exercise m10.ipynb")
    write(notebook, folder, "mine.ipynb")


@persona(FULL, "repaired", says="mine.ipynb", place=_two)
def beside_another_assignment(notebook: Notebook) -> None:
    pass


@persona(0, "missing", says="empty", place=lambda notebook, folder: None)
def an_empty_folder(notebook: Notebook) -> None:
    pass


@persona(0, "missing", says="no notebook", place=lambda notebook, folder: (folder / "essay.docx").write_bytes(b"PK"))
def another_kind_of_file(notebook: Notebook) -> None:
    pass


def _other(notebook: Notebook, folder: Path) -> None:
    shutil.copy(OTHER.exercise("en"), folder / "exercise.ipynb")


@persona(0, "missing", says="not the one of m01", place=_other)
def the_wrong_assignment(notebook: Notebook) -> None:
    pass


def _bytes(content: bytes) -> Callable[[Notebook, Path], None]:
    return lambda notebook, folder: (folder / "exercise.ipynb").write_bytes(content) and None


@persona(0, "unreadable", says="is not JSON", place=lambda notebook, folder: (folder / "exercise.ipynb").write_text(json.dumps(notebook)[:5000]))  # fmt: skip
def cut_off_in_the_middle(notebook: Notebook) -> None:
    pass


@persona(0, "unreadable", says="is empty", place=_bytes(b""))
def an_empty_file(notebook: Notebook) -> None:
    pass


@persona(0, "unreadable", says="line 2", place=_bytes(b"{\n<<<<<<< HEAD\n"))
def marks_of_a_merge(notebook: Notebook) -> None:
    pass


@persona(0, "unreadable", says="holds no cells", place=_bytes(b"[1, 2]"))
def json_but_no_notebook(notebook: Notebook) -> None:
    pass


@persona(0, "unreadable", says="no text", place=_bytes(bytes(range(128, 256)) * 40))
def random_bytes(notebook: Notebook) -> None:
    pass


@persona(0, "unreadable", says="no text", place=_bytes(b"[" * 200_000))
def json_without_bottom(notebook: Notebook) -> None:
    pass


def _encoded(encoding: str) -> Callable[[Notebook, Path], None]:
    return lambda notebook, folder: (
        (folder / "exercise.ipynb").write_bytes(json.dumps(notebook, ensure_ascii=False).encode(encoding, "ignore"))
        and None
    )


@persona(FULL, "repaired", says="gb18030", language="zh", place=_encoded("gb18030"))
def saved_in_a_chinese_encoding(notebook: Notebook) -> None:
    pass


@persona(FULL, "repaired", says="utf-16", place=_encoded("utf-16"))
def saved_by_an_old_editor(notebook: Notebook) -> None:
    pass


@persona(FULL, "graded", place=_encoded("utf-8-sig"))
def with_a_byte_order_mark(notebook: Notebook) -> None:
    pass


def _link(notebook: Notebook, folder: Path) -> None:
    (folder / "exercise.ipynb").symlink_to(folder.parent.parent / "all_right" / ASSIGNMENT / "exercise.ipynb")


@persona(0, "unreadable", says="is a link", place=_link)
def a_link_to_a_neighbour(notebook: Notebook) -> None:
    pass


def _folder_link(notebook: Notebook, folder: Path) -> None:
    folder.rmdir()
    folder.symlink_to(folder.parent.parent / "all_right" / ASSIGNMENT)


@persona(0, "unreadable", says="is a link", place=_folder_link)
def a_linked_folder(notebook: Notebook) -> None:
    pass


@persona(0, "unreadable", says="device", place=lambda notebook, folder: os.mkfifo(folder / "exercise.ipynb"))
def a_pipe_instead_of_a_file(notebook: Notebook) -> None:
    pass


def _vast(notebook: Notebook, folder: Path) -> None:
    with (folder / "exercise.ipynb").open("wb") as stream:
        stream.truncate(101_000_000)


@persona(0, "too large", says="larger than 100 MB", place=_vast)
def a_vast_file(notebook: Notebook) -> None:
    pass
