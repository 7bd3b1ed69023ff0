"""The importance–performance map: what matters to customers against how well it is done.

Source: Martilla & James (1977).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

SOURCES = ("martilla-james-1977",)

CONCENTRATE, KEEP, LOW, OVERKILL = "concentrate", "keep", "low", "overkill"
QUADRANTS = (CONCENTRATE, KEEP, LOW, OVERKILL)


def cross(importance: ArrayLike, performance: ArrayLike) -> tuple[float, float]:
    """Return where the axes of the map cross: the mean importance and the mean performance of the things compared.

    Any other crossing, such as the middle of the scale, is as lawful and may move things to another quadrant.
    Raises `ValueError` where the two are not lists of one length, or a number is missing.
    """
    matters, done = _pair(importance, performance)
    return float(matters.mean()), float(done.mean())


def quadrants(
    importance: ArrayLike, performance: ArrayLike, crossing: tuple[float, float] | None = None
) -> NDArray[np.str_]:
    """Return, per thing compared, its quadrant: one of `QUADRANTS`.

    Important and done badly: `concentrate` here. Important and done well: `keep` up the good work. Unimportant and done
    badly: `low` priority. Unimportant and done well: possible `overkill`. `crossing` is (importance, performance), by
    default the means (`cross`); a number at the crossing counts as high. Raises `ValueError` as `cross` does.
    """
    matters, done = _pair(importance, performance)
    middle = cross(matters, done) if crossing is None else crossing
    important, good = matters >= middle[0], done >= middle[1]
    return np.where(important, np.where(good, KEEP, CONCENTRATE), np.where(good, OVERKILL, LOW))


def _pair(importance: ArrayLike, performance: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    matters, done = np.asarray(importance, dtype=float), np.asarray(performance, dtype=float)
    if matters.ndim != 1 or matters.shape != done.shape or matters.size == 0:
        raise ValueError("give importance and performance as two lists of one length")
    if not (np.all(np.isfinite(matters)) and np.all(np.isfinite(done))):
        raise ValueError("importance and performance must be numbers")
    return matters, done
