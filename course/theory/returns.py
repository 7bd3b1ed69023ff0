"""Free returns as a calculation: what orders that come back leave of the profit, and how many more orders pay for it."""

from __future__ import annotations

import math

SOURCES = ("janakiraman-2016",)


def returns_profit(orders: float, margin: float, returned: float, handling: float) -> float:
    """Return what `orders` leave when the share `returned` (0 to 1) of them comes back.

    An order that is kept earns `margin`; one that comes back earns nothing and costs `handling` (both in one currency).
    Raises `ValueError` for a share outside 0 to 1, and for orders or handling below 0.

    Source: arithmetic. That lenient policies raise purchases and returns: Janakiraman, Syrdal & Freling (2016).
    """
    if not 0 <= returned <= 1:
        raise ValueError(f"the share returned must lie between 0 and 1, not {returned}")
    if not (0 <= orders < math.inf and 0 <= handling < math.inf and math.isfinite(margin)):
        raise ValueError("orders and handling must be 0 or more, and every number finite")
    return orders * ((1 - returned) * margin - returned * handling)


def lift_that_pays(margin: float, handling: float, before: float, after: float) -> float:
    """Return the growth of orders (0.2 = a fifth more) at which a returned share of `after` leaves as much as `before` did.

    Raises `ValueError` where an order at `after` earns nothing, so that no growth would pay, and for what
    `returns_profit` refuses.
    """
    now, then = (returns_profit(1, margin, share, handling) for share in (before, after))
    if not then > 0:
        raise ValueError("an order that leaves nothing pays at no number of orders")
    return now / then - 1
