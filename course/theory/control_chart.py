"""Control charts: what a steady process does by chance, and when a point says that it is no longer steady.

Source: Shewhart (1931); constants as in ASTM International (2018). Runs: Western Electric Company (1956), eight in a row;
Nelson (1984) takes nine.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

SOURCES = ("shewhart-1931", "astm-2018", "western-electric-1956", "nelson-1984", "montgomery-2013")

RUN = 8
SIGMAS = 3.0
SMALLEST_SUBGROUP, LARGEST_SUBGROUP = 2, 25
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Constants:
    """What turns ranges into limits, for normal measurements in subgroups of one size.

    `d2`, `d3`: mean and standard deviation of the range, in σ. `c4`: mean of the standard deviation, in σ.
    `A2`: limits of the means, in mean ranges. `D3`, `D4`: limits of the ranges, in mean ranges.
    """

    d2: float
    d3: float
    c4: float
    A2: float
    D3: float
    D4: float


@dataclass(frozen=True)
class Limits:
    """Lower limit, centre line and upper limit, in the unit of the measurements."""

    lower: float
    centre: float
    upper: float


@cache
def constants(n: int) -> Constants:
    """Return the constants for subgroups of `n` measurements, computed from the distribution of the normal range.

    Raises `ValueError` unless n is a whole number from 2 to 25, where the range is of use.
    """
    if n != int(n) or not SMALLEST_SUBGROUP <= n <= LARGEST_SUBGROUP:
        raise ValueError(f"a subgroup has {SMALLEST_SUBGROUP} to {LARGEST_SUBGROUP} measurements")
    # The range is the length of what lies between smallest and largest, hence (Tippett, 1925)
    # E(R) = ∫ P(smallest < s < largest) ds and E(R²) = 2 ∬ over s < t of P(smallest < s, t < largest) ds dt
    points, step = np.linspace(-8, 8, 801, retstep=True)
    below = np.array([NormalDist().cdf(float(point)) for point in points])
    between = np.clip(below[None, :] - below[:, None], 0, 1)
    spans = 1 - (1 - below[:, None]) ** n - below[None, :] ** n + between**n
    half = np.triu(spans, 1).sum() + np.trace(spans) / 2
    d2 = float(np.trace(spans) * step)
    d3 = math.sqrt(2 * half * step**2 - d2**2)
    c4 = math.sqrt(2 / (n - 1)) * math.exp(math.lgamma(n / 2) - math.lgamma((n - 1) / 2))
    return Constants(
        d2=d2,
        d3=d3,
        c4=c4,
        A2=SIGMAS / (d2 * math.sqrt(n)),
        D3=max(0.0, 1 - SIGMAS * d3 / d2),
        D4=1 + SIGMAS * d3 / d2,
    )


def mean_and_range_limits(subgroups: ArrayLike) -> tuple[Limits, Limits]:
    """Return the limits of an X̄–R chart: those of the means, x̄̄ ± A2·R̄, and those of the ranges, D3·R̄ to D4·R̄.

    `subgroups` is (periods, measurements), with no number missing. Raises `ValueError` for a table of another shape,
    missing numbers, or subgroups that are not of 2 to 25 measurements.
    """
    measured = np.asarray(subgroups, dtype=float)
    if measured.ndim != 2 or measured.size == 0 or not np.all(np.isfinite(measured)):
        raise ValueError("give a full table: periods × measurements")
    factors = constants(measured.shape[1])
    mean, spread = float(measured.mean()), float(np.ptp(measured, axis=1).mean())
    means = Limits(mean - factors.A2 * spread, mean, mean + factors.A2 * spread)
    return means, Limits(factors.D3 * spread, spread, factors.D4 * spread)


def mean_limits(means: ArrayLike, deviations: ArrayLike, sizes: ArrayLike) -> tuple[Numbers, float, Numbers]:
    """Return lower limits, centre line and upper limits for means of subgroups of different sizes.

    `means`, `deviations` (standard deviations within, n − 1) and `sizes` have one entry per period. The centre is the mean
    of all measurements; the limits stand three pooled standard deviations over √size away. A period of one measurement has
    no deviation (NaN or 0) and counts for the centre only. Raises `ValueError` where the lists differ in length, are empty,
    or no period has two measurements.

    Source: Montgomery (2013), section 6.3.2.
    """
    centres, spreads, counts = (np.asarray(each, dtype=float) for each in (means, deviations, sizes))
    if centres.ndim != 1 or not centres.shape == spreads.shape == counts.shape or centres.size == 0:
        raise ValueError("give means, deviations and sizes as lists of one length")
    if np.any(counts < 1) or not np.any(counts > 1):
        raise ValueError("some period must have two measurements, and none fewer than one")
    freedom = counts - 1
    pooled = math.sqrt(float(np.sum(np.where(freedom > 0, freedom * spreads**2, 0)) / freedom.sum()))
    centre = float(np.sum(counts * centres) / counts.sum())
    reach = SIGMAS * pooled / np.sqrt(counts)
    return centre - reach, centre, centre + reach


def share_limits(bad: ArrayLike, sizes: ArrayLike) -> tuple[Numbers, float, Numbers]:
    """Return lower limits, centre line and upper limits of a p chart: shares of `bad` among `sizes`, one entry per period.

    The limits stand three binomial standard deviations from the share of all, at 0 and 1 at the furthest. They suppose that
    pieces are bad independently of one another. Raises `ValueError` where the lists differ in length, are empty, or a count
    does not lie between 0 and its size.

    Source: Montgomery (2013), section 7.2.
    """
    counts, pieces = np.asarray(bad, dtype=float), np.asarray(sizes, dtype=float)
    if counts.ndim != 1 or counts.shape != pieces.shape or counts.size == 0:
        raise ValueError("give the bad ones and the sizes as lists of one length")
    if not np.all((counts >= 0) & (counts <= pieces) & (pieces >= 1)):
        raise ValueError("of each size of at least 1, between none and all are bad")
    centre = float(counts.sum() / pieces.sum())
    reach = SIGMAS * np.sqrt(centre * (1 - centre) / pieces)
    return np.maximum(centre - reach, 0.0), centre, np.minimum(centre + reach, 1.0)


def single_limits(values: ArrayLike) -> tuple[Limits, Limits]:
    """Return the limits of an I–MR chart: those of single `values`, x̄ ± 3·MR̄/d2, and those of their moving ranges.

    A moving range is the step from one value to the next, without its sign. `values` are two or more, in order of time, with
    none missing. Values that were rounded coarsely make steps too small and limits too narrow. Raises `ValueError`.

    Source: Montgomery (2013), section 6.4.
    """
    measured = np.asarray(values, dtype=float)
    if measured.ndim != 1 or measured.size < 2 or not np.all(np.isfinite(measured)):
        raise ValueError("give two values or more, in order, none missing")
    step, factors, centre = float(np.abs(np.diff(measured)).mean()), constants(2), float(measured.mean())
    reach = SIGMAS * step / factors.d2
    return Limits(centre - reach, centre, centre + reach), Limits(factors.D3 * step, step, factors.D4 * step)


def beyond(values: ArrayLike, lower: ArrayLike, upper: ArrayLike) -> Flags:
    """Return True where a value lies below its lower or above its upper limit (limits broadcast)."""
    points = np.asarray(values, dtype=float)
    return (points < np.asarray(lower, dtype=float)) | (points > np.asarray(upper, dtype=float))


def runs(values: ArrayLike, centre: float, length: int = RUN) -> Flags:
    """Return True for each value that ends `length` or more in a row on one side of the centre line.

    A value on the line, or a missing one, ends a run. Raises `ValueError` for a length below 1.
    """
    if length < 1:
        raise ValueError("a run has at least one value")
    side = np.nan_to_num(np.sign(np.asarray(values, dtype=float) - centre))
    flags, last, count = np.zeros(side.shape, dtype=bool), 0.0, 0
    for place, here in enumerate(side):
        count = count + 1 if here == last else 1
        last = here
        flags[place] = here != 0 and count >= length
    return flags


def subgroups(values: ArrayLike, size: int) -> NDArray[np.float64]:
    """Return `values`, in order of time, as rows of `size`: one row for each day on which `size` cards came.

    Raises `ValueError` unless the values fill whole rows.
    """
    flat = np.asarray(values, dtype=float)
    if size < 1 or flat.ndim != 1 or flat.size == 0 or flat.size % size:
        raise ValueError(f"{flat.size} values cannot be shared out into rows of {size}")
    return flat.reshape(-1, size)


def places(flags: ArrayLike) -> list[int]:
    """Return where `flags` (one-dimensional) are true, counted from 1: the numbers of the days that gave an alarm."""
    return [int(place) + 1 for place in np.flatnonzero(np.asarray(flags, dtype=bool))]
