"""Bootstrap percentile intervals of means, by drawing how often each value comes up rather than row after row.

Source: Efron, B., & Tibshirani, R. J. (1993). An introduction to the bootstrap (ch. 13). Chapman & Hall.
"""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

import numpy as np

from course.survey.values import Numbers

DRAWS = 1000
LEVEL = 0.95
MANY = 10_000
FINE, COARSE = 1024, 32


@dataclass(frozen=True)
class Estimate:
    """A number, the ends of its 95 % interval, and how many customers it rests on."""

    value: float
    low: float
    high: float
    n: int


def atoms(values: Numbers, bins: int) -> tuple[Numbers, Numbers]:
    """Return distinct values and how often each stands; values closer than 1/`bins` of the range are one, their mean."""
    low, high = float(values.min()), float(values.max())
    if high == low:
        return np.array([low]), np.array([float(values.size)])
    place = ((values - low) * ((bins - 1e-6) / (high - low))).astype(np.intp)
    counts = np.bincount(place, minlength=bins)
    sums = np.bincount(place, weights=values, minlength=bins)
    there = counts > 0
    return sums[there] / counts[there], counts[there].astype(float)


def mean(
    values: Numbers, *, seed: int, part: str, draws: int = DRAWS, weights: Numbers | None = None
) -> Estimate | None:
    """Return the mean of `values` (customers,), NaN left out, with its bootstrap percentile interval; None for no value.

    Resampling n rows draws each distinct value a multinomial number of times, so the counts are drawn instead: the same
    distribution, at a cost that does not grow with n. Answers on a scale of whole numbers have few distinct means; from
    10,000 customers on, values within 1/32 of the range count as one, which takes less than 1 % off an interval's width
    for answers spread over their scale, a third of what chance does to the ends of 1,000 draws. `part` names the
    estimate: each has random numbers of its own. With `weights` (customers,) it is the weighted mean, whose interval is
    that of the customers' linearised influences.
    """
    told = ~np.isnan(values)
    if weights is not None:
        return _weighted(values[told], weights[told], seed=seed, part=part, draws=draws)
    known = values if told.all() else values[told]
    if not known.size:
        return None
    points, counts = atoms(known, COARSE if known.size >= MANY else FINE)
    centre = float(known.mean())
    if points.size == 1:
        return Estimate(centre, centre, centre, int(known.size))
    generator = np.random.default_rng([seed, crc32(part.encode())])
    drawn = generator.multinomial(int(known.size), counts / counts.sum(), size=draws)
    low, high = np.quantile(drawn @ points / known.size, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Estimate(centre, float(low), float(high), int(known.size))


def _weighted(values: Numbers, weights: Numbers, *, seed: int, part: str, draws: int) -> Estimate | None:
    if not values.size or weights.sum() <= 0:
        return None
    centre = float(np.average(values, weights=weights))
    influence = centre + (values - centre) * weights / weights.mean()
    found = mean(influence, seed=seed, part=part, draws=draws)
    return None if found is None else Estimate(centre, found.low, found.high, int((weights > 0).sum()))
