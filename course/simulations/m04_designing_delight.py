"""m04: a repair desk spends a budget over features for five years while its customers get used to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from course.charts import pen
from course.simulations.base import Simulation, Slider
from course.simulations.calendar import Calendar
from course.simulations.m04_desk import KNOWN, PRICES, YEARS, Feature, Plan, Years, live, missed
from course.simulations.run import Columns, Run, Table, tidy

YEAR = np.arange(1, YEARS + 1)
ROWS = tuple(f"year_{year}" for year in YEAR)


class Line(StrEnum):
    """What a line counts, per customer."""

    DELIGHTS = "delights"
    COMPLAINTS = "complaints"
    MISSED = "missed"


MANAGED = ("budget", "fear", "every", "invent", "asked")
KNOWN_OF = {"years": (Line.COMPLAINTS,), "plan": (), "survey": ()}


class State(StrEnum):
    """Whether a feature is offered in a year."""

    OFFERED = "offered"
    NOT_OFFERED = "not_offered"


class Class(StrEnum):
    """How a customer holds a feature."""

    ATTRACTIVE = "attractive"
    WANTED = "wanted"
    MUST = "must"
    INDIFFERENT = "indifferent"


@dataclass(frozen=True)
class Figures:
    """What five years come to, per customer; `spent` in thousand yuan, `lost` in units of what features are worth."""

    delights: float
    complaints: float
    delights_first: float
    delights_end: float
    complaints_end: float
    missed_first: float
    missed_end: float
    spent: float
    lost: float


class DesigningDelight(Simulation[Figures]):
    """A survey, a budget, the best set of features; five years in which attractive becomes wanted and wanted a must."""

    budget = Slider(36, 16, 60)
    fear = Slider(0, 0, 3, 0.25)
    every = Slider(5, 1, 5)
    invent = Slider(0, 0, 12)
    asked = Slider(400, 10, 400, 10)
    pace = Slider(30, 0, 60, 5)
    rivals = Slider(50, 0, 100, 10)

    calendar = Calendar("year", YEARS, levers=MANAGED, known=KNOWN_OF)

    def run(self) -> Run[Figures]:
        """Return frames `years`, `plan`, `first`, `survey` and the figures; counts per customer, shares 0 to 1."""
        years = self._years()
        would_miss = missed(years.shares, years.offered[0])
        figures = Figures(
            delights=years.delights.sum(),
            complaints=years.complaints.sum(),
            delights_first=years.delights[0],
            delights_end=years.delights[-1],
            complaints_end=years.complaints[-1],
            missed_first=would_miss[0],
            missed_end=would_miss[-1],
            spent=(years.offered * PRICES).sum() + self.over_time("invent").sum(),
            lost=years.lost,
        )
        lines = {Line.DELIGHTS: years.delights, Line.COMPLAINTS: years.complaints, Line.MISSED: would_miss}
        tables = {
            "years": tidy({"year": YEAR, "line": name, "count": count} for name, count in lines.items()),
            "plan": self._plan(years),
            "first": self._classes(years.shares[:, years.offered[0]].mean(axis=1), ROWS, "row"),
            "survey": self._survey(years, YEARS),
        }
        withdrawn = (years.offered.any(axis=0) & ~years.offered[-1]).sum()
        added = (years.offered[-1] & ~years.offered[0]).sum()
        return Run(figures, tables, {"withdrawn": float(withdrawn), "added": float(added)})

    def known(self, run: Run[Figures]) -> Mapping[str, Table]:
        """Return what a manager knows meanwhile, the last survey by then included."""
        period = self.unfinished
        known = super().known(run)
        return {**known, "survey": self._survey(self._years(), period)} if period else known

    def _years(self) -> Years:
        managed = {name: self.over_time(name) for name in MANAGED}
        return live(Plan(**managed, pace=self.pace / 100, rivals=self.rivals / 100, seed=int(self.seed)))

    def _survey(self, years: Years, year: int) -> Columns:
        """Return what the last survey up to a year has found."""
        answers = years.asked[year - 1, :KNOWN]
        shares = answers / answers.sum(axis=1, keepdims=True)
        found = self._classes(shares, tuple(Feature)[:KNOWN], "feature")
        return tidy([{**found, "year": years.survey_year[year - 1]}])

    def _plan(self, years: Years) -> Columns:
        state = np.where(years.offered, State.OFFERED, State.NOT_OFFERED)
        return tidy(
            {"feature": name, "year": YEAR, "state": column, "part": 1.0}
            for name, column in zip(Feature, state.T, strict=True)
        )

    def _classes(self, shares: np.ndarray, rows: tuple[str, ...], name: str) -> Columns:
        return tidy(
            {name: row, "held": list(Class), "share": share, "rank": range(len(Class))}
            for row, share in zip(rows, shares, strict=True)
        )

    @classmethod
    def draw(cls) -> pen.Pictures:
        """Return four pictures: what five years feel like, the plan, how the first choice is held, the last survey."""
        count = pen.y("count", 0, 5, most=(0, 8), tickCount=5)
        lines = {Line.DELIGHTS: pen.ABOVE, Line.COMPLAINTS: pen.BELOW, Line.MISSED: pen.WITHIN}
        states = {State.OFFERED: pen.ABOVE, State.NOT_OFFERED: pen.WITHIN}
        held = pen.Groups(
            "held",
            {
                Class.ATTRACTIVE: pen.ABOVE,
                Class.WANTED: pen.WITHIN,
                Class.MUST: pen.BELOW,
                Class.INDIFFERENT: pen.UNNOTICED,
            },
            columns=2,
        )
        return {
            "years": pen.picture(
                190,
                pen.lines("years", pen.x("year", 1, YEARS, tickMinStep=1), count, by=pen.Groups("line", lines)),
                pen.level("delights_end", count),
                pen.level("complaints_end", count),
                pen.level("missed_end", count),
            ),
            "plan": pen.picture(
                250,
                pen.shares(
                    "plan", "part", "feature", list(Feature), by=pen.Groups("state", states), order="year", of=YEARS
                ),
            ),
            "first": pen.picture(110, pen.shares("first", "share", "row", list(ROWS), by=held, order="rank")),
            "survey": pen.picture(
                180, pen.shares("survey", "share", "feature", list(Feature)[:KNOWN], by=held, order="rank")
            ),
        }

    def idle(self) -> dict[str, str]:
        """Rivals teach nobody where nobody gets used to anything."""
        return {} if self.pace else {"rivals": "nobody_learns"}

    def told(self, run: Run[Figures]) -> str:
        """Tell of standing still, of something withdrawn, of something added, or of a first choice that faded."""
        if not self.pace:
            return "still"
        if run.asides["withdrawn"]:
            return "withdrawn"
        return "added" if run.asides["added"] else "faded"
