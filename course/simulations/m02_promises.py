"""m02: a guesthouse promises, delivers and now and then delights; guests expect what four sources tell them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from course.charts import pen
from course.simulations.base import Simulation, Slider
from course.simulations.calendar import Calendar
from course.simulations.m02_market import (
    MARKET,
    MONTHS,
    USUAL,
    Errors,
    Guest,
    Habits,
    Numbers,
    Source,
    Year,
    live_through,
    lived,
    people,
)
from course.simulations.run import Run, tidy
from course.theory.prospect import LAMBDA
from course.theory.sources import weights

BEST, WORTH_TELLING, FELT = 100.0, 5.0, 0.05
CALENDAR = np.arange(1, MONTHS + 1)


class Line(StrEnum):
    """What a line shows."""

    DELIVERED = "delivered"
    PROMISED = "promised"
    EXPECTED = "expected"
    HEARD = "heard"
    YOURS = "yours"
    HONEST = "honest"


KNOWN = {"felt": (), "path": (Line.DELIVERED, Line.PROMISED), "guests": (Line.YOURS,)}


class Mood(StrEnum):
    """How a visit felt."""

    GLAD = "glad"
    LET_DOWN = "let_down"


@dataclass(frozen=True)
class Figures:
    """What a year comes to."""

    felt_total: float
    effort: float
    expected_end: float
    promise_weight: float
    first_gap: float
    newcomers: float
    churn: float
    lead_early: float
    lead_end: float
    guests: float


class Promises(Simulation[Figures]):
    """A year of twelve visits: precision-weighted expectations, delights, a promise, and who comes and who stays."""

    pulse = Slider(30, 0, 40)
    every = Slider(0, 0, 6)
    lasting = Slider(0, 0, 30, 0.5)
    spread = Slider(0, 0, 15, 0.5)
    promise = Slider(60, 30, 100)
    hears = Slider(0, 0, 100, 5)
    own = Slider(5, 1, 30)
    talk = Slider(10, 1, 60)
    advert = Slider(10, 1, 60)
    rivals = Slider(15, 1, 60)
    adaptation = Slider(0.3, 0, 1, 0.05)
    loss_weight = Slider(LAMBDA, 1, 4, 0.05)

    calendar = Calendar("month", MONTHS, levers=("promise", "lasting"), known=KNOWN)

    def run(self) -> Run[Figures]:
        """Return frames `path`, `felt`, `guests`, `honest`, `sources` and the figures; points and guests as labelled."""
        level, promised = self._level(), self.over_time("promise")
        yours, honest = self._year(level, promised), self._year(level, self._ordinary)
        errors = self._errors()
        lead = yours.guests - honest.guests
        figures = Figures(
            felt_total=yours.felt.sum(),
            effort=(level - USUAL).sum(),
            expected_end=yours.expected[-1],
            promise_weight=weights(errors.heard)[1],
            first_gap=yours.first_gap,
            newcomers=yours.newcomers[:3].sum(),
            churn=yours.churn,
            lead_early=lead[3],
            lead_end=lead[-1],
            guests=yours.guests[-1],
        )
        lines = {
            Line.DELIVERED: level,
            Line.PROMISED: promised,
            Line.EXPECTED: yours.expected,
            Line.HEARD: yours.heard,
        }
        houses = {Line.YOURS: yours, Line.HONEST: honest}
        believed = {Guest.REGULAR: weights(errors.all), Guest.NEWCOMER: np.array([0.0, *weights(errors.heard)])}
        felt = {
            "month": CALENDAR,
            "felt": yours.felt,
            "total": yours.felt.cumsum(),
            "mood": np.where(yours.felt >= 0, Mood.GLAD, Mood.LET_DOWN),
        }
        tables = {
            "path": tidy({"month": CALENDAR, "line": name, "points": points} for name, points in lines.items()),
            "felt": tidy([felt]),
            "guests": tidy(
                {"month": np.arange(MONTHS + 1), "line": name, "guests": year.guests} for name, year in houses.items()
            ),
            "honest": tidy([{"guests": honest.guests[-1:]}]),
            "sources": tidy(
                {"who": who, "source": list(Source), "weight": share, "rank": range(len(Source))}
                for who, share in believed.items()
            ),
        }
        asides = {"first": yours.felt[0], "rest": yours.felt[1:].sum(), **MARKET}
        others = {"early": yours.guests[3], "honest_early": honest.guests[3], "honest_end": honest.guests[-1]}
        return Run(figures, tables, asides | others)

    def crowd(self) -> pd.DataFrame:
        """Return everybody in the market, as `people` does."""
        return people(live_through(self._level(), self.over_time("promise"), self._habits(), keep=True))

    @property
    def _ordinary(self) -> Numbers:
        """What the house delivers in a month without a delight, and would promise if it were honest."""
        return USUAL + self.over_time("lasting")

    def _level(self) -> Numbers:
        months = np.arange(MONTHS)
        every = int(self.every)
        delights = months % every == 0 if every else months == 0
        return np.minimum(self._ordinary + self.pulse * delights, BEST)

    def _errors(self) -> Errors:
        return Errors(own=self.own, talk=self.talk, advert=self.advert, rivals=self.rivals)

    def _habits(self) -> Habits:
        return Habits(
            errors=self._errors(),
            spread=self.spread,
            hears=self.hears / 100,
            rate=self.adaptation,
            loss=self.loss_weight,
            seed=int(self.seed),
        )

    def _year(self, level: Numbers, promise: Numbers) -> Year:
        return lived(tuple(level.tolist()), tuple(promise.tolist()), self._habits())

    @classmethod
    def draw(cls) -> pen.Pictures:
        """Return four pictures: felt, expected and delivered, guests, and the weights of the sources."""
        month = pen.x("month", 0.5, MONTHS + 0.5, tickMinStep=1)
        felt = pen.y("felt", -80, 80, most=(-480, 160), tickCount=5)
        guests = pen.y("guests", 500, 2500, most=(0, 4000), tickCount=4)
        paths = pen.Groups(
            "line",
            {Line.DELIVERED: pen.ABOVE, Line.PROMISED: pen.WITHIN, Line.EXPECTED: pen.BELOW, Line.HEARD: pen.UNNOTICED},
            columns=2,
        )
        moods = pen.Groups("mood", {Mood.GLAD: pen.ABOVE, Mood.LET_DOWN: pen.BELOW}, legend=False)
        houses = pen.Groups("line", {Line.YOURS: pen.BELOW, Line.HONEST: pen.WITHIN}, columns=2)
        sources = pen.Groups(
            "source",
            {Source.OWN: pen.ABOVE, Source.TALK: pen.UNNOTICED, Source.ADVERT: pen.BELOW, Source.RIVALS: pen.WITHIN},
            columns=2,
        )
        return {
            "felt": pen.picture(
                170,
                pen.bars("felt", month, felt, by=moods, size=14),
                pen.lines("felt", month, "total", name="total", color=pen.UNNOTICED, point=True, strokeWidth=2),
                pen.level("felt_total", felt),
            ),
            "path": pen.picture(
                150,
                pen.lines(
                    "path",
                    pen.x("month", 1, MONTHS, tickMinStep=1),
                    pen.y("points", 30, 100, tickCount=4),
                    by=paths,
                ),
            ),
            "guests": pen.picture(
                150,
                pen.lines("guests", pen.x("month", 0, MONTHS, tickMinStep=1), guests, by=houses),
                pen.level("lead_end", guests, plus=("honest", "guests")),
            ),
            "sources": pen.picture(80, pen.shares("sources", "weight", "who", list(Guest), by=sources, order="rank")),
        }

    def idle(self) -> dict[str, str]:
        """Return the rhythm of the delights where there is none."""
        return {} if self.pulse else {"every": "no_delight"}

    def told(self, run: Run[Figures]) -> str:
        """Tell what the promise brought, or what the delight left behind, or how the year felt."""
        if np.abs(self.promise - self._ordinary).max() >= WORTH_TELLING:
            return "promise"
        return "delight" if run.asides["first"] >= FELT and self.pulse > 0 and not int(self.every) else "year"
