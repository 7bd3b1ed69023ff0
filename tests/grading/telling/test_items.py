"""Difficulty and discrimination against figures worked out by hand, and what went wrong most often."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from course.grading.book.results import read
from course.grading.telling.items import items
from course.grading.telling.overview import overview
from tests.grading.gradebooks import M01, OUT_OF, TASKS, gradebook, graded

# ten learners: the first k tasks right, so that every figure can be worked out on paper
LADDER = {f"s{number}": {task: OUT_OF[task] for task in TASKS[:number]} for number in range(10)}


def test_difficulty_and_discrimination(tmp_path: Path) -> None:
    gradebook(tmp_path, LADDER)
    results = read(tmp_path, M01)
    found = items(results)
    assert list(found.index) == TASKS
    assert found["difficulty"].round(6).tolist() == [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1]
    totals = np.cumsum([0, *(OUT_OF[task] for task in TASKS)])
    assert results.totals.tolist() == totals.tolist()
    place = TASKS.index("place-in-zone")
    mine = np.array([OUT_OF["place-in-zone"] * (number > place) for number in range(10)])
    rest = totals - mine
    by_hand = ((mine - mine.mean()) * (rest - rest.mean())).mean() / (mine.std() * rest.std())
    assert found.loc["place-in-zone", "discrimination"] == pytest.approx(by_hand)
    # the best three have it, the weakest three have not
    assert found.loc["place-in-zone", "upper_lower"] == 1
    assert found.loc["felt-value", "upper_lower"] == pytest.approx(1 - 2 / 3)


def test_before_paragraphs_are_read_every_other_task_has_its_figures(tmp_path: Path) -> None:
    unread = {name: {**scores, "paragraph": None} for name, scores in LADDER.items()}
    gradebook(tmp_path, unread)
    found = items(read(tmp_path, M01))
    place = TASKS.index("place-in-zone")
    mine = np.array([OUT_OF["place-in-zone"] * (number > place) for number in range(10)])
    points = np.cumsum([0, *(OUT_OF[task] for task in TASKS if task != "paragraph")])
    rest = np.append(points, points[-1])[:10] - mine
    by_hand = ((mine - mine.mean()) * (rest - rest.mean())).mean() / (mine.std() * rest.std())
    assert found.loc["place-in-zone", "discrimination"] == pytest.approx(by_hand)
    assert found.loc["place-in-zone", "upper_lower"] == 1
    assert found.loc["paragraph", "answers"] == 0
    assert found.loc["paragraph", ["difficulty", "discrimination", "upper_lower"]].isna().all()


def test_a_paragraph_that_is_half_read_is_compared_among_those_who_were_read(tmp_path: Path) -> None:
    strangers = {f"unread{number}": {"felt-value": 4.0, "paragraph": None} for number in range(5)}
    gradebook(tmp_path, LADDER | strangers)
    found = items(read(tmp_path, M01))
    gradebook(tmp_path, LADDER)
    read_only = items(read(tmp_path, M01))
    assert found.loc["paragraph"].tolist() == pytest.approx(read_only.loc["paragraph"].tolist())
    assert found.loc["felt-value", "answers"] == 15


def test_no_figure_where_there_is_nothing_to_compare(tmp_path: Path) -> None:
    gradebook(tmp_path, {f"s{number}": dict(OUT_OF) for number in range(12)})
    found = items(read(tmp_path, M01))
    assert (found["difficulty"] == 1).all()
    assert found["discrimination"].isna().all()
    assert (found["upper_lower"] == 0).all()


def test_a_small_class_has_no_discrimination(tmp_path: Path) -> None:
    gradebook(tmp_path, {name: LADDER[name] for name in list(LADDER)[:9]})
    assert items(read(tmp_path, M01))["discrimination"].isna().all()


def test_what_waits_to_be_read_is_neither_right_nor_wrong(tmp_path: Path) -> None:
    gradebook(tmp_path, {"anna": {"paragraph": None, "felt-value": 4}, "ben": {"paragraph": 3}})
    results = read(tmp_path, M01)
    assert math.isnan(results.scores.loc["anna", "paragraph"])
    assert results.waiting.to_dict() == {"anna": True, "ben": False}
    assert items(results).loc["paragraph", "difficulty"] == 0.5


def test_without_a_gradebook_everything_is_empty(tmp_path: Path) -> None:
    found = overview(tmp_path, M01)
    assert len(found.results.scores) == 0
    assert not found.pairs
    assert not any(found.wrong.values())


def test_frequent_wrong_answers_are_counted_across_languages_and_name_nobody(tmp_path: Path) -> None:
    english = "For a gap of +10 the value should be the gap to the power 0.88, with nothing in front. Yours is {}."
    for number, yours in enumerate(("10", "10", "8.8")):
        graded(tmp_path, f"anna{number}", said={"felt-value": english.format(yours)})
    chinese = "落差 +10 的感受就是落差的 0.88 次方，前面什么都不用乘。你的结果是 10。"
    graded(tmp_path, "lilei", said={"felt-value": chinese}, language="zh")
    graded(tmp_path, "perfect")
    found = overview(tmp_path, M01).wrong["felt-value"]
    assert [(said.values["found"], count) for said, count in found] == [("10", 3), ("8.8", 1)]
    assert found[0][0].say("zh") == chinese
    assert "anna" not in str(found)
