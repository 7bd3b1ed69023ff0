"""m10: a chain of hot-pot restaurants with a queue at the door opens new ones as fast as it dares, for six years."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from course.charts import pen
from course.simulations.base import Simulation, Slider
from course.simulations.calendar import Calendar
from course.simulations.m10_evening import CLOCK, EVENINGS, QUARTERS, TABLES, YEARS, Numbers, When, crowd, evening, luck
from course.simulations.run import Run, tidy
from course.theory.queueing import Flags, Outcome
from course.theory.turnover import next_crews, table_turnover

CONTENT, PER_FELT_MINUTE, SPOILED, TURNED_AWAY = 84.0, 0.22, 36.0, 45.0
SLIPS, MORE_SLIPS, BUDGET_SCALE = 0.05, 0.30, 25.0
NEUTRAL, WORD_OF_MOUTH, SWAY = 72.0, 0.3, 45.0
FIRST_CHAIN, LEAVING, TURNOVER_LINE, SURVEY_LINE = 100.0, 0.025, 0.9, 3.0
RESPONDENTS, OPINIONS_DIFFER, EVENINGS_A_QUARTER = 600, 15.0, 90
BILL, MARGIN, FIXED, COMPANY = 330.0, 0.58, 9_500.0, 7.0
OPENING_COST, TRAINING_COST = 1.5, 0.3  # million yuan
TURNOVER, SURVEY = "turnover", "survey"
MANAGED = ("openings", "training", "occupied", "discretion")
_TIME = np.arange(QUARTERS + 1) / 4  # years since the start


@dataclass(frozen=True)
class Figures:
    """What a run comes to."""

    turnover: float
    survey: float
    left: float
    felt: float
    skilled: float
    restaurants: float
    profit: float
    last_profit: float
    turnover_alarm: float
    survey_alarm: float


class Haidilao(Simulation[Figures]):
    """A queue whose guests leave by how the wait feels, crews that take time to train, and a chain that grows."""

    demand = Slider(95, 40, 160, 5)
    patience = Slider(40, 10, 90, 5)
    occupied = Slider(60, 0, 100, 5)
    discretion = Slider(10, 0, 100, 5)
    training = Slider(30, 0, 150, 5)
    openings = Slider(60, 0, 150, 5)
    overlap = Slider(0.1, 0, 0.5, 0.05)
    brake_turnover = Slider(0, 0, 5, 0.1)
    brake_survey = Slider(0, 0, 90)
    calendar = Calendar("year", QUARTERS, levers=MANAGED, known={"years": (), "money": ()}, each=0.25)

    def run(self) -> Run[Figures]:
        """Return frames `evening`, `years`, `money` and the figures, in the units of their labels."""
        rows, played = self._play()
        evenings = {When.FIRST: played[0][0], When.LAST: played[-1][0]}
        table = {name: np.array([row[name] for row in rows]) for name in rows[0]}
        figures = self._figures(table)
        return Run(
            figures,
            asides={"loss": -figures.profit, "crews": rows[-1]["crews"], "evenings": EVENINGS, "quarters": QUARTERS},
            tables={
                "evening": tidy(
                    {"clock": CLOCK, "parties": outcome.waiting_at(60 * CLOCK), "when": when}
                    for when, outcome in evenings.items()
                ),
                "years": tidy(
                    {
                        "year": _TIME,
                        "measure": name,
                        "value": table[name],
                        "index": 100 * table[name] / max(table[name][0], 1e-9),
                        "threshold": 100 * line / max(table[name][0], 1e-9),
                        "alarm": (np.arange(QUARTERS + 1) == _first(table[name] < line)).astype(int),
                    }
                    for name, line in self._lines(table).items()
                ),
                "left": {"year": _TIME, "left": table["left"]},
                "start": {"survey": [100 / table[SURVEY][0]]},
                # the first row is the start, before the first of the 24 quarters
                "money": {
                    "year": _TIME[1:],
                    "profit": table["profit"][1:],
                    "restaurants": table["restaurants"][1:].round(0),
                },
            },
        )

    def crowd(self) -> pd.DataFrame:
        """Return every party of the last year's evenings, by `quarter`: minutes as in the evening's `crowd`."""
        return pd.concat([crowd(*one).assign(quarter=quarter) for quarter, one in enumerate(self._play()[1][-4:], 1)])

    def _play(self) -> tuple[list[dict[str, float]], list[tuple[Outcome, Numbers]]]:
        """Return the numbers of each quarter from the start on, and what became of its parties."""
        chance = luck(int(self.seed))
        restaurants, crews, fame = FIRST_CHAIN, FIRST_CHAIN, 1.0
        rows: list[dict[str, float]] = []
        played = []
        plans = {name: self.over_time(name) for name in MANAGED}
        for quarter in range(QUARTERS + 1):
            now = {name: float(plan[max(quarter - 1, 0)]) for name, plan in plans.items()}
            opened = self._opened(rows, now["openings"])
            if quarter:
                restaurants += opened
                crews = float(next_crews(crews, restaurants, trained=now["training"] / 4, leaving=LEAVING))
            skill = crews / restaurants
            parties = self.demand * fame * (FIRST_CHAIN / restaurants) ** self.overlap
            outcome, felt = evening(chance, parties, skill, patience=self.patience, occupied=now["occupied"] / 100)
            row = {**self._quarter(outcome, felt, skill, restaurants, opened, now), "crews": crews}
            row[SURVEY] += chance.opinions[quarter] * OPINIONS_DIFFER / RESPONDENTS**0.5
            rows.append(row)
            fame += WORD_OF_MOUTH * (float(np.exp((row["talk"] - NEUTRAL) / SWAY)) - fame)
            played.append((outcome, felt))
        return rows, played

    def _opened(self, rows: list[dict[str, float]], planned: float) -> float:
        """Return how many restaurants open this quarter: none before the start, none while a brake holds."""
        if not rows or rows[-1][TURNOVER] < self.brake_turnover or rows[-1][SURVEY] < self.brake_survey:
            return 0.0
        return planned / 4

    @staticmethod
    def _quarter(
        outcome: Outcome, felt: Numbers, skill: float, restaurants: float, opened: float, now: dict[str, float]
    ) -> dict[str, float]:
        came, served = int(outcome.present.sum()), int(outcome.served.sum())
        seated = served / max(came, 1)
        wait = float(felt[outcome.served].sum()) / max(served, 1)
        bad = SLIPS + MORE_SLIPS * (1 - skill)
        content = CONTENT - PER_FELT_MINUTE * wait - SPOILED * bad * float(np.exp(-now["discretion"] / BUDGET_SCALE))
        parties = served / EVENINGS
        queued = float((outcome.wait > 0).sum()) / EVENINGS
        evening = parties * (BILL * MARGIN - bad * now["discretion"]) - FIXED - COMPANY * now["occupied"] / 100 * queued
        earned = evening * EVENINGS_A_QUARTER / 1e6 * restaurants - TRAINING_COST * now["training"] / 4
        return {
            TURNOVER: float(table_turnover(parties, TABLES)),
            SURVEY: content,
            "talk": seated * content + (1 - seated) * TURNED_AWAY,
            "left": 1 - seated if came else 0.0,
            "felt": wait,
            "skilled": skill,
            "restaurants": restaurants,
            "earned": earned,
            "profit": earned - OPENING_COST * opened,
        }

    def _figures(self, table: dict[str, Numbers]) -> Figures:
        last = {name: column[-4:] for name, column in table.items()}
        return Figures(
            turnover=last[TURNOVER].mean(),
            survey=last[SURVEY].mean(),
            left=last["left"].mean(),
            felt=last["felt"].mean(),
            skilled=table["skilled"][-1],
            restaurants=table["restaurants"][-1],
            profit=table["profit"][1:].sum(),
            last_profit=(last["earned"] / last["restaurants"]).sum(),
            turnover_alarm=_first(table[TURNOVER] < self._lines(table)[TURNOVER]),
            survey_alarm=_first(table[SURVEY] < self._lines(table)[SURVEY]),
        )

    @staticmethod
    def _lines(table: dict[str, Numbers]) -> dict[str, float]:
        """Return below which value each of the two raises its alarm."""
        return {TURNOVER: TURNOVER_LINE * table[TURNOVER][0], SURVEY: table[SURVEY][0] - SURVEY_LINE}

    @classmethod
    def draw(cls) -> pen.Pictures:
        """Return four pictures: turnover and survey, who gave up, the queue of an evening, profit by quarter."""
        clock = pen.x("clock", 16, 24, values=list(range(16, 25, 2)), labelExpr="datum.value + ':00'")
        evenings = pen.Groups("when", {When.LAST: pen.BELOW, When.FIRST: pen.WITHIN})
        measures = pen.Groups("measure", {TURNOVER: pen.BELOW, SURVEY: pen.WITHIN})
        years = pen.x("year", 0, YEARS, values=list(range(YEARS + 1)), labelExpr="datum.value * 4")
        index = pen.y("index", 50, 110, most=(0, 200), tickCount=4)
        quarters = pen.x("year", 0, YEARS + 0.2, tickCount=YEARS)
        profit = pen.y("profit", -40, 140, most=(-600, 600), tickCount=4)
        return {
            "years": pen.picture(
                170,
                pen.lines("years", years, "threshold", by=measures, strokeWidth=1, ghost=False),
                pen.lines("years", years, index, by=measures),
                pen.alarms("years", years, index, "alarm", by=measures),
                pen.level("survey", index, times=("start", "survey")),
            ),
            "left": pen.picture(
                110,
                pen.lines("left", years, left := pen.y("left", 0, 1, format="%", tickCount=4)),
                pen.level("left", left, now=True),
            ),
            "evening": pen.picture(
                130, pen.lines("evening", clock, pen.y("parties", 0, 20, most=(0, 60), tickCount=4), by=evenings)
            ),
            "money": pen.picture(130, pen.bars("money", quarters, profit, color=pen.WITHIN, size=9)),
        }

    def idle(self) -> dict[str, str]:
        """Return what only new restaurants feel, where none open."""
        return {} if self.openings else dict.fromkeys(("overlap", "brake_turnover", "brake_survey"), "no_openings")

    def told(self, run: Run[Figures]) -> str:
        """Tell who warned first, or of the queue where nobody had to."""
        never = QUARTERS + 1
        turnover, survey = run.figures.turnover_alarm, run.figures.survey_alarm
        if survey == never:
            if turnover != never:
                return "survey_silent"
            return "calm" if run.figures.profit >= 0 else "calm_loss"
        return "turnover_first" if turnover < survey else "survey_first"


def _first(flags: Flags) -> int:
    """Return the first quarter with a flag, one more than there are without any."""
    return int(np.argmax(flags)) if flags.any() else QUARTERS + 1
