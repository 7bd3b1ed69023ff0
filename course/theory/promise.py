"""The promise quantile: promise the time at which being late and being early weigh the same, each at its own price."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

SOURCES = ("arrow-1951",)


def critical_fractile(late_cost: float, early_cost: float = 1.0) -> float:
    """Return c_late / (c_late + c_early): the share of deliveries that the best promise keeps, from 0 to 1.

    Both costs are per unit of time (a day, a minute), in one currency; only their ratio counts. Raises `ValueError`
    unless both are above 0 and finite.

    Source: the newsvendor's rule, Arrow, Harris & Marschak (1951).
    """
    if not (0 < late_cost < np.inf and 0 < early_cost < np.inf):
        raise ValueError(f"both costs must be numbers above 0, not {late_cost} and {early_cost}")
    return float(1 / (1 + early_cost / late_cost))


def implied_ratio(kept_share: float) -> float:
    """Return share / (1 − share): how many early units one late unit must cost for this share of kept promises to be best.

    The inverse of `critical_fractile` with an early cost of 1. Raises `ValueError` unless the share lies between 0 and 1.
    """
    if not 0 < kept_share < 1:
        raise ValueError(f"the share of kept promises must lie between 0 and 1, not {kept_share}")
    return float(kept_share / (1 - kept_share))


def normal_promise(mean: float, spread: float, late_cost: float, early_cost: float = 1.0) -> float:
    """Return the best promise for times that follow N(mean, spread²), in the unit of `mean`: F(Q*) = critical fractile.

    Raises `ValueError` for a spread that is not above 0, and for costs `critical_fractile` refuses.
    """
    if not 0 < spread < np.inf:
        raise ValueError(f"the spread must be above 0, not {spread}")
    return NormalDist(mean, spread).inv_cdf(critical_fractile(late_cost, early_cost))


def sample_promise(
    times: ArrayLike, late_cost: float, early_cost: float = 1.0, weights: ArrayLike | None = None
) -> float:
    """Return the best promise for observed `times`: the smallest of them that at least the critical fractile does not exceed.

    `times` is one-dimensional, in any unit; `weights` (same length, not negative) says how often each was seen. Raises
    `ValueError` for empty or unequal arrays, for weights that are negative or all 0, and for costs out of range.
    """
    values, counts = _observed(times, weights)
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(counts[order])
    # without the hair's breadth, a fractile of 4/5 would miss the fourth of five times by rounding
    wanted = critical_fractile(late_cost, early_cost) * reached[-1] * (1 - 1e-12)
    return float(values[order][np.searchsorted(reached, wanted)])


def promise_cost(
    promise: float,
    times: ArrayLike,
    late_cost: float,
    early_cost: float = 1.0,
    weights: ArrayLike | None = None,
) -> float:
    """Return the mean of c_late · max(T − Q, 0) + c_early · max(Q − T, 0) over `times`: what a promise costs per delivery.

    Arguments and errors as in `sample_promise`, whose result makes this cost smallest.
    """
    critical_fractile(late_cost, early_cost)
    values, counts = _observed(times, weights)
    distance = values - promise
    return float(np.average(np.where(distance > 0, late_cost * distance, -early_cost * distance), weights=counts))


def another_day(times: ArrayLike, late_cost: float, early_cost: float = 1.0) -> pd.DataFrame:
    """Return what a promise one day longer saves and costs per delivery, for each whole day from the first to the last.

    Columns: promise Q (days), saves = c_late · P(T > Q), costs = c_early · P(T ≤ Q). The promise that pays best is the
    first at which `saves` is not above `costs`: the marginal argument of the newsvendor (Arrow, Harris & Marschak, 1951).
    `times` are whole days. Errors as in `sample_promise`.
    """
    critical_fractile(late_cost, early_cost)
    values, counts = _observed(times, None)
    promises = np.arange(values.min(), values.max() + 1)
    kept = np.array([np.average(values <= promise, weights=counts) for promise in promises])
    return pd.DataFrame({"promise": promises, "saves": late_cost * (1 - kept), "costs": early_cost * kept})


def _observed(times: ArrayLike, weights: ArrayLike | None) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    values = np.asarray(times, dtype=float)
    counts = np.ones_like(values) if weights is None else np.asarray(weights, dtype=float)
    if values.ndim != 1 or values.size == 0 or values.shape != counts.shape:
        raise ValueError("give one or more times, and one weight for each")
    if np.any(counts < 0) or not counts.sum() > 0:
        raise ValueError("weights must not be negative, and one at least must be positive")
    return values, counts
