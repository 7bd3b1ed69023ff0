"""Is this customer still there? Buyers who sign no contract never say that they have left; their silence has to be read.

Source: Fader, Hardie & Lee (2005), the BG/NBD model. While a customer is alive they buy at a rate of their own (gamma: r, α,
per week); after each purchase they leave for good with a chance of their own (beta: a, b). The two are independent.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

SOURCES = ("fader-hardie-lee-2005",)

Numbers = NDArray[np.float64]

TERMS, CRUMB = 5_000, 1e-12


@dataclass(frozen=True)
class Buyers:
    """How buyers differ: rates by gamma (`r`, `alpha` in weeks), chances of leaving after a purchase by beta (`a`, `b`)."""

    r: float
    alpha: float
    a: float
    b: float


# estimated by Fader, Hardie & Lee (2005) on the customers in datasets/cdnow_customers.csv
CDNOW = Buyers(r=0.243, alpha=4.414, a=0.793, b=2.426)


def alive(purchases: ArrayLike, last: ArrayLike, observed: ArrayLike, buyers: Buyers = CDNOW) -> Numbers:
    """Return the chance that customers are still there, element by element.

    `purchases` counts repeat purchases, `last` is the week of the latest (0 without any), `observed` how many weeks the
    customer has been watched since the first purchase. In this model nobody leaves before a first repeat purchase, so
    without one the answer is 1. Raises `ValueError` where the last purchase lies after the end, or outside 0 weeks.
    """
    x, t, until = _checked(purchases, last, observed)
    grown = ((buyers.alpha + until) / (buyers.alpha + t)) ** (buyers.r + x)
    gone = buyers.a / (buyers.b + np.maximum(x, 1) - 1) * grown
    return np.where(x > 0, 1 / (1 + gone), 1.0)


def expected(
    weeks: ArrayLike, purchases: ArrayLike, last: ArrayLike, observed: ArrayLike, buyers: Buyers = CDNOW
) -> Numbers:
    """Return how many purchases are to be expected in the next `weeks`; the rest as for `alive`."""
    x, t, until = _checked(purchases, last, observed)
    ahead = np.asarray(weeks, dtype=float)
    a, b, r, alpha = buyers.a, buyers.b, buyers.r, buyers.alpha
    z = ahead / (alpha + until + ahead)
    shrunk = ((alpha + until) / (alpha + until + ahead)) ** (r + x)
    if_bought = (a + b + x - 1) / (a - 1) * (1 - shrunk * _hypergeometric(r + x, b + x, a + b + x - 1, z))
    return if_bought * alive(x, t, until, buyers)


def likelihood(purchases: ArrayLike, last: ArrayLike, observed: ArrayLike, buyers: Buyers) -> float:
    """Return the log-likelihood of `buyers` for customers watched as in `alive`: the higher, the better they fit."""
    x, t, until = _checked(purchases, last, observed)
    a, b, r, alpha = buyers.a, buyers.b, buyers.r, buyers.alpha
    common = _log_gamma(r + x) - _log_gamma(r) + r * np.log(alpha)
    stay = (
        _log_gamma(b + x) + _log_gamma(a + b) - _log_gamma(b) - _log_gamma(a + b + x) - (r + x) * np.log(alpha + until)
    )
    left = np.log(a) - np.log(b + np.maximum(x, 1) - 1) + (r + x) * np.log((alpha + until) / (alpha + t))
    return float((common + stay + np.where(x > 0, np.logaddexp(0, left), 0)).sum())


def _checked(purchases: ArrayLike, last: ArrayLike, observed: ArrayLike) -> tuple[Numbers, Numbers, Numbers]:
    x, t, until = (np.asarray(each, dtype=float) for each in (purchases, last, observed))
    if np.any(x < 0) or np.any(t < 0) or np.any(t > until):
        raise ValueError("count purchases from 0, and let the last one lie between week 0 and the end")
    return x, t, until


def _hypergeometric(one: Numbers, two: Numbers, three: Numbers, z: Numbers) -> Numbers:
    """Return Gauss's ₂F₁ by its series, for 0 ≤ z < 1."""
    term = np.ones(np.broadcast(one, two, three, z).shape)
    total = term.copy()
    for n in range(TERMS):
        term = term * (one + n) * (two + n) / ((three + n) * (n + 1)) * z
        total = total + term
        if np.all(np.abs(term) <= CRUMB * np.abs(total)):
            break
    return total


def _log_gamma(z: ArrayLike) -> Numbers:
    """Return ln Γ by Stirling's series, moved up to where it is exact to twelve digits."""
    up = 12
    x = np.asarray(z, dtype=float)
    moved = np.log(x[..., None] + np.arange(up)).sum(axis=-1)
    y = x + up
    series = 1 / (12 * y) - 1 / (360 * y**3) + 1 / (1260 * y**5) - 1 / (1680 * y**7)
    return (y - 0.5) * np.log(y) - y + 0.5 * np.log(2 * np.pi) + series - moved
