"""The zone of tolerance: between the service that will just do and the service one hopes for."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

SOURCE = (
    "Parasuraman, A., Zeithaml, V. A., & Berry, L. L. (1994). Alternative scales for measuring service quality. "
    "Journal of Retailing, 70(3), 201–230. https://doi.org/10.1016/0022-4359(94)90033-7"
)


def adequacy(perceived: ArrayLike, adequate: ArrayLike) -> NDArray[np.float64]:
    """Return the measure of service adequacy, MSA = P − adequate service (shapes broadcast). Below 0: not acceptable.

    Source: Parasuraman, Zeithaml & Berry (1994), `SOURCE`.
    """
    return np.subtract(np.asarray(perceived, dtype=float), np.asarray(adequate, dtype=float))


def superiority(perceived: ArrayLike, desired: ArrayLike) -> NDArray[np.float64]:
    """Return the measure of service superiority, MSS = P − desired service (shapes broadcast). Above 0: exceeded.

    Source: Parasuraman, Zeithaml & Berry (1994), `SOURCE`.
    """
    return np.subtract(np.asarray(perceived, dtype=float), np.asarray(desired, dtype=float))


def in_zone(perceived: ArrayLike, adequate: ArrayLike, desired: ArrayLike) -> NDArray[np.bool_]:
    """Return True where adequate ≤ P ≤ desired. Raises `ValueError` where adequate lies above desired."""
    low, high = np.asarray(adequate, dtype=float), np.asarray(desired, dtype=float)
    if np.any(low > high):
        raise ValueError("adequate service must not lie above desired service")
    return (adequacy(perceived, low) >= 0) & (superiority(perceived, high) <= 0)
