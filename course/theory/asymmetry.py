"""How steeply a rating answers to a difference, measured on each side of the promise."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

SOURCES = ("ours",)


def slope(difference: ArrayLike, rating: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Return the (weighted) least-squares slope of `rating` on `difference`: rating points per unit of difference.

    The arrays are one-dimensional and of equal length n ≥ 2, `weights` non-negative (for example orders per row).
    With two points it is the slope of the line through them. Raises `ValueError` where no slope exists.
    """
    x, y = np.asarray(difference, dtype=float), np.asarray(rating, dtype=float)
    w = np.ones_like(x) if weights is None else np.asarray(weights, dtype=float)
    if x.ndim != 1 or x.shape != y.shape or x.shape != w.shape or x.size < 2:
        raise ValueError("give two or more differences, and one rating (and weight) for each")
    if np.any(w < 0) or w.sum() <= 0:
        raise ValueError("weights must not be negative, and one at least must be positive")
    centred = x - np.average(x, weights=w)
    spread = float(np.sum(w * centred**2))
    if not spread > 0:
        raise ValueError("all differences are equal: no slope can be drawn through them")
    return float(np.sum(w * centred * (y - np.average(y, weights=w))) / spread)
