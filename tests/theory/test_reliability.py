"""Cronbach's α."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from course.theory.reliability import alpha_from_covariance, cronbach_alpha

tables = st.tuples(st.integers(3, 25), st.integers(2, 6)).flatmap(
    lambda shape: arrays(float, shape, elements=st.integers(1, 10))
)


def _varied(items):
    assume(np.ptp(items.sum(axis=1)) > 0)
    return items


@given(tables)
def test_alpha_is_at_most_one(items):
    assert cronbach_alpha(_varied(items)) <= 1 + 1e-9


@given(tables, st.randoms())
def test_shuffling_customers_and_questions_changes_nothing(items, random):
    rows, columns = (random.sample(range(size), size) for size in items.shape)
    assert cronbach_alpha(_varied(items)[rows][:, columns]) == pytest.approx(cronbach_alpha(items))


@given(tables, st.integers(-20, 20), st.integers(1, 9))
def test_another_scale_changes_nothing(items, constant, factor):
    assert cronbach_alpha(_varied(items) * factor + constant) == pytest.approx(cronbach_alpha(items))


@given(arrays(float, 8, elements=st.integers(1, 10)), st.integers(2, 6))
def test_the_same_question_asked_again_gives_one(answers, times):
    assume(np.ptp(answers) > 0)
    assert cronbach_alpha(np.column_stack([answers] * times)) == pytest.approx(1)


def test_questions_that_share_nothing_give_zero_and_opposite_ones_less():
    assert alpha_from_covariance(np.eye(5)) == 0
    assert alpha_from_covariance([[1, -0.5], [-0.5, 1]]) == pytest.approx(-2)


@given(tables)
def test_it_is_a_two_way_analysis_of_variance(items):
    """By Hoyt (1941): one minus what questions and customers leave over, as a share of what tells customers apart."""
    customers, questions = _varied(items).shape
    means, asked = items.mean(axis=1), items.mean(axis=0)
    between = questions * np.sum((means - means.mean()) ** 2) / (customers - 1)
    left = np.sum((items - means[:, np.newaxis] - asked + means.mean()) ** 2) / ((customers - 1) * (questions - 1))
    assert cronbach_alpha(items) == pytest.approx(1 - left / between, abs=1e-9)


@pytest.mark.parametrize(
    ("items", "problem"),
    [
        (np.ones((5, 1)), "two questions"),
        (np.ones((1, 5)), "two customers"),
        (np.arange(4), "two questions"),
        (np.ones((5, 3)), "do not vary"),
        (np.column_stack([np.arange(9), -np.arange(9)]) / 7, "do not vary"),
        ([[1, np.nan], [2, 3], [4, 4]], "missing"),
    ],
)
def test_where_alpha_is_not_defined_it_says_so(items, problem):
    with pytest.raises(ValueError, match=problem):
        cronbach_alpha(items)


def test_a_matrix_must_be_square():
    with pytest.raises(ValueError, match="square"):
        alpha_from_covariance(np.ones((2, 3)))
    with pytest.raises(ValueError, match="square"):
        alpha_from_covariance([[1]])
