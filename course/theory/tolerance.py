"""The zone of tolerance: between the service that will just do and the service one hopes for."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

SOURCES = ("parasuraman-1994",)


def adequacy(perceived: ArrayLike, adequate: ArrayLike) -> NDArray[np.float64]:
    """Return the measure of service adequacy, MSA = P − adequate service (shapes broadcast). Below 0: not acceptable.

    Source: Parasuraman, Zeithaml & Berry (1994).
    """
    return np.subtract(np.asarray(perceived, dtype=float), np.asarray(adequate, dtype=float))


def superiority(perceived: ArrayLike, desired: ArrayLike) -> NDArray[np.float64]:
    """Return the measure of service superiority, MSS = P − desired service (shapes broadcast). Above 0: exceeded.

    Source: Parasuraman, Zeithaml & Berry (1994).
    """
    return np.subtract(np.asarray(perceived, dtype=float), np.asarray(desired, dtype=float))


def in_zone(perceived: ArrayLike, adequate: ArrayLike, desired: ArrayLike) -> NDArray[np.bool_]:
    """Return True where adequate ≤ P ≤ desired. Raises `ValueError` where adequate lies above desired."""
    low, high = np.asarray(adequate, dtype=float), np.asarray(desired, dtype=float)
    if np.any(low > high):
        raise ValueError("adequate service must not lie above desired service")
    return (adequacy(perceived, low) >= 0) & (superiority(perceived, high) <= 0)
