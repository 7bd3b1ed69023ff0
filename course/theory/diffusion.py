"""How a new thing spreads among buyers: Bass's curve, its peak, and its fit to what has been sold so far.

Source: Bass (1969). Those who have not bought yet do so at the rate p + q·F, where F is the share who have: p whatever the
others do, q the more of them have it. Each buys once, nobody's circle is larger than another's, and the market m stands
still: all three are assumptions. Times are in one unit throughout, 0 is the launch.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

SOURCES = ("bass-1969", "sultan-1990")
LEAST = np.log([1e-9, 1e-3])
MOST = np.log([1.0, 5.0])
GRID = 48
STEPS = 500


@dataclass(frozen=True)
class Bass:
    """A market of `m` (buyers), of which the share `p` per unit of time comes unasked and `q` because others have come."""

    m: float
    p: float
    q: float

    def sales(self, time: ArrayLike) -> NDArray[np.float64]:
        """Return what is sold per unit of time at each `time`: m f(t)."""
        return self.m * density(time, self.p, self.q)

    def sold(self, time: ArrayLike) -> NDArray[np.float64]:
        """Return what has been sold by each `time`: m F(t)."""
        return self.m * share_bought(time, self.p, self.q)

    @property
    def peak(self) -> tuple[float, float]:
        """Return when most is sold, and how much per unit of time; at 0 where q is not above p."""
        time = peak_time(self.p, self.q)
        return time, float(self.sales(time))


def _checked(p: float, q: float) -> None:
    if not (p > 0 and q >= 0):
        raise ValueError(f"p must be above 0 and q not below it, not {p} and {q}")


def share_bought(time: ArrayLike, p: float, q: float) -> NDArray[np.float64]:
    """Return F(t) = (1 − e^(−(p+q)t)) / (1 + (q/p) e^(−(p+q)t)): the share of the market that has bought by each `time`.

    Raises `ValueError` unless p > 0 and q ≥ 0.
    """
    _checked(p, q)
    left = np.exp(-(p + q) * np.asarray(time, dtype=float))
    return np.asarray((1 - left) / (1 + q / p * left))


def density(time: ArrayLike, p: float, q: float) -> NDArray[np.float64]:
    """Return f(t) = (p + q F(t)) (1 − F(t)): the share of the market that buys per unit of time at each `time`.

    Raises `ValueError` unless p > 0 and q ≥ 0.
    """
    share = share_bought(time, p, q)
    return np.asarray((p + q * share) * (1 - share))


def peak_time(p: float, q: float) -> float:
    """Return ln(q/p)/(p + q), when most is bought per unit of time; 0 where q ≤ p. Raises `ValueError` as `density`."""
    _checked(p, q)
    return float(np.log(q / p) / (p + q)) if q > p else 0.0


def _curves(logs: NDArray[np.float64], time: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return f at each time (columns) for each row of ln p, ln q."""
    p, q = np.exp(logs[..., :1]), np.exp(logs[..., 1:])
    left = np.exp(-(p + q) * time)
    share = (1 - left) / (1 + q / p * left)
    return np.asarray((p + q * share) * (1 - share))


def _misfit(
    logs: NDArray[np.float64], time: NDArray[np.float64], seen: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return for each row of ln p, ln q the market that fits best, and what then is left of `seen` at each time."""
    curves = _curves(logs, time)
    market = (curves @ seen) / np.maximum((curves**2).sum(axis=-1), 1e-300)
    return market, seen - market[..., None] * curves


def fit(sales: ArrayLike) -> Bass:
    """Return the curve whose rates at 1, 2, 3, … lie nearest to the `sales` of those periods, by least squares.

    For each p and q the best m is known, so that p and q only are sought: on a grid, then by Levenberg's and Marquardt's
    steps, p from 1e-9 to 1 and q from 0.001 to 5. While sales only rise, they hold next to nothing about where they will
    end, and m is what the last few of them make it. Raises `ValueError` for fewer than four periods, for what is no
    number, and for sales that are nowhere above 0.
    """
    seen = np.asarray(sales, dtype=float)
    if seen.ndim != 1 or seen.size < 4 or not np.isfinite(seen).all() or seen.max(initial=0.0) <= 0:
        raise ValueError("give the sales of at least four periods, as numbers, some of them above 0")
    time = np.arange(1.0, seen.size + 1)
    axes = [np.linspace(low, high, GRID) for low, high in zip(LEAST, MOST, strict=True)]
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 2)
    _, left = _misfit(grid, time, seen)
    best = grid[np.argmin((left**2).sum(axis=1))]
    damping = 1e-3
    _, rest = _misfit(best, time, seen)
    for _step in range(STEPS):
        nearby = best + 1e-6 * np.eye(2)
        slope = ((_misfit(nearby, time, seen)[1] - rest) / 1e-6).T
        square = slope.T @ slope
        move = np.linalg.solve(square + damping * np.diag(np.diag(square)) + 1e-12 * np.eye(2), -slope.T @ rest)
        trial = np.clip(best + move, LEAST, MOST)
        _, after = _misfit(trial, time, seen)
        if (after**2).sum() < (rest**2).sum():
            best, rest, damping = trial, after, damping / 3
        else:
            damping *= 4
        if damping > 1e12:
            break
    market, _ = _misfit(best, time, seen)
    p, q = np.exp(best)
    return Bass(float(market), float(p), float(q))
