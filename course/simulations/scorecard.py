"""Strategies beside each other, and what a run owes to each of its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import factorial

import numpy as np
from numpy.typing import NDArray

from course.charts.picture import Picture

Numbers = NDArray[np.float64]
LETTERS = "ABCD"
STRATEGIES, STRATEGY = "strategies", "strategy"


@dataclass(frozen=True)
class Scorecard:
    """What strategies are compared by: the `metrics`, and `picture`, whose frame `strategies` has the rows of the run's frame
    `path`, for each strategy with its letter in the column `strategy`.
    """

    metrics: tuple[str, ...]
    path: str
    picture: Picture


@dataclass(frozen=True)
class Debrief:
    """For each metric of the scorecard: its value in the run compared with, `before`, in the run, `after`, and what each part
    of the run adds, in the metric's unit; the parts add up to the difference. `happened` is what chance brought, by period.
    """

    before: tuple[float, ...]
    after: tuple[float, ...]
    parts: Mapping[str, tuple[float, ...]]
    happened: tuple[tuple[str, ...], ...]


def coalitions(players: int) -> NDArray[np.bool_]:
    """Return all sets of `players`, (2**players, players): whether each is in; the empty set first, the whole one last."""
    return (np.arange(2**players)[:, None] >> np.arange(players) & 1).astype(bool)


def shapley(worths: Sequence[float] | Numbers) -> Numbers:
    """Return what each player adds, averaged over all orders in which they may come: (…, players), from (…, 2**players).

    `worths` are of the sets in the order of `coalitions`. What all add is the worth of all less that of none. Source: Shapley
    (1953).

    >>> shapley([0.0, 10.0, 20.0, 50.0])
    array([20., 30.])
    """
    whole = np.asarray(worths, dtype=float)
    players = int(np.log2(whole.shape[-1]))
    inside = coalitions(players)
    sizes, places = inside.sum(axis=1), np.arange(2**players)
    shares = []
    for player in range(players):
        without = places[~inside[:, player]]
        weights = np.array(
            [factorial(size) * factorial(players - size - 1) / factorial(players) for size in sizes[without]]
        )
        shares.append((whole[..., without + 2**player] - whole[..., without]) @ weights)
    return np.stack(shares, axis=-1)
