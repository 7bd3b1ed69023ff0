"""Satisfaction as level plus felt gap."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from course.theory.disconfirmation import gap, satisfaction
from course.theory.prospect import value
from tests.theory.strategies import alphas, lambdas, points


@given(points, points)
def test_the_gap_is_perceived_minus_expected(perceived, expected):
    assert gap(perceived, expected) == perceived - expected


@given(points, points, alphas)
def test_the_gap_is_felt_alike_both_ways_at_lambda_one(perceived, expected, alpha):
    up = value(gap(perceived, expected), alpha=alpha, lambda_=1)
    assert up == -value(gap(expected, perceived), alpha=alpha, lambda_=1)


@given(points, alphas, lambdas, st.floats(0, 3))
def test_exactly_as_expected_leaves_the_level(level, alpha, lambda_, weight):
    felt = satisfaction(level, level, alpha=alpha, lambda_=lambda_, level_weight=weight)
    assert felt == weight * level


@given(points, points, points, alphas, lambdas, st.floats(0, 3))
def test_better_service_satisfies_more(one, other, expected, alpha, lambda_, weight):
    assume(one < other)
    felt = satisfaction([one, other], expected, alpha=alpha, lambda_=lambda_, level_weight=weight)
    assert felt[0] < felt[1]


@given(points, points, points, alphas, lambdas)
def test_higher_expectations_satisfy_less(perceived, one, other, alpha, lambda_):
    assume(one < other)
    felt = satisfaction(perceived, [one, other], alpha=alpha, lambda_=lambda_)
    assert felt[0] > felt[1]


@given(points, points, st.floats(0, 3))
def test_the_level_counts_by_its_weight(perceived, expected, weight):
    without = satisfaction(perceived, expected, level_weight=0)
    assert without == value(perceived - expected)
    assert satisfaction(perceived, expected, level_weight=weight) - without == pytest.approx(weight * perceived)


def test_a_crowd_meets_one_service():
    assert satisfaction(70, [60, 70, 80]).shape == (3,)
    assert gap(np.zeros((2, 1)), [1, 2, 3]).shape == (2, 3)


def test_parameters_out_of_range_are_refused():
    with pytest.raises(ValueError, match="alpha"):
        satisfaction(1, 2, alpha=2)
    with pytest.raises(ValueError, match="lambda"):
        satisfaction(1, 2, lambda_=0)
