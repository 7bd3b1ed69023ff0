"""Who comes and who stays: a promise draws people in, the gap decides who leaves."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

SOURCES = ("kopalle-lehmann-2006", "bolton-1998")


def _share(number: float) -> float:
    if not 0 < number < 1:
        raise ValueError(f"a share must lie between 0 and 1, not {number}")
    return number


def _scale(number: float) -> float:
    if not 0 < number < np.inf:
        raise ValueError(f"the scale must be a number above 0, not {number}")
    return number


def adoption_share(expected: ArrayLike, usual: float, *, ceiling: float, scale: float) -> NDArray[np.float64]:
    """Return the share of those who have not come yet that comes in one period: ceiling / (1 + e^(−(E − usual)/scale)).

    `expected` and `usual` (what the trade usually offers) are in one unit, as is `scale` (> 0): how far the expectation
    must rise to multiply the odds by e. `ceiling` (0 to 1) is the largest share. Raises `ValueError` out of range.

    That expectations bring trial is Kopalle & Lehmann's (2006) assumption; the logistic shape is ours.
    """
    distance = (np.asarray(expected, dtype=float) - usual) / _scale(scale)
    return np.asarray(_share(ceiling) / (1 + np.exp(-distance)))


def churn_share(felt: ArrayLike, *, usual: float, scale: float) -> NDArray[np.float64]:
    """Return the share of guests who leave after a visit of this felt value: the log-odds of `usual`, less felt / scale.

    `usual` (0 to 1) is who leaves at a felt value of 0; `felt` and `scale` (> 0) are in points. Raises `ValueError` out
    of range.

    That satisfaction lengthens a relationship is Bolton's (1998) finding; the logistic shape is ours.
    """
    odds = np.log(_share(usual) / (1 - usual)) - np.asarray(felt, dtype=float) / _scale(scale)
    return np.asarray(1 / (1 + np.exp(-odds)))


def customers_after(start: float, joining: float, leaving: float, periods: ArrayLike) -> NDArray[np.float64]:
    """Return N_t = N* + (N_0 − N*)(1 − c)^t for N* = joining / c: customers after t `periods` of N′ = (1 − c) N + joining.

    `start` and `joining` are customers (per period), `leaving` c is a share between 0 and 1. Raises `ValueError` for any
    other c.
    """
    goal = joining / _share(leaving)
    return goal + (start - goal) * (1 - leaving) ** np.asarray(periods, dtype=float)
