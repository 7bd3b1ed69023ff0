"""Queues: Erlang's formulas for the steady state, and a discrete-event simulation for everything else.

Times are in one unit throughout (say minutes); rates are per that unit.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import cycle
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

SOURCES = ("erlang-1917", "kiefer-wolfowitz-1955", "maister-1985")

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


def erlang_b(load: float, servers: int) -> float:
    """Return the share of customers lost where nobody may wait (Erlang B, M/M/s/s).

    `load` is the arrival rate × the mean service time, in erlang. Raises `ValueError` for a negative load or no server.
    Source: Erlang (1917).
    """
    if load < 0 or servers < 1:
        raise ValueError("the load must not be negative and there must be a server")
    lost = 1.0
    for server in range(1, servers + 1):
        lost = load * lost / (server + load * lost)
    return lost


def erlang_c(load: float, servers: int) -> float:
    """Return the share of customers who must wait (Erlang C, M/M/s); 1 where the load is too much for the servers.

    Raises `ValueError` as `erlang_b` does. Source: Erlang (1917).
    """
    lost = erlang_b(load, servers)
    return 1.0 if load >= servers else servers * lost / (servers - load * (1 - lost))


def mean_wait(load: float, servers: int, service_time: float = 1.0) -> float:
    """Return the mean wait in the queue of M/M/s, in the unit of the mean `service_time`; infinite at load ≥ servers.

    Raises `ValueError` as `erlang_b` does. Source: Erlang (1917).
    """
    waiting = erlang_c(load, servers)
    return math.inf if load >= servers else waiting * service_time / (servers - load)


def share_within(limit: float, load: float, servers: int, service_time: float = 1.0) -> float:
    """Return the share of customers of M/M/s who wait no longer than `limit`; 0 at load ≥ servers.

    Raises `ValueError` as `erlang_b` does. Source: Erlang (1917).
    """
    waiting = erlang_c(load, servers)
    return 0.0 if load >= servers else 1 - waiting * math.exp(-(servers - load) * limit / service_time)


def empty_share(load: float, servers: int) -> float:
    """Return the share of time in which nobody is there (the P0 of M/M/s); 0 at load ≥ servers.

    Raises `ValueError` as `erlang_b` does. Source: Erlang (1917).
    """
    waiting = erlang_c(load, servers)
    below = term = 1.0
    for server in range(1, servers):
        term *= load / server
        below += term
    return (1 - waiting) / below


def felt_wait(wait: ArrayLike, occupied: ArrayLike, factor: float) -> Numbers:
    """Return how long a wait feels when a share `occupied` of it (0 to 1) is filled with something to do.

    An occupied minute counts as `factor` of an idle one (shapes broadcast). Maister (1985), states that
    occupied time feels shorter than unoccupied time; he gives no number, so `factor` is an assumption of whoever calls.
    """
    return np.multiply(np.asarray(wait, dtype=float), 1 - (1 - factor) * np.asarray(occupied, dtype=float))


def poisson_arrivals(edges: ArrayLike, rates: ArrayLike, replications: int, generator: np.random.Generator) -> Numbers:
    """Draw arrival times of a Poisson process whose rate is constant between `edges` (k + 1 times) at `rates` (k numbers).

    Returns shape (replications, most customers of any replication), each row ascending; a row with fewer customers ends in
    `inf`. Raises `ValueError` unless the edges ascend, the rates are not negative and there is one rate per interval.
    """
    bounds, rate = np.asarray(edges, dtype=float), np.asarray(rates, dtype=float)
    if bounds.ndim != 1 or rate.shape != (bounds.size - 1,) or np.any(np.diff(bounds) <= 0) or np.any(rate < 0):
        raise ValueError("give ascending edges and, between each two of them, one rate that is not negative")
    expected = np.concatenate([[0.0], np.cumsum(rate * np.diff(bounds))])
    counts = generator.poisson(expected[-1], size=replications)
    drawn = np.sort(generator.random((replications, int(counts.max(initial=0)))) * expected[-1], axis=1)
    # of uniform draws in a row, those beyond its own count are dropped at random, not from the end of the evening
    spare = np.arange(drawn.shape[1]) >= counts[:, None]
    if np.any(spare):
        drawn[generator.permuted(spare, axis=1)] = np.inf
        drawn.sort(axis=1)
    inside = np.isfinite(drawn)
    drawn[inside] = np.interp(drawn[inside], expected, bounds)
    return drawn


@dataclass(frozen=True)
class Outcome:
    """What became of each customer. All arrays have the shape (replications, customers), in order of arrival.

    `arrival`: time; `inf` where the row has no such customer. `offered`: the wait until a server would have been free.
    `wait`: the time spent waiting, by those who left too, 0 for those who never joined. `offered` and `wait` are `nan`
    where there is no customer. `served`, `balked` (did not join) and `reneged` (joined and left) exclude each other.
    """

    arrival: Numbers
    offered: Numbers
    wait: Numbers
    served: Flags
    balked: Flags
    reneged: Flags

    @property
    def present(self) -> Flags:
        """Where there is a customer at all."""
        return np.isfinite(self.arrival)

    def waiting_at(self, times: ArrayLike) -> Numbers:
        """Return how many customers wait at each of `times`, on average over the replications; shape of `times`."""
        joined = self.present & ~self.balked
        came = np.sort(self.arrival[joined])
        gone = np.sort((self.arrival + self.wait)[joined])
        moments = np.asarray(times, dtype=float)
        queue = np.searchsorted(came, moments, "right") - np.searchsorted(gone, moments, "right")
        return queue / max(1, self.arrival.shape[0])


def simulate(
    arrival: ArrayLike,
    service: ArrayLike,
    servers: int,
    *,
    patience: ArrayLike = np.inf,
    tolerance: ArrayLike = np.inf,
    announced: ArrayLike = 1.0,
    felt: ArrayLike = 1.0,
    opens: ArrayLike = 0.0,
    closes: ArrayLike = np.inf,
) -> Outcome:
    """Let customers queue first come, first served for identical `servers`, many replications at once.

    `arrival`: shape (replications, customers), ascending in each row, `inf` where there is none (`poisson_arrivals`).
    All others broadcast to that shape. `service`: how long the customer keeps a server. On arrival a customer is told a
    wait of `announced` × the wait to come, and stays away (balks) if `felt` × that exceeds their `tolerance`; whoever joined
    leaves (reneges) when `felt` × the time waited reaches their `patience`. `opens`, `closes`: from when each server works,
    and from when it takes nobody more (whom it has begun with it finishes), broadcast to (replications, servers). `offered`
    is infinite where no server will ever be free. Raises `ValueError` for no server, unsorted arrivals or a negative time.

    Every server's next free time is kept in ascending order (Kiefer & Wolfowitz, 1955); replacing the
    least of them is one maximum and one minimum over all replications, so no event list is needed. Servers that do not
    close at the same time are not alike and keep their places instead: each customer takes the one that can begin first.
    """
    # column by column, as the customers come: arrays that lie so already are not copied
    times = np.asfortranarray(np.atleast_2d(np.asarray(arrival, dtype=float)))
    shape = times.shape
    if servers < 1:
        raise ValueError("there must be a server")
    if not np.all(times[:, 1:] >= times[:, :-1]) or np.any(np.isnan(times[:, :1])):
        raise ValueError("the arrivals of each replication must ascend")

    def by_customer(numbers: ArrayLike) -> Numbers:
        given = np.asarray(numbers, dtype=float, order="F")
        if not given.min(initial=0.0) >= 0:
            raise ValueError("times and factors must not be negative")
        # one number for all stays one number
        return np.broadcast_to(given, shape) if given.ndim and given.shape != shape else given

    def by_turn(numbers: Numbers) -> Numbers:
        return np.ascontiguousarray(np.broadcast_to(numbers, shape).T)

    present, feeling = np.isfinite(times), by_customer(felt)
    # how long they would stay, and the longest wait to come at which they still join, in real minutes
    stay = _real(by_customer(patience), feeling)
    accept = _real(by_customer(tolerance), feeling * by_customer(announced))
    limit = np.where(present, np.minimum(stay, accept), -1.0)
    opening, closing = np.empty((2, shape[0], servers))
    opening[...], closing[...] = opens, closes
    ends = np.where(closing > opening, closing, -np.inf).max(axis=1)
    work = _servers_alike if np.all((closing == ends[:, None]) | (closing <= opening)) else _servers_on_shift
    now = by_turn(np.where(present, times, 0.0))
    start, joined = work(opening, closing, now, by_turn(by_customer(service)), by_turn(limit))

    offered, served = (start - now).T, joined.T
    balked = present & ~served & (offered > accept)
    wait = np.where(present, np.where(balked, 0.0, np.minimum(offered, stay)), np.nan)
    return Outcome(times, np.where(present, offered, np.nan), wait, served, balked, present & ~served & ~balked)


def _real(limit: Numbers, weight: Numbers) -> Numbers:
    """Return how many real minutes feel like `limit` where each counts `weight`; no number of them does at 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        minutes = limit / weight
    return np.where(weight > 0, minutes, np.inf) if np.any(weight == 0) else minutes


def _servers_alike(
    opens: Numbers, closes: Numbers, now: Numbers, length: Numbers, limit: Numbers
) -> tuple[Numbers, Flags]:
    """Return when each customer could begin, and who did; rows are customers. All who work close at the same time."""
    never = closes <= opens
    free = np.ascontiguousarray(np.sort(np.where(never, np.inf, opens), axis=1).T)
    ends = np.where(never, -np.inf, closes).max(axis=1)
    start, joined = np.empty_like(now), np.empty(now.shape, dtype=bool)
    # nobody begins at closing time, nor at infinity, however patient
    latest = np.minimum(now + limit, np.nextafter(ends, -np.inf))
    # as many as there are servers, all of them working already, find one free each
    early = min(len(free), len(now)) if free.max(initial=-np.inf) <= now.min(initial=np.inf) else 0
    if early:
        start[:early] = now[:early]
        joined[:early] = now[:early] <= latest[:early]
        free[:early] = np.where(joined[:early], now[:early] + length[:early], free[:early])
        free.sort(axis=0)
    customers = zip(now[early:], length[early:], latest[early:], start[early:], joined[early:], strict=True)
    if len(free) == 1:
        _one_server(free[0], customers)
    else:
        _sorted_servers(free, customers)
    start[start >= ends] = np.inf
    return start, joined


def _one_server(free: Numbers, customers: Iterable[tuple[Any, ...]]) -> None:
    for came, lasts, latest, start, joins in customers:
        np.maximum(free, came, out=start)
        np.less_equal(start, latest, out=joins)
        np.add(start, lasts, out=free, where=joins)


def _sorted_servers(free: Numbers, customers: Iterable[tuple[Any, ...]]) -> None:
    other = np.empty_like(free)
    # the two take turns; their parts are the same each time
    turns = cycle([(one, one[0], one[1:], two, two[:-1]) for one, two in ((free, other), (other, free))])
    for (came, lasts, latest, start, joins), (whole, first, later, merged, below) in zip(
        customers, turns, strict=False
    ):
        np.maximum(first, came, out=start)
        np.less_equal(start, latest, out=joins)
        np.add(start, lasts, out=first, where=joins)
        np.maximum(whole, first, out=merged)
        np.minimum(below, later, out=below)


def _servers_on_shift(
    opens: Numbers, closes: Numbers, now: Numbers, length: Numbers, limit: Numbers
) -> tuple[Numbers, Flags]:
    """Return as `_servers_alike` does."""
    free = opens.copy()
    flat, place = free.reshape(-1), np.arange(len(free)) * free.shape[1]
    start, joined = np.empty_like(now), np.empty(now.shape, dtype=bool)
    # nobody can begin at infinity, however patient: there the shift is over
    bears = np.minimum(now + limit, np.finfo(float).max)
    begin, over = np.empty_like(free), np.empty(free.shape, dtype=bool)
    for came, lasts, latest, starts, joins in zip(now[:, :, None], length, bears, start, joined, strict=True):
        np.maximum(free, came, out=begin)
        np.greater_equal(begin, closes, out=over)
        np.putmask(begin, over, np.inf)
        server = begin.argmin(axis=1)
        server += place
        begin.take(server, out=starts)
        np.less_equal(starts, latest, out=joins)
        flat[server[joins]] = (starts + lasts)[joins]
    return start, joined
