"""Back towards the mean: where scores are partly chance, the best fall and the worst rise, and a jump is followed by a slip.

Galton (1886) found it in the heights of children. Friedman (1992) recalls that it is no proof of anything drawing together:
whether a field has become closer is seen in its spread, not in the slope.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

SOURCES = ("galton-1886", "friedman-1992")


@dataclass(frozen=True)
class Movement:
    """Two measurements of the same things, (first, last): their `means` and `spreads` (standard deviations, n − 1), their
    `correlation`, and the `slope` of the change on the first."""

    means: tuple[float, float]
    spreads: tuple[float, float]
    correlation: float
    slope: float


def movement(first: ArrayLike, last: ArrayLike) -> Movement:
    """Return how things moved between two measurements, each (things,).

    Raises `ValueError` for fewer than three things, unlike shapes, and things that are all alike.
    """
    before, after = np.asarray(first, dtype=float), np.asarray(last, dtype=float)
    if before.ndim != 1 or before.shape != after.shape or before.size < 3:
        raise ValueError("give two measurements of the same three things or more")
    spreads = before.std(ddof=1), after.std(ddof=1)
    if not min(spreads) > 0:
        raise ValueError("things that are all alike have no order to keep or to lose")
    correlation = float(np.corrcoef(before, after)[0, 1])
    slope = correlation * spreads[1] / spreads[0] - 1
    return Movement((before.mean(), after.mean()), spreads, correlation, float(slope))


def correlation_of_counts(one: ArrayLike, other: ArrayLike, counts: ArrayLike) -> float:
    """Return the correlation of two quantities, each pair of values (pairs,) found so many times.

    Two changes in a row, of scores that are nothing but chance around a standing mean, correlate by −0.5: the chance in the
    middle raises the first change and lowers the second. Raises `ValueError` where nothing was counted or nothing varies.
    """
    first, second, weights = (np.asarray(part, dtype=float) for part in (one, other, counts))
    if weights.sum() <= 0 or np.any(weights < 0):
        raise ValueError("give counts that are not below 0, and something counted")
    first, second = (part - np.average(part, weights=weights) for part in (first, second))
    spread = (weights @ first**2) * (weights @ second**2)
    if not spread > 0:
        raise ValueError("what never varies goes with nothing")
    return float(weights @ (first * second) / spread**0.5)
