"""m02: a guesthouse promises, delivers and now and then delights; guests expect what four sources tell them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from course.i18n import N_, Translate
from course.simulations.base import Bet, Goal, Metric, Preset, Run, Simulation, parameter
from course.simulations.m02_market import MONTHS, USUAL, Errors, Numbers, Year, live_through
from course.simulations.m02_panels import (
    ADVERT,
    DELIVERED,
    EXPECTED,
    GLAD,
    HEARD,
    HONEST,
    LET_DOWN,
    NEWCOMER,
    OWN,
    PROMISED,
    REGULAR,
    RIVALS,
    TALK,
    YOURS,
    felt_panel,
    guests_panel,
    path_panel,
    sources_panel,
)
from course.theory.prospect import LAMBDA
from course.theory.sources import weights

if TYPE_CHECKING:
    import altair as alt

BEST = 100.0
WORTH_TELLING = 5.0
SOURCES = (OWN, TALK, ADVERT, RIVALS)

SAID = N_("What you say")
DONE = N_("What you do")
BELIEVED = N_("Whom guests believe")
FELT = N_("How guests feel")
POINTS = N_("points")
GUESTS = N_("people")
OURS = N_("Our own definition for this simulation; not taken from a study.")
ADAPTIVE = "Johnson, Anderson & Fornell (1995), https://doi.org/10.1086/209428"
KALMAN = "Kalman (1960), https://doi.org/10.1115/1.3662552"
DELIGHT = "Rust & Oliver (2000), https://doi.org/10.1177/0092070300281008"
ENTRY = "Kopalle & Lehmann (2006), https://doi.org/10.1287/mksc.1050.0122"
DURATION = "Bolton (1998), https://doi.org/10.1287/mksc.17.1.45"


class Promises(Simulation):
    """A year of twelve visits: precision-weighted expectations, delights, a promise, and who comes and who stays."""

    title = N_("Promises and delights")
    note = N_(
        "A simulation with invented guests and an invented guesthouse: 1,000 regulars and 3,000 who have never been there. "
        "It shows how the model works, not what a real firm measured."
    )

    promise = parameter(
        60,
        low=30,
        high=100,
        step=1,
        group=SAID,
        label=N_("What you promise"),
        unit=POINTS,
        help=N_("The service your advertising announces. The house delivers 60 in an ordinary month, like its rivals."),
    )
    pulse = parameter(
        30,
        low=0,
        high=40,
        step=1,
        group=DONE,
        label=N_("A delight in month 1"),
        unit=POINTS,
        help=N_("So much more than usual in that one month. Nobody was told."),
    )
    every = parameter(
        0,
        low=0,
        high=6,
        step=1,
        group=DONE,
        label=N_("The same again every so many months"),
        unit=N_("months"),
        help=N_("0: never again. 1: every month. 3: in months 1, 4, 7 and 10."),
    )
    lasting = parameter(
        0,
        low=0,
        high=30,
        step=0.5,
        group=DONE,
        label=N_("A lasting improvement"),
        unit=POINTS,
        help=N_("So much more than 60 in every month, from the first on."),
    )
    spread = parameter(
        0,
        low=0,
        high=15,
        step=0.5,
        group=DONE,
        label=N_("Good days and bad days"),
        unit=POINTS,
        help=N_("Standard deviation of a single visit."),
    )
    hears = parameter(
        0,
        low=0,
        high=100,
        step=5,
        group=BELIEVED,
        label=N_("Guests who listen to others"),
        unit="%",
        help=N_(
            "Share of those who know the house that also hears talk, advertising and rivals in a month. "
            "Newcomers always do."
        ),
    )
    own = parameter(
        5,
        low=1,
        high=30,
        step=1,
        group=BELIEVED,
        label=N_("Usual error of own memory"),
        unit=POINTS,
        help=N_("How far off guests take their own memory to be. The smaller the error, the larger the weight."),
    )
    talk = parameter(
        10,
        low=1,
        high=60,
        step=1,
        group=BELIEVED,
        label=N_("Usual error of word of mouth"),
        unit=POINTS,
        help=N_("Friends, reviews, social media: how far off the talk is that reaches a single guest."),
    )
    advert = parameter(
        10,
        low=1,
        high=60,
        step=1,
        group=BELIEVED,
        label=N_("Usual error of advertising"),
        unit=POINTS,
        help=N_("How far off guests take a promise to be. 1: they take it literally. 60: nobody believes a word."),
    )
    rivals = parameter(
        15,
        low=1,
        high=60,
        step=1,
        group=BELIEVED,
        label=N_("Usual error of comparing with rivals"),
        unit=POINTS,
        help=N_("What such a house is like elsewhere: price, brand and custom say 60, give or take so much."),
    )
    adaptation = parameter(
        0.3,
        low=0,
        high=1,
        step=0.05,
        group=FELT,
        label=N_("How fast expectations follow, α"),
        help=N_("Share of the gap between expected and experienced that one visit closes. 0: never, 1: at once."),
    )
    loss_weight = parameter(
        LAMBDA,
        low=1,
        high=4,
        step=0.05,
        group=FELT,
        label=N_("Weight of a loss, λ"),
        help=N_("How many times a disappointment outweighs a pleasant surprise of the same size. 1 means equally."),
    )

    metrics = (
        Metric(
            "felt_total",
            N_("Felt value of twelve visits"),
            unit=POINTS,
            better="up",
            equation=r"\sum_{t=1}^{12} \overline{v(P_t - E_t)}",
            source=DELIGHT,
            help=N_(
                "All regulars, as if each came every month whatever happened. 0: twelve visits exactly as expected."
            ),
        ),
        Metric(
            "effort",
            N_("Extra points delivered in the year"),
            unit=POINTS,
            better="down",
            equation=r"\sum_{t=1}^{12} (L_t - 60)",
            source=OURS,
            help=N_("How much more than 60 the house delivers, added up over twelve months: what it has to pay for."),
        ),
        Metric(
            "expected_end",
            N_("What regulars expect in month 12"),
            unit=POINTS,
            equation=r"E_{t+1} = E_t + \alpha\,(P_t - E_t)",
            source=ADAPTIVE,
            help=N_("Before the last visit. Those who listen to others mix what they hear into it first."),
        ),
        Metric(
            "promise_weight",
            N_("Weight of your promise for a newcomer"),
            percent=True,
            equation=r"w_k = \frac{1/\sigma_k^2}{\sum_j 1/\sigma_j^2}",
            source=KALMAN,
            help=N_("How much of a newcomer's expectation comes from what you say; the rest from talk and rivals."),
        ),
        Metric(
            "first_gap",
            N_("Newcomers' gap at the first visit"),
            unit=POINTS,
            better="up",
            equation=r"\overline{P - E}, \quad E = \sum_k w_k s_k",
            source=KALMAN,
            help=N_("Below 0 even if everybody tells the truth: those who were told too much come more often."),
        ),
        Metric(
            "newcomers",
            N_("Newcomers in the first three months"),
            unit=GUESTS,
            digits=0,
            better="up",
            equation=r"a(E) = \frac{0.1}{1 + e^{-(E - 60)/10}}",
            source=ENTRY,
            help=N_(
                "Share of those who have never been there that comes in a month. The shape and its numbers are ours."
            ),
        ),
        Metric(
            "churn",
            N_("Guests lost after a visit"),
            percent=True,
            better="down",
            equation=r"c(v) = \frac{1}{1 + 24\,e^{v/12}}",
            source=DURATION,
            help=N_(
                "4 % leave after a visit exactly as expected; a disappointment drives more away. The numbers are ours."
            ),
        ),
        Metric(
            "lead_early",
            N_("Guests after 3 months, against an honest promise"),
            unit=GUESTS,
            digits=0,
            better="up",
            equation=r"N_3 - N_3^{\mathrm{honest}}",
            source=OURS,
            help=N_("The same house, the same luck, once with your promise and once promising what it delivers."),
        ),
        Metric(
            "lead_end",
            N_("Guests after 12 months, against an honest promise"),
            unit=GUESTS,
            digits=0,
            better="up",
            equation=r"N_{12} - N_{12}^{\mathrm{honest}}",
            source=OURS,
            help=N_("The same comparison at the end of the year."),
        ),
        Metric(
            "guests",
            N_("Guests after 12 months"),
            unit=GUESTS,
            digits=0,
            better="up",
            equation=r"N_{t+1} = N_t + a(E)\,(\text{never been}) - c(v)\,(\text{visits})",
            source=OURS,
            help=N_("Of 1,000 at the start. Who leaves does not come back."),
        ),
    )

    presets = (
        Preset(
            "suite",
            N_("One night in the suite"),
            N_(
                "Regulars know an ordinary room: 60 points. In January the house gives each of them the suite, at no charge, "
                "90 points. From February on, the ordinary room again."
            ),
        ),
        Preset(
            "for-good",
            N_("A better room for good"),
            N_("The same 30 points, but in every month of the year, and announced. It costs twelve times as much."),
            {"pulse": 0, "lasting": 30, "promise": 90},
        ),
        Preset(
            "quarterly",
            N_("A surprise every quarter"),
            N_("Fifteen points more in January, April, July and October. Somebody has put it into the calendar."),
            {"pulse": 15, "every": 3},
        ),
        Preset(
            "said-and-done",
            N_("Said and done"),
            N_(
                "The house promises 60 and delivers 60, with good days and bad. Three in ten guests also hear what "
                "others say."
            ),
            {"pulse": 0, "spread": 5, "hears": 30},
        ),
        Preset(
            "big-promise",
            N_("The trailer"),
            N_(
                "The house is the same. Its advertising promises 80, like the trailers of a game that fills the "
                "servers on its first day."
            ),
            {"pulse": 0, "promise": 80, "spread": 5, "hears": 30},
        ),
        Preset(
            "small-promise",
            N_("Underpromise"),
            N_("“Say less, deliver more.” The house announces 45 and delivers 60, as ever."),
            {"pulse": 0, "promise": 45, "spread": 5, "hears": 30},
        ),
    )

    goals = (
        Goal(
            "same-effort",
            N_(
                "Start from “One night in the suite”. With no more than the same 30 extra points over the year, and at least "
                "20, bring the felt value of twelve visits to 5 or more. Leave α at 0.3 or above and λ at 2.25 or above."
            ),
            (
                ("felt_total", ">=", 5),
                ("effort", "<=", 30),
                ("effort", ">=", 20),
                ("adaptation", ">=", 0.3),
                ("loss_weight", ">=", 2.25),
            ),
            insight=N_(
                "Two and a half points that stay are worth more than thirty that go. Nobody tells stories about them."
            ),
        ),
        Goal(
            "no-regret",
            N_(
                "Start from “The trailer” and move the promise only, above 60: after 3 months ahead of an honest promise "
                "by 10 guests or more, after 12 months behind by no more than 10."
            ),
            (
                ("lead_early", ">=", 10),
                ("lead_end", ">=", -10),
                ("promise", ">=", 61),
                ("effort", "<=", 0),
                ("advert", "<=", 10),
                ("advert", ">=", 10),
                ("hears", ">=", 30),
                ("spread", ">=", 5),
            ),
            insight=N_("A little boldness costs little. The bill grows faster than the crowd."),
        ),
        Goal(
            "keep-the-word",
            N_(
                "Start from “The trailer”. Keep promising 80 to guests who believe you as before, "
                "and have at least 1,950 guests after 12 months."
            ),
            (
                ("guests", ">=", 1950),
                ("promise", ">=", 80),
                ("advert", "<=", 10),
                ("hears", ">=", 30),
                ("spread", ">=", 5),
                ("adaptation", ">=", 0.3),
                ("loss_weight", ">=", 2.25),
            ),
            insight=N_("The promise was not too big. The house was too small for it."),
        ),
    )

    bets = (
        Bet(
            "suite",
            "suite",
            "felt_total",
            N_(
                "One night in the suite, 30 points above what guests expect, then eleven ordinary ones. "
                "What do the twelve visits feel like, added up?"
            ),
            low=-60,
            high=60,
            step=1,
            reveal=N_("One visit was a joy. Then the ordinary room, the same as ever, fell short eleven times."),
        ),
        Bet(
            "quarterly",
            "quarterly",
            "felt_total",
            N_("Four surprises a year, 15 points each. What do the twelve visits feel like, added up?"),
            low=-60,
            high=60,
            step=1,
            reveal=N_("Each surprise leaves an expectation behind that two ordinary months have to pay for."),
        ),
        Bet(
            "big-promise",
            "big-promise",
            "lead_end",
            N_(
                "The house delivers 60 and promises 80. How many guests more, or fewer, than with an honest promise "
                "does it have after twelve months?"
            ),
            low=-400,
            high=400,
            step=10,
            reveal=N_("Look at month 3 and at month 12: the answer depends on when you ask."),
        ),
    )

    tables = {
        "path": N_("Delivered, promised, expected"),
        "felt": N_("How each visit feels"),
        "guests": N_("Guests by month"),
        "sources": N_("Weights of the sources"),
    }
    columns = {
        "month": N_("month"),
        "line": N_("what"),
        "points": POINTS,
        "felt": N_("felt value (points)"),
        "total": N_("added up (points)"),
        "guests": GUESTS,
        "who": N_("who"),
        "source": N_("source"),
        "weight": N_("weight"),
    }

    def run(self) -> Run:
        """Return frames `path`, `felt`, `guests`, `sources` and the metrics; points and guests as labelled."""
        level = self._level()
        ordinary = USUAL + self.lasting
        yours = self._year(level, self.promise)
        honest = yours if self.promise == ordinary else self._year(level, ordinary)
        errors = self._errors()
        lead = yours.guests - honest.guests
        metrics = {
            "felt_total": yours.felt.sum(),
            "effort": (level - USUAL).sum(),
            "expected_end": yours.expected[-1],
            "promise_weight": weights(errors.heard)[1],
            "first_gap": yours.first_gap,
            "newcomers": yours.newcomers[:3].sum(),
            "churn": yours.churn,
            "lead_early": lead[3],
            "lead_end": lead[-1],
            "guests": yours.guests[-1],
        }
        frames = {
            "path": self._path(level, yours),
            "felt": _felt(yours.felt),
            "guests": _guests(yours, honest),
            "sources": _sources(errors),
        }
        return Run(frames=frames, metrics={key: float(number) for key, number in metrics.items()})

    def _level(self) -> Numbers:
        months = np.arange(MONTHS)
        every = int(self.every)
        delights = months % every == 0 if every else months == 0
        return np.minimum(USUAL + self.lasting + self.pulse * delights, BEST)

    def _errors(self) -> Errors:
        return Errors(own=self.own, talk=self.talk, advert=self.advert, rivals=self.rivals)

    def _year(self, level: Numbers, promise: float) -> Year:
        return live_through(
            level,
            promise,
            self._errors(),
            spread=self.spread,
            hears=self.hears / 100,
            rate=self.adaptation,
            loss=self.loss_weight,
            seed=int(self.seed),
        )

    def _path(self, level: Numbers, year: Year) -> pd.DataFrame:
        promised = np.full(MONTHS, float(self.promise))
        lines = {DELIVERED: level, PROMISED: promised, EXPECTED: year.expected, HEARD: year.heard}
        months = np.arange(1, MONTHS + 1)
        return pd.concat(
            [pd.DataFrame({"month": months, "line": name, "points": points}) for name, points in lines.items()],
            ignore_index=True,
        )

    def chart(self, translate: Translate) -> alt.TopLevelMixin:
        """Return four panels: expected and delivered, felt, guests, and the weights of the sources."""
        import altair as alt

        _ = translate
        return alt.vconcat(path_panel(_), felt_panel(_), guests_panel(_), sources_panel(_))

    def tell(self, run: Run, translate: Translate) -> str:
        """Return one sentence: what the delight left behind, or what the promise brought, or how the year felt."""
        _ = translate
        felt = run.frames["felt"]["felt"]
        figures = {**run.metrics, "first": felt.iloc[0], "rest": felt.iloc[1:].sum(), "promise": self.promise}
        if abs(self.promise - USUAL - self.lasting) >= WORTH_TELLING:
            text = _(
                "Promising {promise:g} has brought {lead_early:+.0f} guests after three months and {lead_end:+.0f} after "
                "twelve, against an honest promise; twelve visits feel like {felt_total:+.1f}."
            )
        elif self.pulse > 0 and not self.every:
            text = _(
                "The delight of the first visit feels like {first:+.1f}, the eleven visits after it like {rest:+.1f}: "
                "{felt_total:+.1f} together."
            )
        else:
            text = _(
                "Twelve visits feel like {felt_total:+.1f} together, for {effort:.0f} extra points delivered; the house has "
                "{guests:,.0f} guests at the end of the year."
            )
        return text.format(**figures)


def _felt(felt: Numbers) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "month": np.arange(1, MONTHS + 1),
            "felt": felt,
            "total": felt.cumsum(),
            "mood": np.where(felt >= 0, GLAD, LET_DOWN),
        }
    )


def _guests(yours: Year, honest: Year) -> pd.DataFrame:
    months = np.arange(MONTHS + 1)
    return pd.concat(
        [
            pd.DataFrame({"month": months, "line": name, "guests": year.guests})
            for name, year in ((YOURS, yours), (HONEST, honest))
        ],
        ignore_index=True,
    )


def _sources(errors: Errors) -> pd.DataFrame:
    shares = {REGULAR: weights(errors.all), NEWCOMER: np.array([0.0, *weights(errors.heard)])}
    return pd.concat(
        [
            pd.DataFrame({"who": who, "source": SOURCES, "weight": share, "rank": range(len(SOURCES))})
            for who, share in shares.items()
        ],
        ignore_index=True,
    )
