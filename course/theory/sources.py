"""One expectation out of several sources: each counts as much as it is precise."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

SOURCES = ("kalman-1960", "boulding-1999")


def _errors(sds: ArrayLike) -> NDArray[np.float64]:
    errors = np.asarray(sds, dtype=float)
    if not np.all((errors > 0) & (errors < np.inf)):
        raise ValueError(f"every usual error must be a number above 0, not {sds!r}")
    return errors


def kalman_gain(prior_sd: ArrayLike, signal_sd: ArrayLike) -> NDArray[np.float64]:
    """Return K = σ² / (σ² + τ²): the share of the way that one signal moves an expectation, between 0 and 1.

    `prior_sd` σ says how unsure the expectation is, `signal_sd` τ how far off such a signal usually is: standard
    deviations above 0, in one unit (shapes broadcast). Raises `ValueError` for any other.

    Source: the gain of Kalman's (1960) filter for one number; for service quality, Boulding, Kalra & Staelin (1999).
    """
    ratio = _errors(signal_sd) / _errors(prior_sd)
    return np.asarray(1 / (1 + ratio**2))


def update(expected: ArrayLike, prior_sd: ArrayLike, signal: ArrayLike, signal_sd: ArrayLike) -> NDArray[np.float64]:
    """Return E′ = E + K (signal − E), in the unit of `expected` (shapes broadcast). Errors as in `kalman_gain`."""
    old = np.asarray(expected, dtype=float)
    return old + kalman_gain(prior_sd, signal_sd) * (np.asarray(signal, dtype=float) - old)


def weights(sds: ArrayLike) -> NDArray[np.float64]:
    """Return w_k = (1/σ_k²) / Σ_j (1/σ_j²), which add up to 1 along the last axis.

    `sds` are the usual errors σ of the sources (standard deviations above 0, one unit), which are taken to err
    independently. Raises `ValueError` for an error that is not above 0.
    """
    precision = _errors(sds) ** -2.0
    return np.asarray(precision / precision.sum(axis=-1, keepdims=True))


def combine(signals: ArrayLike, sds: ArrayLike) -> NDArray[np.float64]:
    """Return the precision-weighted mean Σ w_k s_k of `signals` along the last axis, in their unit.

    Raises `ValueError` for errors that `weights` refuses.
    """
    return np.asarray((weights(sds) * np.asarray(signals, dtype=float)).sum(axis=-1))


def combined_sd(sds: ArrayLike) -> NDArray[np.float64]:
    """Return 1 / √(Σ 1/σ_k²): how unsure the combined expectation is, less than the best source alone."""
    return np.asarray((_errors(sds) ** -2.0).sum(axis=-1) ** -0.5)
