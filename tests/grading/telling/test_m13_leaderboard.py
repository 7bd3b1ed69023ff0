"""The leaderboard of m13 reads what the test printed, ranks, and names nobody."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pandas as pd
import pytest

from course.grading.telling import export
from course.grading.telling.leaderboard import PRINTED, leaderboard, ranked, worth
from course.i18n import LANGUAGES, translator
from course.manifest import syllabus
from course.paths import ROOT

MODULE = syllabus().module("m13")


def cell_of(*said: str) -> dict[str, Any]:
    outputs = [nbformat.v4.new_output("stream", text=text) for text in said]
    return {"policy-test": nbformat.v4.new_code_cell("", outputs=outputs)}


def sentence(ten: float, language: str = "en") -> str:
    return translator(language)(PRINTED).format(ten=ten)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_assignment_prints_the_sentence_that_is_read(language: str) -> None:
    notebook = nbformat.read(ROOT / "solutions" / language / MODULE.id / "exercise.ipynb", as_version=4)
    cell = next(cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "policy-test")
    assert json.dumps(PRINTED) in cell.source
    assert worth(cell_of(f"{sentence(-512.4, language)}\nsteady 387\n")) == -512


def test_a_policy_that_prints_the_sentence_itself_is_not_believed() -> None:
    assert worth(cell_of(f"{sentence(9_999)}\n" * 3, f"{sentence(610)}\n")) == 610
    assert worth(cell_of("no such line")) is None
    assert worth({}) is None


def test_most_points_come_first_and_then_most_worth() -> None:
    _heads, *rows = ranked([(5.0, 700), (7.0, 610), (7.0, 640), (0.0, None)])
    assert rows == [(1, "7", 640), (2, "7", 610), (3, "5", 700)]
    assert ranked([(0.0, None)]) == []


def test_the_file_names_nobody_and_other_assignments_have_none(tmp_path: Path) -> None:
    for name, ten in (("amy", 500), ("bao", 650)):
        cell = cell_of(sentence(ten))["policy-test"]
        cell.metadata["nbgrader"] = {"grade_id": "policy-test"}
        place = tmp_path / "autograded" / name / MODULE.id
        place.mkdir(parents=True)
        nbformat.write(nbformat.v4.new_notebook(cells=[cell]), place / "exercise.ipynb")
    results: Any = SimpleNamespace(scores=pd.DataFrame({"policy": {"amy": 3.0, "bao": 6.0}}))
    written = export.text(leaderboard(tmp_path, MODULE, results))
    assert written.splitlines()[1:] == ["1,6,650", "2,3,500"]
    assert not {"amy", "bao"} & {*written.replace("\r\n", ",").split(",")}
    assert leaderboard(tmp_path, MODULE, SimpleNamespace(scores=pd.DataFrame({"other": {"amy": 1.0}}))) == []  # type: ignore[arg-type]
