"""Goodwill: a stock that good days fill, that fades by itself, and that a failure spends.

Sources: Nerlove & Arrow (1962) for a stock that fades and is refilled (theirs by advertising). That customers who expect to
stay blame a failure less is Hess, Ganesan & Klein's (2003) finding, and that recovery works less well when a similar failure
comes again, and soon, Maxham & Netemeyer's (2002); that goodwill is spent point by point, and by how much more a repeat
weighs, is our choice. Grégoire, Tripp & Legoux (2009) found the opposite as well: love that turns to hate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]

SOURCES = ("nerlove-arrow-1962", "hess-2003", "maxham-netemeyer-2002")


@dataclass(frozen=True)
class Account:
    """Points by period: the `stock` at its end, what was `spent` of it, and the `blame` that it did not cover."""

    stock: NDArray[np.float64]
    spent: NDArray[np.float64]
    blame: NDArray[np.float64]


def account(
    periods: int, *, start: float, gain: float, fade: float, failures: Mapping[int, float], repeat: float = 1.0
) -> Account:
    """Return goodwill over `periods`: G ← (1 − fade) G + gain, and a failure then takes its weight from it.

    `failures` gives the severity (points, ≥ 0) of the failure in each period that has one, counted from 0. Each weighs
    `repeat` (≥ 1) times as much per failure before it: severity · repeat^n. What the stock does not cover is blame. `fade`
    is a share from 0 to 1, `start` and `gain` (per period) are points ≥ 0. Raises `ValueError` out of range.
    """
    if periods < 1 or start < 0 or gain < 0 or not 0 <= fade <= 1 or repeat < 1:
        raise ValueError("goodwill and gain are not below 0, the fade lies from 0 to 1, a repeat weighs at least 1")
    if any(severity < 0 or not 0 <= when < periods for when, severity in failures.items()):
        raise ValueError("each failure lies in one of the periods, and its severity is not below 0")
    stock, spent, blame = np.zeros(periods), np.zeros(periods), np.zeros(periods)
    held, before = float(start), 0
    for period in range(periods):
        weight = failures[period] * repeat**before if period in failures else 0.0
        stock[period], spent[period] = after(held, gain, fade, weight)
        held, blame[period] = float(stock[period]), weight - spent[period]
        before += period in failures
    return Account(stock, spent, blame)


def after(held: ArrayLike, gain: ArrayLike, fade: float, weight: ArrayLike) -> tuple[Numbers, Numbers]:
    """Return the stock a period on, (1 − fade) G + gain less what a failure of this `weight` spends, and what it spent.

    All are points ≥ 0 (shapes broadcast); a stock pays no more than it holds.
    """
    filled = (1 - fade) * np.asarray(held, dtype=float) + np.asarray(gain, dtype=float)
    spent = np.minimum(filled, np.asarray(weight, dtype=float))
    return np.asarray(filled - spent), np.asarray(spent)


def periods_to_refill(below: float, level: float, gain: float, fade: float) -> float:
    """Return after how many periods without a failure a stock rises from `below` to `level`; infinite if it never does.

    The stock tends to gain/fade. Raises `ValueError` unless 0 < fade < 1 and 0 ≤ below.
    """
    if not 0 < fade < 1 or below < 0 or gain < 0:
        raise ValueError("the fade lies between 0 and 1, and points are not below 0")
    goal = gain / fade
    if level <= below:
        return 0.0
    if level >= goal:
        return float("inf")
    return float(np.log((goal - level) / (goal - below)) / np.log(1 - fade))
