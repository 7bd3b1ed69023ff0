"""Queues: Erlang's formulas, and the simulation against them, against a plain reference and against SimPy."""

from __future__ import annotations

import heapq
import math
from collections import deque

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.theory.queueing import (
    Outcome,
    empty_share,
    erlang_b,
    erlang_c,
    felt_wait,
    mean_wait,
    poisson_arrivals,
    share_within,
    simulate,
)
from tests.benchmarks.simpy_queue import simulate_with_simpy

LOADS = st.floats(0.01, 40)
SERVERS = st.integers(1, 60)


@settings(deadline=None)
@given(LOADS, SERVERS)
def test_erlang_b_is_the_share_of_the_full_state(load, servers):
    weights = [math.exp(n * math.log(load) - math.lgamma(n + 1)) for n in range(servers + 1)]
    assert erlang_b(load, servers) == pytest.approx(weights[-1] / sum(weights), rel=1e-9)


@settings(deadline=None)
@given(LOADS, SERVERS)
def test_more_servers_never_make_anyone_wait_longer(load, servers):
    assert 0 <= erlang_b(load, servers) <= erlang_c(load, servers) <= 1
    assert erlang_c(load, servers + 1) <= erlang_c(load, servers)
    assert mean_wait(load, servers + 1) <= mean_wait(load, servers)
    assert share_within(1, load, servers) <= share_within(2, load, servers)


def test_known_numbers():
    assert erlang_c(10, 14) == pytest.approx(0.1741319, abs=1e-6)
    assert mean_wait(0.9, 1) == pytest.approx(9)
    assert mean_wait(1.8, 2) == pytest.approx(4.263, abs=0.001)
    assert share_within(20 / 180, 10, 14) == pytest.approx(0.888, abs=0.001)
    assert share_within(0, 10, 14) == pytest.approx(1 - erlang_c(10, 14))


def test_too_much_work_has_no_steady_state():
    assert erlang_c(3, 3) == 1
    assert mean_wait(3, 3) == math.inf
    assert share_within(5, 4, 3) == 0


@settings(deadline=None)
@given(LOADS, SERVERS)
def test_the_empty_share_is_the_first_of_all_states(load, servers):
    if load >= servers:
        assert empty_share(load, servers) == 0
        return
    states = [n * math.log(load) - math.lgamma(min(n, servers) + 1) for n in range(4_000)]
    weights = [math.exp(state - max(0, n - servers) * math.log(servers)) for n, state in enumerate(states)]
    if load < 0.99 * servers:
        assert empty_share(load, servers) == pytest.approx(1 / sum(weights), rel=1e-6)


@pytest.mark.parametrize(("load", "servers"), [(-1, 3), (1, 0)])
def test_nonsense_is_refused(load, servers):
    with pytest.raises(ValueError, match="load"):
        erlang_b(load, servers)


def test_an_occupied_minute_counts_for_less():
    assert felt_wait(60, 0, 0.5) == 60
    assert felt_wait(60, 1, 0.5) == 30
    assert felt_wait([60, 30], [0.5, 0], 0.5) == pytest.approx([45, 30])


def reference(arrival, service, servers, patience, tolerance, announced, felt):
    """One replication, customer by customer, with a heap: what `simulate` must equal."""
    free, waits, fates = [0.0] * servers, [], []
    for at, length, patient, tolerant in zip(arrival, service, patience, tolerance, strict=True):
        offered = max(0.0, free[0] - at)
        if felt * announced * offered > tolerant:
            waits.append(0.0)
            fates.append("balked")
        elif felt * offered > patient:
            waits.append(patient / felt)
            fates.append("reneged")
        else:
            heapq.heapreplace(free, at + offered + length)
            waits.append(offered)
            fates.append("served")
    return waits, fates


def fates(outcome: Outcome) -> list[list[str]]:
    named = np.where(outcome.served, "served", np.where(outcome.balked, "balked", "reneged"))
    return named.tolist()


@settings(deadline=None, max_examples=60)
@given(
    st.integers(0, 10_000),
    st.integers(1, 6),
    st.integers(1, 5),
    st.integers(1, 40),
    st.sampled_from([0.5, 1.0, 1.5]),
    st.sampled_from([0.25, 1.0]),
)
def test_every_customer_fares_as_with_a_plain_list_of_servers(seed, servers, replications, customers, announced, felt):
    generator = np.random.default_rng(seed)
    arrival = np.sort(generator.random((replications, customers)) * 20, axis=1)
    service, patience, tolerance = generator.exponential([[[3.0]], [[2.0]], [[2.0]]], (3, replications, customers))
    outcome = simulate(
        arrival, service, servers, patience=patience, tolerance=tolerance, announced=announced, felt=felt
    )
    for row in range(replications):
        waits, ends = reference(arrival[row], service[row], servers, patience[row], tolerance[row], announced, felt)
        assert outcome.wait[row] == pytest.approx(waits, abs=1e-9)
        assert fates(outcome)[row] == ends
    assert np.all(outcome.served.astype(int) + outcome.balked + outcome.reneged == 1)
    assert outcome.wait.shape == outcome.offered.shape == arrival.shape


@pytest.mark.parametrize("servers", [1, 4])
def test_simpy_lets_every_customer_wait_as_long(servers):
    generator = np.random.default_rng(3)
    arrival = np.sort(generator.random((3, 150)) * 200, axis=1)
    service = generator.exponential(1.5 * servers, arrival.shape)
    patience = generator.exponential(4.0, arrival.shape)
    outcome = simulate(arrival, service, servers, patience=patience)
    assert 10 < outcome.reneged.sum() < 400
    for row in range(len(arrival)):
        wait, served = simulate_with_simpy(arrival[row], service[row], servers, patience[row])
        assert outcome.wait[row] == pytest.approx(wait, abs=1e-9)
        assert outcome.served[row].tolist() == served.tolist()


@pytest.mark.parametrize(("load", "servers"), [(0.7, 1), (2.4, 3), (10.0, 12)])
def test_the_limit_is_erlang_c_within_monte_carlo_error(load, servers):
    generator = np.random.default_rng(11)
    replications, customers, warm = 800, 1500, 500
    arrival = np.cumsum(generator.exponential(1 / load, (replications, customers)), axis=1)
    outcome = simulate(arrival, generator.exponential(1.0, arrival.shape), servers)
    for seen, formula in (
        (outcome.wait[:, warm:] > 0, erlang_c(load, servers)),
        (outcome.wait[:, warm:], mean_wait(load, servers)),
        (outcome.wait[:, warm:] <= 0.5, share_within(0.5, load, servers)),
    ):
        means = seen.mean(axis=1)
        error = means.std(ddof=1) / math.sqrt(replications)
        assert abs(means.mean() - formula) < 4 * error
        assert 4 * error < 0.1 * formula


def test_where_nobody_waits_the_lost_share_is_erlang_b():
    generator = np.random.default_rng(5)
    arrival = np.cumsum(generator.exponential(1 / 4, (400, 1500)), axis=1)
    outcome = simulate(arrival, generator.exponential(1.0, arrival.shape), 5, tolerance=0)
    lost = outcome.balked[:, 300:].mean(axis=1)
    assert abs(lost.mean() - erlang_b(4, 5)) < 4 * lost.std(ddof=1) / 20


def test_arrivals_follow_the_rate():
    edges, rates = [0, 60, 120, 300], [0.5, 2.0, 0.1]
    arrival = poisson_arrivals(edges, rates, 4000, np.random.default_rng(2))
    assert np.all(np.diff(np.where(np.isfinite(arrival), arrival, 1e9), axis=1) >= 0)
    assert arrival[np.isfinite(arrival)].min() >= 0
    for low, high, rate in zip(edges, edges[1:], rates, strict=False):
        counts = ((arrival >= low) & (arrival < high)).sum(axis=1)
        expected = rate * (high - low)
        assert abs(counts.mean() - expected) < 4 * math.sqrt(expected / 4000)
        assert counts.var() == pytest.approx(expected, rel=0.12)


def test_an_empty_place_is_no_customer():
    arrival = np.array([[0.0, 1.0, 2.0], [0.0, np.inf, np.inf]])
    outcome = simulate(arrival, 5.0, 1)
    assert outcome.present.tolist() == [[True] * 3, [True, False, False]]
    assert outcome.served.sum() == 4
    assert outcome.wait[0].tolist() == [0, 4, 8]
    assert np.isnan(outcome.wait[1, 1:]).all()
    assert outcome.waiting_at([0.5, 3, 6, 20]).tolist() == [0, 1, 0.5, 0]


def test_no_customer_at_all_is_no_error():
    outcome = simulate(poisson_arrivals([0, 10], [0.0], 3, np.random.default_rng(1)), 1.0, 2)
    assert outcome.wait.shape == (3, 0)
    assert outcome.waiting_at([5]).tolist() == [0]


def test_servers_may_open_later():
    outcome = simulate([[0.0, 0.0, 0.0]], 10.0, 2, opens=[0.0, 4.0])
    assert outcome.wait.tolist() == [[0, 4, 10]]


def by_events(arrival, service, patience, opens, closes):
    """One replication, event by event, with a queue and idle agents: waits of those who were served, by customer."""
    events = [(at, 0, agent) for agent, at in enumerate(opens)] + [(at, 1, who) for who, at in enumerate(arrival)]
    heapq.heapify(events)
    queue, idle, waits = deque(), set(), {}
    while events:
        now, kind, who = heapq.heappop(events)
        (queue.append if kind else idle.add)(who)
        while queue and queue[0] not in waits:
            customer = queue[0]
            working = [agent for agent in sorted(idle) if closes[agent] > now]
            if arrival[customer] + patience[customer] >= now:
                if not working:
                    break
                idle.remove(working[0])
                waits[customer] = now - arrival[customer]
                heapq.heappush(events, (now + service[customer], 0, working[0]))
            queue.popleft()
    return waits


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10_000), st.integers(1, 5), st.integers(1, 40))
def test_on_shifts_every_customer_fares_as_event_by_event(seed, servers, customers):
    generator = np.random.default_rng(seed)
    arrival = np.sort(generator.random((3, customers)) * 20, axis=1)
    service, patience = generator.exponential([[[3.0]], [[2.0]]], (2, 3, customers))
    opens = generator.random(servers) * 10
    closes = opens + generator.random(servers) * 12
    outcome = simulate(arrival, service, servers, patience=patience, opens=opens, closes=closes)
    for row in range(3):
        waits = by_events(arrival[row], service[row], patience[row], opens, closes)
        assert np.flatnonzero(outcome.served[row]).tolist() == sorted(waits)
        assert outcome.wait[row][sorted(waits)] == pytest.approx([waits[who] for who in sorted(waits)])


def test_whoever_comes_when_the_last_shift_is_over_meets_nobody():
    outcome = simulate([[0.0, 1.0, 6.0]], 10.0, 1, patience=np.inf, closes=5.0)
    assert outcome.served.tolist() == [[True, False, False]]


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000), st.floats(0.1, 1))
def test_a_wait_that_feels_shorter_keeps_more_guests(seed, felt):
    generator = np.random.default_rng(seed)
    arrival = np.sort(generator.random((40, 60)) * 60, axis=1)
    service, patience = generator.exponential([[[6.0]], [[8.0]]], (2, 40, 60))
    idle = simulate(arrival, service, 4, patience=patience, tolerance=patience)
    occupied = simulate(arrival, service, 4, patience=patience, tolerance=patience, felt=felt)
    assert occupied.served.mean() >= idle.served.mean() - 0.02


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (([[1.0, 0.0]], 1.0, 1), "ascend"),
        (([[0.0, math.nan]], 1.0, 1), "ascend"),
        (([[0.0, 1.0]], -1.0, 1), "negative"),
        (([[0.0, 1.0]], 1.0, 0), "server"),
    ],
)
def test_what_cannot_be_simulated_is_refused(arguments, named):
    with pytest.raises(ValueError, match=named):
        simulate(*arguments)


@pytest.mark.parametrize(("edges", "rates"), [([0, 0], [1]), ([0, 1], [-1]), ([0, 1], [1, 2])])
def test_arrivals_need_a_schedule(edges, rates):
    with pytest.raises(ValueError, match="edges"):
        poisson_arrivals(edges, rates, 1, np.random.default_rng(1))
