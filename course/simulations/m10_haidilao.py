"""m10: a chain of hot-pot restaurants with a queue at the door opens new ones as fast as it dares, for six years."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from course.charts.legends import colour_by
from course.i18n import N_, Translate
from course.simulations.base import Bet, Goal, Metric, Preset, Run, Simulation, parameter
from course.theory.queueing import KIEFER_WOLFOWITZ, OCCUPIED, Outcome, felt_wait, simulate
from course.theory.turnover import next_crews, table_turnover

if TYPE_CHECKING:
    import altair as alt

Numbers = NDArray[np.float64]

YEARS, QUARTERS = 6, 24
EVENINGS, MOST_PARTIES, TABLES = 40, 260, 20
OPENING_HOUR, LAST_ORDER = 16.0, 23.0
# share of an evening's parties that has come by each hour from 16:00 to 23:00
HOURS = np.arange(OPENING_HOUR, LAST_ORDER + 1)
ARRIVED = np.array([0.0, 0.05, 0.24, 0.56, 0.81, 0.93, 0.98, 1.0])
CLOCK = np.arange(OPENING_HOUR, 24.01, 0.25)
MEAL, SLOWER, MEAL_SPREAD = 85.0, 0.45, 0.2
OCCUPIED_MINUTE = 0.5
HOPEFUL = 0.8  # what the host says of the wait to come: 80 % of it
CONTENT, PER_FELT_MINUTE, SPOILED, TURNED_AWAY = 84.0, 0.22, 36.0, 45.0
SLIPS, MORE_SLIPS, BUDGET_SCALE = 0.05, 0.30, 25.0
NEUTRAL, WORD_OF_MOUTH, SWAY = 72.0, 0.3, 45.0
FIRST_CHAIN, LEAVING = 100.0, 0.025
RESPONDENTS, OPINIONS_DIFFER = 600, 15.0
EVENINGS_A_QUARTER = 90
BILL, MARGIN, FIXED, COMPANY = 330.0, 0.58, 9_500.0, 7.0
OPENING_COST, TRAINING_COST = 1.5, 0.3  # million yuan
TURNOVER_LINE, SURVEY_LINE = 0.9, 3.0
TURNOVER, SURVEY = "turnover", "survey"
FIRST, LAST = "first", "last"
COLOURS = ["var(--chart-below)", "var(--chart-within)"]

EVENING = N_("The evening")
PEOPLE = N_("People")
GROWTH = N_("Growth")
OURS = N_("Our own definition for this simulation; not taken from a study.")
TRADE = N_("The definition of the trade, here for the evening only and not the whole day.")


@dataclass(frozen=True)
class _Luck:
    """The forty evenings that are replayed every quarter, so that what changes is the chain and not the luck."""

    order: Numbers  # a Poisson process of rate 1: shape (evenings, parties)
    pace: Numbers  # how long each party eats, 1 on average
    patience: Numbers  # 1 on average
    opinions: Numbers  # error of each quarter's survey, in standard errors


@lru_cache(maxsize=8)
def _luck(seed: int) -> _Luck:
    generator = np.random.default_rng(seed)
    shape = (EVENINGS, MOST_PARTIES)
    pace = np.exp(MEAL_SPREAD * generator.standard_normal(shape) - MEAL_SPREAD**2 / 2)
    return _Luck(
        order=np.cumsum(generator.exponential(1.0, shape), axis=1),
        pace=pace,
        patience=generator.gamma(3.0, 1 / 3, shape),
        opinions=generator.standard_normal(QUARTERS + 1),
    )


class Haidilao(Simulation):
    """A queue whose guests leave by how the wait feels, crews that take time to train, and a chain that grows."""

    title = N_("The hot-pot chain")

    demand = parameter(
        95,
        low=40,
        high=160,
        step=5,
        group=EVENING,
        label=N_("Parties who come on an evening"),
        unit=N_("parties"),
        help=N_("To each restaurant, at the start. A restaurant has 20 tables. Word of mouth moves it later."),
    )
    patience = parameter(
        40,
        low=10,
        high=90,
        step=5,
        group=EVENING,
        label=N_("Patience"),
        unit=N_("felt minutes"),
        help=N_("How long a wait may feel, on average, before a party gives up. Parties differ."),
    )
    occupied = parameter(
        60,
        low=0,
        high=100,
        step=5,
        group=EVENING,
        label=N_("Waiting time with something to do"),
        unit="%",
        help=N_("Snacks, games, a manicure. A filled minute feels like half a minute. Costs up to 7 yuan a party."),
    )
    discretion = parameter(
        10,
        low=0,
        high=100,
        step=5,
        group=PEOPLE,
        label=N_("Front-line budget"),
        unit=N_("yuan a case"),
        help=N_(
            "What a waiter may spend without asking to put a bad visit right. The more, the more of them end well."
        ),
    )
    training = parameter(
        30,
        low=0,
        high=150,
        step=5,
        group=PEOPLE,
        label=N_("Crews trained"),
        unit=N_("crews a year"),
        help=N_(
            "A restaurant needs one practised crew. One crew in ten leaves each year. Training one costs 0.3 m yuan."
        ),
    )
    openings = parameter(
        60,
        low=0,
        high=150,
        step=5,
        group=GROWTH,
        label=N_("Restaurants opened"),
        unit=N_("restaurants a year"),
        help=N_("The chain starts with 100 restaurants and a practised crew in each. Opening one costs 1.5 m yuan."),
    )
    overlap = parameter(
        0.1,
        low=0,
        high=0.5,
        step=0.05,
        group=GROWTH,
        label=N_("New restaurants take guests from old ones"),
        help=N_(
            "0: every new restaurant finds its own guests. 0.5: twice as many restaurants, 29 % fewer guests in each."
        ),
    )
    brake_turnover = parameter(
        0,
        low=0,
        high=5,
        step=0.1,
        group=GROWTH,
        label=N_("Brake on turnover"),
        unit=N_("times"),
        help=N_("Open nothing while last quarter's turnover was below this. 0: never brake."),
    )
    brake_survey = parameter(
        0,
        low=0,
        high=90,
        step=1,
        group=GROWTH,
        label=N_("Brake on the survey"),
        unit=N_("points"),
        help=N_("Open nothing while last quarter's survey was below this. 0: never brake."),
    )

    metrics = (
        Metric(
            "turnover",
            N_("Table turnover in the last year"),
            unit=N_("times an evening"),
            digits=2,
            better="up",
            equation=r"\frac{\text{parties served}}{\text{tables}}",
            source=TRADE,
            help=N_("How many parties each of the 20 tables serves on an evening."),
        ),
        Metric(
            "survey",
            N_("Survey in the last year"),
            unit=N_("points"),
            better="up",
            equation=r"84 - 0.22\,w_{\mathrm{felt}} - 30\,p_{\mathrm{bad}}\,e^{-b/25}",
            source=OURS,
            help=N_(
                "What 600 guests a quarter say who got a table: less for a wait that felt long, less for a bad visit."
            ),
        ),
        Metric(
            "left",
            N_("Parties who gave up, last year"),
            percent=True,
            better="down",
            equation=r"w_{\mathrm{felt}} > \text{patience}",
            source=KIEFER_WOLFOWITZ,
            help=N_("They turned away at the door or left the queue. No survey asks them."),
        ),
        Metric(
            "felt",
            N_("How long the wait felt, last year"),
            unit=N_("minutes"),
            better="down",
            equation=r"w_{\mathrm{felt}} = w\,\bigl(1 - (1 - \tfrac{1}{2})\,o\bigr)",
            source=OCCUPIED,
            help=N_(
                "Of the parties who got a table; o is the share of the wait with something to do. The half is ours."
            ),
        ),
        Metric(
            "skilled",
            N_("Restaurants with a practised crew, at the end"),
            percent=True,
            better="up",
            equation=r"q = \min\left(1, \frac{\text{crews}}{\text{restaurants}}\right)",
            source=OURS,
            help=N_("Where it is missing, tables take up to 45 % longer and more visits go wrong."),
        ),
        Metric(
            "restaurants",
            N_("Restaurants at the end"),
            digits=0,
            equation=r"100 + \sum \text{openings}",
            source=OURS,
            help=N_("After six years."),
        ),
        Metric(
            "profit",
            N_("Profit over six years"),
            unit=N_("m yuan"),
            digits=0,
            better="up",
            equation=r"\sum (\text{margin} - \text{rent, wages} - \text{care} - \text{openings} - \text{training})",
            source=OURS,
            help=N_("330 yuan a party, 58 % of it margin; 9,500 yuan an evening for rent and wages."),
        ),
        Metric(
            "last_profit",
            N_("Profit per restaurant in the last year"),
            unit=N_("m yuan"),
            digits=2,
            better="up",
            equation=r"\frac{\text{profit of the year, before openings}}{\text{restaurants}}",
            source=OURS,
            help=N_("Before the cost of opening others: what an average restaurant earns."),
        ),
        Metric(
            "turnover_alarm",
            N_("Quarter in which turnover raises the alarm"),
            digits=0,
            equation=r"\min\{t : x_t < 0.9\,x_0\}",
            source=OURS,
            help=N_("The first with a turnover 10 % below the start; 25 if there is none in six years."),
        ),
        Metric(
            "survey_alarm",
            N_("Quarter in which the survey raises the alarm"),
            digits=0,
            equation=r"\min\{t : s_t < s_0 - 3\}",
            source=OURS,
            help=N_("The first that is 3 points below the start, more than chance explains; 25 if there is none."),
        ),
    )

    presets = (
        Preset(
            "sprint",
            N_("The sprint"),
            N_(
                "From the end of 2018 to the end of 2020 the real chain went from 466 to 1,298 restaurants. "
                "This one hurries too."
            ),
        ),
        Preset(
            "craft",
            N_("Masters first"),
            N_("A restaurant opens when there is a crew for it. The chain grows as fast as it can train."),
            {"openings": 20, "training": 40},
        ),
        Preset(
            "bare",
            N_("Plastic stools"),
            N_("The queue stands in the corridor. No snacks, no games, nothing to do but wait."),
            {"occupied": 0, "openings": 20, "training": 40},
        ),
        Preset(
            "generous",
            N_("Every waiter may give"),
            N_("The sprint once more, with 100 yuan for every visit that goes wrong."),
            {"discretion": 100},
        ),
        Preset(
            "crowded",
            N_("Next door to itself"),
            N_("Enough crews, but the new restaurants stand close to the old ones."),
            {"openings": 90, "training": 110, "overlap": 0.4},
        ),
        Preset(
            "quiet",
            N_("The empty year"),
            N_("Few guests come out at all, as in 2020. Nobody queues, and the chain opens on."),
            {"demand": 65},
        ),
    )

    goals = (
        Goal(
            "late-tables",
            N_(
                "Reach a turnover of 3.7 in the last year with 20 openings a year or more, and guests as patient as now."
            ),
            (
                ("turnover", ">=", 3.7),
                ("openings", ">=", 20),
                ("demand", "<=", 95),
                ("patience", "<=", 40),
                ("overlap", ">=", 0.1),
            ),
            insight=N_(
                "A bowl of snacks serves nobody faster. It keeps the queue together until the late tables are free."
            ),
        ),
        Goal(
            "grow-whole",
            N_("Reach 450 restaurants without an alarm from turnover."),
            (
                ("restaurants", ">=", 450),
                ("turnover_alarm", ">=", 25),
                ("demand", "<=", 95),
                ("patience", "<=", 40),
                ("overlap", ">=", 0.1),
            ),
            insight=N_("It was not too many openings. It was too many for the crews."),
        ),
        Goal(
            "brake",
            N_("Plan 60 openings a year or more, train at most 30 crews a year, and still earn 1,250 m yuan."),
            (
                ("profit", ">=", 1250),
                ("openings", ">=", 60),
                ("training", "<=", 30),
                ("demand", "<=", 95),
                ("patience", "<=", 40),
                ("overlap", ">=", 0.1),
            ),
            insight=N_(
                "A brake helps only close to where you started: once a figure has clearly fallen, the restaurants are open."
            ),
        ),
    )

    bets = (
        Bet(
            "sprint",
            "sprint",
            "survey",
            N_(
                "The survey starts at 79 points. The chain opens twice as many restaurants as it trains crews. "
                "Where does it stand in the sixth year?"
            ),
            low=30,
            high=90,
            step=1,
            reveal=N_("It asks those who got a table, and after their bad visit was put right. Now look at turnover."),
        ),
        Bet(
            "bare",
            "bare",
            "left",
            N_("No snacks, no games. What share of the parties gives up?"),
            low=0,
            high=1,
            step=0.01,
            reveal=N_("The kitchen is the same, the tables are the same. Only the waiting feels longer."),
        ),
    )

    tables = {
        "evening": N_("The queue on an evening"),
        "years": N_("Turnover and survey over the years"),
        "money": N_("Profit by quarter"),
    }
    columns = {
        "clock": N_("time of day (hours)"),
        "parties": N_("parties waiting"),
        "when": N_("quarter"),
        "year": N_("year"),
        "measure": N_("measure"),
        "value": N_("value"),
        "index": N_("start = 100"),
        "profit": N_("profit (m yuan a quarter)"),
        "restaurants": N_("restaurants"),
    }

    def run(self) -> Run:
        """Return frames `evening`, `years`, `money` and the metrics, in the units of their labels."""
        luck = _luck(int(self.seed))
        restaurants = crews = FIRST_CHAIN
        fame = 1.0
        rows: list[dict[str, float]] = []
        evenings: dict[str, Outcome] = {}
        for quarter in range(QUARTERS + 1):
            opened = self._opened(rows)
            if quarter:
                restaurants += opened
                crews = next_crews(crews, restaurants, trained=self.training / 4, leaving=LEAVING)
            skill = crews / restaurants
            parties = self.demand * fame * (FIRST_CHAIN / restaurants) ** self.overlap
            outcome, felt = self._evening(luck, parties, skill)
            row = self._quarter(outcome, felt, skill, restaurants, opened)
            row[SURVEY] += luck.opinions[quarter] * OPINIONS_DIFFER / RESPONDENTS**0.5
            rows.append(row)
            fame += WORD_OF_MOUTH * (float(np.exp((row["talk"] - NEUTRAL) / SWAY)) - fame)
            if quarter in (0, QUARTERS):
                evenings[LAST if quarter else FIRST] = outcome
        table = pd.DataFrame(rows)
        return Run(
            frames={
                "evening": self._queue(evenings),
                "years": self._paths(table),
                # the first row is the start, before the first of the 24 quarters
                "money": pd.DataFrame(
                    {"year": self._time(), "profit": table["profit"], "restaurants": table["restaurants"].round(0)}
                ).iloc[1:],
            },
            metrics=self._figures(table),
        )

    def _opened(self, rows: list[dict[str, float]]) -> float:
        """Return how many restaurants open this quarter: none before the start, none while a brake holds."""
        if not rows or rows[-1][TURNOVER] < self.brake_turnover or rows[-1][SURVEY] < self.brake_survey:
            return 0.0
        return self.openings / 4

    def _evening(self, luck: _Luck, parties: float, skill: float) -> tuple[Outcome, Numbers]:
        share = luck.order / max(parties, 1e-9)
        width = max(1, int(np.count_nonzero((share <= 1).any(axis=0))))
        share = share[:, :width]
        minutes = np.where(share <= 1, 60 * np.interp(share, ARRIVED, HOURS), np.inf)
        meal = MEAL * (1 + SLOWER * (1 - skill))
        shorter = float(felt_wait(1.0, self.occupied / 100, OCCUPIED_MINUTE))
        patience = self.patience * luck.patience[:, :width]
        outcome = simulate(
            minutes,
            meal * luck.pace[:, :width],
            TABLES,
            patience=patience,
            tolerance=patience,
            announced=HOPEFUL,
            felt=shorter,
        )
        return outcome, outcome.wait * shorter

    def _quarter(
        self, outcome: Outcome, felt: Numbers, skill: float, restaurants: float, opened: float
    ) -> dict[str, float]:
        came, served = int(outcome.present.sum()), int(outcome.served.sum())
        seated = served / max(came, 1)
        wait = float(felt[outcome.served].sum()) / max(served, 1)
        bad = SLIPS + MORE_SLIPS * (1 - skill)
        content = CONTENT - PER_FELT_MINUTE * wait - SPOILED * bad * float(np.exp(-self.discretion / BUDGET_SCALE))
        parties = served / EVENINGS
        queued = float((outcome.wait > 0).sum()) / EVENINGS
        evening = parties * (BILL * MARGIN - bad * self.discretion) - FIXED - COMPANY * self.occupied / 100 * queued
        earned = evening * EVENINGS_A_QUARTER / 1e6 * restaurants - TRAINING_COST * self.training / 4
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

    def _figures(self, table: pd.DataFrame) -> dict[str, float]:
        last = table.tail(4)
        below = {
            "turnover_alarm": table[TURNOVER] < TURNOVER_LINE * table[TURNOVER].iloc[0],
            "survey_alarm": table[SURVEY] < table[SURVEY].iloc[0] - SURVEY_LINE,
        }
        figures = {
            **{key: last[key].mean() for key in (TURNOVER, SURVEY, "left", "felt")},
            "skilled": table["skilled"].iloc[-1],
            "restaurants": table["restaurants"].iloc[-1],
            "profit": table["profit"].iloc[1:].sum(),
            "last_profit": (last["earned"] / last["restaurants"]).sum(),
            **{key: int(np.argmax(flags)) if flags.any() else QUARTERS + 1 for key, flags in below.items()},
        }
        return {metric.key: float(figures[metric.key]) for metric in self.metrics}

    def _time(self) -> Numbers:
        return np.arange(QUARTERS + 1) / 4

    def _queue(self, evenings: dict[str, Outcome]) -> pd.DataFrame:
        return pd.concat(
            [
                pd.DataFrame({"clock": CLOCK, "parties": outcome.waiting_at(60 * CLOCK), "when": name})
                for name, outcome in evenings.items()
            ],
            ignore_index=True,
        )

    def _paths(self, table: pd.DataFrame) -> pd.DataFrame:
        return pd.concat(
            [
                pd.DataFrame(
                    {
                        "year": self._time(),
                        "measure": name,
                        "value": table[name],
                        "index": 100 * table[name] / max(table[name].iloc[0], 1e-9),
                    }
                )
                for name in (TURNOVER, SURVEY)
            ],
            ignore_index=True,
        )

    def chart(self, translate: Translate) -> alt.TopLevelMixin:
        """Return three panels: the queue of an evening, turnover and survey over the years, profit by quarter."""
        import altair as alt

        _ = translate

        def colour(field: str, names: dict[str, str]) -> alt.Color:
            return colour_by(field, names, COLOURS)

        evening = (
            alt.Chart(alt.NamedData("evening"))
            .mark_line(strokeWidth=3)
            .encode(
                x=alt.X(
                    "clock:Q",
                    title=_("time of day"),
                    axis=alt.Axis(values=list(range(16, 25, 2)), labelExpr="datum.value + ':00'"),
                    scale=alt.Scale(domain=[16, 24], nice=False),
                ),
                y=alt.Y("parties:Q", title=_("parties waiting"), axis=alt.Axis(tickCount=4)),
                color=colour("when", {LAST: _("last quarter"), FIRST: _("at the start")}),
            )
            .properties(height=130, title=_("The queue on an evening"))
        )
        years = (
            alt.Chart(alt.NamedData("years"))
            .mark_line(strokeWidth=3)
            .encode(
                x=alt.X(
                    "year:Q", title=_("year"), axis=alt.Axis(tickCount=6), scale=alt.Scale(domain=[0, 6], nice=False)
                ),
                y=alt.Y("index:Q", title=_("start = 100"), scale=alt.Scale(zero=False), axis=alt.Axis(tickCount=4)),
                color=colour("measure", {TURNOVER: _("table turnover"), SURVEY: _("survey of seated guests")}),
            )
            .properties(height=170, title=_("Which of the two falls first?"))
        )
        money = (
            alt.Chart(alt.NamedData("money"))
            .mark_bar(color=COLOURS[1], size=9)
            .encode(
                x=alt.X(
                    "year:Q", title=_("year"), axis=alt.Axis(tickCount=6), scale=alt.Scale(domain=[0, 6.2], nice=False)
                ),
                y=alt.Y("profit:Q", title=_("m yuan a quarter"), axis=alt.Axis(tickCount=4)),
            )
            .properties(height=130, title=_("Profit, after openings and training"))
        )
        return alt.vconcat(evening, years, money).resolve_scale(color="independent")

    def tell(self, run: Run, translate: Translate) -> str:
        """Return one sentence about who warned first, or about the queue where nobody had to."""
        _ = translate
        figures = run.metrics
        never = QUARTERS + 1
        if figures["turnover_alarm"] == never and figures["survey_alarm"] == never:
            text = _(
                "No alarm in six years: turnover {turnover:.2f}, survey {survey:.0f} points, {left:.0%} of the parties "
                "give up, and the chain earned {profit:,.0f} m yuan."
            )
        elif figures["survey_alarm"] == never:
            text = _(
                "Turnover raised the alarm in quarter {turnover_alarm:.0f}, the survey never: it still says {survey:.0f} "
                "points, with {skilled:.0%} of the restaurants in practised hands."
            )
        elif figures["turnover_alarm"] < figures["survey_alarm"]:
            text = _(
                "Turnover raised the alarm in quarter {turnover_alarm:.0f}, the survey only in quarter "
                "{survey_alarm:.0f}; {skilled:.0%} of the restaurants are in practised hands at the end."
            )
        else:
            text = _(
                "The survey raised the alarm in quarter {survey_alarm:.0f}, no later than turnover; {left:.0%} of the "
                "parties give up in the last year."
            )
        return text.format(**figures)
