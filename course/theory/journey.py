"""How a sequence of moments is remembered: by its peak and its end, rather than by its average."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

SOURCES = ("kahneman-1993", "fredrickson-kahneman-1993")


def peak_end(moments: ArrayLike, neutral: float | None = None) -> NDArray[np.float64]:
    """Return the mean of the strongest and the last moment, along the last axis (any leading shape), in their unit.

    Without `neutral` the strongest moment is the highest number: give intensities, of pain or of pleasure, all of one kind.
    With it, moments may be good and bad, and the strongest is the one farthest from `neutral`; of a good and a bad one
    equally far, the bad one. Which of the two is meant by “peak” is a choice that the rule leaves open. Raises `ValueError`
    where there is no moment.

    Source: Kahneman, Fredrickson, Schreiber & Redelmeier (1993); Fredrickson & Kahneman (1993).
    """
    felt = np.asarray(moments, dtype=float)
    if felt.ndim == 0 or felt.shape[-1] == 0:
        raise ValueError("give one moment or more")
    best, end = felt.max(axis=-1), felt[..., -1]
    if neutral is None:
        return np.asarray((best + end) / 2)
    worst = felt.min(axis=-1)
    return np.asarray((np.where(best - neutral > neutral - worst, best, worst) + end) / 2)
