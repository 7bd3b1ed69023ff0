"""A journey as a chain of steps: how often every step goes right, when steps fail apart and when they fail together.

Apart, the chances multiply. Together, a day that nobody sees, good or bad, moves all steps of a journey at once (one normal
factor; Vasicek, 2002, for loans). The share of the variance that the day explains, `shared`, is 0 where steps fail apart and
1 where one day decides them all: then the weakest step fails whenever any does, and the chain is as good as that step.

The days are a way of counting. They do not say what the steps have in common: a process, a crowd, or the person who answers.
"""

from __future__ import annotations

from math import erf, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

SOURCES = ("vasicek-2002",)

Numbers = NDArray[np.float64]
DAYS = np.linspace(-8.0, 8.0, 321)
_WEIGHTS = np.exp(-(DAYS**2) / 2) / np.exp(-(DAYS**2) / 2).sum()
_ERF = np.frompyfunc(erf, 1, 1)
EXACT = 1e-9


def clean(steps: ArrayLike, shared: float = 0.0) -> float:
    """Return the share of journeys in which every step goes right, from 0 to 1.

    `steps`: the share of times each goes right, 0 to 1, one or more. `shared`: 0 to 1; 0 gives the product of `steps`, 1 the
    smallest of them. Raises `ValueError` for anything else.
    """
    return float(failures(steps, shared)[0])


def failures(steps: ArrayLike, shared: float = 0.0) -> Numbers:
    """Return the shares of journeys with 0, 1, … steps gone wrong, (number of steps + 1,); they add up to 1.

    `steps` and `shared` as in `clean`.
    """
    right = _shares(steps)
    if not 0 <= shared <= 1:
        raise ValueError("the shared part lies between 0 and 1")
    if shared == 1:
        ordered = np.sort(right)
        return np.diff(np.concatenate([[0.0], ordered, [1.0]]))
    by_day = _on_each_day(right, shared) if shared else right[:, None]
    counts = np.zeros((right.size + 1, by_day.shape[1]))
    counts[0] = 1.0
    for step in by_day:
        counts[1:] = counts[1:] * step + counts[:-1] * (1 - step)
        counts[0] *= step
    return np.asarray(counts @ _WEIGHTS if shared else counts[:, 0])


def clean_so_far(steps: ArrayLike, shared: float = 0.0) -> Numbers:
    """Return the shares of journeys in which nothing has gone wrong after 0, 1, … steps, (number of steps + 1,).

    `steps` and `shared` as in `clean`, which is the last of them.
    """
    right = _shares(steps)
    if not 0 <= shared <= 1:
        raise ValueError("the shared part lies between 0 and 1")
    if shared == 1:
        return np.minimum.accumulate(np.concatenate([[1.0], right]))
    if not shared:
        return np.cumprod(np.concatenate([[1.0], right]))
    return np.concatenate([[1.0], np.cumprod(_on_each_day(right, shared), axis=0) @ _WEIGHTS])


def each_step(target: float, steps: int) -> float:
    """Return how often each of `steps` equal steps must go right, failing apart, for `target` clean journeys (0 to 1).

    Raises `ValueError` for a target outside 0 to 1 or fewer than one step.
    """
    if not 0 <= target <= 1 or steps < 1:
        raise ValueError("give a share from 0 to 1 and one step or more")
    return float(target ** (1 / steps))


def shared_cause(steps: ArrayLike, observed: float) -> float:
    """Return the `shared` with which `clean(steps, shared)` is the observed share of clean journeys.

    Raises `ValueError` where none is: below the product of the steps, or above the smallest of them.
    """
    right = _shares(steps)
    lowest, highest = clean(right, 0.0), clean(right, 1.0)
    if not lowest - EXACT <= observed <= highest + EXACT:
        raise ValueError(f"with these steps, between {lowest:.4f} and {highest:.4f} of the journeys are clean")
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if clean(right, middle) < observed else (low, middle)
    return (low + high) / 2


def _shares(steps: ArrayLike) -> Numbers:
    right = np.asarray(steps, dtype=float)
    if right.ndim != 1 or right.size == 0 or not np.all((right >= 0) & (right <= 1)):
        raise ValueError("give one step or more, each a share from 0 to 1")
    return right


def _on_each_day(right: Numbers, shared: float) -> Numbers:
    """Return how often each step goes right on each of the `DAYS`, (steps, days)."""
    normal = NormalDist()
    bar = np.array([normal.inv_cdf(min(max(float(share), 1e-15), 1 - 1e-15)) for share in right])
    reached = (bar[:, None] + sqrt(shared) * DAYS) / sqrt(1 - shared)
    return (1 + np.asarray(_ERF(reached / sqrt(2)), dtype=float)) / 2
