"""The net promoter score and its error."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from course.theory.promoters import change_margin, classify, interval, nps, standard_error

answers = st.lists(st.integers(0, 10), min_size=1, max_size=60)
counts = st.tuples(*[st.integers(0, 500)] * 3).filter(lambda each: sum(each) > 0)
levels = st.floats(0.5, 0.999)


def _counts(scores):
    kinds = classify(scores)
    return [int((kinds == kind).sum()) for kind in (1, 0, -1)]


def test_every_answer_has_its_kind():
    assert classify(range(11)).tolist() == [-1] * 7 + [0, 0] + [1, 1]


@given(answers)
def test_the_score_is_a_hundred_times_the_mean_kind(scores):
    assert nps(*_counts(scores)) == pytest.approx(100 * classify(scores).mean())


@given(answers, st.randoms())
def test_shuffling_customers_changes_nothing(scores, random):
    assert _counts(random.sample(scores, len(scores))) == _counts(scores)


@given(answers.filter(lambda scores: len(scores) > 1))
def test_a_well_kept_library_agrees_on_the_error_of_the_mean(scores):
    assert standard_error(*_counts(scores)) == pytest.approx(100 * stats.sem(classify(scores), ddof=0), abs=1e-9)


@given(counts, levels)
def test_a_well_kept_library_agrees_on_the_interval(each, level):
    theirs = stats.norm.interval(level, loc=nps(*each), scale=max(standard_error(*each), 1e-300))
    assert interval(*each, level=level) == pytest.approx(theirs, abs=1e-7)


@given(counts)
def test_turning_promoters_and_detractors_round_turns_the_sign(each):
    assert nps(*each) == -nps(*each[::-1])
    assert standard_error(*each) == pytest.approx(standard_error(*each[::-1]))


@given(counts, st.integers(2, 30))
def test_four_times_the_answers_halve_the_error(each, factor):
    many = [factor**2 * count for count in each]
    assert nps(*many) == pytest.approx(nps(*each))
    assert standard_error(*many) == pytest.approx(standard_error(*each) / factor)


def test_the_interval_covers_as_often_as_it_says():
    generator = np.random.default_rng(3)
    drawn = generator.multinomial(250, [0.38, 0.38, 0.24], size=20_000).T
    low, high = interval(*drawn)
    assert ((low <= 14) & (high >= 14)).mean() == pytest.approx(0.95, abs=0.01)


def test_two_waves_of_250_must_differ_by_more_than_two_points():
    error = standard_error(95, 95, 60)
    assert change_margin(error, error) == pytest.approx(1.959964 * np.sqrt(2) * 4.9, abs=0.01)


@pytest.mark.parametrize("scores", [[11], [-1], [8.5], [np.nan], [np.inf]])
def test_answers_off_the_scale_are_refused(scores):
    with pytest.raises(ValueError, match="0 to 10"):
        classify(scores)


def test_what_cannot_be_counted_is_refused():
    with pytest.raises(ValueError, match="at least one answer"):
        nps(0, 0, 0)
    with pytest.raises(ValueError, match="at least 0"):
        standard_error(5, -1, 2)
    with pytest.raises(ValueError, match="level"):
        interval(1, 2, 3, level=95)
