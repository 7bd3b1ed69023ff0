"""Prospect theory's value function: a loss weighs more than a gain of the same size, and both fade."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

SOURCES = ("tversky-kahneman-1992",)

ALPHA = 0.88
LAMBDA = 2.25


def _check(alpha: float, lambda_: float) -> None:
    if not 0 < alpha <= 1:
        raise ValueError(f"alpha must be above 0 and at most 1, not {alpha}")
    if not lambda_ > 0:
        raise ValueError(f"lambda must be above 0, not {lambda_}")


def value(difference: ArrayLike, *, alpha: float = ALPHA, lambda_: float = LAMBDA) -> NDArray[np.float64]:
    """Return the felt value v(d) = d^α for d ≥ 0 and −λ(−d)^α for d < 0, with the shape of `difference`.

    `alpha` (0 < α ≤ 1) says how fast feeling fades with size, `lambda_` (λ > 0) how many times a loss outweighs a gain.
    Raises `ValueError` outside those ranges.

    Source: Tversky & Kahneman (1992): median α .88, λ 2.25.
    """
    _check(alpha, lambda_)
    d = np.asarray(difference, dtype=float)
    size = np.abs(d) ** alpha
    return np.where(d >= 0, size, -lambda_ * size)


def offsetting_gain(loss: ArrayLike, *, alpha: float = ALPHA, lambda_: float = LAMBDA) -> NDArray[np.float64]:
    """Return the gain that feels exactly as good as `loss` (≥ 0, same unit) feels bad: loss · λ^(1/α).

    Raises `ValueError` for a negative loss.
    """
    _check(alpha, lambda_)
    size = np.asarray(loss, dtype=float)
    if np.any(size < 0):
        raise ValueError("give the size of the loss as a number of 0 or more")
    return size * lambda_ ** (1 / alpha)
