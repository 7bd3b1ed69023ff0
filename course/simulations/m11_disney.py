"""m11: a park day with three rides, a sign in front of each, and guests who read it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from course.charts import pen
from course.simulations.base import Simulation, Slider
from course.simulations.m11_day import (
    CURVE_DAYS,
    DAYS,
    HOURS,
    OPENS,
    PADDINGS,
    VISITS,
    Day,
    Numbers,
    Rules,
    by_padding,
    days,
    moments,
)
from course.simulations.run import Run, Table, tidy
from course.theory.journey import peak_end
from course.theory.promise import implied_ratio
from course.theory.prospect import LAMBDA

_CLOCK = OPENS + np.arange(HOURS) + 0.5
GAP_EDGES = np.arange(-60.0, 65.0, 5.0)
OFTEN_BROKEN, MANY_TURNED = 0.6, 0.1
ALMOST_ALL = 0.99  # beyond it, too few are late to say what a late minute costs


class Promise(StrEnum):
    """Whether a wait was no longer than the sign said."""

    KEPT = "kept"
    BROKEN = "broken"


class Wait(StrEnum):
    """Which wait a line shows."""

    POSTED = "posted"
    ACTUAL = "actual"


@dataclass(frozen=True)
class Figures:
    """What a run comes to."""

    kept: float
    margin: float
    ratio: float
    gap: float
    wait: float
    turned: float
    satisfaction: float
    best: float
    day: float


class Park(Simulation[Figures]):
    """Three rides with a sign each; visitors read it, stay away or queue, and judge what the sign promised."""

    demand = Slider(1100, 600, 1600, 50)
    patience = Slider(90, 20, 150, 5)
    loss_weight = Slider(LAMBDA, 1, 8, 0.05)
    dread = Slider(0.5, 0, 1, 0.05)
    capacity = Slider(1250, 800, 2000, 50)
    padding = Slider(1, 0.6, 2.6, 0.05)
    spread = Slider(0.42, 0.02, 0.8, 0.02)
    virtual = Slider(0, 0, 0.8, 0.05)
    occupied = Slider(0.3, 0, 1, 0.1)
    ending = Slider(60, 0, 100, 5)

    def run(self) -> Run[Figures]:
        """Return frames `hours`, `kept`, `gaps`, `curve`, `now`, `day` and the figures; minutes and points as labelled."""
        today = self._today()
        kept, by_day = self._kept(today)
        # train by train, as the arrays lie
        stood = today.stood.T
        arrival, posted, actual = (minutes.T[stood] for minutes in (today.arrival, today.posted, today.actual))
        hour = np.minimum(arrival // 60, HOURS - 1).astype(int)
        curve = {"padding": PADDINGS, "satisfaction": by_padding(self._rules(), int(self.seed))}
        remembered = moments(today, int(self.seed), self.ending)
        # the dot belongs on the curve, so it is taken from the days the curve is drawn from
        same_days = today.score.reshape(3, DAYS, -1)[:, :CURVE_DAYS]
        came = np.isfinite(today.arrival)
        figures = Figures(
            kept=kept,
            margin=100 * 1.96 * by_day.std(ddof=1) / np.sqrt(DAYS),
            ratio=implied_ratio(float(np.clip(kept, 1 - ALMOST_ALL, ALMOST_ALL))),
            gap=(actual - posted).mean(),
            wait=actual.mean(),
            turned=today.turned.sum() / came.sum(),
            satisfaction=float(np.nanmean(today.score)),
            best=PADDINGS[int(np.argmax(curve["satisfaction"]))],
            day=peak_end(remembered).mean(),
        )
        tables = {
            "hours": _by_hour(hour, posted, actual),
            "kept": _kept_by_hour(hour, actual <= posted),
            "gaps": _gaps(actual - posted),
            "curve": curve,
            "now": {"padding": [self.padding], "satisfaction": [np.nanmean(same_days)]},
            "day": {"hour": [*(OPENS + VISITS / 60), float(OPENS + HOURS)], "score": remembered.mean(axis=(0, 1))},
        }
        told = {"deviation": by_day.std(ddof=1), "share_told": figures.ratio / (1 + figures.ratio)}
        return Run(figures, tables, {**told, "days": DAYS, "paddings": PADDINGS.size})

    def crowd(self) -> pd.DataFrame:
        """Return a guest of each trainload: minutes posted and waited, and the score in points."""
        today = {name: column.ravel() for name, column in vars(self._today()).items()}
        table = pd.DataFrame(today)[np.isfinite(today["score"])]
        stood = np.where(table["actual"] <= table["posted"], "kept", "broken")
        return table.assign(kind=np.where(table["turned"], "turned", np.where(table["stood"], stood, "virtual")))

    def _rules(self) -> Rules:
        names = ("demand", "patience", "loss_weight", "dread", "capacity", "spread", "virtual", "occupied")
        return Rules(**{name: getattr(self, name) for name in names})

    def _today(self) -> Day:
        return days(self._rules(), int(self.seed), np.arange(3 * DAYS), np.array([self.padding]))

    def _kept(self, today: Day) -> tuple[float, Numbers]:
        held = (today.actual <= today.posted) & today.stood
        by_day = [part.reshape(3, DAYS, -1).sum(axis=(0, 2)) for part in (held, today.stood)]
        return float(held.sum() / today.stood.sum()), by_day[0] / np.maximum(by_day[1], 1)

    @classmethod
    def draw(cls) -> pen.Pictures:
        """Return five pictures: waits and promises kept by hour, gaps, satisfaction by padding, the day's moments."""
        clock = pen.x("hour", OPENS, OPENS + HOURS, values=list(range(9, 22, 2)), labelExpr="datum.value + ':00'")
        waits = pen.Groups("kind", {Wait.POSTED: pen.UNNOTICED, Wait.ACTUAL: pen.ABOVE})
        promises = pen.Groups("group", {Promise.KEPT: pen.ABOVE, Promise.BROKEN: pen.BELOW})
        gap = pen.x("gap_from", -60, 60, values=list(range(-60, 61, 20)))
        share = pen.y("share", 0, 0.5, most=(0, 1), format="%", tickCount=4)
        padding = pen.x("padding", 0.6, 2.6, values=[0.6, 1, 1.4, 1.8, 2.2, 2.6])
        score = pen.y("score", 0, 100, tickCount=4)
        minutes = pen.y("minutes", 0, 70, most=(0, 300), tickCount=4)
        return {
            "hours": pen.picture(
                150,
                pen.lines("hours", clock, minutes, by=waits),
                pen.level("wait", minutes, now=True),
            ),
            "kept": pen.picture(
                120,
                pen.lines("kept", clock, kept := pen.y("kept", 0, 1, format="%", tickCount=4)),
                pen.level("kept", kept, now=True),
            ),
            "gaps": pen.picture(150, pen.histogram("gaps", gap, "gap_to", share, by=promises)),
            "curve": pen.picture(
                150,
                pen.lines("curve", padding, pen.y("satisfaction", 50, 75, most=(0, 100))),
                pen.dots("now", "padding", "satisfaction", color=pen.BELOW),
            ),
            "day": pen.picture(120, pen.lines("day", clock, score, point={"color": pen.ABOVE})),
        }

    def told(self, run: Run[Figures]) -> str:
        """Tell of promises broken, of visitors turned away, or of promises kept and where the best sign lies."""
        if run.figures.kept < OFTEN_BROKEN:
            return "broken"
        if run.figures.turned >= MANY_TURNED:
            return "turned_away"
        return "kept" if run.figures.kept <= ALMOST_ALL else "always"


def _by_hour(hour: NDArray[np.int_], posted: Numbers, actual: Numbers) -> Table:
    """Return the mean waits of those who came in each hour, in minutes."""
    count = np.bincount(hour, minlength=HOURS)
    there = count > 0
    return tidy(
        {"hour": _CLOCK[there], "kind": kind, "minutes": np.bincount(hour, minutes, HOURS)[there] / count[there]}
        for kind, minutes in ((Wait.POSTED, posted), (Wait.ACTUAL, actual))
    )


def _kept_by_hour(hour: NDArray[np.int_], held: NDArray[np.bool_]) -> Table:
    count = np.bincount(hour, minlength=HOURS)
    there = count > 0
    return {"hour": _CLOCK[there], "kept": np.bincount(hour, held, HOURS)[there] / count[there]}


def _gaps(gap: Numbers) -> Table:
    # a gap of exactly 0 is a promise kept, so it belongs to the bin that ends at 0
    place = np.ceil(np.clip(gap, GAP_EDGES[0] + 0.1, GAP_EDGES[-1]) / 5).astype(int) + (GAP_EDGES.size - 1) // 2 - 1
    count = np.bincount(place, minlength=GAP_EDGES.size - 1)
    there = count > 0
    upper = GAP_EDGES[1:][there]
    return {
        "gap_from": GAP_EDGES[:-1][there],
        "gap_to": upper,
        "share": count[there] / gap.size,
        "group": np.where(upper <= 0, Promise.KEPT, Promise.BROKEN),
    }
