"""SERVQUAL: the quality of a service is the gap between what was perceived and what was expected, dimension by dimension.

Critics measure performance alone (SERVPERF): Cronin & Taylor (1992).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course.theory.disconfirmation import gap

SOURCES = ("parasuraman-1988", "zeithaml-1990", "cronin-taylor-1992")

RELIABILITY, RESPONSIVENESS, ASSURANCE = "reliability", "responsiveness", "assurance"
EMPATHY, TANGIBLES = "empathy", "tangibles"
DIMENSIONS = (RELIABILITY, RESPONSIVENESS, ASSURANCE, EMPATHY, TANGIBLES)
WEIGHTS = {RELIABILITY: 0.32, RESPONSIVENESS: 0.22, ASSURANCE: 0.19, EMPATHY: 0.16, TANGIBLES: 0.11}
_USUAL = tuple(WEIGHTS.values())


def gaps(perception: ArrayLike, expectation: ArrayLike) -> NDArray[np.float64]:
    """Return the mean gap P − E of each column, over the customers who gave both numbers.

    `perception` and `expectation` are (customers, columns) on one scale, a column per item or per dimension; one number
    missing (NaN) leaves that customer out of that column. The result has a number per column, NaN where nobody gave both.
    Raises `ValueError` where the shapes differ or are not two-dimensional.

    Source: Parasuraman, Zeithaml & Berry (1988).
    """
    perceived, expected = np.asarray(perception, dtype=float), np.asarray(expectation, dtype=float)
    if perceived.ndim != 2 or perceived.shape != expected.shape:
        raise ValueError("give perceptions and expectations as two tables of one shape: customers × columns")
    distance = gap(perceived, expected)
    given = ~np.isnan(distance)
    counts = given.sum(axis=0)
    return np.where(counts > 0, np.where(given, distance, 0).sum(axis=0) / np.maximum(counts, 1), np.nan)


def weighted_gap(dimension_gaps: ArrayLike, weights: ArrayLike = _USUAL) -> NDArray[np.float64]:
    """Return G = Σ w·(P − E) / Σ w over the last axis of `dimension_gaps`, in points of the scale.

    The weights stand in the order of `DIMENSIONS` and say how much customers care; by default those which Zeithaml,
    Parasuraman & Berry (1990) found. Equal weights give the plain mean. Raises `ValueError` for weights
    that are negative, all zero, or not one per gap.
    """
    distances, share = np.asarray(dimension_gaps, dtype=float), np.asarray(weights, dtype=float)
    if share.ndim != 1 or distances.shape[-1:] != share.shape:
        raise ValueError("give one weight per gap")
    if not (np.all(share >= 0) and share.sum() > 0):
        raise ValueError("weights must not be negative, and not all zero")
    return np.asarray(distances @ (share / share.sum()))
