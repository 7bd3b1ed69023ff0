"""Table turnover, what revenue per restaurant consists of, and how growth thins out skill."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

SOURCES = ("tornqvist-1985",)


def table_turnover(parties: ArrayLike, tables: ArrayLike) -> NDArray[np.float64]:
    """Return how many times each table was used: parties served per table and day (shapes broadcast).

    The definition of the trade and of Haidilao's reports. Raises `ValueError` where there is no table.
    """
    seats = np.asarray(tables, dtype=float)
    if np.any(seats <= 0):
        raise ValueError("there must be a table")
    return np.divide(np.asarray(parties, dtype=float), seats)


def per_restaurant(revenue: ArrayLike, restaurants: ArrayLike) -> NDArray[np.float64]:
    """Return revenue per restaurant, in the unit of `revenue` (shapes broadcast). `ValueError` where there is none."""
    count = np.asarray(restaurants, dtype=float)
    if np.any(count <= 0):
        raise ValueError("there must be a restaurant")
    return np.divide(np.asarray(revenue, dtype=float), count)


def log_shares(total: float, factors: Mapping[str, float]) -> dict[str, float]:
    """Return which share of a relative change each factor accounts for, and what is left as "rest"; they add to 1.

    `total` is after ÷ before of a product, `factors` the same ratio of each known factor. Logarithms turn the product into
    a sum: ln total = Σ ln factor + ln rest. Raises `ValueError` for a ratio that is not positive or a total of 1.
    Source: Törnqvist, Vartia & Vartia (1985).
    """
    if total <= 0 or total == 1 or min(factors.values(), default=1.0) <= 0:
        raise ValueError("the ratios must be positive, and the total must have changed")
    shares = {name: float(np.log(ratio) / np.log(total)) for name, ratio in factors.items()}
    return {**shares, "rest": 1 - sum(shares.values())}


def before_growth(now: ArrayLike, growth: ArrayLike) -> NDArray[np.float64]:
    """Return the figure of the year before from this year's and its growth (0.437 for +43.7%; shapes broadcast).

    Raises `ValueError` for a growth of −100% or less.
    """
    rate = np.asarray(growth, dtype=float)
    if np.any(rate <= -1):
        raise ValueError("a figure cannot fall by all of itself or more")
    return np.divide(np.asarray(now, dtype=float), 1 + rate)


def next_crews(crews: ArrayLike, restaurants: ArrayLike, *, trained: ArrayLike, leaving: float) -> NDArray[np.float64]:
    """Return the practised crews one period on: those who stay and those trained, never more than the restaurants.

    `crews` and `trained` are numbers of crews, `leaving` the share that leaves in the period. A stock with an inflow and
    an outflow; its form is ours, after no study. Raises `ValueError` for a share outside 0 to 1.
    """
    if not 0 <= leaving <= 1:
        raise ValueError("the share that leaves lies between 0 and 1")
    stayed = np.asarray(crews, dtype=float) * (1 - leaving)
    return np.asarray(np.minimum(restaurants, stayed + np.asarray(trained)))
