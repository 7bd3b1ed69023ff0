"""Rules of three, in their bounds."""

from __future__ import annotations

import pytest

from course.theory.leaving import cost_of_leaving, passed_on


def test_nobody_leaves_nothing_is_paid_and_twice_as_many_cost_twice_as_much() -> None:
    assert cost_of_leaving(1000, 0, 20_000) == 0
    assert cost_of_leaving(1000, 0.4, 20_000) == 2 * cost_of_leaving(1000, 0.2, 20_000)
    with pytest.raises(ValueError, match="not below 0"):
        cost_of_leaving(1000, -0.1, 20_000)


def test_each_link_hands_on_what_it_was_given() -> None:
    assert passed_on(10, [0.5, 0.1]) == pytest.approx([5, 0.5])
    assert passed_on(10, []) == []
