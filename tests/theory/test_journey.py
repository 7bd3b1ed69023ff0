"""Peak and end, whatever the moments."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.theory.journey import peak_end
from tests.theory.strategies import points

moments = st.lists(points, min_size=1, max_size=8)


def test_the_worked_number():
    """The worst moment and the last make 4.5, all five make 4 (after Fredrickson & Kahneman, 1993)."""
    assert [peak_end([2, 3, 8, 6, 1]), np.mean([2, 3, 8, 6, 1])] == pytest.approx([4.5, 4.0])


@given(moments)
def test_it_lies_between_the_end_and_the_peak(felt):
    assert felt[-1] <= peak_end(felt) <= max(felt)


@given(moments, points)
def test_a_moment_in_the_middle_that_is_no_peak_leaves_no_trace(felt, added):
    longer = [*felt[:-1], min(added, max(felt)), felt[-1]]
    assert peak_end(longer) == peak_end(felt)


@given(st.lists(st.lists(points, min_size=3, max_size=3), min_size=1, max_size=4))
def test_each_row_is_one_journey(rows):
    assert peak_end(rows).tolist() == [float(peak_end(row)) for row in rows]


@pytest.mark.parametrize("nothing", [[], np.zeros((2, 0)), 3.0])
def test_a_journey_without_moments_is_refused(nothing):
    with pytest.raises(ValueError, match="one moment or more"):
        peak_end(nothing)


@given(moments, points)
def test_with_good_and_bad_moments_the_peak_is_the_one_farthest_from_neutral(felt, neutral):
    peak = 2 * float(peak_end(felt, neutral)) - felt[-1]
    assert min(abs(peak - one) for one in felt) == pytest.approx(0, abs=1e-6)
    assert abs(peak - neutral) == pytest.approx(max(abs(one - neutral) for one in felt), abs=1e-6)


def test_of_a_good_and_a_bad_moment_equally_far_the_bad_one_is_the_peak():
    assert peak_end([[5, 1, 4], [5, 2, 4], [5, 5, 5]], 3).tolist() == [2.5, 4.5, 5.0]
