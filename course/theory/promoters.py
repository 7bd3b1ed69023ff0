"""The net promoter score: those who would recommend a firm less those who would not, and how far chance moves it.

Source: Reichheld (2003). Its claim to be the best predictor of growth did not hold up: Keiningham, Cooil, Andreassen &
Aksoy (2007).
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

SOURCES = ("reichheld-2003", "keiningham-2007")

LOWEST, FIRST_PASSIVE, FIRST_PROMOTER, HIGHEST = 0, 7, 9, 10
PROMOTER, PASSIVE, DETRACTOR = 1, 0, -1
Numbers = NDArray[np.float64]


def classify(scores: ArrayLike) -> NDArray[np.int8]:
    """Return, per answer from 0 to 10, 1 for a promoter (9, 10), 0 for a passive (7, 8), −1 for a detractor (0 to 6).

    Raises `ValueError` for an answer that is missing, broken or outside 0 to 10.
    """
    given = np.asarray(scores, dtype=float)
    if not np.all((given >= LOWEST) & (given <= HIGHEST) & (given == np.floor(given))):
        raise ValueError("give whole numbers from 0 to 10")
    return ((given >= FIRST_PROMOTER).astype(np.int8) - (given < FIRST_PASSIVE)).astype(np.int8)


def nps(promoters: ArrayLike, passives: ArrayLike, detractors: ArrayLike) -> Numbers:
    """Return the score in points, from −100 to 100: 100 (p − d), p and d the shares of the counts (shapes broadcast).

    Raises `ValueError` for negative counts, and where nobody answered.
    """
    up, down, _ = _shares(promoters, passives, detractors)
    return 100 * (up - down)


def standard_error(promoters: ArrayLike, passives: ArrayLike, detractors: ArrayLike) -> Numbers:
    """Return the score's standard error in points: 100 √[(p + d − (p − d)²) / n] (shapes broadcast).

    It is that of a mean of n answers worth 1, 0 or −1, drawn at random. Raises `ValueError` as `nps` does.
    """
    up, down, number = _shares(promoters, passives, detractors)
    return 100 * np.sqrt(np.maximum(up + down - (up - down) ** 2, 0) / number)


def interval(
    promoters: ArrayLike, passives: ArrayLike, detractors: ArrayLike, level: float = 0.95
) -> tuple[Numbers, Numbers]:
    """Return the lower and upper end, in points, of the score's normal interval at confidence `level` (0 to 1).

    The ends may pass ±100 where few answered. Raises `ValueError` as `nps` does, and for a level outside 0 to 1.
    """
    centre = nps(promoters, passives, detractors)
    half = _z(level) * standard_error(promoters, passives, detractors)
    return centre - half, centre + half


def change_margin(one_error: ArrayLike, other_error: ArrayLike, level: float = 0.95) -> Numbers:
    """Return how far two independent scores must differ to be more than noise at `level`: z √(SE₁² + SE₂²), in points."""
    return _z(level) * np.hypot(np.asarray(one_error, dtype=float), np.asarray(other_error, dtype=float))


def _z(level: float) -> float:
    if not 0 < level < 1:
        raise ValueError("the confidence level must lie between 0 and 1")
    return NormalDist().inv_cdf((1 + level) / 2)


def _shares(promoters: ArrayLike, passives: ArrayLike, detractors: ArrayLike) -> tuple[Numbers, Numbers, Numbers]:
    counts = [np.asarray(count, dtype=float) for count in (promoters, passives, detractors)]
    number = counts[0] + counts[1] + counts[2]
    if any(np.any(count < 0) for count in counts) or not np.all(number > 0):
        raise ValueError("give counts of at least 0, and at least one answer")
    return counts[0] / number, counts[2] / number, number
