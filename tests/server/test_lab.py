"""JupyterLab in the learner's language, and a file list without the answers."""

from __future__ import annotations

import json

import pytest

from course.server.lab_language import language_of_page
from tests.browser.tools import Served
from tests.server.http import fetch


def words(server: Served, **headers: str) -> dict[str, list[str]]:
    """JupyterLab's own strings, as it asks for them where nobody has chosen a language in its settings."""
    answer = fetch(server.port, f"/lab/api/translations/default?token={server.token}", **headers)
    assert answer.status == 200
    packs = json.loads(answer.text)["data"]
    return packs.get("jupyterlab", {})


@pytest.mark.parametrize(
    ("address", "language"),
    [
        ("http://host/user/a/lab/tree/lessons/m01-expectation-gap/lesson.zh.ipynb?reset", "zh"),
        ("http://host/lab/tree/lessons%2Fm01-expectation-gap%2Flesson.en.ipynb", "en"),
        ("http://host/lab/tree/exercises/zh/m01-expectation-gap/exercise.ipynb", "zh"),
        ("http://host/lab/tree/lessons/m01/lesson.klingon.ipynb", None),
        ("http://host/lab", None),
        ("", None),
    ],
)
def test_the_page_says_which_language_its_notebook_has(address: str, language: str | None) -> None:
    assert language_of_page(address) == language


def test_jupyterlab_speaks_chinese_in_the_chinese_edition_only(server: Served) -> None:
    chinese = {"Referer": f"http://127.0.0.1:{server.port}/lab/tree/lessons/m01-expectation-gap/lesson.zh.ipynb"}
    english = {"Referer": chinese["Referer"].replace(".zh.", ".en.")}
    assert words(server, **chinese, Cookie="course_lang=en")["Run All Cells"] == ["运行所有单元格"]
    assert words(server, **english, Cookie="course_lang=zh") == {}
    assert words(server, Cookie="course_lang=zh")["Run All Cells"] == ["运行所有单元格"]
    assert words(server, Accept_Language="zh-CN")["Run All Cells"] == ["运行所有单元格"]
    assert words(server, Accept_Language="en") == {}


def listed(server: Served, folder: str) -> set[str]:
    answer = fetch(server.port, f"/api/contents/{folder}?token={server.token}")
    return {row["name"] for row in json.loads(answer.text)["content"]}


def test_a_learners_file_list_holds_no_answers(server: Served) -> None:
    lesson = listed(server, "lessons/m01-expectation-gap")
    assert {"lesson.en.ipynb", "lesson.zh.ipynb", "app.ipynb"} <= lesson
    assert not lesson & {"questions.toml", "given.toml", "simulation.toml", "teaching.en.md", "teaching.zh.md"}
    top = listed(server, "")
    assert {"lessons", "exercises", "datasets"} <= top
    assert "solutions" not in top
