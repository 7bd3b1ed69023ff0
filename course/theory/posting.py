"""Posting a wait: an estimate times a padding, and the share of guests who then wait no longer than the sign says."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

SOURCES = ("ours",)

SIGN_STEP = 5.0
STANDARD = NormalDist()


def posted_wait(estimate: ArrayLike, padding: float, step: float = SIGN_STEP) -> NDArray[np.float64]:
    """Return what the sign says: estimate · padding, to the nearest `step` and at least one `step` (minutes; any shape).

    Raises `ValueError` for a negative estimate, and for a padding or a step that is not above 0.

    Source: our own definition; the signs of the parks in `datasets/disney_posted_actual_counts.csv` go in steps of five.
    """
    minutes = np.asarray(estimate, dtype=float)
    if not (padding > 0 and step > 0):
        raise ValueError(f"padding and step must be above 0, not {padding} and {step}")
    if np.any(minutes < 0):
        raise ValueError("a wait cannot be below 0")
    return np.maximum(step * np.floor(minutes * padding / step + 0.5), step)


def _check_spread(spread: float) -> None:
    if not 0 < spread < np.inf:
        raise ValueError(f"the spread must be above 0, not {spread}")


def share_within(padding: float, spread: float) -> float:
    """Return the share of guests who wait no longer than posted, Φ(ln k / σ), from 0 to 1.

    It holds where ln(actual / estimate) is normal with mean 0 and standard deviation `spread` (σ), and the sign says
    `padding` (k) times the estimate. Raises `ValueError` unless both are above 0.

    Source: a property of the log-normal distribution; that waits follow one is our assumption.
    """
    _check_spread(spread)
    if not 0 < padding < np.inf:
        raise ValueError(f"the padding must be above 0, not {padding}")
    return STANDARD.cdf(float(np.log(padding)) / spread)


def padding_for(share: float, spread: float) -> float:
    """Return the padding k = exp(σ · z) that keeps the promise for `share` of the guests: the inverse of `share_within`.

    Raises `ValueError` for a share not between 0 and 1, or a spread that is not above 0.
    """
    _check_spread(spread)
    if not 0 < share < 1:
        raise ValueError(f"the share must lie between 0 and 1, not {share}")
    return float(np.exp(spread * STANDARD.inv_cdf(share)))


def spread_from_quantiles(median: ArrayLike, upper: ArrayLike, level: float) -> NDArray[np.float64]:
    """Return σ = ln(upper / median) / z from a median and a higher quantile of the waits (`level` .8: the 80th percentile).

    Shapes broadcast; both quantiles in one unit and above 0. Raises `ValueError` for others, and for a level not between
    .5 and 1.
    """
    low, high = np.asarray(median, dtype=float), np.asarray(upper, dtype=float)
    if not 0.5 < level < 1:
        raise ValueError(f"the level must lie between .5 and 1, not {level}")
    if np.any(low <= 0) or np.any(high < low):
        raise ValueError("give medians above 0, and for each an upper quantile that is not below it")
    return np.log(high / low) / STANDARD.inv_cdf(level)
