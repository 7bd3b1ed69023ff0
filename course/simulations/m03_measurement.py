"""m03: a firm asks some of its customers every month, and reads its score off those who answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from course.charts import pen
from course.simulations.base import Simulation, Slider
from course.simulations.m03_sampling import (
    KINDS,
    MONTHS,
    MOST_ANSWERS,
    SCALE,
    STEADY,
    Numbers,
    by_month,
    draw,
    groups,
    luck,
    precision,
    readiness,
    stored_shares,
    true_shares,
)
from course.simulations.run import Run
from course.theory.promoters import change_margin, nps, standard_error

PRICE, PRICE_OF_REMINDER = 4.0, 2.0
WORTH_TELLING = 3.0


class Group(StrEnum):
    """What an answer from 0 to 10 makes of a guest."""

    DETRACTORS = "detractors"
    PASSIVES = "passives"
    PROMOTERS = "promoters"


CHANGES = np.arange(61)
NAMES = {1: Group.PROMOTERS, 0: Group.PASSIVES, -1: Group.DETRACTORS}


def _moved(scores: Numbers, size: ArrayLike) -> Numbers:
    """Return the share of months whose score differs from the month before by each `size` in points, or more."""
    return np.mean(np.abs(np.diff(scores)) >= np.asarray(size)[..., None] - 1e-9, axis=-1)


@dataclass(frozen=True)
class Figures:
    """What a run comes to."""

    true_score: float
    score: float
    margin: float
    noise: float
    moves: float
    bias: float
    error: float
    delay: float
    cost: float


class Measurement(Simulation[Figures]):
    """All guests have an opinion; some answer; the answers are stored, rightly or not; a score and a chart come out."""

    satisfaction = Slider(7.9, 3, 10, 0.1)
    spread = Slider(2, 0.5, 4, 0.1)
    drift = Slider(0, -0.3, 0.3, 0.02)
    answers = Slider(250, 20, MOST_ANSWERS, 10)
    unhappy = Slider(100, 10, 300, 10)
    reminders = Slider(0, 0, 4)
    coding = Slider(0, -1, 1)

    def run(self) -> Run[Figures]:
        """Return frames `answers`, `months`, `precision`, `now` and the figures; scores in points from −100 to 100."""
        means = self.satisfaction + self.drift * np.maximum(np.arange(1, MONTHS + 1) - STEADY, 0)
        truth = true_shares(means, self.spread)
        expected = stored_shares(truth, readiness(self.unhappy / 100, self.reminders), round(self.coding))
        number = int(self.answers)
        counts = draw(expected, luck(int(self.seed))[:, :number])
        months = by_month(counts, truth)
        errors = standard_error(*groups(counts))
        true_score, expected_score = (float(nps(*groups(shares[-1]))) for shares in (truth, expected))
        chance = float(standard_error(*(number * share for share in groups(expected[-1]))))
        alarms = np.flatnonzero(months["alarm"][STEADY:])
        figures = Figures(
            true_score=true_score,
            score=months["score"][-1],
            margin=(months["high"][-1] - months["low"][-1]) / 2,
            noise=float(change_margin(errors[-1], errors[-2])),
            moves=float(_moved(months["score"], 2)),
            bias=expected_score - true_score,
            error=np.hypot(expected_score - true_score, chance),
            delay=alarms[0] + 1 if alarms.size else MONTHS - STEADY + 1,
            cost=number * (PRICE + PRICE_OF_REMINDER * self.reminders),
        )
        tables = {
            "answers": {
                "answer": SCALE,
                "share": counts[-1] / number,
                "true_share": truth[-1],
                "group": [NAMES[int(kind)] for kind in KINDS],
            },
            "months": months,
            "moves": {"change": CHANGES, "share": _moved(months["score"], CHANGES)},
            "precision": precision(expected[-1]),
            "now": {"answers": [number], "margin": [float(figures.margin)]},
        }
        slip = stored_shares(truth, readiness(1.0, self.reminders), round(self.coding))[-1]
        up, _passive, down = groups(counts[-1] / number)
        true_up, _passive, true_down = groups(truth[-1])
        asides = {
            "slip": float(nps(*groups(slip))) - true_score,
            "up": up,
            "down": down,
            "true_up": true_up,
            "true_down": true_down,
            "error_before": errors[-2],
            "error_now": errors[-1],
            "expected_score": expected_score,
            "chance": chance,
        }
        return Run(figures, tables, {key: float(value) for key, value in asides.items()})

    @classmethod
    def draw(cls) -> pen.Pictures:
        """Return four pictures: the score by month, its changes, the answers as stored, and what answers buy."""
        answer = pen.categories("answer", labelAngle=0)
        month = pen.x("month", 0, MONTHS + 1, tickCount=8)
        score = pen.y("score", -100, 100, most=(-120, 120))
        change, share = pen.x("change", 0, 60), pen.y("share", 0, 1, format="%", tickCount=4)
        colours = {Group.DETRACTORS: pen.BELOW, Group.PASSIVES: pen.WITHIN, Group.PROMOTERS: pen.ABOVE}
        return {
            "months": pen.picture(150, pen.control("months", month, score, truth="truth"), pen.level("score", score)),
            "moves": pen.picture(
                130,
                pen.lines("moves", change, share),
                pen.rule("moves", {"datum": 2}, strokeDash=pen.DASHED),
                pen.level("moves", share, now=True),
            ),
            "answers": pen.picture(
                170,
                pen.bars(
                    "answers",
                    answer,
                    pen.y("share", 0, 0.4, most=(0, 1), format="%", tickCount=4),
                    by=pen.Groups("group", colours, columns=2),
                ),
                pen.ticks("answers", answer, "true_share", color=pen.INK, thickness=3, size=22),
            ),
            "precision": pen.picture(
                130,
                pen.lines(
                    "precision", answers := pen.x("answers", 0, 2000), margin := pen.y("margin", 0, 40, most=(0, 50))
                ),
                pen.dots("now", answers, margin, opacity=1, color=pen.BELOW),
            ),
        }

    def told(self, run: Run[Figures]) -> str:
        """Tell what stands between the dashboard and the truth: a slip, those who do not answer, a change, or chance."""
        if round(self.coding):
            return "coding"
        if abs(run.figures.bias) >= WORTH_TELLING:
            return "bias"
        return "change" if self.drift and run.figures.delay <= MONTHS - STEADY else "noise"
