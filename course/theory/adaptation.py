"""Adaptive expectations: after each experience, what is expected moves part of the way towards what was perceived."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

SOURCES = ("johnson-1995",)


def adapt(expected: ArrayLike, perceived: ArrayLike, alpha: float) -> NDArray[np.float64]:
    """Return E′ = E + α(P − E), element by element (one unit; shapes broadcast).

    `alpha` (0 ≤ α ≤ 1) is the share of the gap that one experience closes. Raises `ValueError` outside that range.

    Source: Johnson, Anderson & Fornell (1995).
    """
    if not 0 <= alpha <= 1:
        raise ValueError(f"alpha must lie between 0 and 1, not {alpha}")
    old = np.asarray(expected, dtype=float)
    return old + alpha * (np.asarray(perceived, dtype=float) - old)


def expectation_path(start: float, perceived: ArrayLike, alpha: float) -> NDArray[np.float64]:
    """Return what is expected before each experience and after the last: n + 1 numbers for n experiences, `start` first.

    `perceived` is one-dimensional, in the unit of `start`. Raises `ValueError` for an α that `adapt` refuses.
    """
    path = [float(start)]
    for experience in np.asarray(perceived, dtype=float):
        path.append(float(adapt(path[-1], experience, alpha)))
    return np.array(path)


def forecasts(scores: ArrayLike, alpha: float) -> NDArray[np.float64]:
    """Return what an adaptive forecaster expects of each score, made of those before it: as many numbers as scores.

    `scores` is one-dimensional, one number or more, in order of time; the first is its own forecast. Raises `ValueError`
    for an α that `adapt` refuses.
    """
    values = np.asarray(scores, dtype=float)
    return expectation_path(values[0], values, alpha)[:-1]


def periods_to_close(share: float, alpha: float) -> int:
    """Return how many experiences of one constant level close at least `share` (0 ≤ share < 1) of the gap.

    Raises `ValueError` outside that range, and unless 0 < α ≤ 1: at 0 the gap never closes.
    """
    if not 0 <= share < 1:
        raise ValueError(f"the share must be at least 0 and below 1, not {share}")
    if not 0 < alpha <= 1:
        raise ValueError(f"alpha must be above 0 and at most 1, not {alpha}")
    if share == 0 or alpha == 1:
        return int(share > 0)
    # a hair less, so that a share reached exactly is not missed by rounding
    return math.ceil(math.log(1 - share) / math.log(1 - alpha) - 1e-9)
