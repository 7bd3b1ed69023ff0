"""The value function, whatever its parameters."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from course.theory.prospect import offsetting_gain, value
from tests.theory.strategies import alphas, lambdas, points, sizes


@given(alphas, lambdas)
def test_no_difference_is_not_felt(alpha, lambda_):
    assert value(0, alpha=alpha, lambda_=lambda_) == 0


@given(points, points, alphas, lambdas)
def test_more_is_felt_as_more(one, other, alpha, lambda_):
    assume(one < other)
    felt = value([one, other], alpha=alpha, lambda_=lambda_)
    assert felt[0] < felt[1]


@given(points, alphas, lambdas)
def test_a_loss_weighs_lambda_times_the_gain(difference, alpha, lambda_):
    size = abs(difference)
    assert value(-size, alpha=alpha, lambda_=lambda_) == pytest.approx(
        -lambda_ * value(size, alpha=alpha, lambda_=lambda_)
    )


@given(points, alphas)
def test_gains_and_losses_mirror_each_other_at_lambda_one(difference, alpha):
    assert value(-difference, alpha=alpha, lambda_=1) == -value(difference, alpha=alpha, lambda_=1)


@given(points, st.floats(0.1, 10), alphas, lambdas)
def test_stretching_the_difference_stretches_the_feeling_by_its_power(difference, factor, alpha, lambda_):
    stretched = value(factor * difference, alpha=alpha, lambda_=lambda_)
    assert stretched == pytest.approx(factor**alpha * value(difference, alpha=alpha, lambda_=lambda_))


@given(sizes, alphas, st.floats(0.5, 10))
def test_the_offsetting_gain_offsets(loss, alpha, lambda_):
    gain = offsetting_gain(loss, alpha=alpha, lambda_=lambda_)
    felt = value(gain, alpha=alpha, lambda_=lambda_) + value(-loss, alpha=alpha, lambda_=lambda_)
    assert felt == pytest.approx(0, abs=1e-9 * lambda_ * 100)


@given(st.lists(points, min_size=1), alphas, lambdas)
def test_an_array_is_felt_element_by_element(differences, alpha, lambda_):
    together = value(differences, alpha=alpha, lambda_=lambda_)
    assert together.shape == (len(differences),)
    assert together.tolist() == pytest.approx([float(value(one, alpha=alpha, lambda_=lambda_)) for one in differences])


def test_a_table_keeps_its_shape():
    assert value(np.zeros((2, 3))).shape == (2, 3)


@pytest.mark.parametrize("alpha", [0, -0.1, 1.01, float("nan")])
@pytest.mark.parametrize("function", [value, offsetting_gain])
def test_alpha_out_of_range_is_refused(function, alpha):
    with pytest.raises(ValueError, match="alpha must be above 0 and at most 1"):
        function(10, alpha=alpha)


@pytest.mark.parametrize("lambda_", [0, -1, float("nan")])
@pytest.mark.parametrize("function", [value, offsetting_gain])
def test_lambda_out_of_range_is_refused(function, lambda_):
    with pytest.raises(ValueError, match="lambda must be above 0"):
        function(10, lambda_=lambda_)


def test_a_negative_loss_is_refused():
    with pytest.raises(ValueError, match="number of 0 or more"):
        offsetting_gain([3, -1])
