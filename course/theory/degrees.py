"""Calls by degree: counts that change by one percentage with each degree (log-linear), fitted by least squares of the logs.

A description of days, not a law of callers: it knows no holidays, no repairs and no habit. A day without a call has no
logarithm.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

SOURCES = ("nyc-311",)


@dataclass(frozen=True)
class ByDegree:
    """log count = `at_zero` + `slope` × temperature; `correlation` of the two sides, −1 to 1."""

    at_zero: float
    slope: float
    correlation: float

    def expected(self, temperature: ArrayLike) -> NDArray[np.float64]:
        """Return the count to expect at each `temperature` in °C, a typical one: about half of the days lie above."""
        return np.exp(self.at_zero + self.slope * np.asarray(temperature, dtype=float))

    @property
    def colder(self) -> float:
        """How many more calls a degree colder brings, as a fraction of the calls before."""
        return float(np.exp(-self.slope) - 1)

    def against_expected(self, temperature: ArrayLike, count: ArrayLike) -> NDArray[np.float64]:
        """Return count ÷ expected count of each day: above 1, more people call than this cold explains."""
        return np.asarray(count, dtype=float) / self.expected(temperature)


def fit_by_degree(temperatures: ArrayLike, counts: ArrayLike) -> ByDegree:
    """Fit counts (above 0) of days to their temperatures in °C; one-dimensional and equally long, three days or more.

    Raises `ValueError` for other shapes or counts, and where all days are equally warm.
    """
    degree, count = np.asarray(temperatures, dtype=float), np.asarray(counts, dtype=float)
    if degree.ndim != 1 or degree.shape != count.shape or len(degree) < 3:
        raise ValueError("give one count for each of at least three days")
    if not np.all(count > 0) or not np.all(np.isfinite(degree)) or np.ptp(degree) == 0:
        raise ValueError("counts must be above 0, and the days not all equally warm")
    logs = np.log(count)
    slope, at_zero = np.polyfit(degree, logs, 1)
    return ByDegree(float(at_zero), float(slope), float(np.corrcoef(degree, logs)[0, 1]))
