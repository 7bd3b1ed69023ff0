"""Calls by degree: a percentage is found again, and what has no logarithm is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.theory.degrees import ByDegree, fit_by_degree


@settings(deadline=None)
@given(st.floats(-0.3, -0.01), st.floats(2, 9), st.floats(-20, 20))
def test_a_percentage_by_degree_is_found_again(slope_, at_zero, temperature):
    degrees = np.linspace(-10, 15, 26)
    found = fit_by_degree(degrees, np.exp(at_zero + slope_ * degrees))
    assert (found.slope, found.at_zero) == (pytest.approx(slope_), pytest.approx(at_zero))
    ratio = found.expected(temperature - 1) / found.expected(temperature)
    assert ratio == pytest.approx(1 + found.colder)
    assert found.against_expected(temperature, 2 * found.expected(temperature)) == pytest.approx(2)


def test_days_without_calls_have_no_logarithm():
    with pytest.raises(ValueError, match="above 0"):
        fit_by_degree([1, 2, 3], [4, 0, 5])
    assert ByDegree(0, -0.0897, -1).colder == pytest.approx(0.0938, abs=1e-4)
