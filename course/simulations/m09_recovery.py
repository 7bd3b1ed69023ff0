"""m09: a heating desk in winter: crews, triage, promised hours, words that calm, calls to ask, and the worst houses."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from course.charts import pen
from course.simulations.base import Simulation, Slider
from course.simulations.calendar import Calendar
from course.simulations.m09_book import shares_by_day, waits_by_week, weekly_book
from course.simulations.m09_desk import ADDRESSES, DAY, DAYS, END, WEEKS, Rules, Season, luck, season, winter
from course.simulations.run import Run, tidy

CONTENT = 30.0  # whoever is no angrier than this in the end is satisfied
CREW_DAY, CALL_MINUTE = 1.5, 0.001  # thousand yuan
SHORTEST_TALK, CALMING_TALK, CHECK_MINUTES = 2.0, 5.0, 3.0
MANAGED = ("crews", "ahead", "triage", "promise", "calming", "followup")
SHARES = ("triage", "calming", "followup")
SWAMPED, BROKEN, HOLLOW = 120, 0.6, 0.08


class Who(StrEnum):
    """Whose wait a line shows."""

    URGENT = "urgent"
    OTHER = "other"


class Calling(StrEnum):
    """Who calls: for the first time, or once more."""

    FIRST = "first"
    AGAIN = "again"


class Line(StrEnum):
    """What a share of the complaints so far is."""

    CLOSED = "closed"
    FIXED = "fixed"


class End(StrEnum):
    """How a complaint ended."""

    WARM = "warm"
    LATE = "late"
    COLD = "cold"
    WAITING = "waiting"


@dataclass(frozen=True)
class Figures:
    """What a run comes to."""

    urgent_wait: float
    other_wait: float
    kept: float
    cases: float
    repeats: float
    peak: float
    closed: float
    fixed: float
    satisfied: float
    cost: float


class Recovery(Simulation[Figures]):
    """Eight weeks of a real winter, and invented callers: every complaint from the first call until somebody is warm."""

    crews = Slider(5, 2, 10)
    ahead = Slider(0, 0, 4)
    triage = Slider(0, 0, 100, 10)
    promise = Slider(24, 4, 72, 4)
    calming = Slider(20, 0, 90, 5)
    followup = Slider(0, 0, 100, 10)
    colder = Slider(0, -5, 5, 0.5)
    removes = Slider(60, 0, 100, 5)
    solves = Slider(75, 40, 100, 5)
    calendar = Calendar(
        "week",
        WEEKS,
        levers=MANAGED,
        known={"open": (), "calls": (), "waits": (), "book": (), "shares": (Line.CLOSED,)},
    )

    def run(self) -> Run[Figures]:
        """Return frames `open`, `calls`, `waits`, `shares`, `book` and the figures, in the units of their labels."""
        past = self._season()
        day = np.arange(1, DAYS + 1) / 7
        first = np.histogram(past.came, DAY * np.arange(DAYS + 1))[0].astype(float)
        figures = self._figures(past)
        return Run(
            figures,
            asides={
                "complaints": float(len(past.came)),
                "silent": figures.closed - figures.fixed,
                "houses": past.houses,
                "addresses": ADDRESSES,
                "days": DAYS,
            },
            tables={
                "open": {"week": day, "open": past.open, "temperature": winter() - self.colder},
                "calls": tidy(
                    {"week": day, "calls": calls, "calling": calling}
                    for calling, calls in ((Calling.FIRST, first), (Calling.AGAIN, past.calls_again))
                ),
                "waits": tidy({**waits_by_week(past, who is Who.URGENT), "who": who} for who in Who),
                "shares": tidy(
                    {"week": day, "share": share, "line": line}
                    for line, share in zip(Line, shares_by_day(past), strict=True)
                ),
                "book": weekly_book(past, first, winter() - self.colder),
            },
        )

    def _season(self) -> Season:
        by_week = {name: self.over_time(name) / (100 if name in SHARES else 1) for name in MANAGED}
        rules = Rules(**by_week, colder=self.colder, removes=self.removes / 100, solves=self.solves / 100)
        return season(luck(int(self.seed)), rules)

    def _figures(self, past: Season) -> Figures:
        talk = SHORTEST_TALK + CALMING_TALK * self.over_time("calming").mean() / 100
        crew_days = 7 * float((self.over_time("crews") + self.over_time("ahead")).sum())
        calls = len(past.came) + past.calls_again.sum()
        settled = past.visited | (past.came + past.promise < END)
        return Figures(
            urgent_wait=float(past.wait[past.urgent].mean()),
            other_wait=float(past.wait[~past.urgent].mean()),
            kept=float((past.visited & (past.wait <= past.promise)).sum() / settled.sum()),
            cases=len(past.came) / DAYS,
            repeats=float(past.calls_again.sum() / DAYS),
            peak=float(past.open.max()),
            closed=float(past.closed.mean()),
            fixed=float(past.fixed.mean()),
            satisfied=float((past.anger <= CONTENT).mean()),
            cost=CREW_DAY * crew_days + CALL_MINUTE * (talk * calls + CHECK_MINUTES * past.checks),
        )

    def crowd(self) -> pd.DataFrame:
        """Return every complaint, a row each: hours promised and waited, calls, and the anger at first and in the end."""
        past = self._season()
        late = past.wait > past.promise
        kinds = np.select([~past.visited, ~past.fixed, late], [End.WAITING, End.COLD, End.LATE], End.WARM)
        return pd.DataFrame(
            {
                "promise": past.promise,
                "wait": past.wait,
                "before": past.anger_before,
                "anger": past.anger,
                "kind": kinds,
            }
        )

    @classmethod
    def draw(cls) -> pen.Pictures:
        """Return four pictures: what is open, who calls, what is closed and what is warm, who waits how long."""
        weeks = pen.x("week", 0, WEEKS, tickCount=WEEKS)
        waiting = pen.y("open", 0, 160, most=(0, 1_000), tickCount=4)
        calls = pen.y("calls", 0, 100, most=(0, 700), tickCount=4)
        share = pen.y("share", 0, 1, format="%", tickCount=4)
        hours = pen.y("hours", 0, 110, most=(0, 900), tickCount=4)
        return {
            "open": pen.picture(170, pen.lines("open", weeks, waiting), pen.level("peak", waiting)),
            "calls": pen.picture(
                130,
                pen.lines(
                    "calls",
                    weeks,
                    calls,
                    by=pen.Groups("calling", {Calling.FIRST: pen.WITHIN, Calling.AGAIN: pen.BELOW}),
                ),
                pen.level("cases", calls, now=True),
            ),
            "shares": pen.picture(
                130,
                pen.lines(
                    "shares", weeks, share, by=pen.Groups("line", {Line.CLOSED: pen.WITHIN, Line.FIXED: pen.ABOVE})
                ),
                pen.level("fixed", share),
            ),
            "waits": pen.picture(
                130,
                pen.lines("waits", weeks, hours, by=pen.Groups("who", {Who.URGENT: pen.BELOW, Who.OTHER: pen.WITHIN})),
            ),
        }

    def idle(self) -> dict[str, str]:
        """Return what only mended houses feel, where nobody mends any."""
        return {} if self.over_time("ahead").any() else {"removes": "no_houses"}

    def told(self, run: Run[Figures]) -> str:
        """Tell of the pile, of broken promises, of what is closed and cold, or of a calm winter."""
        figures = run.figures
        if figures.peak > SWAMPED:
            return "swamped"
        if figures.kept < BROKEN:
            return "broken"
        return "hollow" if figures.closed - figures.fixed > HOLLOW else "steady"
