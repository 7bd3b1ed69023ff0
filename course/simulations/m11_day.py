"""m11: who comes to the rides of a park day, what the signs said, and the moments that visitors remember."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from course.theory.queueing import poisson_arrivals

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

OPENS, HOURS = 9, 12
BY_HOUR = np.array([0.75, 1.0, 1.2, 1.3, 1.25, 1.2, 1.1, 1.0, 0.95, 0.85, 0.75, 0.65])
POPULARITY = (1.2, 1.0, 0.8)
TRAIN = 30  # guests come, and leave, by the trainload
DAYS = 40
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
    return Crowd(arrival, pace, patience, generator.random(arrival.shape), sign)


@dataclass(frozen=True)
class Day:
    """What became of each trainload: minutes posted and waited, and whether it stood in line, was turned away, or neither."""

    arrival: Numbers
    posted: Numbers
    actual: Numbers
    stood: Flags
    turned: Flags
    score: Numbers


def moments(today: Day, seed: int, ending: float) -> Numbers:
    """Return the moments of `GUESTS_A_DAY` visitors a day, shape (days, visitors, queues and the end), in points."""
    generator = np.random.default_rng([seed, 1])
    shape = (DAYS, GUESTS_A_DAY, VISITS.size)
    rides = generator.choice(3, size=shape, p=np.array(POPULARITY) / sum(POPULARITY))
    rows = rides * DAYS + np.arange(DAYS)[:, None, None]
    when = VISITS + generator.uniform(-30, 30, size=shape)
    apart = 100 * HOURS
    times = np.where(np.isfinite(today.arrival), today.arrival, 60 * HOURS) + apart * np.arange(3 * DAYS)[:, None]
    found = np.searchsorted(times.ravel(), when + apart * rows) - rows * times.shape[1]
    last = np.isfinite(today.arrival).sum(axis=1)[rows] - 1
    queues = today.score[rows, np.clip(found, 0, last)]
    return np.concatenate([queues, np.full((*shape[:2], 1), ending)], axis=2)
