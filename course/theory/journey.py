"""How a sequence of moments is remembered: by its peak and its end, rather than by its average."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

SOURCES = ("kahneman-1993",)


def peak_end(moments: ArrayLike) -> NDArray[np.float64]:
    """Return the mean of the strongest and the last moment, along the last axis (any leading shape), in their unit.

    The strongest moment is the highest number: give intensities, of pain or of pleasure, all of one kind. Raises
    `ValueError` where there is no moment.

    Source: Kahneman, Fredrickson, Schreiber & Redelmeier (1993).
    """
    felt = np.asarray(moments, dtype=float)
    if felt.ndim == 0 or felt.shape[-1] == 0:
        raise ValueError("give one moment or more")
    return (felt.max(axis=-1) + felt[..., -1]) / 2
