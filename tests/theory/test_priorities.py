"""Priorities: who waits for whom. The formulas against the conservation law and a replayed queue."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.theory.priorities import least_cost_order, mixed_waits, order_cost, priority_waits, replay
from course.theory.queueing import mean_wait

rates = st.lists(st.floats(0.01, 1), min_size=1, max_size=6)


@settings(deadline=None)
@given(rates, st.floats(0.05, 0.97), st.integers(1, 30))
def test_priorities_hide_no_work(shares, busy, servers):
    """The conservation law: weighed by arrivals, the waits are those of first come first served, whoever goes first."""
    rate = np.array(shares) / sum(shares) * busy * servers
    waits = priority_waits(rate, 1.0, servers)
    assert float(rate @ waits) == pytest.approx(rate.sum() * mean_wait(float(rate.sum()), servers), rel=1e-6)
    assert np.all(np.diff(waits) >= -1e-12)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.floats(0.01, 1), st.floats(0.1, 9), st.floats(1, 5)), min_size=2, max_size=5),
    st.floats(0.05, 0.97),
    st.randoms(use_true_random=False),
)
def test_whoever_goes_first_the_waits_weighed_by_work_add_to_the_same(classes, busy, random):
    """Kleinrock's conservation law with service times of every kind: the sum of load × wait does not depend on the order."""

    def weighed(order):
        share, mean, spread = np.array([classes[place] for place in order]).T
        load = busy * share / share.sum()
        return float(load @ mixed_waits(load / mean, mean, spread * mean**2))

    turned = list(range(len(classes)))
    random.shuffle(turned)
    share, mean, spread = np.array(classes).T
    load = busy * share / share.sum()
    until_free = float((load / mean * spread * mean**2).sum()) / 2
    assert weighed(turned) == pytest.approx(weighed(range(len(classes))), rel=1e-6)
    assert weighed(turned) == pytest.approx(busy * until_free / (1 - busy), rel=1e-6)


def test_one_server_and_exponential_times_are_both_formulas():
    rate = np.array([0.2, 0.6, 1.2])
    mean = np.full(3, 1 / 3)
    assert mixed_waits(rate, mean, 2 * mean**2) == pytest.approx(priority_waits(rate, 1 / 3))


def test_a_class_that_cannot_be_kept_up_with_waits_for_ever():
    first, second = priority_waits([0.5, 0.7], 1.0)
    assert (first, second) == (pytest.approx(2.0), math.inf)


def days_of(servers: int, shares: tuple[float, ...], busy: float, means: tuple[float, ...]):
    """Draw long days: arrivals, service times and classes, for `replay`."""
    generator = np.random.default_rng(9)
    load = servers * busy
    rate = load / float(np.dot(shares, means))
    for _ in range(60):
        arrival = np.cumsum(generator.exponential(1 / rate, 4000))
        rank = generator.choice(len(shares), 4000, p=shares)
        yield arrival, generator.exponential(np.array(means)[rank]), rank


@pytest.mark.parametrize(
    ("servers", "means"),
    [(1, (1.0, 1.0, 1.0)), (4, (1.0, 1.0, 1.0)), (1, (0.4, 1.0, 2.0))],
    ids=["one server", "four servers", "unlike service times"],
)
def test_the_replayed_queue_is_cobhams(servers, means):
    shares, busy = (0.2, 0.3, 0.5), 0.8
    rate = np.array(shares) * servers * busy / float(np.dot(shares, means))
    mixed = mixed_waits(rate, means, 2 * np.array(means) ** 2)
    formula = mixed if servers == 1 else priority_waits(rate, means[0], servers)
    found = []
    for arrival, service, rank in days_of(servers, shares, busy, means):
        waits = replay(arrival, service, rank, servers)[400:]
        found.append([waits[rank[400:] == kind].mean() for kind in range(3)])
    days = np.array(found)
    error = days.std(axis=0, ddof=1) / math.sqrt(len(days))
    assert np.all(np.abs(days.mean(axis=0) - formula) <= 4 * error)
    assert np.all(4 * error <= 0.2 * formula)


def test_replay_serves_by_rank_then_by_arrival_and_interrupts_nobody():
    waits = replay([0, 1, 2, 3, 20], [10, 5, 5, 5, 1], [1, 1, 0, 1, 0], 1)
    assert list(waits) == [0, 14, 8, 18, 0]
    assert list(replay([0, 0, 1], [4, 6, 1], [0, 0, 0], 2)) == [0, 0, 3]
    with pytest.raises(ValueError, match="ascend"):
        replay([1, 0], [1, 1], [0, 0], 1)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 50), st.floats(0.1, 9)), min_size=1, max_size=7), st.randoms(use_true_random=False)
)
def test_no_order_costs_less_than_cost_per_hour_of_work(cases_, random):
    costs, work = zip(*cases_, strict=True)
    other = list(range(len(cases_)))
    random.shuffle(other)
    best = order_cost(least_cost_order(costs, work), costs, work)
    assert best <= order_cost(other, costs, work) * (1 + 1e-9) + 1e-9


def test_an_order_names_every_case_once():
    assert least_cost_order([1, 9, 4], [1, 3, 1]) == (2, 1, 0)
    assert order_cost([2, 1, 0], [1, 9, 4], [1, 3, 1]) == 9 * 1 + 1 * 4
    with pytest.raises(ValueError, match="every case once"):
        order_cost([0, 0, 1], [1, 9, 4], [1, 3, 1])
