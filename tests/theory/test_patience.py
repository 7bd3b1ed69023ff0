"""Erlang A against the published rows, against a chain of births and deaths, and at its limits."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.theory.patience import agents_needed, erlang_a
from course.theory.queueing import erlang_c, poisson_arrivals, simulate
from tests.oracles import oracles


def _fifty() -> tuple[float, float]:
    found = erlang_a(48, 1, 2, 50)
    return found.waiting, found.hung_up


def _fifty_waits() -> tuple[float, float]:
    return 60 * erlang_a(48, 1, 2, 50).wait, 60 * erlang_a(48, 1, math.inf, 50).wait


def _identity() -> tuple[float, float]:
    found = erlang_a(10, 1, 1, 10)
    return found.waiting, found.hung_up


ROWS = {"erlang-a-50": _fifty, "erlang-a-50-wait": _fifty_waits, "erlang-a-identity": _identity}


@pytest.mark.parametrize("row", ROWS)
def test_as_published(row: str) -> None:
    (oracle,) = [each for each in oracles("m06") if each.id == row]
    oracle.check(ROWS[row]())


def chain(rate: float, service: float, patience: float, agents: int) -> tuple[float, float]:
    """Waiting and hanging up by the steady state of births and deaths, cut off where nobody ever is."""
    state = np.arange(4_000)
    deaths = np.minimum(state[1:], agents) / service + np.maximum(0, state[1:] - agents) / patience
    logs = np.concatenate([[0.0], np.cumsum(np.log(rate) - np.log(deaths))])
    shares = np.exp(logs - logs.max())
    shares /= shares.sum()
    return float(shares[agents:].sum()), float((shares * np.maximum(0, state - agents)).sum() / patience / rate)


@settings(max_examples=60, deadline=None)
@given(st.floats(0.2, 60), st.floats(0.1, 5), st.floats(0.1, 20), st.integers(1, 80))
def test_as_births_and_deaths(rate: float, service: float, patience: float, agents: int) -> None:
    found = erlang_a(rate, service, patience, agents)
    assert (found.waiting, found.hung_up) == pytest.approx(chain(rate, service, patience, agents), abs=2e-4)


def test_endless_patience_is_erlang_c() -> None:
    found = erlang_a(100 / 1800, 180, 1e8, 14, 20)
    assert found.waiting == pytest.approx(erlang_c(10, 14), abs=1e-5)
    assert found.answered == pytest.approx(erlang_a(100 / 1800, 180, math.inf, 14, 20).answered, abs=1e-5)


def test_far_too_few_agents_serve_what_they_can() -> None:
    assert erlang_a(3_000, 1, 2, 100, 0.1).hung_up == pytest.approx(1 - 100 / 3_000, abs=1e-4)


def test_the_share_answered_in_time_as_simulated() -> None:
    draw = np.random.default_rng(3)
    arrival = poisson_arrivals([0, 400], [5.0], 60, draw)
    service, patience = (draw.exponential(mean, arrival.shape) for mean in (1.0, 2.0))
    seen = simulate(arrival, service, 5, patience=patience)
    settled = seen.present & (seen.arrival > 50)
    simulated = float((seen.served & (seen.offered <= 0.3))[settled].mean())
    assert erlang_a(5, 1, 2, 5, 0.3).answered == pytest.approx(simulated, abs=0.01)


@settings(max_examples=30, deadline=None)
@given(st.floats(0.01, 30), st.floats(0.2, 4), st.floats(0.2, 20), st.floats(0.1, 0.97), st.floats(0.0, 1.0))
def test_fewest_agents(rate: float, service: float, patience: float, target: float, limit: float) -> None:
    agents = agents_needed(rate, service, patience, target, limit)
    assert erlang_a(rate, service, patience, agents, limit).answered >= target
    assert agents == 1 or erlang_a(rate, service, patience, agents - 1, limit).answered < target


def test_the_ladder_of_erlang_c() -> None:
    assert agents_needed(100 / 1800, 180, math.inf, 0.8, 20) == 14, "13 just miss 80%"


@pytest.mark.parametrize("bad", [(-1, 1, 1, 1), (1, 0, 1, 1), (1, 1, 0, 1), (1, 1, 1, 0), (math.nan, 1, 1, 1)])
def test_nonsense_is_refused(bad: tuple[float, float, float, int]) -> None:
    with pytest.raises(ValueError, match="give a rate"):
        erlang_a(*bad)


@pytest.mark.parametrize("target", [1.0, -0.1, math.nan])
def test_a_target_nobody_reaches_is_refused(target: float) -> None:
    with pytest.raises(ValueError, match="target"):
        agents_needed(1, 1, 1, target, 0)
