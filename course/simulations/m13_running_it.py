"""m13: a chain of shops for ten years, with every lever of the course, seen as its manager sees it and as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from course.charts import pen
from course.charts.picture import Picture
from course.simulations.base import Simulation, Slider
from course.simulations.calendar import Calendar
from course.simulations.m13_debrief import debrief, happened
from course.simulations.m13_firm import YEARS, Firm, Year, after, drawn, in_year, opened, worth
from course.simulations.m13_manager import DISCOUNTS, EVENTS, LEVERS, decision, horizons, survey_errors
from course.simulations.run import Run, tidy
from course.simulations.scorecard import LETTERS, STRATEGIES, STRATEGY, Debrief, Scorecard

START = 300.0
SURVEY, PERCEIVED, EXPECTED = "survey", "perceived", "expected"
CLEAN, PRACTISED = "clean", "practised"


QUIET, SEVERAL = "quiet", "several"
KNOWN = {"money": (), "profit": (), "points": (SURVEY,), "customers": (), "report": ()}


def _compared() -> Picture:
    """Return the picture of up to four strategies."""
    colours = dict(zip(LETTERS, (pen.WITHIN, pen.BELOW, pen.ABOVE, pen.UNNOTICED), strict=True))
    years, earned = (
        pen.x("year", 0, YEARS, tickCount=YEARS),
        pen.y("earned", -200, 800, most=(-3000, 3000), tickCount=5),
    )
    return pen.picture(220, pen.lines(STRATEGIES, years, earned, by=pen.Groups(STRATEGY, colours)))


@dataclass(frozen=True)
class Figures:
    """What a run comes to."""

    one: float
    three: float
    ten: float
    customers: float
    shops: float
    satisfaction: float
    survey: float
    clean: float
    practised: float
    wait: float


class RunningIt(Simulation[Figures]):
    """Ten years of one firm; decisions may change from year to year."""

    promise = Slider(70, 50, 95)
    process = Slider(2, 0, 8, 0.5)
    delight = Slider(2, 0, 8, 0.5)
    staff = Slider(100, 70, 140, 5)
    training = Slider(15, 0, 40)
    openings = Slider(5, 0, 25)
    complaints = Slider(30, 0, 100, 5)
    posted = Slider(50, 30, 95, 5)
    calendar = Calendar("year", YEARS, levers=LEVERS, known=KNOWN)
    scorecard = Scorecard(("one", "three", "ten"), "money", picture=_compared())

    def run(self) -> Run[Figures]:
        """Return the frames that `draw` names and the figures, in the units of their labels."""
        years, firm = self._years()
        time = np.arange(1, YEARS + 1)
        column = {name: np.array([float(getattr(year, name)[0]) for year in years]) for name in vars(years[0])}
        discounted = column["profit"] * DISCOUNTS
        left = float(worth(firm, years[-1])[0] * DISCOUNTS[-1])
        survey = np.clip(column["satisfaction"] + survey_errors(int(self.seed)), 0, 100)
        one, three, ten = (float(total[0]) for total in horizons(years, firm))
        figures = Figures(
            one=one,
            three=three,
            ten=ten,
            customers=float(column["customers"][-1]),
            shops=float(firm.shops[0]),
            satisfaction=float(column["satisfaction"][-1]),
            survey=float(survey[-1]),
            clean=float(column["clean"].mean()),
            practised=float(column["practised"][-1]),
            wait=float(column["wait"].mean()),
        )
        return Run(
            figures,
            asides={"left": left, "start": START, "loss": -figures.ten},
            tables={
                "money": {"year": [0, *time], "earned": [0.0, *discounted.cumsum()]},
                "end": {"year": [YEARS], "earned": [ten]},
                "profit": {"year": time, "profit": column["profit"]},
                "points": tidy(
                    {"year": time, "points": values, "measure": name}
                    for name, values in {
                        SURVEY: survey, PERCEIVED: column["perceived"], EXPECTED: column["expected"],
                    }.items()
                ),
                "report": {
                        "year": time,
                        "cash": column["profit"].cumsum(),
                        "complaining": column["complaints"] * 1_000,
                        "wait": column["wait"],
                        "event": [_event(names) for names in happened(int(self.seed))],
                    },
                "customers": {"year": [0, *time], "customers": [START, *column["customers"]]},
                "inside": tidy(
                    {"year": time, "share": column[name], "measure": name} for name in (CLEAN, PRACTISED)
                ),
            },
        )  # fmt: skip

    def _years(self) -> tuple[list[Year], Firm]:
        """Return what came of each year, and where the firm stands at the end."""
        plans = {name: self.over_time(name) for name in LEVERS}
        events, firm = drawn(1, int(self.seed)), opened(1)
        years = []
        for year in range(YEARS):
            now = decision({name: float(plan[year]) for name, plan in plans.items()})
            firm, came = after(firm, now, in_year(events, year))
            years.append(came)
        return years, firm

    def happened(self, period: int) -> Sequence[str]:
        """Return the events of a year, by name."""
        return happened(int(self.seed))[period - 1] if period else ()

    def debrief(self) -> Debrief:
        """Return what one, three and ten years owe to decisions and luck, beside a little of everything in average years."""
        return debrief({name: self.over_time(name) for name in LEVERS}, type(self)().values(), int(self.seed))

    @classmethod
    def draw(cls) -> pen.Pictures:
        """Return what was earned, profits, what guests say and feel, complaints, customers, and what goes on inside."""
        years = pen.x("year", 0, YEARS, tickCount=YEARS)
        # half a year more to each side, so that the first bar and the last are whole
        each = pen.x("year", 0.5, YEARS + 0.5, tickCount=YEARS)
        earned = pen.y("earned", -600, 800, most=(-3000, 3000), tickCount=5)
        profit = pen.y("profit", -400, 200, most=(-500, 600), tickCount=4)
        people = pen.y("customers", 0, 700, most=(0, 4000), tickCount=4)
        measures = pen.Groups("measure", {PERCEIVED: pen.WITHIN, EXPECTED: pen.UNNOTICED, SURVEY: pen.BELOW})
        told = pen.y("complaining", 0, 200, most=(0, 400), tickCount=4)
        colours = (pen.WITHIN, pen.UNNOTICED, pen.BELOW, pen.ABOVE, pen.INK)
        events = pen.Groups("event", dict(zip((QUIET, *EVENTS, SEVERAL), colours, strict=True)), columns=3)
        inside = pen.Groups("measure", {CLEAN: pen.ABOVE, PRACTISED: pen.BELOW})
        return {
            "money": pen.picture(
                200, pen.lines("money", years, earned), pen.dots("end", years, earned), pen.level("ten", earned)
            ),
            "profit": pen.picture(110, pen.bars("profit", each, profit, color=pen.WITHIN, size=14)),
            "points": pen.picture(
                130, pen.lines("points", years, pen.y("points", 40, 100, most=(0, 100)), by=measures)
            ),
            "report": pen.picture(110, pen.bars("report", each, told, by=events, size=14)),
            "customers": pen.picture(110, pen.lines("customers", years, people), pen.level("customers", people)),
            "inside": pen.picture(
                110, pen.lines("inside", years, pen.y("share", 0, 1, format="%", tickCount=4), by=inside)
            ),
        }

    def told(self, run: Run[Figures]) -> str:
        """Tell whether the firm has grown, and how its horizons compare."""
        if run.figures.ten < 0:
            return "ruined"
        return "grown" if run.figures.customers >= START else "shrunk"


def _event(names: Sequence[str]) -> str:
    return QUIET if not names else names[0] if len(names) == 1 else SEVERAL
