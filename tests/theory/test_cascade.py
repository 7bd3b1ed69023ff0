"""A cascade on networks small enough to see, step by step; what an answer in time saves; bad input."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.theory.cascade import NEVER, spread
from course.theory.network import Network, clustered, mixing

LINE = Network(5, np.array([0, 1, 2, 3]), np.array([1, 2, 3, 4]))


def test_along_a_line_it_walks_a_step_at_a_time():
    found = spread(LINE, 1.0, [0], np.random.default_rng(1))
    assert found.heard.tolist() == [[0, 1, 2, 3, 4]]
    assert found.teller.tolist() == [[NEVER, 0, 1, 2, 3]]


def test_an_answer_in_the_second_step_stops_it_there():
    found = spread(LINE, [1.0, 1.0, 0.0], [0], np.random.default_rng(1))
    assert found.heard.tolist() == [[0, 1, 2, NEVER, NEVER]]
    assert found.reach.tolist() == [0.6]


def test_each_run_has_its_own_beginning():
    found = spread(LINE, 0.0, [[0], [4]], np.random.default_rng(1), runs=2)
    assert [row.tolist().index(0) for row in found.heard] == [0, 4]


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32 - 1), st.floats(0, 1))
def test_everybody_has_it_from_a_friend_who_heard_one_step_before(seed, chance):
    draw = np.random.default_rng(seed)
    network = mixing(60, 4, draw)
    ties = {*zip(network.first, network.second, strict=True), *zip(network.second, network.first, strict=True)}
    found = spread(network, chance, [0, 1], draw, runs=3)
    for run, person in np.argwhere(found.heard > 0):
        teller = found.teller[run, person]
        assert found.heard[run, teller] == found.heard[run, person] - 1
        assert (teller, person) in ties
    assert (found.teller[found.heard <= 0] == NEVER).all()


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32 - 1), st.floats(0, 0.9), st.integers(0, 8))
def test_with_the_same_luck_a_larger_chance_or_a_later_answer_never_reaches_fewer(seed, chance, step):
    network = clustered(80, 4, 0.1, np.random.default_rng(seed))

    def reach(chances: list[float]) -> float:
        return float(spread(network, chances, [0], np.random.default_rng(seed)).reach[0])

    assert reach([chance]) <= reach([chance + 0.1])
    assert reach([chance] * step + [0.0]) <= reach([chance] * (step + 1) + [0.0])


def test_chances_and_people_out_of_range_are_refused():
    draw = np.random.default_rng(1)
    for chance in (1.1, -0.1, [], float("nan")):
        with pytest.raises(ValueError, match="a chance lies from 0 to 1"):
            spread(LINE, chance, [0], draw)
    for first in (-1, 5):
        with pytest.raises(ValueError, match="people are numbered"):
            spread(LINE, 0.5, [first], draw)
