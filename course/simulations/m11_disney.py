"""m11: a park day with three rides, a sign in front of each, and guests who read it."""

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
from course.theory.journey import SOURCE as PEAK_END
from course.theory.journey import peak_end
from course.theory.posting import posted_wait
from course.theory.promise import implied_ratio
from course.theory.prospect import LAMBDA, value
from course.theory.queueing import felt_wait, poisson_arrivals, simulate

if TYPE_CHECKING:
    import altair as alt

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

OPENS, HOURS = 9, 12
BY_HOUR = np.array([0.75, 1.0, 1.2, 1.3, 1.25, 1.2, 1.1, 1.0, 0.95, 0.85, 0.75, 0.65])
POPULARITY = (1.2, 1.0, 0.8)
TRAIN = 30  # guests come, and leave, by the trainload
DAYS, CURVE_DAYS = 40, 8
PADDINGS = np.round(np.arange(0.6, 2.61, 0.2), 1)
SIGN_MINUTES, MEMORY = 10, 0.5
WALK = 4.0
OCCUPIED_FACTOR = 0.5
VIRTUAL_STAND, VIRTUAL_EXTRA = 10.0, 0.4
PATIENCE_SPREAD, TRAIN_SPREAD = 0.4, 0.3
FRESH, PER_MINUTE, FELT_WEIGHT, TURNED_SCORE = 90.0, 0.5, 0.5, 20.0
NOTICED = 10.0  # minutes saved beyond these please no more
VISITS = np.array([60.0, 180.0, 300.0, 420.0, 540.0, 630.0])
GUESTS_A_DAY = 25
GAP_EDGES = np.arange(-60.0, 65.0, 5.0)
KEPT, BROKEN = "kept", "broken"
COLOURS = {KEPT: "var(--chart-above)", BROKEN: "var(--chart-below)"}
POSTED, ACTUAL = "posted", "actual"

VISITORS = N_("The visitors")
PARK = N_("The park")
OURS = N_("Our own definition for this simulation; not taken from a study.")
PROSPECT = "Tversky & Kahneman (1992), https://doi.org/10.1007/BF00122574"
NEWSVENDOR = "Arrow, Harris & Marschak (1951), https://doi.org/10.2307/1906813"


@dataclass(frozen=True)
class Crowd:
    """What chance decides: arrivals and, train by train or sign by sign, standard normal luck; one row per ride and day."""

    arrival: Numbers
    pace: Numbers
    patience: Numbers
    virtual: Numbers
    sign: Numbers


@lru_cache(maxsize=4)
def _crowd(seed: int, hourly: float) -> Crowd:
    """Draw `DAYS` days of three rides that `hourly` guests an hour come to, in the shape of `BY_HOUR`."""
    generator = np.random.default_rng(seed)
    edges = np.arange(0.0, 60 * HOURS + 1, 60)
    rates = [hourly * popular / TRAIN / 60 * BY_HOUR / BY_HOUR.mean() for popular in POPULARITY]
    rides = [poisson_arrivals(edges, rate, DAYS, generator) for rate in rates]
    longest = max(ride.shape[1] for ride in rides)
    padded = [np.pad(ride, ((0, 0), (0, longest - ride.shape[1])), constant_values=np.inf) for ride in rides]
    arrival = np.concatenate(padded)
    steps = generator.standard_normal((len(arrival), 60 * HOURS // SIGN_MINUTES))
    for slot in range(1, steps.shape[1]):  # a sign that is too low now is likely too low ten minutes later
        steps[:, slot] = MEMORY * steps[:, slot - 1] + np.sqrt(1 - MEMORY**2) * steps[:, slot]
    slots = np.where(np.isfinite(arrival), arrival, 0) // SIGN_MINUTES
    sign = np.take_along_axis(steps, np.minimum(slots, steps.shape[1] - 1).astype(int), axis=1)
    pace, patience = generator.standard_normal((2, *arrival.shape))
    return Crowd(arrival, pace, patience, generator.random(arrival.shape), sign)


@dataclass(frozen=True)
class Day:
    """What became of each trainload: minutes posted and waited, and whether it stood in line, was turned away, or neither."""

    arrival: Numbers
    posted: Numbers
    actual: Numbers
    stood: Flags
    turned: Flags
    score: Numbers


class Park(Simulation):
    """Three rides with a sign each; visitors read it, stay away or queue, and judge what the sign promised."""

    title = N_("A day at the park")
    note = N_("A simulation with an invented park: it shows how the model works, not what Disney measured.")

    demand = parameter(
        1100,
        low=600,
        high=1600,
        step=50,
        group=VISITORS,
        label=N_("Visitors who come to a ride"),
        unit=N_("per hour"),
        help=N_("On average over the day and the three rides; more around noon, more at the most popular ride."),
    )
    patience = parameter(
        90,
        low=20,
        high=150,
        step=5,
        group=VISITORS,
        label=N_("Patience"),
        unit=N_("minutes"),
        help=N_("The posted wait at which half of the visitors turn away. Something to do in the queue stretches it."),
    )
    loss_weight = parameter(
        LAMBDA,
        low=1,
        high=8,
        step=0.05,
        group=VISITORS,
        label=N_("Weight of a late minute, λ"),
        help=N_("How many times a minute too long weighs against a minute saved. 1 means equally."),
    )
    dread = parameter(
        0.5,
        low=0,
        high=1,
        step=0.05,
        group=VISITORS,
        label=N_("Price of a posted minute"),
        unit=N_("points"),
        help=N_("What each minute on the sign takes from a visitor's mood and plans, whether it comes true or not."),
    )
    capacity = parameter(
        1250,
        low=800,
        high=2000,
        step=50,
        group=PARK,
        label=N_("Capacity of a ride"),
        unit=N_("per hour"),
        help=N_("Seats that leave the station in an hour, in trains of 30."),
    )
    padding = parameter(
        1,
        low=0.6,
        high=2.6,
        step=0.05,
        group=PARK,
        label=N_("Padding of the sign"),
        help=N_("The sign says the park's estimate times this number, to the nearest five minutes."),
    )
    spread = parameter(
        0.42,
        low=0.02,
        high=0.8,
        step=0.02,
        group=PARK,
        label=N_("How far the estimate is off, σ"),
        help=N_("0.42: about two estimates in three lie between 34 % too low and 52 % too high."),
    )
    virtual = parameter(
        0,
        low=0,
        high=0.8,
        step=0.05,
        group=PARK,
        label=N_("Share in the virtual queue"),
        help=N_(
            "They book a place, walk about, and stand ten minutes. For every ten of them, four more visitors queue."
        ),
    )
    occupied = parameter(
        0.3,
        low=0,
        high=1,
        step=0.1,
        group=PARK,
        label=N_("Share of the wait with something to do"),
        help=N_("Games, scenery, a story. A minute with something to do feels half as long in this model."),
    )
    ending = parameter(
        60,
        low=0,
        high=100,
        step=5,
        group=PARK,
        label=N_("The last moment of the day"),
        unit=N_("points"),
        help=N_("The closing show, the way out, the bus: how good the end is, from 0 to 100."),
    )

    metrics = (
        Metric(
            "kept",
            N_("Waited no longer than posted"),
            percent=True,
            better="up",
            equation=r"F(Q) = \Pr(W \le Q)",
            source=OURS,
            help=N_("Of the visitors who stood in line. The promise was kept for them."),
        ),
        Metric(
            "margin",
            N_("Margin of that share, ± (95 %)"),
            unit=N_("percentage points"),
            equation=r"100 \cdot 1.96\, s / \sqrt{40}",
            source=N_("Standard error over 40 simulated days."),
            help=N_("Forty other days would give a share within about this much of it."),
        ),
        Metric(
            "ratio",
            N_("Late minute : early minute, if this were best"),
            equation=r"\frac{c_{\text{late}}}{c_{\text{early}}} = \frac{F(Q)}{1 - F(Q)}",
            source=NEWSVENDOR,
            help=N_("Whoever chooses this share acts as if a late minute cost this many early ones. Cut off at 99."),
        ),
        Metric(
            "gap",
            N_("Average gap, actual − posted"),
            unit=N_("minutes"),
            equation=r"\overline{W - Q}",
            source=OURS,
            help=N_("Below 0, visitors ride sooner than the sign said, on average."),
        ),
        Metric(
            "wait",
            N_("Average wait in line"),
            unit=N_("minutes"),
            better="down",
            equation=r"\overline{W}",
            source=N_("Counted in the simulated queue, with 4 minutes to walk in and board."),
            help=N_("Of the visitors who stood in line."),
        ),
        Metric(
            "turned",
            N_("Turned away by the sign"),
            percent=True,
            better="down",
            equation=r"\Pr(\text{felt } Q > \text{patience})",
            source=OURS,
            help=N_("They read the sign and left without riding."),
        ),
        Metric(
            "satisfaction",
            N_("Average satisfaction"),
            unit=N_("points"),
            better="up",
            equation=r"S = 90 - \tfrac12 W_{\text{felt}} - p\,Q + \tfrac12 v(\min(Q - W,\, 10))",
            source=PROSPECT,
            help=N_(
                "v is from the source, all else ours: turned away counts 20, a virtual wait has no sign and no gap."
            ),
        ),
        Metric(
            "best",
            N_("Padding with the highest satisfaction"),
            digits=1,
            equation=r"\arg\max_k \overline{S}(k)",
            source=OURS,
            help=N_("The top of the third picture, in steps of 0.2."),
        ),
        Metric(
            "day",
            N_("The day as it is remembered"),
            unit=N_("points"),
            better="up",
            equation=r"\tfrac12\left(\max_i m_i + m_{\text{last}}\right)",
            source=PEAK_END,
            help=N_("The best moment and the last one count half each; six queues and the end make a day."),
        ),
    )

    presets = (
        Preset(
            "honest",
            N_("The honest sign"),
            N_("The sign says exactly what the park expects, to the nearest five minutes. No padding, no tricks."),
        ),
        Preset(
            "florida",
            N_("Like the real signs"),
            N_("Padding and spread fitted to 94,940 real waits of 2015 to 2021; the park around them is invented."),
            {"padding": 1.5},
        ),
        Preset(
            "bait",
            N_("Come in, it is short"),
            N_("A manager wants full queues and posts 30 % less than expected. Once in line, people stay."),
            {"padding": 0.7},
        ),
        Preset(
            "scare",
            N_("Two and a half times"),
            N_("Nobody shall ever complain of a late train: the sign says 2.5 times what the park expects."),
            {"padding": 2.5},
        ),
        Preset(
            "phones",
            N_("Everybody books by phone"),
            N_(
                "Half of the visitors wait virtually. What do they do while they wait? Many of them join another queue."
            ),
            {"padding": 1.5, "virtual": 0.5},
        ),
        Preset(
            "theatre",
            N_("The queue is the first act"),
            N_("Every minute in line has something to see or to touch. The train is no faster for it."),
            {"padding": 1.5, "occupied": 1},
        ),
    )

    goals = (
        Goal(
            "calibrate",
            N_("Reproduce the real share: 82 to 85 % within the posted wait, with a spread of 0.36 or more."),
            (("kept", ">=", 0.82), ("kept", "<=", 0.85), ("spread", ">=", 0.36)),
            insight=N_("Half as much again on the sign, and five promises in six are kept, however wrong the estimate."),
        ),
        Goal(
            "reliable",
            N_("Keep 95 % of the promises and turn at most 4 % away: 1,100 visitors or more, capacity 1,250, patience 90."),
            (("kept", ">=", 0.95), ("turned", "<=", 0.04), ("demand", ">=", 1100), ("capacity", "<=", 1250),
             ("patience", "<=", 90)),
            insight=N_("A better estimate keeps promises that padding has to buy. It shortens no queue, only the sign."),
        ),
        Goal(
            "price",
            N_("Find visitors for whom the real padding is best: let the top of the third picture lie at 1.4 to 1.6."),
            (("best", ">=", 1.4), ("best", "<=", 1.6), ("spread", ">=", 0.36), ("demand", ">=", 1100)),
            insight=N_(
                "A padding is only ever best for a price: of a late minute against a posted one. "
                "The sign tells what its owner believes."
            ),
        ),
    )  # fmt: skip

    bets = (
        Bet(
            "honest",
            "honest",
            "kept",
            N_("The sign says exactly what the park expects. What share of the visitors waits no longer than posted?"),
            low=0,
            high=1,
            step=0.01,
            reveal=N_("A middle estimate is too short about as often as too long. Without padding, half are let down."),
        ),
        Bet(
            "phones",
            "phones",
            "wait",
            N_("Half of the visitors now wait virtually. How long do the others stand, in minutes?"),
            low=5,
            high=60,
            step=1,
            reveal=N_("Longer than without it: the seats are the same, and freed visitors come to more rides."),
        ),
    )

    tables = {
        "hours": N_("Posted and actual by hour"),
        "gaps": N_("Gaps"),
        "curve": N_("Satisfaction by padding"),
        "day": N_("The day, moment by moment"),
    }
    columns = {
        "hour": N_("hour of the day"),
        "minutes": N_("minutes"),
        "kind": N_("which wait"),
        "gap_from": N_("gap from (minutes)"),
        "gap_to": N_("gap to (minutes)"),
        "share": N_("share of visitors in line"),
        "group": N_("promise"),
        "padding": N_("padding of the sign"),
        "satisfaction": N_("average satisfaction (points)"),
        "score": N_("score of the moment (points)"),
    }

    def run(self) -> Run:
        """Return frames `hours`, `gaps`, `curve`, `now`, `day` and the metrics; minutes and points as labelled."""
        crowd = _crowd(int(self.seed), self.demand * (1 + VIRTUAL_EXTRA * self.virtual))
        days = self._days(crowd)
        main = 3 * DAYS
        today = Day(**{name: column[:main] for name, column in vars(days).items()})
        kept, by_day = self._kept(today)
        curve = self._curve(days.score[main:])
        moments = self._moments(today, int(self.seed))
        # the dot belongs on the curve, so it is taken from the days the curve is drawn from
        same_days = today.score.reshape(3, DAYS, -1)[:, :CURVE_DAYS]
        came = np.isfinite(today.arrival)
        metrics = {
            "kept": kept,
            "margin": 100 * 1.96 * by_day.std(ddof=1) / np.sqrt(DAYS),
            "ratio": implied_ratio(float(np.clip(kept, 0.01, 0.99))),
            "gap": (today.actual - today.posted)[today.stood].mean(),
            "wait": today.actual[today.stood].mean(),
            "turned": today.turned.sum() / came.sum(),
            "satisfaction": np.nanmean(today.score),
            "best": PADDINGS[int(np.argmax(curve["satisfaction"]))],
            "day": peak_end(moments).mean(),
        }
        frames = {
            "hours": self._hours(today),
            "gaps": self._gaps(today),
            "curve": curve,
            "now": pd.DataFrame({"padding": [self.padding], "satisfaction": [np.nanmean(same_days)]}),
            "day": pd.DataFrame(
                {"hour": [*(OPENS + VISITS / 60), float(OPENS + HOURS)], "score": moments.mean(axis=(0, 1))}
            ),
        }
        return Run(frames=frames, metrics={key: float(number) for key, number in metrics.items()})

    def _days(self, crowd: Crowd) -> Day:
        """Run today's sign on all days, and below those every padding of the curve on the first of them."""
        rides = np.arange(3)[:, None] * DAYS
        rows = np.concatenate([np.arange(3 * DAYS), np.tile((rides + np.arange(CURVE_DAYS)).ravel(), PADDINGS.size)])
        padding = np.concatenate([np.full(3 * DAYS, self.padding), np.repeat(PADDINGS, 3 * CURVE_DAYS)])[:, None]
        books = crowd.virtual < self.virtual
        tolerance = np.where(books, np.inf, self.patience * np.exp(PATIENCE_SPREAD * crowd.patience))
        service = 60 * TRAIN / self.capacity * np.maximum(1 + TRAIN_SPREAD * crowd.pace, TRAIN_SPREAD)
        off = np.exp(self.spread * crowd.sign)[rows]
        shorter = float(felt_wait(1, self.occupied, OCCUPIED_FACTOR))
        queue = simulate(
            crowd.arrival[rows], service[rows], 1, tolerance=tolerance[rows], announced=padding * off, felt=shorter
        )
        actual = np.where(queue.present, queue.offered, 0) + WALK
        posted = posted_wait(actual * off * padding, 1)
        virtual = books[rows]
        gap = value(np.minimum(posted - actual, NOTICED), lambda_=self.loss_weight)
        score = FRESH - PER_MINUTE * shorter * actual - self.dread * posted + FELT_WEIGHT * gap
        score = np.where(virtual, FRESH - PER_MINUTE * shorter * VIRTUAL_STAND, np.clip(score, 0, 100))
        score = np.where(queue.balked, TURNED_SCORE, score)
        return Day(
            arrival=queue.arrival,
            posted=posted,
            actual=actual,
            stood=queue.served & ~virtual,
            turned=queue.balked,
            score=np.where(queue.present, score, np.nan),
        )

    def _kept(self, today: Day) -> tuple[float, Numbers]:
        held = (today.actual <= today.posted) & today.stood
        by_day = [part.reshape(3, DAYS, -1).sum(axis=(0, 2)) for part in (held, today.stood)]
        return float(held.sum() / today.stood.sum()), by_day[0] / np.maximum(by_day[1], 1)

    def _curve(self, scores: Numbers) -> pd.DataFrame:
        by_padding = np.nanmean(scores.reshape(PADDINGS.size, -1), axis=1)
        return pd.DataFrame({"padding": PADDINGS, "satisfaction": by_padding})

    def _moments(self, today: Day, seed: int) -> Numbers:
        """Return the moments of `GUESTS_A_DAY` visitors a day, shape (days, visitors, queues and the end)."""
        generator = np.random.default_rng([seed, 1])
        shape = (DAYS, GUESTS_A_DAY, VISITS.size)
        rides = generator.choice(3, size=shape, p=np.array(POPULARITY) / sum(POPULARITY))
        rows = rides * DAYS + np.arange(DAYS)[:, None, None]
        when = VISITS + generator.uniform(-30, 30, size=shape)
        apart = 100 * HOURS
        times = np.where(np.isfinite(today.arrival), today.arrival, 60 * HOURS) + apart * np.arange(3 * DAYS)[:, None]
        found = np.searchsorted(times.ravel(), when + apart * rows) - rows * times.shape[1]
        last = np.isfinite(today.arrival).sum(axis=1)[rows] - 1
        queues = today.score[rows, np.clip(found, 0, last)]
        return np.concatenate([queues, np.full((*shape[:2], 1), self.ending)], axis=2)

    def _hours(self, today: Day) -> pd.DataFrame:
        hour = np.minimum(today.arrival[today.stood] // 60, HOURS - 1).astype(int)
        count = np.bincount(hour, minlength=HOURS)
        means = {
            kind: np.bincount(hour, weights=minutes[today.stood], minlength=HOURS) / np.maximum(count, 1)
            for kind, minutes in ((POSTED, today.posted), (ACTUAL, today.actual))
        }
        table = pd.DataFrame({"hour": OPENS + np.arange(HOURS) + 0.5, **means})[count > 0]
        return table.melt("hour", var_name="kind", value_name="minutes")

    def _gaps(self, today: Day) -> pd.DataFrame:
        gap = (today.actual - today.posted)[today.stood]
        # a gap of exactly 0 is a promise kept, so it belongs to the bin that ends at 0
        place = np.ceil(np.clip(gap, GAP_EDGES[0] + 0.1, GAP_EDGES[-1]) / 5).astype(int) + (GAP_EDGES.size - 1) // 2 - 1
        count = np.bincount(place, minlength=GAP_EDGES.size - 1)
        table = pd.DataFrame({"gap_from": GAP_EDGES[:-1], "gap_to": GAP_EDGES[1:], "share": count / gap.size})
        table["group"] = np.where(table["gap_to"] <= 0, KEPT, BROKEN)
        return table[count > 0].reset_index(drop=True)

    def chart(self, translate: Translate) -> alt.TopLevelMixin:
        """Return four panels: posted and actual by hour, the gaps, satisfaction by padding, and the day's moments."""
        import altair as alt

        _ = translate

        def colours(names: dict[str, str], shades: list[str]) -> alt.Color:
            return colour_by("group" if KEPT in names else "kind", names, shades)

        clock = alt.X("hour:Q", title=_("hour of the day"), axis=alt.Axis(values=list(range(9, 22, 2)), format="d"),
                      scale=alt.Scale(domain=[OPENS, OPENS + HOURS], nice=False))  # fmt: skip
        hours = (
            alt.Chart(alt.NamedData("hours"))
            .mark_line(strokeWidth=3, point=True)
            .encode(
                x=clock,
                y=alt.Y("minutes:Q", title=_("minutes"), axis=alt.Axis(tickCount=4)),
                color=colours(
                    {POSTED: _("on the sign"), ACTUAL: _("in line")}, ["var(--chart-unnoticed)", COLOURS[KEPT]]
                ),
            )
            .properties(height=150, title=_("What the sign says, and how long it takes"))
        )
        bars = (
            alt.Chart(alt.NamedData("gaps"))
            .mark_bar(binSpacing=1)
            .encode(
                x=alt.X(
                    "gap_from:Q",
                    title=_("actual − posted (minutes)"),
                    axis=alt.Axis(values=list(range(-60, 61, 20))),
                    scale=alt.Scale(domain=[-60, 60], nice=False),
                ),
                x2="gap_to:Q",
                y=alt.Y("sum(share):Q", title=_("share of visitors in line"), axis=alt.Axis(format="%", tickCount=4)),
                color=colours({KEPT: _("promise kept"), BROKEN: _("promise broken")}, list(COLOURS.values())),
            )
            .properties(height=150, title=_("Who rode sooner than promised, and who later"))
        )
        across = alt.X(
            "padding:Q",
            title=_("padding of the sign"),
            axis=alt.Axis(values=[0.6, 1, 1.4, 1.8, 2.2, 2.6]),
            scale=alt.Scale(domain=[0.6, 2.6], nice=False),
        )
        height = alt.Y("satisfaction:Q", title=_("average satisfaction (points)"), scale=alt.Scale(zero=False))
        curve = alt.Chart(alt.NamedData("curve")).mark_line(strokeWidth=3).encode(x=across, y=height)
        now = (
            alt.Chart(alt.NamedData("now"))
            .mark_point(size=160, filled=True, color=COLOURS[BROKEN])
            .encode(x="padding:Q", y="satisfaction:Q")
        )
        padding = (curve + now).properties(height=150, title=_("Which sign pleases most (the dot is yours)"))
        day = (
            alt.Chart(alt.NamedData("day"))
            .mark_line(strokeWidth=3, point=alt.OverlayMarkDef(color=COLOURS[KEPT]))
            .encode(
                x=clock,
                y=alt.Y("score:Q", title=_("score (points)"), scale=alt.Scale(domain=[0, 100]),
                        axis=alt.Axis(tickCount=4)),
            )
            .properties(height=120, title=_("The day: six queues and the end"))
        )  # fmt: skip
        return alt.vconcat(hours, bars, padding, day)

    def tell(self, run: Run, translate: Translate) -> str:
        """Return one sentence about kept promises, who was turned away, and where the best sign lies."""
        _ = translate
        metrics = run.metrics
        if metrics["kept"] < 0.6:
            text = _(
                "Only {kept:.0%} of those in line waited no longer than posted; the average wait was {wait:.0f} minutes."
            )
        elif metrics["turned"] >= 0.1:
            text = _(
                "{kept:.0%} of the promises were kept, but the sign turned {turned:.0%} of the visitors away; "
                "satisfaction is {satisfaction:.1f}."
            )
        else:
            text = _(
                "{kept:.0%} waited no longer than posted, as if a late minute cost {ratio:.1f} early ones; "
                "the most pleasing padding here is {best:.1f}."
            )
        return text.format(**metrics)
