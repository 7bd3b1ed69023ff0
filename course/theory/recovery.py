"""What complaints keep: who stays by the fate of a complaint, and how many must be handled very well to match the others.

The arithmetic supposes that the silent, once they complain, would behave as complainers do; nobody was assigned to complain.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

SOURCES = ("tarp-1986", "morgeson-2023", "de-matos-2007")


def staying(complaining: float, silent: float, fates: ArrayLike, rates: ArrayLike) -> float:
    """Return the share of customers with a problem who buy again.

    `complaining`: the share who complain, 0 to 1; `silent`: the share of the others who buy again. `fates`: how complaints
    end, shares that add to 1; `rates`: which share buys again after each. Raises `ValueError` for other numbers.
    """
    share, rate = np.asarray(fates, dtype=float), np.asarray(rates, dtype=float)
    if share.ndim != 1 or share.shape != rate.shape or abs(share.sum() - 1) > 1e-9:
        raise ValueError("give one rate for each fate, and fates that add to 1")
    if not np.all((share >= 0) & (rate >= 0) & (rate <= 1)) or not (0 <= complaining <= 1 and 0 <= silent <= 1):
        raise ValueError("shares must lie between 0 and 1")
    return float((1 - complaining) * silent + complaining * (share @ rate))


def share_to_match(reference: float, best: float, otherwise: float) -> float:
    """Return which share of complaints must get the best handling for complainers to be as loyal as the `reference`.

    `best` and `otherwise`: the share who buy again after the best handling, and after the others as they are mixed today.
    Above 1 no handling suffices; 0 or less means that none is needed. Raises `ValueError` unless `best` is above `otherwise`.
    """
    if not best > otherwise:
        raise ValueError("the best handling must keep more than the others")
    return (reference - otherwise) / (best - otherwise)
