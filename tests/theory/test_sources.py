"""One expectation out of several sources."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.theory.adaptation import adapt
from course.theory.sources import combine, combined_sd, kalman_gain, update, weights
from tests.theory.strategies import points

errors = st.floats(0.5, 50)
several = st.lists(st.tuples(points, errors), min_size=1, max_size=6)


@given(errors, errors)
def test_the_gain_and_its_mirror_image_share_the_way(prior, signal):
    gain = float(kalman_gain(prior, signal))
    assert 0 < gain < 1
    assert gain + kalman_gain(signal, prior) == pytest.approx(1)
    assert gain == pytest.approx(prior**2 / (prior**2 + signal**2))


@given(errors, errors, errors)
def test_a_surer_signal_counts_more(prior, signal, other):
    low, high = sorted((signal, other))
    assert kalman_gain(prior, low) >= kalman_gain(prior, high)


@given(errors, errors, st.floats(0.1, 10))
def test_the_unit_does_not_matter(prior, signal, factor):
    assert kalman_gain(prior * factor, signal * factor) == pytest.approx(kalman_gain(prior, signal))


@given(points, errors, points, errors)
def test_one_update_is_adapting_by_the_gain_and_combining_two_sources(expected, prior, signal, sd):
    moved = float(update(expected, prior, signal, sd))
    assert moved == pytest.approx(adapt(expected, signal, float(kalman_gain(prior, sd))), abs=1e-9)
    assert moved == pytest.approx(combine([expected, signal], [prior, sd]), abs=1e-9)


@given(several)
def test_weights_add_up_and_the_mean_stays_among_the_sources(sources):
    signals, sds = zip(*sources, strict=True)
    assert weights(sds).sum() == pytest.approx(1)
    assert min(signals) - 1e-9 <= combine(signals, sds) <= max(signals) + 1e-9
    assert combined_sd(sds) <= min(sds) * (1 + 1e-12)


@given(several, st.randoms(use_true_random=False))
def test_the_order_of_the_sources_does_not_matter(sources, random):
    shuffled = random.sample(sources, len(sources))
    first, second = (combine(*zip(*each, strict=True)) for each in (sources, shuffled))
    assert first == pytest.approx(second, abs=1e-9)


@given(several, errors, points)
def test_one_after_another_is_all_at_once(sources, prior, expected):
    for_all = combine([expected, *(s for s, _ in sources)], [prior, *(e for _, e in sources)])
    for signal, sd in sources:
        expected, prior = float(update(expected, prior, signal, sd)), float(combined_sd([prior, sd]))
    assert expected == pytest.approx(for_all, abs=1e-8)


def test_equal_sources_count_equally():
    assert weights([4, 4, 4, 4]) == pytest.approx([0.25] * 4)
    assert combined_sd([4, 4, 4, 4]) == pytest.approx(2)


def test_the_weights_are_the_ones_that_err_least():
    sds = np.array([5.0, 10.0, 20.0])
    luck = np.random.default_rng(1).standard_normal((40_000, 3)) * sds
    spread = combine(luck, sds).std()
    assert spread == pytest.approx(float(combined_sd(sds)), rel=0.02)
    assert spread < luck.mean(axis=1).std()


@pytest.mark.parametrize("wrong", [0, -1, float("nan"), float("inf")])
def test_an_error_that_is_none_is_refused(wrong):
    for compute in (lambda: kalman_gain(wrong, 1), lambda: kalman_gain(1, wrong), lambda: weights([1, wrong]),
                    lambda: combined_sd([1, wrong])):  # fmt: skip
        with pytest.raises(ValueError, match="usual error must be a number above 0"):
            compute()
