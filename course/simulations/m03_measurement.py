"""m03: a firm asks some of its customers every month, and reads its score off those who answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from course.i18n import N_, Translate
from course.simulations.base import Bet, Goal, Metric, Preset, Run, Simulation, parameter
from course.simulations.m03_panels import DETRACTORS, PASSIVES, PROMOTERS, answers_panel, months_panel, precision_panel
from course.simulations.m03_sampling import (
    KINDS,
    MONTHS,
    MOST_ANSWERS,
    SCALE,
    STEADY,
    by_month,
    draw,
    groups,
    luck,
    precision,
    readiness,
    stored_shares,
    true_shares,
)
from course.theory.promoters import change_margin, nps, standard_error

if TYPE_CHECKING:
    import altair as alt

PRICE, PRICE_OF_REMINDER = 4.0, 2.0
NAMES = {1: PROMOTERS, 0: PASSIVES, -1: DETRACTORS}

GUESTS = N_("All guests")
SURVEY = N_("The survey")
POINTS = N_("points")
OURS = N_("Our own definition for this simulation; not taken from a study.")
REICHHELD = "Reichheld (2003), Harvard Business Review 81(12), 46–54"
MEAN_ERROR = N_("Standard error of a mean of answers worth 1, 0 and −1, drawn at random.")
SHEWHART = "Shewhart (1931); Western Electric (1956)"


class Measurement(Simulation):
    """All guests have an opinion; some answer; the answers are stored, rightly or not; a score and a chart come out."""

    title = N_("The survey sampler")
    note = N_(
        "A simulation with invented guests and prices: it shows how a survey works, not what a real firm measured."
    )

    satisfaction = parameter(
        7.9,
        low=3,
        high=10,
        step=0.1,
        group=GUESTS,
        label=N_("How willing guests are to recommend"),
        unit=N_("points, 0–10"),
        help=N_("The average over all guests, asked or not. No survey in this simulation changes it."),
    )
    spread = parameter(
        2,
        low=0.5,
        high=4,
        step=0.1,
        group=GUESTS,
        label=N_("How much guests differ"),
        unit=POINTS,
        help=N_("Standard deviation between guests."),
    )
    drift = parameter(
        0,
        low=-0.3,
        high=0.3,
        step=0.02,
        group=GUESTS,
        label=N_("Change per month, from month 13 on"),
        unit=POINTS,
        help=N_("The first year is steady. In the second, the average moves by this much every month."),
    )
    answers = parameter(
        250,
        low=20,
        high=MOST_ANSWERS,
        step=10,
        group=SURVEY,
        label=N_("Answers per month"),
        help=N_("How many filled-in surveys come back each month. Each costs 4 yuan (invented)."),
    )
    unhappy = parameter(
        100,
        low=10,
        high=300,
        step=10,
        group=SURVEY,
        label=N_("How readily the unhappy answer"),
        unit="%",
        help=N_("Guests who would tick 0 to 6, against all others. 100: alike. 50: half as readily. 200: twice."),
    )
    reminders = parameter(
        0,
        low=0,
        high=4,
        step=1,
        group=SURVEY,
        label=N_("Reminders"),
        help=N_("Each closes 40 % of that difference and costs 2 yuan more per answer (both invented)."),
    )
    coding = parameter(
        0,
        low=-1,
        high=1,
        step=1,
        group=SURVEY,
        label=N_("Coding slip"),
        unit=N_("boxes"),
        help=N_("−1: every answer is stored one box too low, +1: one box too high, 0: as ticked."),
    )

    metrics = (
        Metric(
            "true_score",
            N_("True score"),
            unit=POINTS,
            better="up",
            equation=r"100\,(p - d)",
            source=REICHHELD,
            help=N_("Net promoter score of all guests in the last month, had everybody been asked and stored rightly."),
        ),
        Metric(
            "score",
            N_("Score on the dashboard"),
            unit=POINTS,
            equation=r"\mathrm{NPS} = 100\,(\hat p - \hat d)",
            source=REICHHELD,
            help=N_("The same from the answers stored in the last month. This is what a firm gets to see."),
        ),
        Metric(
            "margin",
            N_("Its margin of error, 95 % (±)"),
            unit=POINTS,
            better="down",
            equation=r"1.96 \cdot 100\sqrt{\frac{\hat p + \hat d - (\hat p - \hat d)^2}{n}}",
            source=MEAN_ERROR,
            help=N_("Chance alone. It knows nothing of those who stay silent, nor of a coding slip."),
        ),
        Metric(
            "noise",
            N_("A change must exceed"),
            unit=POINTS,
            better="down",
            equation=r"1.96\sqrt{\mathrm{SE}_1^2 + \mathrm{SE}_2^2}",
            source=MEAN_ERROR,
            help=N_("Smaller changes between the last two months can be chance."),
        ),
        Metric(
            "moves",
            N_("Months that moved by 2 points or more"),
            percent=True,
            digits=0,
            equation=r"\frac{1}{23}\sum_{t=2}^{24}\left[\,|\mathrm{NPS}_t - \mathrm{NPS}_{t-1}| \ge 2\,\right]",
            source=OURS,
            help=N_("Counted on the dashboard. Without a change per month, every one of them is noise."),
        ),
        Metric(
            "bias",
            N_("What no larger sample cures"),
            unit=POINTS,
            equation=r"E(\mathrm{NPS}) - \mathrm{NPS}_{\mathrm{true}}",
            source=OURS,
            help=N_("Score to expect from this survey, less the true one: the silent and the coding slip together."),
        ),
        Metric(
            "error",
            N_("Typical distance from the truth"),
            unit=POINTS,
            better="down",
            equation=r"\sqrt{\mathrm{bias}^2 + \mathrm{SE}^2}",
            source=N_("Root mean square error: bias and chance together."),
            help=N_("Root mean square, over all surveys that chance could have drawn this month."),
        ),
        Metric(
            "delay",
            N_("Months until the alarm, in year two"),
            unit=N_("months (13: none)"),
            digits=0,
            better="down",
            equation=r"|\mathrm{NPS}_t - \mathrm{CL}| > 3\,\mathrm{SE} \;\text{or}\; 8 \text{ on one side}",
            source=SHEWHART,
            help=N_("Limits from the first year. Without a change per month, an alarm is a false one."),
        ),
        Metric(
            "cost",
            N_("Cost of the survey per month"),
            unit=N_("yuan"),
            digits=0,
            better="down",
            equation=r"n\,(4 + 2r)",
            source=OURS,
            help=N_("Answers n times 4 yuan and 2 for each reminder r."),
        ),
    )

    presets = (
        Preset(
            "two-points",
            N_("Two points up"),
            N_("250 cards a month, 38 % promoters, 24 % detractors. Nothing changes for two years; the score does."),
        ),
        Preset(
            "slip",
            N_("Ten boxes, counted from zero"),
            N_("The form runs from 1 to 10. The programmer counts the boxes from 0. Nobody answered differently."),
            {"coding": -1},
        ),
        Preset(
            "eleven",
            N_("Eleven boxes, numbered from one"),
            N_("The form runs from 0 to 10. The export numbers the boxes 1 to 11, and somebody turned 11 into 10."),
            {"coding": 1},
        ),
        Preset(
            "silent",
            N_("The unhappy keep silent"),
            N_("The survey pops up when a guest collects points. Who is cross does not collect points."),
            {"unhappy": 30, "answers": 1_000},
        ),
        Preset(
            "branch",
            N_("A bonus for every branch"),
            N_("Head office wants a score per branch and month: twenty cards each. The bonus hangs on it."),
            {"answers": 20},
        ),
        Preset(
            "slide",
            N_("A slow slide"),
            N_("From month 13 on guests are a little less willing each month. When does anybody notice?"),
            {"drift": -0.1, "answers": 60},
        ),
    )

    goals = (
        Goal(
            "sure",
            N_(
                "Start from “Two points up”. Bring the margin of error down to 4 points for at most 6,000 yuan a month."
            ),
            (
                ("margin", "<=", 4),
                ("cost", "<=", 6_000),
                ("spread", ">=", 2),
                ("satisfaction", "<=", 7.9),
                ("unhappy", ">=", 100),
                ("coding", ">=", 0),
                ("coding", "<=", 0),
            ),
            insight=N_("Half the margin takes four times the answers. A margin of 2 would take nearly six thousand."),
        ),
        Goal(
            "honest",
            N_(
                "Start from “The unhappy keep silent” and leave them as they are. Get within 6 points of the truth, "
                "typically, for at most 3,000 yuan a month."
            ),
            (("error", "<=", 6), ("cost", "<=", 3_000), ("unhappy", "<=", 30), ("satisfaction", "<=", 7.9)),
            insight=N_(
                "A quarter of the answers, and a quarter of the error: who answers counts for more than how many."
            ),
        ),
        Goal(
            "early",
            N_(
                "Start from “A slow slide”. Have the alarm within 4 months for at most 2,400 yuan a month, "
                "with the slide as it is."
            ),
            (("delay", "<=", 4), ("cost", "<=", 2_400), ("drift", ">=", -0.1), ("drift", "<=", -0.1)),
            insight=N_("The chart looks at all months at once; each month alone would still pass for noise."),
        ),
    )

    bets = (
        Bet(
            "two-points",
            "two-points",
            "moves",
            N_("Nothing changes for two years. In what share of the months does the score move by 2 points or more?"),
            low=0,
            high=1,
            step=0.01,
            reveal=N_("With 250 answers, two months must differ by about 14 points to be more than noise."),
        ),
        Bet(
            "slip",
            "slip",
            "score",
            N_("The true score is 14. Every answer is stored one box too low. What does the dashboard say?"),
            low=-60,
            high=60,
            step=1,
            reveal=N_("The nines became eights and the sevens sixes. Not one guest felt differently."),
        ),
    )

    tables = {
        "answers": N_("Answers of the last month"),
        "months": N_("The score, month by month"),
        "precision": N_("What more answers buy"),
    }
    columns = {
        "answer": N_("answer as stored (0–10)"),
        "share": N_("share of answers"),
        "true_share": N_("share of all guests"),
        "group": N_("group"),
        "month": N_("month"),
        "score": N_("score (points)"),
        "low": N_("interval from (points)"),
        "high": N_("interval to (points)"),
        "truth": N_("true score (points)"),
        "lower": N_("lower control limit (points)"),
        "centre": N_("centre line (points)"),
        "upper": N_("upper control limit (points)"),
        "alarm": N_("alarm (1: yes)"),
        "answers": N_("answers per month"),
        "margin": N_("margin of error (points)"),
    }

    def run(self) -> Run:
        """Return frames `answers`, `months`, `precision`, `now` and the metrics; scores in points from −100 to 100."""
        means = self.satisfaction + self.drift * np.maximum(np.arange(1, MONTHS + 1) - STEADY, 0)
        truth = true_shares(means, self.spread)
        expected = stored_shares(truth, readiness(self.unhappy / 100, self.reminders), round(self.coding))
        number = int(self.answers)
        counts = draw(expected, luck(int(self.seed))[:, :number])
        months = by_month(counts, truth)
        errors = standard_error(*groups(counts))
        true_score, expected_score = (float(nps(*groups(shares[-1]))) for shares in (truth, expected))
        chance = float(standard_error(*(number * share for share in groups(expected[-1]))))
        alarms = np.flatnonzero(months["alarm"].to_numpy()[STEADY:])
        metrics = {
            "true_score": true_score,
            "score": months["score"].iloc[-1],
            "margin": (months["high"].iloc[-1] - months["low"].iloc[-1]) / 2,
            "noise": change_margin(errors[-1], errors[-2]),
            "moves": (months["score"].diff().abs().iloc[1:] >= 2 - 1e-9).mean(),
            "bias": expected_score - true_score,
            "error": np.hypot(expected_score - true_score, chance),
            "delay": alarms[0] + 1 if alarms.size else MONTHS - STEADY + 1,
            "cost": number * (PRICE + PRICE_OF_REMINDER * self.reminders),
        }
        last = pd.DataFrame({"answer": SCALE, "share": counts[-1] / number, "true_share": truth[-1]})
        frames = {
            "answers": last.assign(group=[NAMES[int(kind)] for kind in KINDS]),
            "months": months,
            "precision": precision(expected[-1]),
            "now": pd.DataFrame({"answers": [number], "margin": [float(metrics["margin"])]}),
        }
        return Run(frames=frames, metrics={key: float(number) for key, number in metrics.items()})

    def chart(self, translate: Translate) -> alt.TopLevelMixin:
        """Return three panels: the answers as stored, the score by month with limits and truth, and what answers buy."""
        import altair as alt

        return alt.vconcat(answers_panel(translate), months_panel(translate), precision_panel(translate))

    def tell(self, run: Run, translate: Translate) -> str:
        """Return one sentence: what the dashboard says, what is true, and what stands between the two."""
        _ = translate
        figures = run.metrics
        if self.coding:
            text = _(
                "The dashboard says {score:.0f}, the truth is {true_score:.0f}: the coding slip alone would do it, "
                "and the margin of ±{margin:.1f} knows nothing of it."
            )
        elif abs(figures["bias"]) >= 3:
            text = _(
                "The dashboard says {score:.0f} ± {margin:.1f}, the truth is {true_score:.0f}: "
                "those who answer are not like those who do not."
            )
        elif self.drift and figures["delay"] <= MONTHS - STEADY:
            text = _(
                "The true score is now {true_score:.0f}; the chart raised its alarm in month {delay:.0f} of the change. "
                "Two neighbouring months must differ by {noise:.0f} points."
            )
        else:
            text = _(
                "The dashboard says {score:.0f} ± {margin:.1f}, the truth is {true_score:.0f}; the score moved by 2 points "
                "or more in {moves:.0%} of the months, and a change must exceed {noise:.0f} points to be news."
            )
        return text.format(**figures)
