"""Choosing under a budget: each thing once or not at all (the 0–1 knapsack problem), exactly and greedily.

Source: Martello & Toth (1990). Values add up here; features of a service may need or spoil one another.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

SOURCES = ("martello-toth-1990",)


@dataclass(frozen=True)
class Choice:
    """What is chosen: places in the list, from 0 and rising, with the sum of their values and of their costs."""

    items: tuple[int, ...]
    value: float
    cost: int


def best(values: ArrayLike, costs: ArrayLike, budget: int) -> Choice:
    """Return a set of the greatest value that costs at most `budget`, by dynamic programming.

    `values` are of at least 0, `costs` whole numbers of at least 1 in the budget's unit, one per item. The work grows with
    items times budget. Raises `ValueError` for other numbers or lists of different lengths.
    """
    worth, price = _read(values, costs, budget)
    reached = np.zeros((len(worth) + 1, budget + 1))
    for item, (value, cost) in enumerate(zip(worth, price, strict=True), start=1):
        reached[item] = reached[item - 1]
        if cost <= budget:
            reached[item, cost:] = np.maximum(reached[item - 1, cost:], reached[item - 1, : budget + 1 - cost] + value)
    taken, left = [], budget
    for item in range(len(worth), 0, -1):
        if reached[item, left] > reached[item - 1, left]:
            taken.append(item - 1)
            left -= int(price[item - 1])
    return _choice(taken, worth, price)


def greedy(values: ArrayLike, costs: ArrayLike, budget: int) -> Choice:
    """Take items by value per cost, highest first, each that still fits; ties keep their order. Raises as `best` does."""
    worth, price = _read(values, costs, budget)
    taken, left = [], budget
    for item in np.argsort(-worth / price, kind="stable"):
        if price[item] <= left:
            taken.append(int(item))
            left -= int(price[item])
    return _choice(taken, worth, price)


def _choice(taken: list[int], worth: NDArray[np.float64], price: NDArray[np.int64]) -> Choice:
    items = sorted(taken)
    return Choice(tuple(items), float(worth[items].sum()), int(price[items].sum()))


def _read(values: ArrayLike, costs: ArrayLike, budget: int) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    worth, price = np.asarray(values, dtype=float), np.asarray(costs, dtype=float)
    if worth.ndim != 1 or worth.shape != price.shape:
        raise ValueError("give one value and one cost for each item")
    if not np.all(np.isfinite(worth) & (worth >= 0)):
        raise ValueError("values must be finite and at least 0")
    if budget < 0 or not np.all((price >= 1) & (price == np.floor(price)) & np.isfinite(price)):
        raise ValueError("costs must be whole numbers of at least 1, the budget at least 0")
    return worth, price.astype(np.int64)
