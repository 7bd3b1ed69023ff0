"""What it costs when people leave, and how an attitude is said to become revenue.

Cascio (2006) multiplies people, the share that leaves and what replacing one costs. Rucci, Kirn and Quinn (1998) fitted one
firm's stores: so many units of employees' attitude go with so many of customers' impression, and these with so much growth of
revenue. Both are rules of three: neither says that the one causes the other.
"""

from __future__ import annotations

from collections.abc import Iterable

SOURCES = ("cascio-2006", "rucci-kirn-quinn-1998")


def cost_of_leaving(people: float, leaving: float, replacing: float) -> float:
    """Return what people leaving cost in a year, in the unit of `replacing`, the cost of replacing one.

    `leaving`: the share of `people` that leaves in a year (above 1 where places empty more than once). Raises `ValueError`
    for anything below 0.
    """
    if min(people, leaving, replacing) < 0:
        raise ValueError("people, the share that leaves and the cost are not below 0")
    return people * leaving * replacing


def passed_on(change: float, rates: Iterable[float]) -> list[float]:
    """Return what a change of a chain's first quantity goes with in the second, third, …: each rate times the one before.

    `rates` are units of the next per unit of the one before. They hold for changes like those they were fitted on.
    """
    found = []
    for rate in rates:
        change *= rate
        found.append(change)
    return found
