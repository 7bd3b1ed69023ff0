"""How a lesson shows figures and tables: named, rounded, in the learner's language, empty places empty."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest

import course
from course import i18n, notebook
from course.figures import Figure, Table, formatted
from course.i18n import LANGUAGES, use_language
from course.questions import QuestionsError, read

TOML = """
[[figure]]
key = "felt-sum"
label = { en = "A year of visits feels like", zh = "一年的感受合计" }
unit = { en = "points", zh = "分" }
digits = 1

[[figure]]
key = "kept"
label = { en = "Promises kept", zh = "守住的承诺" }
digits = 1
percent = true
"""


@pytest.fixture(autouse=True)
def language_restored(monkeypatch: pytest.MonkeyPatch) -> None:
    """The language that a test chooses ends with it."""
    monkeypatch.setattr(i18n, "_current", "en")


@pytest.fixture
def figures(tmp_path: Path) -> dict[str, Figure]:
    file = tmp_path / "questions.toml"
    file.write_text(TOML, encoding="utf-8")
    return {one.key: one for one in read(file, []).figures}


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (3.14159, 2, "3.14"),
        (-3.14159, 2, "−3.14"),
        (-0.001, 2, "0.00"),
        (98673, 2, "98,673"),
        (2015, 2, "2015"),
        (34623.456, 1, "34,623.5"),
        (None, 2, ""),
        (math.nan, 2, ""),
        (pd.NA, 2, ""),
        ("<= -11", 2, "<= -11"),
        (True, 2, "True"),
    ],
)
def test_a_value_is_shown_as_in_print(value: object, digits: int, text: str) -> None:
    assert formatted(value, digits) == text


def test_a_figure_has_its_name_its_unit_and_its_decimals(figures: dict[str, Figure]) -> None:
    use_language("zh")
    assert figures["felt-sum"].line(-35.9731, "zh") == "一年的感受合计：−36.0 分"
    assert figures["kept"].line(0.93340, "zh") == "守住的承诺：93.3%"
    use_language("en")
    assert figures["felt-sum"].line(-35.9731, "en") == "A year of visits feels like: −36.0 points"
    assert figures["kept"].line(None, "en") == "Promises kept: –"


def test_a_slip_in_a_figure_is_named(tmp_path: Path) -> None:
    use_language("en")
    file = tmp_path / "questions.toml"
    file.write_text(TOML.replace("digits = 1", "digits = 1.5", 1), encoding="utf-8")
    with pytest.raises(QuestionsError, match="figure felt-sum: digits must be a whole number"):
        read(file, [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_has_its_columns_titles_and_no_nan(language: str) -> None:
    course.begin("m00", language=language)
    shown = course.table(course.load("olist_delay_by_day"))
    assert isinstance(shown, Table)
    page = shown._repr_html_()
    title = {"en": "Mean stars", "zh": "平均星级"}[language]
    assert f'<th scope="col">{title}</th>' in page
    assert "nan" not in page.lower()
    assert "<td>&lt;= -11</td>" in page
    assert "<td>56,910</td>" in page
    assert title in repr(shown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_data_dictionary_is_one_call_away(language: str) -> None:
    course.begin("m00", language=language)
    page = course.columns("olist_delay_by_day")._repr_html_()
    assert "<td>mean_review_stars</td>" in page
    assert {"en": "1 is the worst", "zh": "1 最差"}[language] in page


def test_the_helpers_need_an_open_notebook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notebook, "_session", None)
    for call in (lambda: course.columns("amazon_acsi"), lambda: course.figure("kept", 1), lambda: course.check("gap")):
        with pytest.raises(notebook.NotBegunError):
            call()
