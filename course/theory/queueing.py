"""Queues: Erlang's formulas for the steady state, and a discrete-event simulation for everything else.

Times are in one unit throughout (say minutes); rates are per that unit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

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
    least of them is one maximum and one minimum over all replications, so no event list is needed. Servers that close are
    not alike and keep their places instead: each customer takes the one that can begin first.
    """
    times = np.atleast_2d(np.asarray(arrival, dtype=float))
    shape = times.shape
    if servers < 1:
        raise ValueError("there must be a server")
    present = np.isfinite(times)
    if not np.all(times[:, 1:] >= times[:, :-1]) or np.any(np.isnan(times[:, :1])):
        raise ValueError("the arrivals of each replication must ascend")

    def by_customer(numbers: ArrayLike) -> Numbers:
        given = np.asarray(numbers, dtype=float)
        if not np.all(given >= 0):
            raise ValueError("times and factors must not be negative")
        # one number for all stays one number
        return np.broadcast_to(given, shape) if given.ndim else given.reshape(1, 1)

    def by_turn(numbers: Numbers) -> Numbers:
        return np.ascontiguousarray(np.broadcast_to(numbers, shape).T)

    feeling = by_customer(felt)
    with np.errstate(divide="ignore", invalid="ignore"):
        # how long they would stay, and the longest wait to come at which they still join, in real minutes
        stay = np.where(feeling > 0, by_customer(patience) / feeling, np.inf)
        told = feeling * by_customer(announced)
        accept = np.where(told > 0, by_customer(tolerance) / told, np.inf)
    limit = np.where(present, np.minimum(stay, accept), -1.0)
    now, length, bears = by_turn(np.where(present, times, 0.0)), by_turn(by_customer(service)), by_turn(limit)
    offered = np.empty_like(now)

    free = np.broadcast_to(np.asarray(opens, dtype=float), (shape[0], servers))
    ends = np.broadcast_to(np.asarray(closes, dtype=float), free.shape)
    if np.all(np.isposinf(ends)):
        _sorted_servers(free, now, length, bears, offered)
    else:
        _servers_on_shift(free, ends, now, length, bears, offered)

    offered = np.ascontiguousarray(offered.T)
    served = present & (offered <= limit) & np.isfinite(offered)
    balked = present & (offered > accept)
    reneged = present & ~served & ~balked
    wait = np.where(present, np.where(balked, 0.0, np.minimum(offered, stay)), np.nan)
    return Outcome(times, np.where(present, offered, np.nan), wait, served, balked, reneged)


def _sorted_servers(opens: Numbers, now: Numbers, length: Numbers, limit: Numbers, offered: Numbers) -> None:
    free = np.sort(opens, axis=1).T.copy()
    later, start, stays = np.empty_like(free), np.empty(free.shape[1]), np.empty(free.shape[1], dtype=bool)
    # as many as there are servers, all of them working already, find one free each
    early = len(free) if free.max(initial=-np.inf) <= now.min(initial=np.inf) else 0
    if early:
        offered[:early] = 0.0
        still = free[: len(now[:early])]
        still[:] = np.where(limit[:early] < 0, still, now[:early] + length[:early])
        free.sort(axis=0)
    for came, lasts, bears, wait in zip(now[early:], length[early:], limit[early:], offered[early:], strict=True):
        first = free[0]
        np.maximum(first, came, out=start)
        np.subtract(start, came, out=wait)
        np.less_equal(wait, bears, out=stays)
        np.add(start, lasts, out=first, where=stays)
        if len(free) > 1:
            np.maximum(free, first, out=later)
            np.minimum(later[:-1], free[1:], out=later[:-1])
            free, later = later, free


def _servers_on_shift(
    opens: Numbers, closes: Numbers, now: Numbers, length: Numbers, limit: Numbers, offered: Numbers
) -> None:
    free = opens.copy()
    flat, first = free.reshape(-1), np.arange(len(free)) * free.shape[1]
    # nobody can begin at infinity, however patient: there the shift is over
    bears = np.minimum(limit, np.finfo(float).max)
    begin, over = np.empty_like(free), np.empty(free.shape, dtype=bool)
    for came, lasts, most, wait in zip(now, length, bears, offered, strict=True):
        np.maximum(free, came[:, None], out=begin)
        np.greater_equal(begin, closes, out=over)
        np.putmask(begin, over, np.inf)
        server = begin.argmin(axis=1)
        server += first
        start = begin.take(server)
        np.subtract(start, came, out=wait)
        flat[server] = np.where(wait <= most, start + lasts, flat[server])
