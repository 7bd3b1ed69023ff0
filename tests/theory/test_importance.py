"""The importance–performance map."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.theory.importance import QUADRANTS, cross, quadrants

pairs = st.lists(st.tuples(st.integers(1, 100), st.integers(1, 100)), min_size=1, max_size=12).map(
    lambda rows: tuple(map(list, zip(*rows, strict=True)))
)


def test_each_corner_has_its_name():
    importance, performance = [9, 9, 2, 2], [3, 8, 3, 8]
    assert quadrants(importance, performance).tolist() == ["concentrate", "keep", "low", "overkill"]
    assert set(quadrants(importance, performance)) == set(QUADRANTS)


def test_where_the_axes_cross_decides():
    assert cross([2, 4], [10, 20]) == (3, 15)
    assert quadrants([2, 4], [10, 20]).tolist() == ["low", "keep"]
    assert quadrants([2, 4], [10, 20], crossing=(2, 30)).tolist() == ["concentrate", "concentrate"]


@given(pairs, st.integers(-50, 50), st.integers(2, 9))
def test_another_scale_moves_nothing(pair, constant, factor):
    importance, performance = pair
    moved = [factor * number + constant for number in performance]
    middle = (50, 50)
    assert quadrants(importance, moved, (50, factor * 50 + constant)).tolist() == (
        quadrants(importance, performance, middle).tolist()
    )


def test_what_cannot_be_mapped_is_refused():
    with pytest.raises(ValueError, match="one length"):
        quadrants([1, 2], [1])
    with pytest.raises(ValueError, match="one length"):
        cross([], [])
    with pytest.raises(ValueError, match="numbers"):
        quadrants([1, float("nan")], [1, 2])
