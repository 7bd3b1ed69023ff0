"""Why retention rises with the years though nobody becomes more loyal: those who leave quickly leave first.

Sources: Fader & Hardie (2007) for the shifted beta-geometric model, Vaupel & Yashin (1985) for the sorting.

Each customer leaves with a chance of their own, the same every year; the chances differ between customers by a beta
distribution. Nobody changes. The mix of those who are left does.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

SOURCES = ("fader-hardie-2007", "vaupel-yashin-1985")

Numbers = NDArray[np.float64]

GRID, ZOOMS = 21, 14


def survival(years: int, alpha: ArrayLike, beta: ArrayLike) -> Numbers:
    """Return the shares still customers after 0 to `years` years (last axis): S(t) = Π (β + k − 1)/(α + β + k − 1)."""
    a, b = np.asarray(alpha, dtype=float)[..., None], np.asarray(beta, dtype=float)[..., None]
    if np.any(a <= 0) or np.any(b <= 0):
        raise ValueError("alpha and beta must be above 0")
    k = np.arange(1, years + 1)
    kept = (b + k - 1) / (a + b + k - 1)
    return np.concatenate([np.ones((*kept.shape[:-1], 1)), np.cumprod(kept, axis=-1)], axis=-1)


def retention(shares: ArrayLike) -> Numbers:
    """Return, year by year, which share of last year's customers is still there, from the shares after 0, 1, … years."""
    left = np.asarray(shares, dtype=float)
    return left[1:] / left[:-1]


def mixed_survival(years: int, share: ArrayLike, leaves: ArrayLike) -> Numbers:
    """Return the shares still customers after 0 to `years` years, (kinds, years + 1), of kinds of customers.

    `share` is each kind's share at the start, `leaves` the chance that one of it leaves in a year: always the same, or
    (kinds, years) where something is done about it meanwhile.
    """
    parts, chance = np.asarray(share, dtype=float), np.asarray(leaves, dtype=float)
    kept = np.broadcast_to(1 - (chance[:, None] if chance.ndim == 1 else chance), (parts.size, years))
    left = np.concatenate([np.ones((parts.size, 1)), np.cumprod(kept, axis=1)], axis=1)
    return np.asarray(parts[:, None] * left)


def fit(shares: ArrayLike) -> tuple[float, float]:
    """Return the α and β under which the `shares` still customers after 0, 1, … years are likeliest.

    The likelihood counts who left in each year and who was still there at the end. Found on a grid that closes in.
    """
    left = np.asarray(shares, dtype=float)
    if left.ndim != 1 or left.size < 3 or not np.isclose(left[0], 1) or np.any(np.diff(left) >= 0):
        raise ValueError("give the shares still customers after 0, 1, 2, … years: from 1 downwards, at least three")
    centre, reach = np.zeros(2), 4.0
    steps = np.linspace(-1, 1, GRID)
    for _zoom in range(ZOOMS):
        a, b = np.meshgrid(np.exp(centre[0] + reach * steps), np.exp(centre[1] + reach * steps), indexing="ij")
        model = survival(left.size - 1, a, b)
        fitted = (-np.diff(left) * np.log(-np.diff(model, axis=-1))).sum(axis=-1) + left[-1] * np.log(model[..., -1])
        best = np.unravel_index(np.argmax(fitted), fitted.shape)
        centre, reach = np.log([a[best], b[best]]), reach / 2.5
    return float(np.exp(centre[0])), float(np.exp(centre[1]))
