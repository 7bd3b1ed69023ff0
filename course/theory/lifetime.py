"""What a customer is worth while they stay: margins to come, each counted for less the later it comes.

Sources: Gupta & Lehmann (2003) for the multiple of the margin, Fader & Hardie (2010) for what one rate of retention hides.

Two conventions are about, and differ by exactly one margin: the first margin comes after a year, from those who are still
there (`at_once=False`), or on the first day, from everybody (`at_once=True`). Say which.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

SOURCES = ("gupta-lehmann-2003", "fader-hardie-2010")


def multiple(retention: ArrayLike, discount: ArrayLike, *, at_once: bool = False) -> NDArray[np.float64]:
    """Return the lifetime value of a margin of 1 a year: r/(1 + d − r), or (1 + d)/(1 + d − r) `at_once`.

    `retention` r is the share that stays from year to year, for ever the same; `discount` d the yearly rate. Arrays go
    together element by element. Raises `ValueError` for r outside 0 to 1, d below 0, or r = 1 with d = 0.
    """
    stays, rate = np.asarray(retention, dtype=float), np.asarray(discount, dtype=float)
    if np.any((stays < 0) | (stays > 1)) or np.any(rate < 0):
        raise ValueError("retention lies from 0 to 1, and the discount rate is not below 0")
    if np.any(1 + rate - stays <= 0):
        raise ValueError("customers who never leave and money that never fades are worth more than any number")
    return np.asarray((1 + rate if at_once else stays) / (1 + rate - stays), dtype=float)


def lifetime_value(
    margin: ArrayLike, retention: ArrayLike, discount: ArrayLike, *, at_once: bool = False
) -> NDArray[np.float64]:
    """Return `margin` (money per year) times `multiple`."""
    return np.asarray(margin, dtype=float) * multiple(retention, discount, at_once=at_once)


def value_of_curve(margin: ArrayLike, survival: ArrayLike, discount: float, *, at_once: bool = True) -> float:
    """Return Σ m S(t)/(1 + d)^t for the shares `survival` still customers after 0, 1, 2, … years (S(0) is 1).

    The `margin` m is one number, or one for each of these years.
    Year 0 counts where the margin comes `at_once`. What comes after the last year given is left out.
    """
    shares = np.asarray(survival, dtype=float)
    if shares.ndim != 1 or shares.size < 2 or not np.isclose(shares[0], 1) or np.any(np.diff(shares) > 1e-12):
        raise ValueError("give the shares still customers after 0, 1, 2, … years: from 1 downwards")
    worth = shares * (1 + discount) ** -np.arange(shares.size, dtype=float)
    return float((np.asarray(margin, dtype=float) * worth)[0 if at_once else 1 :].sum())
