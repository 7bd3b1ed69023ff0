"""What a widget leaves in a saved notebook: words in the learner's language, never Python's name for it."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd
import pytest

import course
from course.charts.views import split_views
from course.server.leftovers import WIDGET, take_out_dead_widgets
from course.ui.chart import Chart

RUN = {"en": "Run this box", "zh": "运行这个格子"}


def bundle(widget: Any) -> dict[str, Any]:
    data, _metadata = widget._repr_mimebundle_()
    assert WIDGET in data
    return dict(data)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_simulator_a_quiz_and_a_prediction_leave_words(language: str, speak: Any) -> None:
    speak(language)
    course.begin("m01", language=language)
    for widget in (course.simulator(), course.quiz(), course.predict(_first_prediction())):
        data = bundle(widget)
        lines = data["text/plain"].splitlines()
        assert len(lines) >= 2, "something of it, and how to see the rest"
        assert RUN[language] in lines[-1]
        assert "<p>" in data["text/html"]
        assert "object at" not in str(data)


def _first_prediction() -> str:
    from course.manifest import syllabus
    from course.questions import questions

    return questions(syllabus().module("m01")).predictions[0].key


def test_a_chart_leaves_its_title_and_what_it_shows() -> None:
    spec = alt.Chart(pd.DataFrame({"x": [1]}), title="<b>27%</b>", description="One bar.").mark_bar().encode(x="x:Q")
    data = bundle(Chart(split_views(spec.to_dict()), "zh"))
    assert data["text/plain"].splitlines()[:2] == ["<b>27%</b>", "One bar."]
    assert "&lt;b&gt;27%" in data["text/html"], "what a title says is no markup"


def test_only_widgets_that_left_a_text_are_taken_out() -> None:
    ours = {WIDGET: {"model_id": "a"}, "text/html": "<p>Run</p>", "text/plain": "Run"}
    other = {WIDGET: {"model_id": "b"}, "text/plain": "IntSlider()"}
    cells = [
        {"outputs": [{"data": dict(ours)}, {"data": dict(other)}, {"name": "stdout", "text": "x"}]},
        {"source": ""},
    ]
    notebook = {"cells": cells}
    assert take_out_dead_widgets(notebook) == 1
    assert notebook["cells"][0]["outputs"][0]["data"] == {"text/html": "<p>Run</p>", "text/plain": "Run"}
    assert notebook["cells"][0]["outputs"][1]["data"] == other
    assert take_out_dead_widgets(notebook) == 0
    assert take_out_dead_widgets({"metadata": {}}) == 0
