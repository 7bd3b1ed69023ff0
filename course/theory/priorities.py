"""Who is served first: mean waits by class when nobody is interrupted, the order that costs least, and a replay of any queue.

Times are in one unit throughout; rates are per that unit. Class 0 goes first. Cobham's formula needs arrivals at random and a
queue that has settled; a priority hides no work: what one class gains, the others lose, weighed by the work they bring.
"""

from __future__ import annotations

import heapq
import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course.theory.queueing import erlang_c

SOURCES = ("cobham-1954", "kleinrock-1965", "smith-1956")

Numbers = NDArray[np.float64]


def priority_waits(rates: ArrayLike, service_time: float, servers: int = 1) -> Numbers:
    """Return the mean wait of each class where all service times are exponential with the mean `service_time` (M/M/s).

    `rates`: arrivals of each class, first class first. A class that the servers cannot keep up with waits for ever (`inf`).
    Raises `ValueError` for a rate below 0, a service time not above 0 or no server. Source: Cobham (1954).
    """
    rate = _rates(rates)
    if not service_time > 0:
        raise ValueError("the service time must be above 0")
    load = rate * service_time
    # Cobham's first factor: the mean time until a server gets free, seen by whoever comes
    until_free = erlang_c(float(load.sum()), servers) * service_time / servers
    return _by_class(until_free, load / servers)


def mixed_waits(rates: ArrayLike, means: ArrayLike, squares: ArrayLike) -> Numbers:
    """Return the mean wait of each class with one server and service times of any kind (M/G/1).

    `means`, `squares`: of the service times of each class, the mean and the mean square. An exponential time of mean m has
    the mean square 2m², one that is always m has m². Raises `ValueError` for a rate below 0, arrays of different lengths, a
    mean that is not above 0 or a square below its mean's. Source: Cobham (1954).
    """
    rate, mean, square = _rates(rates), np.asarray(means, dtype=float), np.asarray(squares, dtype=float)
    if mean.shape != rate.shape or square.shape != rate.shape:
        raise ValueError("give one mean and one mean square for each class")
    if not np.all(mean > 0) or np.any(square < mean**2 * (1 - 1e-9)):
        raise ValueError("means must be above 0, mean squares at least the squares of the means")
    return _by_class(float((rate * square).sum()) / 2, rate * mean)


def least_cost_order(costs: ArrayLike, service_times: ArrayLike) -> tuple[int, ...]:
    """Return in which order to serve cases that are all there: by cost of a waiting hour per hour of work, highest first.

    `costs` (at least 0) and `service_times` (above 0): one number for each case. Ties keep their order. No other order has a
    smaller sum of cost times wait. Raises `ValueError` for other numbers. Source: Smith (1956).
    """
    cost, work = _cases(costs, service_times)
    return tuple(int(case) for case in np.argsort(-cost / work, kind="stable"))


def order_cost(order: ArrayLike, costs: ArrayLike, service_times: ArrayLike) -> float:
    """Return the sum over all cases of cost times wait until served, by one crew in this `order` (places from 0).

    Raises `ValueError` as `least_cost_order` does, and for an order that leaves out or repeats a case.
    """
    cost, work = _cases(costs, service_times)
    turn = np.asarray(order)
    if sorted(turn.tolist()) != list(range(len(cost))):
        raise ValueError("the order must name every case once")
    begin = np.concatenate([[0.0], np.cumsum(work[turn])[:-1]])
    return float((cost[turn] * begin).sum())


def replay(arrival: ArrayLike, service: ArrayLike, rank: ArrayLike, servers: int) -> Numbers:
    """Return the wait of each customer: who gets free takes the least `rank` there, and of equals who came first.

    Nobody is interrupted. All arrays have one number per customer; `arrival` ascends. Raises `ValueError` for no server,
    arrivals that do not ascend, a negative time or arrays of different lengths.
    """
    came, length, first = (np.asarray(each, dtype=float) for each in (arrival, service, rank))
    if servers < 1 or came.ndim != 1 or came.shape != length.shape or came.shape != first.shape:
        raise ValueError("give a server, and one arrival, service time and rank for each customer")
    if np.any(np.diff(came) < 0) or np.any(length < 0):
        raise ValueError("arrivals must ascend, and service times not be negative")
    free = [-math.inf] * servers
    waiting: list[tuple[float, int]] = []
    waits = np.zeros(len(came))
    here = 0
    while here < len(came) or waiting:
        now = max(free[0], came[waiting[0][1] if waiting else here])
        while here < len(came) and came[here] <= now:
            heapq.heappush(waiting, (first[here], here))
            here += 1
        customer = heapq.heappop(waiting)[1]
        waits[customer] = now - came[customer]
        heapq.heapreplace(free, now + length[customer])
    return waits


def _by_class(until_free: float, load: Numbers) -> Numbers:
    below = np.concatenate([[0.0], np.cumsum(load)])
    with np.errstate(divide="ignore"):
        waits = until_free / ((1 - below[:-1]) * (1 - below[1:]))
    return np.where(below[1:] < 1, waits, np.inf)


def _rates(rates: ArrayLike) -> Numbers:
    rate = np.asarray(rates, dtype=float)
    if rate.ndim != 1 or not len(rate) or not np.all(rate >= 0):
        raise ValueError("give a rate of at least 0 for each class")
    return rate


def _cases(costs: ArrayLike, service_times: ArrayLike) -> tuple[Numbers, Numbers]:
    cost, work = np.asarray(costs, dtype=float), np.asarray(service_times, dtype=float)
    if cost.ndim != 1 or cost.shape != work.shape or not np.all(cost >= 0) or not np.all(work > 0):
        raise ValueError("give a cost of at least 0 and a service time above 0 for each case")
    return cost, work
