"""m05: what a model fitted to real answers would say, and what a cohort of invented customers does over twelve years."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from course.charts import pen
from course.simulations.base import Simulation, Slider
from course.simulations.calendar import Calendar
from course.simulations.m05_customers import LEVERS, PRICES, YEARS, Numbers, cohort, leaving, moved, sample
from course.simulations.run import Run, Table, tidy
from course.theory.lifetime import value_of_curve
from course.theory.path_model import ECSI
from course.theory.sorting import retention

MARGIN, DISCOUNT, PRICE = 100.0, 0.1, 4.0  # yuan a year; a share; yuan per per cent of the price
RISES = 0.005


class Way(StrEnum):
    """How a change reaches satisfaction."""

    DIRECT = "direct"
    AROUND = "around"


class Kind(StrEnum):
    """Whose retention a line shows."""

    FANS = "fans"
    OTHERS = "others"
    ALL = "all"


class Reckoning(StrEnum):
    """How a customer's worth is reckoned."""

    CURVE = "curve"
    ONE_RATE = "one_rate"


KNOWN = {"years": (Kind.ALL,), "worth": (Reckoning.CURVE,)}
COLOURS = dict(zip(LEVERS, (pen.ABOVE, pen.BELOW, pen.WITHIN, pen.UNNOTICED, pen.INK), strict=True))


@dataclass(frozen=True)
class Figures:
    """What a run comes to."""

    rise: float
    direct: float
    loyalty: float
    first: float
    later: float
    fans_left: float
    worth: float
    one_rate: float
    cost: float


class Loyalty(Simulation[Figures]):
    """Points moved in a fitted model; fans and others who leave, each with a chance that stays the same."""

    image = Slider(0, 0, 10)
    expectation = Slider(0, 0, 10)
    quality = Slider(0, 0, 10)
    value = Slider(0, 0, 10)
    complaints = Slider(0, 0, 10)
    fans = Slider(30, 0, 100, 5)
    passing = Slider(50, 10, 80, 5)
    link = Slider(2, 0, 5, 0.5)
    rival = Slider(0, 0, 20)
    cut = Slider(0, 0, 20)

    calendar = Calendar("year", YEARS, levers=("cut",), known=KNOWN)

    def _levers(self) -> Numbers:
        return np.array([getattr(self, name) for name in LEVERS], dtype=float)

    def run(self) -> Run[Figures]:
        """Return frames `ways`, `map`, `years`, `left`, `worth` and the figures; points, shares and yuan as labelled."""
        levers, notions = self._levers(), ECSI.notions
        points, direct = moved(levers, int(self.seed))
        rise, loyal = (float(points[notions.index(name)]) for name in ("satisfaction", "loyalty"))
        cuts = self.over_time("cut")
        pull = np.maximum(self.rival - cuts, 0)
        leaves = leaving(self.passing / 100, pull, max(1 - self.link / 100 * loyal, 0))
        kinds = cohort(self.fans / 100, leaves)
        whole = kinds.sum(axis=0)
        stays = retention(whole)
        cost = float(levers @ PRICES)
        # what is paid at once is paid at the first year's price
        margin = MARGIN - PRICE * np.concatenate([cuts[:1], cuts]) - cost
        same = stays[0] ** np.arange(YEARS + 1)
        figures = Figures(
            rise=rise,
            direct=direct,
            loyalty=loyal,
            first=stays[0],
            later=stays[-1],
            fans_left=kinds[0, -1] / whole[-1],
            worth=value_of_curve(margin, whole, DISCOUNT),
            one_rate=value_of_curve(margin, same, DISCOUNT),
            cost=cost,
        )
        tables = {
            "ways": {"from": [0.0, direct], "to": [direct, rise], "group": [*Way]},
            "map": self._map(points),
            "years": self._years(stays, 1 - leaves),
            "left": self._left(kinds),
            "worth": self._worth(margin, {Reckoning.CURVE: whole, Reckoning.ONE_RATE: same}),
        }
        fan_leaves, other_leaves = leaves[:, -1]
        asides = {"around": rise - direct, "margin": margin[-1], "fan_leaves": fan_leaves, "other_leaves": other_leaves}
        return Run(figures, tables, {name: float(number) for name, number in asides.items()})

    def _map(self, points: Numbers) -> Table:
        found, notions = sample(int(self.seed)), ECSI.notions
        rows = [notions.index(name) for name in LEVERS]
        effect = found.standard[rows, notions.index("loyalty")]
        score = np.clip(found.scores + points, 0, 100)[rows]
        return {"effect": effect, "score": score, "notion": LEVERS}

    def _years(self, stays: Numbers, kept: Numbers) -> Table:
        year = np.arange(1, YEARS + 1)
        rates = {Kind.ALL: stays}
        if self.fans > 0:
            rates[Kind.FANS] = kept[0]
        if self.fans < 100:
            rates[Kind.OTHERS] = kept[1]
        return tidy({"year": year, "stays": rate, "group": kind} for kind, rate in rates.items())

    def _left(self, kinds: Numbers) -> Table:
        year = np.arange(YEARS + 1)
        return tidy(
            {"year": year, "left": row, "group": kind}
            for kind, row in zip((Kind.FANS, Kind.OTHERS), kinds, strict=True)
        )

    def _worth(self, margin: Numbers, curves: dict[Reckoning, Numbers]) -> Table:
        year = np.arange(YEARS + 1)
        return tidy(
            {"year": year, "worth": np.cumsum(margin * shares / (1 + DISCOUNT) ** year), "group": name}
            for name, shares in curves.items()
        )

    @classmethod
    def draw(cls) -> pen.Pictures:
        """Return five pictures: how satisfaction moves, retention, who is left, their worth, and what to work on."""
        year, years = pen.x("year", 1, YEARS, tickCount=12), pen.x("year", 0, YEARS, tickCount=12)
        points = pen.x("from", 0, 10, most=(0, 40))
        stays = pen.y("stays", 0, 1, format="%", tickCount=5)
        ways = {Way.DIRECT: pen.BELOW, Way.AROUND: pen.WITHIN}
        kinds = {Kind.ALL: pen.INK, Kind.FANS: pen.ABOVE, Kind.OTHERS: pen.BELOW}
        left = {Kind.FANS: pen.ABOVE, Kind.OTHERS: pen.BELOW}
        worth = pen.y("worth", 0, 500, most=(-300, 900))
        reckoned = {Reckoning.CURVE: pen.ABOVE, Reckoning.ONE_RATE: pen.BELOW}
        return {
            "ways": pen.picture(
                50, pen.parts("ways", points, "to", by=pen.Groups("group", ways)), pen.level("rise", points)
            ),
            "years": pen.picture(
                170, pen.lines("years", year, stays, by=pen.Groups("group", kinds)), pen.level("later", stays)
            ),
            "left": pen.picture(
                130,
                pen.lines("left", years, pen.y("left", 0, 1, format="%", tickCount=5), by=pen.Groups("group", left)),
            ),
            "worth": pen.picture(
                130,
                pen.lines("worth", years, worth, by=pen.Groups("group", reckoned)),
                pen.level("worth", worth),
            ),
            "map": pen.picture(
                170,
                pen.dots(
                    "map",
                    pen.x("effect", -0.1, 0.6, most=(-0.3, 0.9)),
                    pen.y("score", 50, 90, most=(0, 100)),
                    by=pen.Groups("notion", COLOURS, columns=3),
                ),
            ),
        }

    def idle(self) -> dict[str, str]:
        """Nobody moves for a rival where all are fans, or the price is matched; nothing to pass on where no point moves."""
        found: dict[str, str] = {}
        if self.fans == 100:
            found |= {"passing": "only_fans", "rival": "only_fans"}
        elif self.cut >= 20:
            found["rival"] = "matched"
        if not self._levers().any():
            found["link"] = "nothing_moved"
        return found

    def told(self, run: Run[Figures]) -> str:
        """Tell of what was moved, of a price war, or of a retention that rises, or not, though nobody changes."""
        if self._levers().any():
            return "around" if abs(run.asides["around"]) > abs(run.figures.direct) else "straight"
        if self.cut:
            return "cut"
        if run.figures.later - run.figures.first <= RISES:
            return "alike"
        return "rival" if self.rival else "sorting"
