"""How tastes drift: what is attractive becomes wanted, what is wanted becomes a must.

Kano's (2001) hypothesis of a life cycle, with one number of ours: the share of people who take the next step in a year. That
all features go at one pace, one step at a time and never back is our simplification; of 176 attributes that Borgianni (2018)
compared across studies, the trajectories were confirmed in part.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

SOURCES = ("kano-2001", "borgianni-2018")

Numbers = NDArray[np.float64]


def step(shares: ArrayLike, pace: ArrayLike) -> Numbers:
    """Return the shares of A, O, M and I (last axis) a year later, when the share `pace` of A and of O has moved on.

    `pace` is 0 to 1, one number or one for each feature. Raises `ValueError` for another shape, for negative shares and for
    another pace.
    """
    given, rate = np.asarray(shares, dtype=float), np.asarray(pace, dtype=float)
    if given.shape[-1:] != (4,) or not np.all(given >= 0):
        raise ValueError("give the shares of A, O, M and I, none below 0")
    if not np.all((rate >= 0) & (rate <= 1)):
        raise ValueError("the pace must lie between 0 and 1")
    to_wanted, to_must = rate * given[..., 0], rate * given[..., 1]
    moved = np.stack([-to_wanted, to_wanted - to_must, to_must, np.zeros_like(to_must)], axis=-1)
    return np.asarray(given + moved)


def path(shares: ArrayLike, pace: float, years: int) -> Numbers:
    """Return the shares (A, O, M, I) at the start and after each of `years` years, years + 1 rows; raises as `step` does."""
    rows = [np.asarray(shares, dtype=float)]
    for _year in range(years):
        rows.append(step(rows[-1], pace))
    return np.array(rows)


def years_to_must(shares: ArrayLike, pace: float, limit: int = 100) -> int:
    """Return after how many years must-be is the largest class of the four, at most `limit`; raises as `step` does."""
    rows = path(shares, pace, limit)
    reached = np.flatnonzero(rows.argmax(axis=1) == 2)
    return int(reached[0]) if reached.size else limit
