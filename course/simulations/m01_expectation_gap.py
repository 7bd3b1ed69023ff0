"""m01: a crowd of guests, each with expectations of their own, meets one service that costs money."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from course.charts.legends import colour_by
from course.i18n import N_, Translate
from course.simulations.base import Bet, Goal, Metric, Preset, Run, Simulation, parameter
from course.theory.disconfirmation import gap, satisfaction
from course.theory.prospect import ALPHA, LAMBDA, offsetting_gain, value
from course.theory.tolerance import adequacy, superiority

if TYPE_CHECKING:
    import altair as alt

Numbers = NDArray[np.float64]

GUESTS = 4_000
GUESTS_ON_CURVE = 500
BIN_WIDTH = 2.0
BIN_EDGES = np.arange(-60.0, 60.0 + BIN_WIDTH, BIN_WIDTH)
LEVELS = np.arange(20.0, 101.0, 2.0)
BELOW, WITHIN, ABOVE, UNNOTICED = "below", "within", "above", "unnoticed"
CLASSES = (BELOW, WITHIN, ABOVE, UNNOTICED)
COLOURS = [f"var(--chart-{name})" for name in CLASSES]

PARTICIPANTS = N_("Guests")
SERVICE = N_("Service")
OURS = N_("Our own definition for this simulation; not taken from a study.")
PROSPECT = "Tversky & Kahneman (1992), https://doi.org/10.1007/BF00122574"
ZONE = "Parasuraman, Zeithaml & Berry (1994), https://doi.org/10.1016/0022-4359(94)90033-7"
OLIVER = "Oliver (1980), https://doi.org/10.1177/002224378001700405"


@lru_cache(maxsize=8)
def _crowd(seed: int) -> tuple[Numbers, Numbers]:
    """Draw the same guests for the same seed: standard normal taste and luck, `GUESTS` each."""
    generator = np.random.default_rng(seed)
    return generator.standard_normal(GUESTS), generator.standard_normal(GUESTS)


class ExpectationGap(Simulation):
    """Guests with layered expectations meet a service with a level, a spread and a price."""

    title = N_("The expectation gap")

    expected = parameter(
        72,
        low=30,
        high=95,
        step=1,
        group=PARTICIPANTS,
        label=N_("What guests expect"),
        unit=N_("points"),
        help=N_("What guests expect on average, from 0 to 100. Your own promise moves it."),
    )
    disagreement = parameter(
        6,
        low=0,
        high=20,
        step=0.5,
        group=PARTICIPANTS,
        label=N_("How much expectations differ"),
        unit=N_("points"),
        help=N_("Standard deviation between guests. A clear promise makes it small, a vague one large."),
    )
    zone_width = parameter(
        14,
        low=0,
        high=40,
        step=1,
        group=PARTICIPANTS,
        label=N_("Width of the zone of tolerance"),
        unit=N_("points"),
        help=N_("From the service that will just do to the service one hopes for."),
    )
    loss_weight = parameter(
        LAMBDA,
        low=1,
        high=4,
        step=0.05,
        group=PARTICIPANTS,
        label=N_("Weight of a loss, λ"),
        help=N_("How many times a disappointment outweighs a pleasant surprise of the same size. 1 means equally."),
    )
    fading = parameter(
        ALPHA,
        low=0.5,
        high=1,
        step=0.02,
        group=PARTICIPANTS,
        label=N_("How feeling fades with size, α"),
        help=N_("At 1, twice the gap feels twice as strong. Below 1, big gaps feel less than proportionally strong."),
    )
    service = parameter(
        72,
        low=20,
        high=100,
        step=1,
        group=SERVICE,
        label=N_("Service level"),
        unit=N_("points"),
        help=N_("What guests get on average, on the same scale from 0 to 100."),
    )
    spread = parameter(
        10,
        low=2,
        high=25,
        step=0.5,
        group=SERVICE,
        label=N_("Good days and bad days"),
        unit=N_("points"),
        help=N_("Standard deviation of the service from one visit to the next. Steadiness costs money too."),
    )
    price = parameter(
        40,
        low=10,
        high=80,
        step=1,
        group=SERVICE,
        label=N_("Cost of a service of 80 points"),
        unit=N_("per guest"),
        help=N_("Sets the cost of every level: it grows faster than the level does."),
    )

    metrics = (
        Metric(
            "satisfaction",
            N_("Average satisfaction"),
            unit=N_("points"),
            better="up",
            equation=r"S = P + v(P - E)",
            source=OLIVER,
            help=N_("What guests noticed of the service, plus how the gap felt. Exactly as expected gives S = P."),
        ),
        Metric(
            "felt",
            N_("Average felt value of the gap"),
            unit=N_("points"),
            better="up",
            equation=r"v(d) = d^{\alpha} \;(d \ge 0), \quad v(d) = -\lambda\,(-d)^{\alpha} \;(d < 0)",
            source=PROSPECT,
            help=N_("Below 0, the disappointed outweigh the delighted."),
        ),
        Metric(
            "below",
            N_("Guests below their zone"),
            percent=True,
            better="down",
            equation=r"\mathrm{MSA} = P - E_{\mathrm{adequate}} < 0",
            source=ZONE,
            help=N_("They got less than what would just do."),
        ),
        Metric(
            "in_zone",
            N_("Guests in their zone"),
            percent=True,
            better="up",
            equation=r"\mathrm{MSA} \ge 0 \;\wedge\; \mathrm{MSS} \le 0",
            source=ZONE,
            help=N_("Between the service that will just do and the service they hoped for."),
        ),
        Metric(
            "above",
            N_("Guests beyond their hopes"),
            percent=True,
            better="up",
            equation=r"\mathrm{MSS} = P - E_{\mathrm{desired}} > 0",
            source=ZONE,
            help=N_("They got more than the service they hoped for."),
        ),
        Metric(
            "cost",
            N_("Cost per guest"),
            unit=N_("yuan"),
            better="down",
            equation=r"c(P) + \frac{2k}{\sigma}, \quad c(P) = k\left(\frac{P}{80}\right)^{2.5}",
            source=OURS,
            help=N_("The level and the steadiness (σ: good days and bad days), both at the cost k of 80 points."),
        ),
        Metric(
            "unnoticed",
            N_("Of that, spent above what anyone noticed"),
            unit=N_("yuan"),
            better="down",
            equation=r"\overline{c(P) - c(\min(P,\, E + w))}",
            source=OURS,
            help=N_("Beyond one zone width w above what they expected, guests in this model notice no more."),
        ),
        Metric(
            "offset",
            N_("Gain that makes up for a loss of 10"),
            unit=N_("points"),
            equation=r"10\,\lambda^{1/\alpha}",
            source=PROSPECT,
            help=N_(
                "How far above what is expected one visit must land to make up for one that landed 10 points below."
            ),
        ),
    )

    presets = (
        Preset(
            "as-promised",
            N_("Exactly as promised"),
            N_("Guests expect 72 points and, on average, get 72. Some days are better, some worse. Nobody lied."),
        ),
        Preset(
            "big-words",
            N_("Big words"),
            N_("The advert says “unforgettable”. Service has not changed; what guests expect has."),
            {"expected": 88, "disagreement": 4},
        ),
        Preset(
            "padded",
            N_("The padded promise"),
            N_("Like a park that posts 60 minutes where most wait less: the promise stays below what is delivered."),
            {"expected": 62, "disagreement": 4},
        ),
        Preset(
            "gold",
            N_("Gold taps"),
            N_("A hotel where guests expect a clean room gives them marble and gold taps, and pays for it."),
            {"expected": 62, "service": 95, "spread": 5},
        ),
        Preset(
            "genius",
            N_("The brilliant cook with bad days"),
            N_("On average six points better than guests expect, and a different restaurant every night."),
            {"service": 78, "spread": 20},
        ),
        Preset(
            "clockwork",
            N_("The clockwork canteen"),
            N_("72 points, never much more and never much less. Such steadiness has its price."),
            {"spread": 3},
        ),
    )

    goals = (
        Goal(
            "frugal",
            N_("Bring 80 % of the guests into their zone for at most 40 per guest. Leave the zone no wider than 14."),
            (("in_zone", ">=", 0.8), ("cost", "<=", 40), ("zone_width", "<=", 14), ("price", ">=", 40)),
            insight=N_(
                "You promised less and kept it nearly every day. Look at "
                "satisfaction: in the zone is not the same as delighted."
            ),
        ),
        Goal(
            "gold-back",
            N_("Start from “Gold taps”. Give back at least 15 per guest and keep satisfaction at 80 or more."),
            (("satisfaction", ">=", 80), ("cost", "<=", 63), ("expected", ">=", 62), ("price", ">=", 40)),
            insight=N_("Above the hoped-for service, the last points cost most and are felt least."),
        ),
        Goal(
            "heal",
            N_("Make the felt value positive without promising less than 72 and for at most 45 per guest."),
            (
                ("felt", ">=", 0),
                ("expected", ">=", 72),
                ("cost", "<=", 45),
                ("price", ">=", 40),
                ("loss_weight", ">=", 2.25),
            ),
            insight=N_(
                "A few points above the promise leave room for the bad days. "
                "Removing all of them would have cost far more."
            ),
        ),
    )

    bets = (
        Bet(
            "as-promised",
            "as-promised",
            "felt",
            N_("Guests get, on average, exactly what they expect. What is the average felt value of the gap?"),
            low=-20,
            high=20,
            step=0.5,
            reveal=N_("As promised on average is not felt as promised: every bad day weighs 2.25 times a good one."),
        ),
        Bet(
            "gold",
            "gold",
            "unnoticed",
            N_("How much of the money per guest is spent above what anyone notices?"),
            low=0,
            high=60,
            step=1,
            reveal=N_(
                "Every point costs more than the last, but beyond a certain point guests in this model notice no more."
            ),
        ),
    )

    tables = {
        "guests": N_("Guests by gap"),
        "feeling": N_("How a gap feels"),
        "curve": N_("What money buys"),
    }
    columns = {
        "gap_from": N_("gap from (points)"),
        "gap_to": N_("gap to (points)"),
        "share": N_("share of guests"),
        "group": N_("group"),
        "gap": N_("gap (points)"),
        "felt": N_("felt value (points)"),
        "level": N_("service level (points)"),
        "cost": N_("cost per guest (yuan)"),
        "satisfaction": N_("average satisfaction (points)"),
    }

    def run(self) -> Run:
        """Return frames `guests`, `feeling`, `curve`, `now` and the metrics; points and money as labelled."""
        taste, luck = _crowd(int(self.seed))
        expected = np.clip(self.expected + self.disagreement * taste, 0, 100)
        delivered = np.clip(self.service + self.spread * luck, 0, 100)
        distance = gap(delivered, expected)
        noticed = np.minimum(delivered, expected + self.zone_width)
        rating = self._rating(noticed, expected)
        below = adequacy(delivered, expected - self.zone_width / 2) < 0
        above = superiority(delivered, expected + self.zone_width / 2) > 0
        cost = self._level_cost(self.service) + self._steadiness_cost()
        metrics = {
            "satisfaction": rating.mean(),
            "felt": value(gap(noticed, expected), alpha=self.fading, lambda_=self.loss_weight).mean(),
            "below": below.mean(),
            "in_zone": 1 - below.mean() - above.mean(),
            "above": above.mean(),
            "cost": cost,
            "unnoticed": (self._level_cost(delivered) - self._level_cost(noticed)).mean(),
            "offset": offsetting_gain(10, alpha=self.fading, lambda_=self.loss_weight),
        }
        frames = {
            "guests": self._histogram(distance, below, above, delivered > noticed),
            "feeling": self._feeling(),
            "curve": self._curve(expected[:GUESTS_ON_CURVE], luck[:GUESTS_ON_CURVE]),
            "now": pd.DataFrame({"cost": [cost], "satisfaction": [metrics["satisfaction"]]}),
        }
        return Run(frames=frames, metrics={key: float(number) for key, number in metrics.items()})

    def _rating(self, noticed: Numbers, expected: Numbers) -> Numbers:
        return satisfaction(noticed, expected, alpha=self.fading, lambda_=self.loss_weight)

    def _level_cost(self, level: Numbers | float) -> Numbers:
        return self.price * (np.asarray(level, dtype=float) / 80) ** 2.5

    def _steadiness_cost(self) -> float:
        return 2 * self.price / self.spread

    def _histogram(
        self, distance: Numbers, below: NDArray[np.bool_], above: NDArray[np.bool_], unnoticed: NDArray[np.bool_]
    ) -> pd.DataFrame:
        groups = {BELOW: below, WITHIN: ~(below | above), ABOVE: above & ~unnoticed, UNNOTICED: above & unnoticed}
        bins = np.clip(((distance - BIN_EDGES[0]) / BIN_WIDTH).astype(int), 0, BIN_EDGES.size - 2)
        counts = np.stack([np.bincount(bins[mask], minlength=BIN_EDGES.size - 1) for mask in groups.values()])
        group, place = np.nonzero(counts)
        return pd.DataFrame(
            {
                "gap_from": BIN_EDGES[place],
                "gap_to": BIN_EDGES[place + 1],
                "share": counts[group, place] / distance.size,
                "group": np.array(CLASSES)[group],
            }
        )

    def _feeling(self) -> pd.DataFrame:
        noticed = np.minimum(BIN_EDGES, self.zone_width)
        return pd.DataFrame({"gap": BIN_EDGES, "felt": value(noticed, alpha=self.fading, lambda_=self.loss_weight)})

    def _curve(self, expected: Numbers, luck: Numbers) -> pd.DataFrame:
        delivered = np.clip(LEVELS[:, None] + self.spread * luck[None, :], 0, 100)
        noticed = np.minimum(delivered, expected[None, :] + self.zone_width)
        return pd.DataFrame(
            {
                "level": LEVELS,
                "cost": self._level_cost(LEVELS) + self._steadiness_cost(),
                "satisfaction": self._rating(noticed, expected[None, :]).mean(axis=1),
            }
        )

    def chart(self, translate: Translate) -> alt.TopLevelMixin:
        """Return three panels: guests by gap, how a gap feels, and what money buys."""
        import altair as alt

        _ = translate
        names = {
            BELOW: _("below their zone"),
            WITHIN: _("in their zone"),
            ABOVE: _("beyond their hopes"),
            UNNOTICED: _("beyond notice"),
        }
        gap_axis = alt.Axis(values=list(range(-60, 61, 20)))
        across = alt.X("gap_from:Q", title=None, axis=gap_axis, scale=alt.Scale(domain=[-60, 60], nice=False))
        bars = (
            alt.Chart(alt.NamedData("guests"))
            .mark_bar(binSpacing=1)
            .encode(
                x=across,
                x2="gap_to:Q",
                y=alt.Y("sum(share):Q", title=_("share of guests"), axis=alt.Axis(format="%", tickCount=4)),
                color=colour_by("group", names, COLOURS, 2),
            )
            .properties(height=170, title=_("How big each guest's gap is"))
        )
        zero = alt.Chart(alt.NamedData("now")).mark_rule(strokeDash=[3, 3]).encode(x=alt.datum(0))
        line = (
            alt.Chart(alt.NamedData("feeling"))
            .mark_line(strokeWidth=3)
            .encode(
                x=alt.X(
                    "gap:Q",
                    title=_("gap: perceived − expected (points)"),
                    axis=gap_axis,
                    scale=alt.Scale(domain=[-60, 60], nice=False),
                ),
                y=alt.Y("felt:Q", title=_("felt value"), axis=alt.Axis(tickCount=4)),
            )
            .properties(height=120, title=_("How such a gap feels"))
        )
        curve = (
            alt.Chart(alt.NamedData("curve"))
            .mark_line(strokeWidth=3)
            .encode(
                x=alt.X("cost:Q", title=_("cost per guest (yuan)")),
                y=alt.Y("satisfaction:Q", title=_("average satisfaction (points)"), scale=alt.Scale(zero=False)),
            )
        )
        now = (
            alt.Chart(alt.NamedData("now"))
            .mark_point(size=160, filled=True, color=COLOURS[0])
            .encode(x="cost:Q", y="satisfaction:Q")
        )
        money = (curve + now).properties(height=150, title=_("What money buys (the dot is you)"))
        return alt.vconcat(bars + zero, line, money)

    def tell(self, run: Run, translate: Translate) -> str:
        """Return one sentence about who was disappointed, who was not, and what it cost."""
        _ = translate
        metrics = run.metrics
        if metrics["unnoticed"] >= 2:
            text = _(
                "{unnoticed:.1f} of the {cost:.1f} per guest went into service above what anyone noticed; "
                "satisfaction is {satisfaction:.1f}."
            )
        elif metrics["felt"] < 0:
            text = _(
                "{below:.0%} of the guests fell below their zone and {above:.0%} got more than they hoped for, "
                "yet the disappointed weigh more: the felt value is {felt:.1f}."
            )
        else:
            text = _(
                "{below:.0%} of the guests fell below their zone, {above:.0%} got more than they hoped for; "
                "the felt value is {felt:+.1f} at a cost of {cost:.1f} per guest."
            )
        return text.format(**metrics)
