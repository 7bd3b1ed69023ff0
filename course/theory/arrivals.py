"""How many come in the same half hour of another week: the spread between weeks, and what the next week may bring.

Given its rate, a half hour's count is Poisson; the rate differs from week to week, so counts vary more than Poisson's
(Avramidis, Deslauriers & L'Ecuyer, 2004, report it of a call centre and model it). The rate is taken as gamma, of mean m and
variance αm². As Jongbloed & Koole (2001) propose, it is the interval of the *rate* that staffing is computed with: chance
within the half hour is in Erlang's formulas already. A trend or a season between the weeks counts as spread.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

SOURCES = ("avramidis-2004", "jongbloed-koole-2001")
HALF_AN_ARRIVAL = 0.5
"""What a half hour without any arrival is taken to have had in all its weeks: none seen is not none possible."""


@dataclass(frozen=True)
class Spread:
    """How the counts of the same half hour differ between weeks.

    `ratio`: their variance as a multiple of Poisson's; `alpha`: the squared coefficient of variation of the rate;
    `freedom`: degrees of freedom that both rest on, 0 where no half hour was counted twice (then `ratio` is NaN).
    """

    ratio: float
    alpha: float
    freedom: int

    @property
    def beyond_chance(self) -> bool:
        """Whether the ratio is more than chance alone gives: two standard errors of χ²/freedom above 1."""
        return self.freedom > 0 and self.ratio > 1 + 2 * math.sqrt(2 / self.freedom)


@dataclass(frozen=True)
class Forecast:
    """The next week's half hour: its mean rate, the ends of the rate's interval, and of the count's; all per half hour."""

    mean: float
    rate_low: float
    rate_high: float
    count_low: int
    count_high: int


def spread(counts: ArrayLike) -> Spread:
    """Return the spread of counts, shape (weeks, half hours), NaN where a half hour was not counted; pooled over half hours.

    Moments: the squares about a half hour's mean m over n weeks are (n − 1)(m + αm²) in expectation. Raises `ValueError`
    for another shape and a negative count.
    """
    table = np.asarray(counts, dtype=float)
    if table.ndim != 2 or np.any(table < 0):
        raise ValueError("give counts of at least 0, a row per week and a column per half hour")
    weeks = np.sum(~np.isnan(table), axis=0)
    table = table[:, weeks > 1]
    weeks = weeks[weeks > 1]
    means = np.nanmean(table, axis=0) if table.size else np.zeros(0)
    some = means > 0
    means, weeks, table = means[some], weeks[some], table[:, some]
    if not means.size:
        return Spread(math.nan, 0.0, 0)
    squares = np.nansum((table - means) ** 2, axis=0)
    freedom = int(np.sum(weeks - 1))
    ratio = float(np.sum(squares / means) / freedom)
    alpha = float((np.sum(squares) - np.sum((weeks - 1) * means)) / np.sum((weeks - 1) * means**2))
    return Spread(ratio, max(0.0, alpha), freedom)


def forecast(mean: float, weeks: float, alpha: float, level: float = 0.9) -> Forecast:
    """Return what the next week may bring to a half hour with this `mean` over so many `weeks`; `alpha` as in `Spread`.

    The rate's variance is that between weeks, αm², and that of the estimated mean, (m + αm²)/weeks. Raises `ValueError` for
    a negative mean or alpha, no week, and a level outside 0 to 1.
    """
    if not (mean >= 0 and alpha >= 0 and weeks > 0 and 0 < level < 1):
        raise ValueError("give a mean and an alpha of at least 0, weeks above 0 and a level between 0 and 1")
    middle = max(mean, HALF_AN_ARRIVAL / weeks)
    variance = alpha * middle**2 + (middle + alpha * middle**2) / weeks
    shape = middle**2 / variance
    below = (1 - level) / 2
    low, high = (middle * _gamma_quantile(shape, share) for share in (below, 1 - below))
    counts = _counts_below(middle, shape)
    ends = (int(np.searchsorted(counts, share)) for share in (below, 1 - below))
    return Forecast(mean, min(low, mean), high, *ends)


def _gamma_quantile(shape: float, share: float) -> float:
    """Return a quantile of the gamma distribution with mean 1, by Wilson & Hilferty's cube root; 0 where that is below."""
    ninth = 1 / (9 * shape)
    return float(max(0.0, 1 - ninth + NormalDist().inv_cdf(share) * math.sqrt(ninth)) ** 3)


def _counts_below(mean: float, shape: float) -> NDArray[np.float64]:
    """Return the probability of at most 0, 1, 2 … arrivals at a gamma rate, up to where nothing is left."""
    most = int(mean + 12 * math.sqrt(mean + mean**2 / shape) + 20)
    at = np.arange(most)
    steps = np.log(shape + at) - np.log(at + 1) + math.log(mean / (shape + mean))
    logs = shape * math.log(shape / (shape + mean)) + np.concatenate([[0.0], np.cumsum(steps)])
    return np.asarray(np.cumsum(np.exp(logs)))
