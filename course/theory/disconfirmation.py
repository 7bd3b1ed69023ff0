"""Expectation-confirmation theory: satisfaction comes from the gap between what was perceived and what was expected."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course.theory.prospect import ALPHA, LAMBDA, value

SOURCES = ("oliver-1980",)


def gap(perceived: ArrayLike, expected: ArrayLike) -> NDArray[np.float64]:
    """Return the disconfirmation d = P − E, element by element (same unit as the inputs; shapes broadcast).

    Source: Oliver (1980).
    """
    return np.subtract(np.asarray(perceived, dtype=float), np.asarray(expected, dtype=float))


def satisfaction(
    perceived: ArrayLike,
    expected: ArrayLike,
    *,
    alpha: float = ALPHA,
    lambda_: float = LAMBDA,
    level_weight: float = 1.0,
) -> NDArray[np.float64]:
    """Return S = w·P + v(P − E): what the service was, plus how it felt against what was expected.

    `perceived` and `expected` are in the same unit and broadcast; `level_weight` (w) is how much the level itself counts.
    Raises `ValueError` for parameters outside the range of `course.theory.prospect.value`.
    """
    performance = np.asarray(perceived, dtype=float)
    return level_weight * performance + value(gap(performance, expected), alpha=alpha, lambda_=lambda_)
