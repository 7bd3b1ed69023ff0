"""The index of customer satisfaction."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.theory.satisfaction_index import index

means = st.lists(st.floats(1, 10), min_size=3, max_size=3)


def test_the_ends_of_the_scale():
    assert index([1, 1, 1]) == 0
    assert index([10, 10, 10]) == 100
    assert index([5], low=0) == 50


@given(means, st.lists(st.floats(0.01, 5), min_size=3, max_size=3), st.floats(0.1, 50))
def test_only_the_proportions_of_the_weights_count(answers, weights, factor):
    whole = index(answers, weights)
    assert whole == pytest.approx(index(answers, [factor * weight for weight in weights]))
    assert min(map(one, answers)) - 1e-9 <= whole <= max(map(one, answers)) + 1e-9


def one(answer: float) -> float:
    return index([answer])


def test_what_has_no_index_is_refused():
    with pytest.raises(ValueError, match="a weight for each"):
        index([8, 7], [1, 1, 1])
    with pytest.raises(ValueError, match="outside"):
        index([0, 7])
    with pytest.raises(ValueError, match="more than 0"):
        index([8, 7], [0, 0])
