"""m11: who comes to the rides of a park day, what the signs said, and the moments that visitors remember."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course.theory.posting import posted_wait
from course.theory.prospect import value
from course.theory.queueing import felt_wait, poisson_arrivals, simulate

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

OPENS, HOURS = 9, 12
BY_HOUR = np.array([0.75, 1.0, 1.2, 1.3, 1.25, 1.2, 1.1, 1.0, 0.95, 0.85, 0.75, 0.65])
POPULARITY = (1.2, 1.0, 0.8)
TRAIN = 30  # guests come, and leave, by the trainload
DAYS, CURVE_DAYS = 40, 8
PADDINGS = np.round(np.arange(0.6, 2.61, 0.2), 1)
WALK = 4.0
OCCUPIED_FACTOR = 0.5
VIRTUAL_STAND, VIRTUAL_EXTRA = 10.0, 0.4
PATIENCE_SPREAD, TRAIN_SPREAD = 0.4, 0.3
FRESH, PER_MINUTE, FELT_WEIGHT, TURNED_SCORE = 90.0, 0.5, 0.5, 20.0
NOTICED = 10.0  # minutes saved beyond these please no more
SIGN_MINUTES, MEMORY = 10, 0.5
VISITS = np.array([60.0, 180.0, 300.0, 420.0, 540.0, 630.0])
GUESTS_A_DAY = 25


@dataclass(frozen=True)
class Crowd:
    """What chance decides: arrivals and, train by train or sign by sign, standard normal luck; one row per ride and day."""

    arrival: Numbers
    pace: Numbers
    patience: Numbers
    virtual: Numbers
    sign: Numbers


@lru_cache(maxsize=4)
def crowd(seed: int, hourly: float) -> Crowd:
    """Draw `DAYS` days of three rides that `hourly` guests an hour come to, in the shape of `BY_HOUR`."""
    generator = np.random.default_rng(seed)
    edges = np.arange(0.0, 60 * HOURS + 1, 60)
    rates = [hourly * popular / TRAIN / 60 * BY_HOUR / BY_HOUR.mean() for popular in POPULARITY]
    rides = [poisson_arrivals(edges, rate, DAYS, generator) for rate in rates]
    longest = max(ride.shape[1] for ride in rides)
    padded = [np.pad(ride, ((0, 0), (0, longest - ride.shape[1])), constant_values=np.inf) for ride in rides]
    arrival = np.concatenate(padded)
    steps = generator.standard_normal((len(arrival), 60 * HOURS // SIGN_MINUTES))
    for slot in range(1, steps.shape[1]):  # a sign that is too low now is likely too low ten minutes later
        steps[:, slot] = MEMORY * steps[:, slot - 1] + np.sqrt(1 - MEMORY**2) * steps[:, slot]
    slots = np.where(np.isfinite(arrival), arrival, 0) // SIGN_MINUTES
    sign = np.take_along_axis(steps, np.minimum(slots, steps.shape[1] - 1).astype(int), axis=1)
    pace, patience = generator.standard_normal((2, *arrival.shape))
    # train by train, as the queue takes them
    return Crowd(*map(np.asfortranarray, (arrival, pace, patience, generator.random(arrival.shape), sign)))


@dataclass(frozen=True)
class Day:
    """What became of each trainload: minutes posted and waited, and whether it stood in line, was turned away, or neither."""

    arrival: Numbers
    posted: Numbers
    actual: Numbers
    stood: Flags
    turned: Flags
    score: Numbers


@dataclass(frozen=True)
class Rules:
    """How the park runs and what its guests are like, but for what its signs add to a wait; as the sliders say."""

    demand: float
    patience: float
    loss_weight: float
    dread: float
    capacity: float
    spread: float
    virtual: float
    occupied: float


def days(rules: Rules, seed: int, rows: NDArray[np.int_], paddings: Numbers) -> Day:
    """Run the days of these `rows` of the crowd with signs that say so many times the wait: all of them for each padding."""
    guests = crowd(seed, rules.demand * (1 + VIRTUAL_EXTRA * rules.virtual))

    def of(numbers: NDArray[Any]) -> NDArray[Any]:
        return numbers.T[:, rows].T

    def each(numbers: NDArray[Any]) -> NDArray[Any]:
        return np.tile(numbers.T, paddings.size).T

    books = of(guests.virtual) < rules.virtual
    tolerance = np.where(books, np.inf, rules.patience * np.exp(PATIENCE_SPREAD * of(guests.patience)))
    service = 60 * TRAIN / rules.capacity * np.maximum(1 + TRAIN_SPREAD * of(guests.pace), TRAIN_SPREAD)
    announced = each(np.exp(rules.spread * of(guests.sign))) * np.repeat(paddings, rows.size)[:, None]
    shorter = float(felt_wait(1, rules.occupied, OCCUPIED_FACTOR))
    queue = simulate(
        each(of(guests.arrival)), each(service), 1, tolerance=each(tolerance), announced=announced, felt=shorter
    )
    actual = np.where(queue.present, queue.offered, 0) + WALK
    posted = posted_wait(actual * announced, 1)
    virtual = each(books)
    gap = value(np.minimum(posted - actual, NOTICED), lambda_=rules.loss_weight)
    score = FRESH - PER_MINUTE * shorter * actual - rules.dread * posted + FELT_WEIGHT * gap
    score = np.where(virtual, FRESH - PER_MINUTE * shorter * VIRTUAL_STAND, np.clip(score, 0, 100))
    score = np.where(queue.balked, TURNED_SCORE, score)
    return Day(
        arrival=queue.arrival,
        posted=posted,
        actual=actual,
        stood=queue.served & ~virtual,
        turned=queue.balked,
        score=np.where(queue.present, score, np.nan),
    )


@lru_cache(maxsize=8)
def by_padding(rules: Rules, seed: int) -> Numbers:
    """Return the mean score of the first `CURVE_DAYS` days for each of `PADDINGS`; the sign of today changes none of it."""
    rides = np.arange(3)[:, None] * DAYS
    scores = days(rules, seed, (rides + np.arange(CURVE_DAYS)).ravel(), PADDINGS).score
    return np.asarray(np.nanmean(scores.reshape(PADDINGS.size, -1), axis=1))


@lru_cache(maxsize=8)
def _visits(seed: int) -> tuple[NDArray[np.int_], Numbers]:
    """Draw which row of the crowd each visitor joins, and when; shape (days, visitors, queues)."""
    generator = np.random.default_rng([seed, 1])
    shape = (DAYS, GUESTS_A_DAY, VISITS.size)
    rides = generator.choice(3, size=shape, p=np.array(POPULARITY) / sum(POPULARITY))
    return rides * DAYS + np.arange(DAYS)[:, None, None], VISITS + generator.uniform(-30, 30, size=shape)


def moments(today: Day, seed: int, ending: float) -> Numbers:
    """Return the moments of `GUESTS_A_DAY` visitors a day, shape (days, visitors, queues and the end), in points."""
    rows, when = _visits(seed)
    apart = 100 * HOURS
    times = np.where(np.isfinite(today.arrival), today.arrival, 60 * HOURS) + apart * np.arange(3 * DAYS)[:, None]
    found = np.searchsorted(times.ravel(), when + apart * rows) - rows * times.shape[1]
    last = np.isfinite(today.arrival).sum(axis=1)[rows] - 1
    queues = today.score[rows, np.clip(found, 0, last)]
    return np.concatenate([queues, np.full((*rows.shape[:2], 1), ending)], axis=2)
