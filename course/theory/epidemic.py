"""How far talk spreads where everybody may meet everybody: the SIR model, its final size, and its fit to a curve of days.

Source: Kermack & McKendrick (1927). Whoever has heard passes it on to R0 others before losing interest, as long as nobody
else knows it yet. Everybody meets everybody alike and hears but once: both are assumptions; `cascade` does without the first.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

SOURCES = ("kermack-mckendrick-1927",)
STEPS, NEAR = 60, 1e-15
PARTS = 20


def final_size(reproduction: ArrayLike, told_first: float = 0.0) -> NDArray[np.float64]:
    """Return the share z who have heard in the end: the largest z with z = 1 − (1 − s) e^(−R0 z).

    `reproduction` R0 is how many others one passes it on to, in a crowd that knows nothing yet (≥ 0); `told_first` s the
    share (0 to below 1) told by somebody from outside. With s = 0 and R0 ≤ 1 it is 0. Raises `ValueError` out of range.
    """
    rate = np.asarray(reproduction, dtype=float)
    if not np.all(rate >= 0) or not 0 <= told_first < 1:
        raise ValueError("R0 is not below 0, and the share told first lies from 0 to below 1")
    nobody = (rate <= 1) & (told_first == 0)
    spreads, size = np.where(nobody, 2.0, rate), np.ones(rate.shape)
    # the curve is convex, so Newton's rule comes down to the largest root from above and never falls below it
    for _step in range(STEPS):
        unheard = (1 - told_first) * np.exp(-spreads * size)
        down = (size - 1 + unheard) / (1 - spreads * unheard)
        size = size - down
        if not np.any(np.abs(down) > NEAR):
            break
    return np.asarray(np.where(nobody, 0.0, size))


def reproduction_from_size(share: ArrayLike) -> NDArray[np.float64]:
    """Return R0 = −ln(1 − z)/z, the inverse of `final_size`, for shares z above 0 and below 1; else `ValueError`."""
    size = np.asarray(share, dtype=float)
    if not np.all((size > 0) & (size < 1)):
        raise ValueError("the share who heard in the end lies between 0 and 1")
    return np.asarray(-np.log1p(-size) / size)


@dataclass(frozen=True)
class Curve:
    """An outbreak per unit of time: `contacts` β passed on by each, `fading` γ who lose interest, and their ratio R0."""

    contacts: float
    fading: float

    @property
    def reproduction(self) -> float:
        """Return R0 = β/γ, how many each passes it on to in a crowd that knows nothing yet."""
        return self.contacts / self.fading


def talking(contacts: ArrayLike, fading: ArrayLike, people: float, first: float, times: int) -> NDArray[np.float64]:
    """Return how many of `people` are talking at times 0, 1, …, `times` − 1, on the last axis, beginning with `first`.

    S′ = −β S I/N, I′ = β S I/N − γ I, by Runge and Kutta's fourth-order rule in steps of 1/20. Arrays of `contacts` β and
    `fading` γ (per unit of time, ≥ 0) go together element by element.
    """
    beta, gamma = np.broadcast_arrays(np.asarray(contacts, dtype=float), np.asarray(fading, dtype=float))
    state = np.stack([np.full(beta.shape, people - first), np.full(beta.shape, float(first))])

    def change(now: NDArray[np.float64]) -> NDArray[np.float64]:
        new = beta * now[0] * now[1] / people
        return np.stack([-new, new - gamma * now[1]])

    step, seen = 1 / PARTS, [state[1]]
    for part in range((times - 1) * PARTS):
        one = change(state)
        two = change(state + step / 2 * one)
        three = change(state + step / 2 * two)
        four = change(state + step * three)
        state = state + step / 6 * (one + 2 * two + 2 * three + four)
        if (part + 1) % PARTS == 0:
            seen.append(state[1])
    return np.stack(seen, axis=-1)


def fit_curve(counts: ArrayLike, people: float) -> Curve:
    """Return β and γ for which the number talking lies nearest to the `counts` of times 0, 1, 2, …, by least squares.

    The first count is taken as it is. Sought on grids that close in; β and γ from 0.02 to 10 per unit of time. Raises
    `ValueError` for fewer than four counts, for what is no number, and for a first count not between 0 and `people`.
    """
    seen = np.asarray(counts, dtype=float)
    if seen.ndim != 1 or seen.size < 4 or not np.isfinite(seen).all() or not 0 < seen[0] < people:
        raise ValueError("give at least four counts, as numbers, the first between 0 and all people")
    centre, reach = np.log([0.45, 0.45]), float(np.log(10 / 0.45))
    while reach > 1e-6:
        axes = [np.linspace(one - reach, one + reach, 25) for one in centre]
        beta, gamma = np.meshgrid(*np.exp(axes), indexing="ij")
        left = ((talking(beta, gamma, people, seen[0], seen.size) - seen) ** 2).sum(axis=-1)
        best = np.unravel_index(np.argmin(left), left.shape)
        centre = np.array([axes[0][best[0]], axes[1][best[1]]])
        reach /= 5
    contacts, fading = np.exp(centre)
    return Curve(float(contacts), float(fading))
