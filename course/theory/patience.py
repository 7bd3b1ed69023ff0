"""Customers who hang up: Erlang A, the steady state of a queue in which patience runs out, and how many agents it takes.

Arrivals come at random at a constant rate, service times and patience are exponential, and the half hour is long enough to
settle: all three are assumptions. Source: Gans, Koole & Mandelbaum (2003), who review the model (after Palm) and its use.
Times are in one unit throughout.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from course.theory.queueing import erlang_b, erlang_c, mean_wait, share_within

SOURCES = ("erlang-1917", "gans-2003")
STEPS = 4_001
FAR = 40.0
MOST_AGENTS = 5_000


@dataclass(frozen=True)
class Service:
    """Shares of customers, 0 to 1, and the mean `wait` of all, those who hung up too.

    `waiting`: not served at once; `answered`: served within the limit.
    """

    waiting: float
    answered: float
    hung_up: float
    wait: float


def erlang_a(rate: float, service_time: float, patience: float, agents: int, limit: float = 0.0) -> Service:
    """Return what happens to customers who come at `rate`, keep an agent for `service_time` and hang up after `patience`.

    Both are means; `patience` may be infinite (then Erlang C). `limit`: within which wait a customer counts as answered.
    The wait of a customer who never hung up has the density λ p exp(λ(1 − e^−θx)/θ − sμx), p the share of time with all
    agents but one busy. Raises `ValueError` for a rate or limit below 0, times that are not above 0, and no agent.
    """
    if not (rate >= 0 and limit >= 0 and service_time > 0 and patience > 0) or agents < 1:
        raise ValueError("give a rate and a limit of at least 0, times above 0 and at least one agent")
    load = rate * service_time
    if not rate:
        return Service(0.0, 1.0, 0.0, 0.0)
    if math.isinf(patience):
        waits = erlang_c(load, agents)
        within = share_within(limit, load, agents, service_time)
        return Service(waits, within, 0.0, mean_wait(load, agents, service_time))

    def exponent(wait: float) -> float:
        return -rate * patience * math.expm1(-wait / patience) - agents * wait / service_time

    # all there is lies below `end`: from the peak on it falls
    peak = max(0.0, patience * math.log(load / agents))
    top, end = exponent(peak), peak + service_time / agents
    while exponent(end) > top - FAR:
        end = peak + 2 * (end - peak)

    def density(stop: float, *, staying: bool) -> float:
        at = np.linspace(0.0, stop, STEPS)
        logs = -rate * patience * np.expm1(-at / patience) - agents * at / service_time - top
        values = np.exp(logs - (at / patience if staying else 0.0))
        return float((values.sum() - (values[0] + values[-1]) / 2) * at[1])

    busy_but_one = erlang_b(load, agents - 1) if agents > 1 else 1.0
    # densities are relative to exp(top), which may be beyond every float
    scale = busy_but_one * rate
    whole = math.exp(-top) + scale * density(end, staying=False)
    at_once, late = math.exp(-top) / whole, scale / whole
    served_late = late * density(end, staying=True)
    answered = at_once + (late * density(min(limit, end), staying=True) if limit else 0.0)
    hung_up = max(0.0, 1 - at_once - served_late)
    return Service(1 - at_once, min(1.0, answered), hung_up, hung_up * patience)


def agents_needed(
    rate: float, service_time: float, patience: float, target: float, limit: float, most_lost: float = 1.0
) -> int:
    """Return the fewest agents with whom a share of at least `target` (0 to below 1) is answered within `limit`.

    At most the share `most_lost` may hang up. Raises `ValueError` as `erlang_a` does, for another target, a `most_lost` that
    is not above 0, and where more than `MOST_AGENTS` would be needed.
    """
    if not 0 <= target < 1 or not 0 < most_lost <= 1:
        raise ValueError("the target must be a share from 0 to below 1, the most that may hang up one above 0")

    def too_few(agents: int) -> bool:
        service = erlang_a(rate, service_time, patience, agents, limit)
        return service.answered < target or service.hung_up > most_lost

    low, high = 0, 1
    while too_few(high):
        low, high = high, 2 * high
        if high > 2 * MOST_AGENTS:
            raise ValueError(f"more than {MOST_AGENTS} agents would be needed")
    # more agents never answer fewer, nor lose more
    while high - low > 1:
        middle = (low + high) // 2
        if too_few(middle):
            low = middle
        else:
            high = middle
    return high
