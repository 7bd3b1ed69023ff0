"""m01: a crowd of guests, each with expectations of their own, meets one service that costs money."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from course.charts import pen
from course.simulations.base import Simulation, Slider
from course.simulations.run import Run, Table
from course.theory.disconfirmation import gap, satisfaction
from course.theory.prospect import ALPHA, LAMBDA, offsetting_gain, value
from course.theory.tolerance import adequacy, superiority

Numbers = NDArray[np.float64]

GUESTS = 4_000
GUESTS_ON_CURVE = 500
BIN_WIDTH = 2.0
BIN_EDGES = np.arange(-60.0, 60.0 + BIN_WIDTH, BIN_WIDTH)
LEVELS = np.arange(20.0, 101.0, 2.0)
WORTH_TELLING = 2.0  # yuan
FELT, EVEN = 0.05, 0.02  # points that are not told as 0.0, shares of guests that are told as alike


class Group(StrEnum):
    """Where a guest's visit fell: below their zone of tolerance, in it, beyond it, or beyond notice."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"
    UNNOTICED = "unnoticed"


@lru_cache(maxsize=8)
def _crowd(seed: int) -> tuple[Numbers, Numbers]:
    """Draw the same guests for the same seed: standard normal taste and luck, `GUESTS` each."""
    generator = np.random.default_rng(seed)
    return generator.standard_normal(GUESTS), generator.standard_normal(GUESTS)


@dataclass(frozen=True)
class Figures:
    """What a run comes to."""

    satisfaction: float
    felt: float
    below: float
    in_zone: float
    above: float
    cost: float
    unnoticed: float
    offset: float


class ExpectationGap(Simulation[Figures]):
    """Guests with layered expectations meet a service with a level, a spread and a price."""

    expected = Slider(72, 30, 95)
    disagreement = Slider(6, 0, 20, 0.5)
    zone_width = Slider(14, 0, 40)
    loss_weight = Slider(LAMBDA, 1, 4, 0.05)
    fading = Slider(ALPHA, 0.5, 1, 0.02)
    service = Slider(72, 20, 100)
    spread = Slider(10, 2, 25, 0.5)
    price = Slider(40, 10, 80)

    def run(self) -> Run[Figures]:
        """Return frames `guests`, `feeling`, `curve`, `now`, `money` and the figures; points and money as labelled."""
        expected, delivered = self._visits()
        luck = _crowd(int(self.seed))[1]
        distance = gap(delivered, expected)
        noticed = np.minimum(delivered, expected + self.zone_width)
        rating = self._rating(noticed, expected)
        below = adequacy(delivered, expected - self.zone_width / 2) < 0
        above = superiority(delivered, expected + self.zone_width / 2) > 0
        cost = self._level_cost(self.service) + self._steadiness_cost()
        figures = Figures(
            satisfaction=rating.mean(),
            felt=value(gap(noticed, expected), alpha=self.fading, lambda_=self.loss_weight).mean(),
            below=below.mean(),
            in_zone=1 - below.mean() - above.mean(),
            above=above.mean(),
            cost=float(cost),
            unnoticed=(self._level_cost(delivered) - self._level_cost(noticed)).mean(),
            offset=float(offsetting_gain(10, alpha=self.fading, lambda_=self.loss_weight)),
        )
        lost = figures.unnoticed
        tables = {
            "guests": self._histogram(distance, below, above, delivered > noticed),
            "feeling": self._feeling(),
            "curve": self._curve(expected[:GUESTS_ON_CURVE], luck[:GUESTS_ON_CURVE]),
            "now": {"cost": [cost], "satisfaction": [figures.satisfaction]},
            "money": {"from": [0.0, lost], "to": [lost, cost], "group": [Group.UNNOTICED, Group.WITHIN]},
        }
        return Run(figures, tables, {"visitors": GUESTS})

    def crowd(self) -> pd.DataFrame:
        """Return all guests: what they expected, got and noticed, the gap and how it felt, in points."""
        expected, delivered = self._visits()
        noticed = np.minimum(delivered, expected + self.zone_width)
        felt = value(gap(noticed, expected), alpha=self.fading, lambda_=self.loss_weight)
        table = pd.DataFrame({"expected": expected, "got": delivered, "gap": delivered - expected, "felt": felt})
        half = self.zone_width / 2
        beyond = np.where(delivered > noticed, Group.UNNOTICED, Group.ABOVE)
        inside = np.where(adequacy(delivered, expected - half) < 0, Group.BELOW, Group.WITHIN)
        return table.assign(kind=np.where(superiority(delivered, expected + half) > 0, beyond, inside))

    def _visits(self) -> tuple[Numbers, Numbers]:
        taste, luck = _crowd(int(self.seed))
        expected = np.clip(self.expected + self.disagreement * taste, 0, 100)
        return expected, np.clip(self.service + self.spread * luck, 0, 100)

    def _rating(self, noticed: Numbers, expected: Numbers) -> Numbers:
        return satisfaction(noticed, expected, alpha=self.fading, lambda_=self.loss_weight)

    def _level_cost(self, level: Numbers | float) -> Numbers:
        return self.price * (np.asarray(level, dtype=float) / 80) ** 2.5

    def _steadiness_cost(self) -> float:
        return 2 * self.price / self.spread

    def _histogram(
        self, distance: Numbers, below: NDArray[np.bool_], above: NDArray[np.bool_], unnoticed: NDArray[np.bool_]
    ) -> Table:
        groups = {
            Group.BELOW: below,
            Group.WITHIN: ~(below | above),
            Group.ABOVE: above & ~unnoticed,
            Group.UNNOTICED: above & unnoticed,
        }
        bins = np.clip(((distance - BIN_EDGES[0]) / BIN_WIDTH).astype(int), 0, BIN_EDGES.size - 2)
        counts = np.stack([np.bincount(bins[mask], minlength=BIN_EDGES.size - 1) for mask in groups.values()])
        group, place = np.nonzero(counts)
        return {
            "gap_from": BIN_EDGES[place],
            "gap_to": BIN_EDGES[place + 1],
            "share": counts[group, place] / distance.size,
            "group": np.array(list(Group))[group],
        }

    def _feeling(self) -> Table:
        noticed = np.minimum(BIN_EDGES, self.zone_width)
        return {"gap": BIN_EDGES, "felt": value(noticed, alpha=self.fading, lambda_=self.loss_weight)}

    def _curve(self, expected: Numbers, luck: Numbers) -> Table:
        delivered = np.clip(LEVELS[:, None] + self.spread * luck[None, :], 0, 100)
        noticed = np.minimum(delivered, expected[None, :] + self.zone_width)
        return {
            "level": LEVELS,
            "cost": self._level_cost(LEVELS) + self._steadiness_cost(),
            "satisfaction": self._rating(noticed, expected[None, :]).mean(axis=1),
        }

    @classmethod
    def draw(cls) -> pen.Pictures:
        """Return four pictures: guests by gap, how a gap feels, and what money goes into and buys."""
        twenties = list(range(-60, 61, 20))
        gap = pen.x("gap", -60, 60, values=twenties)
        spent = {Group.UNNOTICED: pen.UNNOTICED, Group.WITHIN: pen.WITHIN}
        colours = {
            Group.BELOW: pen.BELOW,
            Group.WITHIN: pen.WITHIN,
            Group.ABOVE: pen.ABOVE,
            Group.UNNOTICED: pen.UNNOTICED,
        }
        return {
            "guests": pen.picture(
                170,
                pen.histogram(
                    "guests",
                    pen.x("gap_from", -60, 60, values=twenties),
                    "gap_to",
                    pen.y("share", 0, 0.2, most=(0, 0.5), format="%", tickCount=4),
                    by=pen.Groups("group", colours, columns=2),
                ),
                pen.rule("now", {"datum": 0}, strokeDash=[3, 3]),
            ),
            "feeling": pen.picture(
                120,
                pen.lines("feeling", gap, felt := pen.y("felt", -90, 30, most=(-180, 60), tickCount=4)),
                pen.level("felt", felt, now=True),
            ),
            "money": pen.picture(
                50,
                pen.parts("money", yuan := pen.x("from", 0, 100, most=(0, 240)), "to", by=pen.Groups("group", spent)),
                pen.level("unnoticed", yuan),
            ),
            "curve": pen.picture(
                150,
                pen.lines(
                    "curve",
                    pen.x("cost", 0, 100, most=(0, 240)),
                    pen.y("satisfaction", -80, 110, most=(-320, 160)),
                ),
                pen.dots("now", "cost", "satisfaction", color=pen.BELOW),
            ),
        }

    def told(self, run: Run[Figures]) -> str:
        """Tell of money that nobody noticed, of the disappointed who outweigh the pleased, or how it comes out even."""
        if WORTH_TELLING <= run.figures.unnoticed <= run.figures.cost:
            return "wasted"
        below, above = run.figures.below, run.figures.above
        if run.figures.felt > -FELT:
            return "balance"
        if below > above + EVEN:
            return "let_down"
        return "outweighed" if self.loss_weight > 1 else "balance"
