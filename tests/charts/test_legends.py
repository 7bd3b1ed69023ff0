from __future__ import annotations

import json

from course.charts.legends import colour_by, label_expression


def test_labels_are_looked_up_by_the_names_in_the_rows() -> None:
    expression = label_expression({"a": "迟到 “3”", "b": "on time"})
    table, rest = expression.rsplit(")", 1)
    assert json.loads(table.removeprefix("(")) == {"a": "迟到 “3”", "b": "on time"}
    assert rest == "[datum.label]"


def test_each_name_gets_its_colour_in_order() -> None:
    channel = colour_by("line", {"a": "A", "b": "B"}, ["red", "blue"], 2).to_dict()
    assert channel["scale"] == {"domain": ["a", "b"], "range": ["red", "blue"]}
    assert channel["legend"]["columns"] == 2
    assert (channel["field"], channel["type"], channel["title"]) == ("line", "nominal", None)
    assert "columns" not in colour_by("line", {"a": "A"}, ["red"]).to_dict()["legend"]
