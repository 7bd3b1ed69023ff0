"""A caller's anger: ten techniques, their order, their fading, and promises."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.theory.calming import FADE, MISSTEPS, MOVES, TECHNIQUES, Caller, after, after_promise, talk


def test_ten_techniques_are_taught_and_each_soothes_who_has_been_heard():
    assert len(TECHNIQUES) == 10
    for move in TECHNIQUES:
        assert after(Caller(60, heard=1.0), move).anger < 60
    for move in MISSTEPS:
        assert after(Caller(60, heard=1.0), move).anger > 60


@settings(deadline=None)
@given(st.floats(0, 100), st.lists(st.sampled_from(sorted(MOVES)), max_size=12))
def test_anger_stays_on_its_scale_and_talk_takes_time(anger, moves):
    caller = talk(anger, moves)
    assert 0 <= caller.anger <= 100
    assert 0 <= caller.heard <= 1
    assert caller.minutes == pytest.approx(sum(MOVES[move].minutes for move in moves))


def test_the_same_words_in_another_order_do_the_opposite():
    heard_first = talk(80, ["let-finish", "repeat-back", "explain", "promise-time"])
    explained_first = talk(80, ["explain", "promise-time", "let-finish", "repeat-back"])
    assert heard_first.minutes == explained_first.minutes
    assert heard_first.anger < 60 < 80 < explained_first.anger + 20
    assert after(Caller(80), "explain").anger > 80


def test_what_is_said_again_does_less():
    once = talk(80, ["let-finish"])
    twice = talk(80, ["let-finish", "let-finish"])
    shares = 1 - once.anger / 80, 1 - twice.anger / once.anger
    assert shares[1] == pytest.approx(FADE * shares[0])
    assert 0 < FADE < 1
    assert twice.heard - once.heard == pytest.approx(FADE * once.heard)


@settings(deadline=None)
@given(st.floats(0, 100))
def test_a_kept_promise_relieves_and_a_broken_one_is_worse_than_none(anger):
    assert after_promise(anger, kept=True) <= anger <= after_promise(anger, kept=False) <= 100
