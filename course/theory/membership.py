"""A yearly fee against a price per order: when a membership pays for the one who buys it."""

from __future__ import annotations

import math

SOURCES = ("ours",)


def break_even_orders(fee: float, price_per_order: float) -> int:
    """Return the smallest number of orders a year whose prices come to at least the yearly `fee` (same currency).

    Raises `ValueError` for a fee below 0 or a price that is not above 0. Plain arithmetic; the case that made it known is
    Amazon Prime at its launch: Del Rey, J. (2019, May 3). The making of Amazon Prime. Recode.
    """
    if not 0 <= fee < math.inf:
        raise ValueError(f"the fee must be 0 or more, not {fee}")
    if not 0 < price_per_order < math.inf:
        raise ValueError(f"the price per order must be above 0, not {price_per_order}")
    # a hair less, so that 3 × 0.1 pays for a fee of 0.3
    return math.ceil(fee / price_per_order * (1 - 1e-12))
