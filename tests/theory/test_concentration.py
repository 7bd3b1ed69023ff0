"""The vital few, and what a closed case is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.theory.concentration import fixed_rate, pareto, share_of_top


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 50)), min_size=1), st.floats(0, 1))
def test_the_busiest_make_at_least_their_share(groups, top):
    each, many = zip(*groups, strict=True)
    if not any(each):
        return
    assert share_of_top(top, each, many) >= top - 1e-9
    assert share_of_top(1, each, many) == pytest.approx(1)


def test_causes_come_heaviest_first_and_the_whole_may_be_larger():
    found = pareto([2, 5, 3], 20)
    assert found.order == (1, 2, 0)
    assert list(found.cumulated) == pytest.approx([0.25, 0.4, 0.5])
    with pytest.raises(ValueError, match="smaller than its parts"):
        pareto([2, 5, 3], 9)


def test_closed_is_not_fixed():
    assert fixed_rate(200, 190, 30) == pytest.approx(0.8)
    with pytest.raises(ValueError, match="came back"):
        fixed_rate(200, 190, 191)
