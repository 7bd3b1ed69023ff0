"""How few make how many: the share of the busiest sources, causes in order of weight, and complaints that are closed.

Source of the rule of the vital few: Juran (1954, 1975), who named it after Pareto and later took the name back.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

SOURCES = ("juran-1975",)


@dataclass(frozen=True)
class Pareto:
    """Causes, heaviest first: their places in the list (from 0), shares of the whole, and shares added up so far."""

    order: tuple[int, ...]
    shares: NDArray[np.float64]
    cumulated: NDArray[np.float64]


def pareto(counts: ArrayLike, whole: float | None = None) -> Pareto:
    """Order `counts` (at least 0) by weight. `whole`: of how many, where the list does not name all; else their sum.

    Ties keep their order. Raises `ValueError` for an empty list, negative counts, or a whole that is not above 0 or is
    smaller than the sum.
    """
    number = np.asarray(counts, dtype=float)
    if number.ndim != 1 or not len(number) or not np.all(number >= 0):
        raise ValueError("give counts of at least 0")
    total = float(number.sum()) if whole is None else whole
    if not total > 0 or total < number.sum():
        raise ValueError("the whole must be above 0 and not smaller than its parts")
    order = np.argsort(-number, kind="stable")
    shares = number[order] / total
    return Pareto(tuple(int(place) for place in order), shares, np.cumsum(shares))


def share_of_top(top: float, each: ArrayLike, sources: ArrayLike) -> float:
    """Return which share of all events the busiest `top` (0 to 1) of the sources make.

    `each`: events of a source; `sources`: how many sources have so many. Of a group that straddles the line, the part above
    it counts. Raises `ValueError` for a `top` outside 0 to 1, other shapes, negative numbers or no events.
    """
    events, many = np.asarray(each, dtype=float), np.asarray(sources, dtype=float)
    if not 0 <= top <= 1 or events.ndim != 1 or events.shape != many.shape:
        raise ValueError("give a share from 0 to 1, and a number of sources for each number of events")
    if np.any(events < 0) or np.any(many < 0) or not events @ many > 0:
        raise ValueError("numbers must not be negative, and there must be events")
    order = np.argsort(-events, kind="stable")
    taken = np.concatenate([[0.0], np.cumsum(many[order])])
    made = np.concatenate([[0.0], np.cumsum((events * many)[order])])
    return float(np.interp(top * taken[-1], taken, made) / made[-1])


def closure_rate(received: float, closed: float) -> float:
    """Return closed ÷ received, 0 to 1. Closed is what the register says; whether it is fixed, the caller knows.

    Raises `ValueError` unless received is above 0 and closed lies between 0 and received.
    """
    if not received > 0 or not 0 <= closed <= received:
        raise ValueError("closed cases must lie between 0 and those received, which are above 0")
    return closed / received


def fixed_rate(received: float, closed: float, back: float) -> float:
    """Return (closed − back) ÷ received: cases whose callers did not come `back` with the same thing.

    Raises `ValueError` as `closure_rate` does, and unless `back` lies between 0 and closed.
    """
    rate = closure_rate(received, closed)
    if not 0 <= back <= closed:
        raise ValueError("those that came back must lie between 0 and those closed")
    return rate - back / received
