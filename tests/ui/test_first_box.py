"""Whoever runs a box before the first one is told to run the first, in their language; afterwards Python speaks."""

from __future__ import annotations

import os
from typing import Any

import nbformat
import pytest
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

from course.kernel.warm import NAME
from course.manifest import syllabus
from course.server.manners import EVERYWHERE, missing
from course.ui.first_box import sentence
from course.ui.ticks import TEST, tick

EN, ZH = "Run the first grey box", "先运行这个笔记本的第一个灰色格子"


@pytest.mark.parametrize(
    ("name", "notebook", "said", "unsaid"),
    [
        ("parcels", "/home/a/lessons/m01-expectation-gap/lesson.zh.ipynb", [ZH, "parcels"], [EN]),
        ("parcels", "lessons/m01-expectation-gap/lesson.en.ipynb", [EN, "parcels"], [ZH]),
        ("course", "exercises/zh/m01-expectation-gap/exercise.ipynb", [ZH], [EN]),
        ("course", "exercise.ipynb", [EN, ZH], []),
        ("_", "", [EN, ZH], []),
        ("parcels", "Untitled.ipynb", [], [EN, ZH]),
    ],
)
def test_the_sentence_fits_the_notebook(name: str, notebook: str, said: list[str], unsaid: list[str]) -> None:
    words = sentence(name, notebook)
    assert all(part in words for part in said)
    assert not any(part in words for part in unsaid)


def outputs(session: str, *cells: str) -> list[Any]:
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    environment = os.environ | {"JPY_SESSION_NAME": session}
    manager = AsyncKernelManager(kernel_name="python3", config=missing(EVERYWHERE, {}))
    manager.kernel_spec.metadata["kernel_provisioner"] = {"provisioner_name": NAME}
    NotebookClient(book, km=manager, allow_errors=True).execute(env=environment)
    return list(book.cells[-1].outputs)


def test_a_plain_kernel_explains_a_name_before_the_first_box() -> None:
    (shown,) = outputs("lessons/m01-expectation-gap/lesson.zh.ipynb", "course.quiz()")
    assert shown.output_type == "error"
    assert shown.ename == "NameError"
    assert ZH in shown.evalue
    assert shown.traceback == [shown.evalue]


def test_elsewhere_and_afterwards_a_name_error_stays_pythons() -> None:
    (shown,) = outputs("Untitled.ipynb", "parcels")
    assert shown.evalue == "name 'parcels' is not defined"
    assert len(shown.traceback) > 1
    begin = 'import course\n_ = course.begin("m01", language="zh")'
    (shown,) = outputs("lessons/m01-expectation-gap/lesson.zh.ipynb", begin, "parcels")
    assert shown.evalue == "name 'parcels' is not defined"


def test_a_passed_test_says_so_with_its_points(speak: Any) -> None:
    module = syllabus().module("m01")
    book = nbformat.read(module.exercise("en"), as_version=4)
    source = next(cell.source for cell in book.cells if cell.id.startswith("felt-value") and "-test" in cell.id)
    speak("en")
    assert tick(module, "en", source).startswith("✓ ")
    assert tick(module, "en", source).endswith(" points")
    assert tick(module, "en", f"{TEST}\nprint(1)") == "✓"
    assert tick(module, "en", "print(1)") == ""
    speak("zh")
    assert tick(module, "en", source).endswith(" 分")


def test_the_tick_stands_below_what_the_test_prints() -> None:
    begin = 'import course\n_ = course.begin("m01", language="en")'
    shown = outputs("", begin, begin, f"{TEST}\nprint('Fine.')")
    assert "".join(output.text for output in shown) == "Fine.\n✓\n"
    (failed,) = outputs("", begin, f"{TEST}\nassert False")
    assert failed.output_type == "error"
