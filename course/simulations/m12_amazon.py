"""m12: a shop chooses the date it promises; parcels come when they come, and what customers expect moves on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np

from course.charts import pen
from course.simulations.base import Simulation, Slider
from course.simulations.calendar import Calendar
from course.simulations.m12_shop import FEE, SHIPPING, Numbers, Shop, stars
from course.simulations.run import Columns, Run, Table, tidy
from course.theory.adaptation import expectation_path
from course.theory.promise import promise_cost, sample_promise
from course.theory.prospect import value

PARCELS = 4_000
PARCELS_ON_CURVE = 800
LONGEST, BIN_WIDTH = 45.0, 0.5  # days; the last bar holds what takes longer
PROMISES = np.arange(1.0, 41.0)
YEARS = 10
CONTENT = 80.0
POINTS_PER_FEELING = 2.5
FELT = 0.05  # points that are not told as 0.0
WORTH_TELLING = 1.0  # days of promise above the cheapest one


class Group(StrEnum):
    """When a parcel came, against its promise."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


class Line(StrEnum):
    """What a line shows."""

    STARS = "stars"
    ORDERS = "orders"
    PROFIT = "profit"
    DELIVERED = "delivered"
    EXPECTED = "expected"


KNOWN = {"years": (), "bar": (Line.DELIVERED,)}


@lru_cache(maxsize=8)
def _luck(seed: int) -> tuple[Numbers, Numbers]:
    """Draw the same luck for the same seed: standard normal, one per parcel, and one per year."""
    generator = np.random.default_rng(seed)
    return generator.standard_normal(PARCELS), generator.standard_normal(YEARS + 1)


@dataclass(frozen=True)
class Figures:
    """What a run comes to."""

    on_time: float
    stars: float
    best_promise: float
    promise_cost: float
    orders: float
    returned: float
    cost: float
    profit: float
    member_saving: float
    satisfaction_change: float


class Amazon(Simulation[Figures]):
    """A distribution of delivery times, a promised date, returns, a membership, and expectations that move on."""

    promise = Slider(5, 1, 40, 0.5)
    mean_time = Slider(5, 1, 20, 0.5)
    spread = Slider(2, 0.5, 10, 0.5)
    faster = Slider(0, 0, 20)
    late_weight = Slider(4, 1, 20, 0.5)
    adaptation = Slider(0.3, 0, 1, 0.05)
    members = Slider(0, 0, 90, 5)
    returns_days = Slider(30, 0, 90, 5)

    calendar = Calendar("year", YEARS, levers=("faster",), known=KNOWN, secret=("expected",))

    def run(self) -> Run[Figures]:
        """Return frames `parcels`, `lines`, `curve`, `now`, `best`, `years`, `bar` and the figures."""
        luck, _yearly = _luck(int(self.seed))
        times = self._shop.times(luck)
        delay = times - self.promise
        years = self._years()
        late_days = float(np.maximum(delay, 0).mean())
        figures = Figures(
            on_time=(delay <= 0).mean(),
            stars=stars(delay).mean(),
            best_promise=sample_promise(times, self.late_weight),
            promise_cost=promise_cost(self.promise, times, self.late_weight),
            orders=float(self._shop.demand(self.promise)),
            returned=self._shop.returned(),
            cost=float(self._shop.cost(late_days)),
            profit=float(self._shop.profit(self.promise, late_days)),
            member_saving=SHIPPING * float(self._shop.member_orders(self.promise)) - FEE,
            satisfaction_change=years["satisfaction"][-1] - years["satisfaction"][0],
        )
        some = self._shop.times(luck[:PARCELS_ON_CURVE])
        curve = self._curve(some)
        tables: dict[str, Table] = {
            "parcels": self._histogram(times),
            "lines": {"promise": [self.promise], "best": [figures.best_promise]},
            "curve": curve,
            "now": self._curve(some, here=True),
            "best": {"stars": [1 / curve["amount"][curve["line"] == Line.STARS].max()]},
            "years": years,
            "bar": tidy(
                {"year": years["year"], "line": name, "days": years[name]} for name in (Line.DELIVERED, Line.EXPECTED)
            ),
        }
        known = self._shop.known(self.promise, late_days)
        return Run(figures, tables, {"late": 1 - figures.on_time, "loss": -figures.profit, "parcels": PARCELS, **known})

    @property
    def _shop(self) -> Shop:
        names = ("mean_time", "spread", "late_weight", "returns_days", "members")
        gained = float(self.over_time("faster").mean())
        return Shop(faster=gained, **{name: getattr(self, name) for name in names})

    def _histogram(self, times: Numbers) -> Columns:
        edges = np.arange(0, LONGEST + BIN_WIDTH, BIN_WIDTH)
        shown = np.clip(times, 0, LONGEST)
        groups = {
            Group.EARLY: times <= self.promise - 2,
            Group.ON_TIME: (times > self.promise - 2) & (times <= self.promise),
            Group.LATE: times > self.promise,
        }
        counts = {name: np.histogram(shown[mask], edges)[0] for name, mask in groups.items()}
        return tidy(
            {
                "time_from": edges[:-1][count > 0],
                "time_to": edges[1:][count > 0],
                "share": count[count > 0] / times.size,
                "group": name,
            }
            for name, count in counts.items()
        )

    def _curve(self, times: Numbers, here: bool = False) -> Columns:
        delay = times[None, :] - PROMISES[:, None]
        amounts = {
            Line.STARS: stars(delay).mean(axis=1),
            Line.ORDERS: self._shop.demand(PROMISES),
            Line.PROFIT: self._shop.profit(PROMISES, np.maximum(delay, 0).mean(axis=1)),
        }
        at = np.array([self.promise]) if here else PROMISES
        return tidy(
            {
                "promise": at,
                "line": name,
                "amount": np.interp(at, PROMISES, amount),
                "percent": np.interp(at, PROMISES, amount) / max(np.abs(amount).max(), 1e-9),
            }
            for name, amount in amounts.items()
        )

    def _years(self) -> Columns:
        _parcels, luck = _luck(int(self.seed))
        steps = np.arange(YEARS + 1)
        wobble = np.exp(0.03 * luck)
        wobble[0] = 1.0
        gained = np.cumprod([1.0, *(1 - self.over_time("faster") / 100)])
        delivered = self.mean_time * gained * wobble
        expected = expectation_path(self.promise, delivered, self.adaptation)[:-1]
        felt = CONTENT + POINTS_PER_FEELING * value(expected - delivered)
        points = np.clip(felt, 0, 100)
        return {"year": steps, "delivered": delivered, "expected": expected, "satisfaction": points}

    @classmethod
    def draw(cls) -> pen.Pictures:
        """Return four pictures: parcels against the promise, what each promise brings, and ten years in days and points."""
        groups = {Group.EARLY: pen.ABOVE, Group.ON_TIME: pen.WITHIN, Group.LATE: pen.BELOW}
        results = {Line.STARS: pen.ABOVE, Line.ORDERS: pen.WITHIN, Line.PROFIT: pen.BELOW}
        days = pen.Groups("line", {Line.DELIVERED: pen.ABOVE, Line.EXPECTED: pen.WITHIN})
        by_result = pen.Groups("line", results, columns=3)
        promise = pen.x("promise", 0, 40)
        percent = pen.y("percent", -0.5, 1, most=(-1, 1), format="%", tickCount=4)
        share = pen.y("share", 0, 0.5, most=(0, 1), format="%", tickCount=4)
        by_group = pen.Groups("group", groups, columns=3)
        year = pen.x("year", 0, YEARS, tickMinStep=1)
        return {
            "parcels": pen.picture(
                170,
                pen.histogram("parcels", pen.x("time_from", 0, LONGEST), "time_to", share, by=by_group, gap=0.5),
                pen.rule("lines", "promise", strokeWidth=3),
                pen.rule("lines", "best", strokeDash=pen.DASHED, strokeWidth=2),
            ),
            "curve": pen.picture(
                170,
                pen.lines("curve", promise, percent, by=by_result),
                pen.dots("now", promise, percent, by=by_result, opacity=1, size=130),
                pen.level("stars", percent, times=("best", "stars")),
            ),
            "bar": pen.picture(120, pen.lines("bar", year, pen.y("days", 0, 25, most=(0, 40)), by=days)),
            "years": pen.picture(
                120,
                pen.lines("years", year, points := pen.y("satisfaction", 0, 100), point=True),
                pen.level("satisfaction_change", points, plus=("years", "satisfaction")),
            ),
        }

    def told(self, run: Run[Figures]) -> str:
        """Tell where the bar went, or of a promise that is safer than it needs to be, or what the promise earned."""
        delivered = run.tables["years"]["delivered"]
        if self.faster > 0 and delivered[-1] < delivered[0] and run.figures.satisfaction_change <= -FELT:
            return "faster"
        if self.promise > run.figures.best_promise + WORTH_TELLING:
            return "padded"
        return "promise" if run.figures.profit >= 0 else "loss"
