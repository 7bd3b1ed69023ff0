"""m12: what a promise and its keeping bring a shop: stars, orders, costs and profit, per customer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from course.datasets import load

Numbers = NDArray[np.float64]

SLOWER_BY_A_DAY = 0.0073
MARGIN = 20.0
ORDERS = 6.0
FEE, SHIPPING = 79.0, 9.48


@lru_cache(maxsize=1)
def _reviews() -> tuple[Numbers, Numbers]:
    table = load("olist_delay_by_day").dropna()
    # from the eighth late day on the stars have reached the bottom; that the last row is 0.05 higher again is noise
    return table["mean_day"].to_numpy(float), np.minimum.accumulate(table["mean_review_stars"].to_numpy(float))


def stars(delay: Numbers) -> Numbers:
    """Return the mean stars for parcels `delay` days late (below 0: early): straight lines between the Olist buckets."""
    days, ratings = _reviews()
    return np.interp(delay, days, ratings)


@dataclass(frozen=True)
class Shop:
    """How the shop delivers and deals: times in days, `faster` in percent a year on average, `members` in percent."""

    mean_time: float
    spread: float
    faster: float
    late_weight: float
    returns_days: float
    members: float

    def times(self, luck: Numbers) -> Numbers:
        """Return the days that parcels take, log-normal, for standard normal `luck`."""
        variance = np.log1p((self.spread / self.mean_time) ** 2)
        return np.asarray(np.exp(np.log(self.mean_time) - variance / 2 + np.sqrt(variance) * luck))

    def demand(self, promise: float | Numbers) -> Numbers:
        """Return the share of orders that a promise of so many days leaves, 1 at one day."""
        return np.exp(-SLOWER_BY_A_DAY * (np.asarray(promise, dtype=float) - 1))

    def returned(self) -> float:
        """Return the share of orders that come back."""
        return float(0.04 + 0.10 * (1 - np.exp(-self.returns_days / 30)))

    def orders(self, promise: float | Numbers) -> Numbers:
        """Return the orders of a customer in a year."""
        return ORDERS * self.demand(promise) * (1 + 0.15 * (1 - np.exp(-self.returns_days / 20)))

    def member_orders(self, promise: float | Numbers) -> Numbers:
        """Return the orders of a member in a year."""
        return self.orders(promise) * (1 + 1.5 * np.exp(-(np.asarray(promise, dtype=float) - 1) / 4))

    @property
    def late_day(self) -> float:
        """What a late day costs, in dollars."""
        return (1 + self.late_weight) * SLOWER_BY_A_DAY * MARGIN

    def known(self, promise: float, late_days: float) -> dict[str, float]:
        """Return the numbers that the equations of cost and profit name besides the sliders."""
        return {
            "late_day": self.late_day,
            "faster_mean": self.faster,
            "late_days": late_days,
            "orders_a_year": float(self.orders(promise)),
            "member_orders": float(self.member_orders(promise)),
        }

    def cost(self, late_days: float | Numbers) -> Numbers:
        """Return the cost of an order, in dollars, where parcels come `late_days` late on average."""
        fixed = 5 / self.mean_time + 1.5 / self.spread + 0.15 * self.faster + MARGIN * self.returned()
        return fixed + self.late_day * np.asarray(late_days, dtype=float)

    def profit(self, promise: float | Numbers, late_days: float | Numbers) -> Numbers:
        """Return what a customer leaves in a year, in dollars."""
        share = self.members / 100
        left = MARGIN - self.cost(late_days)
        member = self.member_orders(promise) * (left - SHIPPING) + FEE
        return (1 - share) * self.orders(promise) * left + share * member
