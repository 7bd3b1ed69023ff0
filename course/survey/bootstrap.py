"""Bootstrap percentile intervals of means, by drawing how often each value comes up rather than row after row.

Source: Efron, B., & Tibshirani, R. J. (1993). An introduction to the bootstrap (ch. 13, pp. 168–177). Chapman & Hall.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from course.survey.values import Numbers

DRAWS = 1000
LEVEL = 0.95
MANY = 10_000
"""From how many answers on the interval is the one that endless draws would lead to."""
FINE = 1024
# the quantile of the standard normal distribution that LEVEL leaves on each side
NORMAL = 1.959963984540054


@dataclass(frozen=True)
class Estimate:
    """A number, the ends of its 95% interval, and how many customers it rests on."""

    value: float
    low: float
    high: float
    n: int


def atoms(values: Numbers, bins: int = FINE) -> tuple[Numbers, Numbers]:
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
    distribution, at a cost that does not grow with n. `part` names the estimate: each has random numbers of its own.
    From `MANY` values on nothing is drawn: the ends are those of endless draws (`_limit`). With `weights` (customers,) it
    is the weighted mean, whose interval is that of the customers' linearised influences.
    """
    told = ~np.isnan(values)
    if weights is not None:
        return _weighted(values[told], weights[told], seed=seed, part=part, draws=draws)
    known = values if told.all() else values[told]
    if not known.size:
        return None
    centre = float(known.mean())
    if known.size >= MANY:
        from_centre = known - centre
        squares = from_centre * from_centre
        return _limit(centre, float(squares.mean()), float((squares * from_centre).mean()), known.size)
    points, counts = atoms(known)
    return _drawn(points, counts, centre, seed=seed, part=part, draws=draws)


def mean_of_counts(counts: Mapping[float, int], *, seed: int, part: str, draws: int = DRAWS) -> Estimate | None:
    """Return the mean of values of which it is known how often each stands, with its interval; None for no value."""
    points = np.array(sorted(point for point, count in counts.items() if count), dtype=float)
    if not points.size:
        return None
    times = np.array([counts[point] for point in points.tolist()], dtype=float)
    total = times.sum()
    centre = float(points @ times / total)
    if total < MANY:
        return _drawn(points, times, centre, seed=seed, part=part, draws=draws)
    from_centre = points - centre
    return _limit(centre, float(from_centre**2 @ times / total), float(from_centre**3 @ times / total), int(total))


def _drawn(points: Numbers, counts: Numbers, centre: float, *, seed: int, part: str, draws: int) -> Estimate:
    count = int(counts.sum())
    if points.size == 1:
        return Estimate(centre, centre, centre, count)
    generator = np.random.default_rng([seed, crc32(part.encode())])
    drawn = generator.multinomial(count, counts / counts.sum(), size=draws)
    low, high = np.quantile(drawn @ points / count, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Estimate(centre, float(low), float(high), count)


def _limit(centre: float, variance: float, third: float, count: int) -> Estimate:
    """Return the interval's ends for endless draws, by the Cornish–Fisher expansion of the mean's distribution.

    `variance`, `third`: moments about the mean. What the expansion leaves out is of the order 1/n, far below what chance
    does to the ends of 1,000 draws.
    """
    error = float(np.sqrt(variance / count))
    skew = third / (6 * variance * count) * (NORMAL**2 - 1) if variance > 0 else 0.0
    return Estimate(centre, centre - NORMAL * error + skew, centre + NORMAL * error + skew, count)


def _weighted(values: Numbers, weights: Numbers, *, seed: int, part: str, draws: int) -> Estimate | None:
    if not values.size or weights.sum() <= 0:
        return None
    centre = float(np.average(values, weights=weights))
    influence = centre + (values - centre) * weights / weights.mean()
    found = mean(influence, seed=seed, part=part, draws=draws)
    return None if found is None else Estimate(centre, found.low, found.high, int((weights > 0).sum()))
