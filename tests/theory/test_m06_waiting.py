"""The worked numbers of m06, and what holds of queues, patience, pooling and promises whatever the numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.datasets import load
from course.theory.patience import erlang_a
from course.theory.promise import critical_fractile, normal_promise, promise_cost, sample_promise
from course.theory.queueing import (
    empty_share,
    erlang_b,
    erlang_c,
    mean_wait,
    poisson_arrivals,
    share_within,
    simulate,
)
from tests.oracles import cases

CALLS, HANDLING = 100 / 1800, 180.0  # per second; seconds
LADDER = (12, 13, 14, 15)


def mms(rate: float, service: float, servers: int) -> tuple[float, float, float, float]:
    """P0, Lq, Wq and W, the queue by Little's law."""
    wait = mean_wait(rate * service, servers, service)
    return empty_share(rate * service, servers), rate * wait, wait, wait + service


def bronson() -> tuple[float, float, float, float]:
    empty, queue, _, stay = mms(300 / 365, 2, 3)
    return empty, queue, 300 / 365 * stay, stay


def identity() -> tuple[float, float]:
    found = erlang_a(10, 1, 1, 10)
    return found.waiting, found.hung_up


def fifty() -> tuple[float, float]:
    found = erlang_a(48, 1, 2, 50)
    return found.waiting, found.hung_up


def bank_patience() -> float:
    hours = load("bank_calls_hourly")
    waited = (hours["calls"] * hours["mean_wait_s"]).sum()
    return float(waited / (hours["calls"] * hours["share_hung_up"]).sum())


FUNCTIONS = {
    "erlang-c": lambda: erlang_c(10, 14),
    "mms": lambda: mms(2, 1 / 3, 2),
    "pooling": lambda: [mean_wait(0.9, 1), mean_wait(1.8, 2)],
    "promise": lambda: [normal_promise(30, 8, ratio) for ratio in (1, 2.25, 4, 9, 19)],
    "mms-bronson": bronson,
    "erlang-b": lambda: erlang_b(25, 30),
    "erlang-c-ladder": lambda: [share_within(20, CALLS * HANDLING, agents, HANDLING) for agents in LADDER],
    "erlang-c-mean-wait": lambda: [mean_wait(CALLS * HANDLING, agents, HANDLING) for agents in LADDER],
    "erlang-a-50": fifty,
    "erlang-a-50-wait": lambda: [60 * erlang_a(48, 1, patience, 50).wait for patience in (2, math.inf)],
    "erlang-a-identity": identity,
    "pooling-ladder": lambda: [mean_wait(0.9 * servers, servers) for servers in (1, 2, 4, 10)],
    "promise-exponential": lambda: -10 * math.log(1 - critical_fractile(4)),
    "bank-patience": bank_patience,
}


@cases("m06", FUNCTIONS)
def test_worked_number(oracle, compute):
    oracle.check(compute())


@settings(deadline=None, max_examples=40)
@given(st.integers(2, 40), st.floats(0.2, 0.95))
def test_the_longer_patience_lasts_the_nearer_erlang_a_is_to_erlang_c(servers, busy):
    rate = busy * servers
    gaps = [abs(erlang_a(rate, 1, patience, servers).waiting - erlang_c(rate, servers)) for patience in (1, 30, 1e7)]
    assert gaps[0] >= gaps[1] >= gaps[2]
    assert gaps[2] < 1e-3


@settings(deadline=None, max_examples=40)
@given(st.floats(0.5, 40), st.integers(1, 50))
def test_who_is_as_patient_as_served_sees_as_many_as_if_all_were_served(rate, servers):
    """With patience equal to the service time, everybody leaves at one rate: the state is Poisson (M/M/∞)."""
    at_most = sum(math.exp(n * math.log(rate) - rate - math.lgamma(n + 1)) for n in range(servers))
    assert erlang_a(rate, 1, 1, servers).waiting == pytest.approx(1 - at_most, abs=2e-4)


def simulated(patience: float) -> dict[str, np.ndarray]:
    """A centre of 12 agents and 10.5 erlang: what 120 long days come to, a figure for each."""
    generator = np.random.default_rng(6)
    arrival = poisson_arrivals([0, 600], [10.5], 120, generator)
    service = generator.exponential(1.0, arrival.shape)
    bears = np.inf if math.isinf(patience) else generator.exponential(patience, arrival.shape)
    outcome = simulate(arrival, service, 12, patience=bears)
    settled = outcome.present & (outcome.arrival > 100)
    shown = {
        "waiting": outcome.offered > 0,
        "hung_up": outcome.reneged,
        "wait": outcome.wait,
        "answered": outcome.served & (outcome.offered <= 0.2),
    }
    return {name: np.where(settled, rows, 0.0).sum(axis=1) / settled.sum(axis=1) for name, rows in shown.items()}


@pytest.mark.parametrize("patience", [2.0, math.inf])
def test_the_simulated_centre_is_erlang_a_and_with_endless_patience_erlang_c(patience):
    formula = erlang_a(10.5, 1, patience, 12, 0.2)
    for name, days in simulated(patience).items():
        error = days.std(ddof=1) / math.sqrt(len(days))
        assert abs(days.mean() - getattr(formula, name)) <= 4 * error + 1e-9, name
        assert 4 * error <= 0.15 * getattr(formula, name) + 1e-9, name
    if math.isinf(patience):
        assert formula.waiting == erlang_c(10.5, 12)


@settings(deadline=None)
@given(st.floats(0.05, 0.98), st.integers(1, 20))
def test_pooling_two_desks_more_than_halves_the_wait(busy, servers):
    apart, pooled = mean_wait(busy * servers, servers), mean_wait(2 * busy * servers, 2 * servers)
    assert pooled < apart / 2
    if servers == 1:
        assert 1 - pooled / apart == pytest.approx(1 / (1 + busy))


@settings(deadline=None)
@given(st.lists(st.floats(0, 120), min_size=1, max_size=40), st.floats(0.1, 20), st.floats(0, 150))
def test_no_promise_costs_less_than_the_quantile(times, ratio, other):
    best = sample_promise(times, ratio)
    assert promise_cost(best, times, ratio) <= promise_cost(other, times, ratio) + 1e-9
