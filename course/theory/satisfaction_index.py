"""A national index of customer satisfaction: one number from 0 to 100 out of three questions.

Sources: Fornell (1992) for the Swedish barometer, Fornell, Johnson, Anderson, Cha & Bryant (1996) for the American index.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

SOURCES = ("fornell-1992", "fornell-1996")


def index(means: ArrayLike, weights: ArrayLike | None = None, low: float = 1, high: float = 10) -> float:
    """Return Σ w (x̄ − low) / ((high − low) Σ w) · 100 for the `means` of questions answered from `low` to `high`.

    Without `weights` all questions count alike. Raises `ValueError` where means and weights differ in number, a mean lies
    outside the scale, or the weights do not add up to more than 0.
    """
    answers = np.asarray(means, dtype=float)
    share = np.ones_like(answers) if weights is None else np.asarray(weights, dtype=float)
    if answers.ndim != 1 or answers.shape != share.shape or answers.size == 0:
        raise ValueError("give a weight for each mean")
    if not np.all((answers >= low) & (answers <= high)):
        raise ValueError(f"a mean lies outside {low:g} to {high:g}")
    if not share.sum() > 0:
        raise ValueError("the weights must add up to more than 0")
    return float(100 * (share * (answers - low)).sum() / ((high - low) * share.sum()))
