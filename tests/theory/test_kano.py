"""Kano's tables, coefficients and tests."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.theory.kano import (
    CLASSES,
    POULIOT,
    STANDARD,
    better,
    classify,
    counts,
    fong,
    largest,
    share_interval,
    strength,
    tally,
    worse,
)

answer = st.integers(1, 5)
answers = st.lists(st.tuples(answer, answer), min_size=1, max_size=40)
tables = st.sampled_from([STANDARD, POULIOT])


@pytest.mark.parametrize(
    ("pair", "expected"), [((1, 5), "O"), ((1, 3), "A"), ((3, 5), "M"), ((3, 3), "I"), ((5, 1), "R"), ((1, 1), "Q")]
)
def test_each_class(pair, expected):
    assert classify([pair[0]], [pair[1]]) == [expected]


def test_only_two_cells_differ_between_the_tables():
    cells = [(row, column) for row in range(5) for column in range(5) if STANDARD[row][column] != POULIOT[row][column]]
    assert cells == [(1, 1), (3, 3)]


@given(answers, tables, st.randoms())
def test_shuffled_rows_change_nothing(rows, table, random):
    shuffled = random.sample(rows, len(rows))
    np.testing.assert_array_equal(counts(*zip(*rows, strict=True), table), counts(*zip(*shuffled, strict=True), table))


@given(answers, tables)
def test_rows_and_counted_pairs_agree(rows, table):
    pairs = np.zeros((5, 5))
    for one, other in rows:
        pairs[one - 1, other - 1] += 1
    np.testing.assert_array_equal(tally(pairs, table), counts(*zip(*rows, strict=True), table))
    assert tally(pairs, table).sum() == len(rows)


@given(answers)
def test_asking_the_other_way_round_turns_the_liked_into_the_reverse(rows):
    there, away = zip(*rows, strict=True)
    liked = sum(counts(there, away)[:3])
    turned = counts(away, there)
    assert turned[CLASSES.index("R")] == liked
    assert turned[CLASSES.index("Q")] == counts(there, away)[CLASSES.index("Q")]


@given(st.lists(st.integers(0, 500), min_size=6, max_size=6).filter(any))
def test_strengths_are_shares_and_fong_agrees_on_the_difference(numbers):
    found = strength(numbers)
    assert 0 <= found.total <= 100 + 1e-9
    assert 0 <= found.category <= 100
    assert found.category * sum(numbers) / 100 == pytest.approx(fong(numbers).difference)


def test_a_clear_winner_differs_and_a_tie_does_not():
    assert fong([45, 123, 95, 33, 0, 0]).differ
    assert not fong([50, 50, 0, 0, 0, 0]).differ
    assert largest([50, 50, 0, 0, 0, 0]) == ("A", "O")


@given(st.integers(1, 300), st.data())
def test_the_interval_holds_the_share_and_narrows(total, data):
    number = data.draw(st.integers(0, total))
    low, high = share_interval(number, total)
    assert 0 <= low <= number / total + 1e-12
    assert number / total - 1e-12 <= high <= 1
    four_low, four_high = share_interval(4 * number, 4 * total)
    assert four_high - four_low < high - low


def test_the_interval_is_where_the_score_test_just_fails_to_refuse():
    low, high = share_interval(221, 324)
    for end in (low, high):
        assert abs(221 / 324 - end) / np.sqrt(end * (1 - end) / 324) == pytest.approx(1.959964, abs=1e-5)


@pytest.mark.parametrize(
    "call",
    [
        lambda: classify([1, 2], [1]),
        lambda: classify([6], [1]),
        lambda: classify([1.5], [1]),
        lambda: tally(np.ones((4, 5))),
        lambda: tally(-np.ones((5, 5))),
        lambda: strength([1, 2, 3]),
        lambda: fong([0] * 6),
        lambda: better(0, 0, 0, 0),
        lambda: worse(-1, 2, 3, 4),
        lambda: share_interval(3, 2),
        lambda: share_interval(0, 0),
        lambda: share_interval(1, 2, level=1),
    ],
)
def test_impossible_numbers_are_refused(call):
    with pytest.raises(ValueError, match=r"give|level"):
        call()
