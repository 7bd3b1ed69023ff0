"""The treadmill of delight: what each visit feels like while the expectation follows, and what the visits add up to."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course.theory.adaptation import expectation_path
from course.theory.prospect import ALPHA, LAMBDA, value

SOURCES = ("rust-oliver-2000", "johnson-1995", "tversky-kahneman-1992")


def felt_path(
    start: float, perceived: ArrayLike, rate: float, *, alpha: float = ALPHA, lambda_: float = LAMBDA
) -> NDArray[np.float64]:
    """Return v(P_t − E_t) for each visit: one number per entry of `perceived` (one-dimensional, unit of `start`).

    Before the first visit `start` is expected; each visit then closes the share `rate` (0 to 1) of its gap. `alpha` and
    `lambda_` are those of `prospect.value`. Raises `ValueError` for numbers out of range.

    Source: Rust & Oliver (2000); the sums are adaptive expectations (Johnson, Anderson & Fornell, 1995) felt through the
    value function of Tversky & Kahneman (1992).
    """
    visits = np.asarray(perceived, dtype=float)
    return value(visits - expectation_path(start, visits, rate)[:-1], alpha=alpha, lambda_=lambda_)


def felt_total(
    start: float, perceived: ArrayLike, rate: float, *, alpha: float = ALPHA, lambda_: float = LAMBDA
) -> float:
    """Return the sum of `felt_path`: what all visits together feel like. Arguments and errors as there."""
    return float(felt_path(start, perceived, rate, alpha=alpha, lambda_=lambda_).sum())


def _geometric(rate: float, alpha: float, terms: int) -> float:
    """Return 1 + r + … + r^(terms − 1) for r = (1 − rate)^alpha."""
    if not 0 <= rate <= 1:
        raise ValueError(f"the rate must lie between 0 and 1, not {rate}")
    return float((((1 - rate) ** alpha) ** np.arange(terms)).sum())


def _check(height: float, visits: int) -> None:
    if not (height >= 0 and visits >= 1):
        raise ValueError(f"give a height of 0 or more and at least one visit, not {height} and {visits}")


def pulse_total(height: float, visits: int, rate: float, *, alpha: float = ALPHA, lambda_: float = LAMBDA) -> float:
    """Return what one delight adds up to: `height` (≥ 0) above what is expected at the first of `visits`, then never again.

    In closed form: v(h) + v(−rate · h) · (1 + r + … + r^(n−2)) with r = (1 − rate)^alpha. Raises `ValueError` for
    numbers out of range.
    """
    _check(height, visits)
    first, second = value([height, -rate * height], alpha=alpha, lambda_=lambda_)
    return float(first + second * _geometric(rate, alpha, visits - 1))


def lasting_total(height: float, visits: int, rate: float, *, alpha: float = ALPHA, lambda_: float = LAMBDA) -> float:
    """Return what a lasting rise of `height` (≥ 0) adds up to over `visits`: v(h) · (1 + r + … + r^(n−1)).

    r = (1 − rate)^alpha. Raises `ValueError` for numbers out of range.
    """
    _check(height, visits)
    return float(value(height, alpha=alpha, lambda_=lambda_)) * _geometric(rate, alpha, visits)
