"""Cronbach's α: do the questions of a set move together, as if they measured one thing?

Source: Cronbach (1951).

A high α does not show that there is only one thing behind the questions: Sijtsma (2009).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

SOURCES = ("cronbach-1951", "sijtsma-2009")


def cronbach_alpha(items: ArrayLike) -> float:
    """Return α of `items`, (customers, questions) with no number missing: at most 1, below 0 where questions disagree.

    Raises `ValueError` for fewer than two customers or questions, missing numbers, or totals that do not vary.
    """
    answers = np.asarray(items, dtype=float)
    if answers.ndim != 2 or answers.shape[0] < 2 or answers.shape[1] < 2:
        raise ValueError("give a table of at least two customers and two questions")
    if not np.all(np.isfinite(answers)):
        raise ValueError("leave out customers with missing answers first")
    return alpha_from_covariance(np.cov(answers, rowvar=False))


def alpha_from_covariance(covariance: ArrayLike) -> float:
    """Return α = k/(k − 1) · (1 − Σ variances / variance of the total) from a (k, k) covariance matrix.

    Raises `ValueError` for a matrix that is not square, has fewer than two questions, or whose total does not vary.
    """
    matrix = np.asarray(covariance, dtype=float)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or matrix.shape[0] < 2:
        raise ValueError("give a square covariance matrix of at least two questions")
    variances, total = float(np.trace(matrix)), float(matrix.sum())
    # rounding leaves crumbs where the total is constant
    if not total > 1e-12 * max(variances, 1e-300):
        raise ValueError("the totals do not vary, so that α is not defined")
    questions = matrix.shape[0]
    return questions / (questions - 1) * (1 - variances / total)
