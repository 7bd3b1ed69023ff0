"""m12: a shop chooses the date it promises; parcels come when they come, and what customers expect moves on."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from course.datasets import load
from course.i18n import N_, Translate
from course.simulations.base import Bet, Goal, Metric, Preset, Run, Simulation, parameter
from course.simulations.m12_panels import (
    DELIVERED,
    EARLY,
    EXPECTED,
    LATE,
    ON_TIME,
    ORDERS_LINE,
    PROFIT_LINE,
    STARS,
    days_panel,
    parcels_panel,
    promise_panel,
    satisfaction_panel,
)
from course.theory.adaptation import expectation_path
from course.theory.promise import promise_cost, sample_promise
from course.theory.prospect import value

if TYPE_CHECKING:
    import altair as alt

Numbers = NDArray[np.float64]

PARCELS = 4_000
PARCELS_ON_CURVE = 800
BINS = 60
PROMISES = np.arange(1.0, 41.0)
YEARS = 10
CONTENT = 80.0
POINTS_PER_FEELING = 2.5
SLOWER_BY_A_DAY = 0.0073
MARGIN = 20.0
ORDERS = 6.0
FEE, SHIPPING = 79.0, 9.48

PARCEL = N_("Parcels")
CUSTOMERS = N_("Customers")
SHOP = N_("The shop's policies")
OURS = N_("Our own definition for this simulation; not taken from a study.")
FRACTILE = "Arrow, Harris & Marschak (1951), https://doi.org/10.2307/1906813"
OLIST = N_("Fitted to the Olist delivery reviews, Brazil, 2016–2018 (datasets/olist_delay_by_day.csv).")
FASTER = "Cui, Lu, Sun & Golden (2024), Manufacturing & Service Operations Management 26(1), 233–251"
ADAPTIVE = "Johnson, Anderson & Fornell (1995), https://doi.org/10.1086/209428"
PRIME = "Del Rey (2019), Recode"
DAY = N_("days")
DOLLARS = N_("dollars")


@lru_cache(maxsize=8)
def _luck(seed: int) -> tuple[Numbers, Numbers]:
    """Draw the same luck for the same seed: standard normal, one per parcel, and one per year."""
    generator = np.random.default_rng(seed)
    return generator.standard_normal(PARCELS), generator.standard_normal(YEARS + 1)


@lru_cache(maxsize=1)
def _reviews() -> tuple[Numbers, Numbers]:
    table = load("olist_delay_by_day").dropna()
    # from the eighth late day on the stars have reached the bottom; that the last row is 0.05 higher again is noise
    return table["mean_day"].to_numpy(float), np.minimum.accumulate(table["mean_review_stars"].to_numpy(float))


def stars(delay: Numbers) -> Numbers:
    """Return the mean stars for parcels `delay` days late (below 0: early): straight lines between the Olist buckets."""
    days, ratings = _reviews()
    return np.interp(delay, days, ratings)


class Amazon(Simulation):
    """A distribution of delivery times, a promised date, returns, a membership, and expectations that move on."""

    title = N_("The promised date")
    note = N_(
        "A simulation with invented parcels and prices. Real are the stars by delay (Olist), the orders lost per promised "
        "day (Cui et al., 2024) and Prime's first prices."
    )

    promise = parameter(
        5,
        low=1,
        high=40,
        step=0.5,
        group=PARCEL,
        label=N_("Promised delivery"),
        unit=DAY,
        help=N_("“Arrives within so many days”, as it stands beside the button “Buy”."),
    )
    mean_time = parameter(
        5,
        low=1,
        high=20,
        step=0.5,
        group=PARCEL,
        label=N_("Mean delivery time"),
        unit=DAY,
        help=N_("How long a parcel takes on average. Faster parcels cost more."),
    )
    spread = parameter(
        2,
        low=0.5,
        high=10,
        step=0.5,
        group=PARCEL,
        label=N_("Spread of delivery times"),
        unit=DAY,
        help=N_("Standard deviation. Most parcels come near the mean, a few take much longer. Steadiness costs money."),
    )
    faster = parameter(
        0,
        low=0,
        high=20,
        step=1,
        group=PARCEL,
        label=N_("Faster every year"),
        unit="%",
        help=N_(
            "By how much the mean delivery time shrinks each year, for ten years. Each percent costs 0.15 per order."
        ),
    )
    late_weight = parameter(
        4,
        low=1,
        high=20,
        step=0.5,
        group=CUSTOMERS,
        label=N_("Price of a late day, in early days"),
        help=N_("How many days of an over-long promise one late day is worth to the shop. It moves the best promise."),
    )
    adaptation = parameter(
        0.3,
        low=0,
        high=1,
        step=0.05,
        group=CUSTOMERS,
        label=N_("How fast expectations follow, α"),
        help=N_(
            "Share of the gap between expected and experienced delivery that one year closes. 0: never, 1: at once."
        ),
    )
    members = parameter(
        0,
        low=0,
        high=90,
        step=5,
        group=SHOP,
        label=N_("Customers who are members"),
        unit="%",
        help=N_(
            "They pay 79 a year and no shipping. The sooner you promise, the more often they order (how much is invented)."
        ),
    )
    returns_days = parameter(
        30,
        low=0,
        high=90,
        step=5,
        group=SHOP,
        label=N_("Free returns"),
        unit=DAY,
        help=N_("Longer free returns bring more orders and more returns here. How many is invented."),
    )

    metrics = (
        Metric(
            "on_time",
            N_("Parcels on time"),
            percent=True,
            better="up",
            equation=r"F(Q) = P(T \le Q)",
            source=FRACTILE,
            help=N_("The share of parcels that arrive no later than promised."),
        ),
        Metric(
            "stars",
            N_("Average stars"),
            unit=N_("stars"),
            digits=2,
            better="up",
            equation=r"\overline{s(T - Q)}",
            source=OLIST,
            help=N_("Every parcel gets the mean stars of real parcels with the same delay."),
        ),
        Metric(
            "best_promise",
            N_("Promise that costs least"),
            unit=DAY,
            equation=r"F(Q^*) = \frac{c_{\mathrm{late}}}{c_{\mathrm{late}} + c_{\mathrm{early}}} = \frac{w}{w + 1}",
            source=FRACTILE,
            help=N_("The dashed line in the first picture. It weighs late days against early ones and nothing else."),
        ),
        Metric(
            "promise_cost",
            N_("Cost of the promise"),
            unit=N_("early days per parcel"),
            digits=2,
            better="down",
            equation=r"\overline{w\,\max(T - Q, 0) + \max(Q - T, 0)}",
            source=FRACTILE,
            help=N_("Late days times their price w, plus early days, averaged over all parcels."),
        ),
        Metric(
            "orders",
            N_("Orders, against a promise of one day"),
            percent=True,
            better="up",
            equation=r"e^{-0.0073\,(Q - 1)}",
            source=FASTER,
            help=N_(
                "In a field experiment a one-day faster promise raised sales by 0.73 %. Here that holds for every day."
            ),
        ),
        Metric(
            "returned",
            N_("Orders sent back"),
            percent=True,
            better="down",
            equation=r"0.04 + 0.10\,(1 - e^{-R/30})",
            source=OURS,
            help=N_("Grows with the window R of free returns. Orders grow too, by up to 15 %."),
        ),
        Metric(
            "cost",
            N_("Cost per order"),
            unit=DOLLARS,
            digits=2,
            better="down",
            equation=r"\frac{5}{\mu} + \frac{1.5}{\sigma} + 0.15\,g + c_{\mathrm{late}}\,\overline{\max(T - Q, 0)} + 20\,r",
            source=OURS,
            help=N_("Speed, steadiness, yearly gains g, late days and returns r. A late day costs 1 + w early ones."),
        ),
        Metric(
            "profit",
            N_("Profit per customer and year"),
            unit=DOLLARS,
            better="up",
            equation=r"(1 - m)\,n\,(20 - \mathrm{cost}) + m\,\left(n_m\,(20 - \mathrm{cost} - 9.48) + 79\right)",
            source=OURS,
            help=N_(
                "Orders n times what is left of each; members, share m, order n_m times, pay their fee and no shipping."
            ),
        ),
        Metric(
            "member_saving",
            N_("What a member saves in a year"),
            unit=DOLLARS,
            better="up",
            equation=r"9.48\,n_m - 79",
            source=PRIME,
            help=N_(
                "Two-day shipping cost 9.48 an order when Prime began in 2005. From the ninth order on a member gains."
            ),
        ),
        Metric(
            "satisfaction_change",
            N_("Satisfaction after ten years, against the start"),
            unit=N_("points"),
            better="up",
            equation=r"S_{10} - S_0, \quad S_t = 80 + 2.5\,v(E_t - T_t), \quad E_{t+1} = E_t + \alpha\,(T_t - E_t)",
            source=ADAPTIVE,
            help=N_("In the first year customers believe your promise, E₀ = Q. v is the value function of module 1."),
        ),
    )

    presets = (
        Preset(
            "average",
            N_("The honest average"),
            N_("Parcels take five days on average, so the shop promises five. Nobody exaggerates."),
        ),
        Preset(
            "olist",
            N_("Like Olist"),
            N_(
                "Set so that, as at Olist, 92 % come on time, on average eleven days early. The times themselves are "
                "invented. Which price of a late day makes this promise the best one?"
            ),
            {"promise": 23.5, "mean_time": 12.5, "spread": 7},
        ),
        Preset(
            "prime",
            N_("Two days, promised"),
            N_("2005: two-day shipping for 79 a year instead of 9.48 an order. Half of the customers join."),
            {"promise": 2, "mean_time": 1.5, "spread": 0.5, "members": 50, "late_weight": 11.5},
        ),
        Preset(
            "ratchet",
            N_("Faster every year"),
            N_("A shop beats its promise by days from the start, and then gets 8 % faster each year for ten years."),
            {"promise": 8, "mean_time": 4.5, "faster": 8},
        ),
        Preset(
            "generous",
            N_("Ninety days to change your mind"),
            N_("Everything may go back, free, for three months. Orders rise. So does the pile of parcels coming home."),
            {"promise": 6, "returns_days": 90},
        ),
    )

    goals = (
        Goal(
            "keep-it",
            N_(
                "Start from “The honest average”. Without touching the parcels, bring at least 92 % on time "
                "and lose no more than 6 % of the orders."
            ),
            (("on_time", ">=", 0.92), ("orders", ">=", 0.94), ("mean_time", ">=", 5), ("spread", ">=", 2)),
            insight=N_("Same trucks, same roads: only the sentence beside the button has changed."),
        ),
        Goal(
            "olist-price",
            N_(
                "Start from “Like Olist”. Find the price of a late day that makes the promise of 23.5 days "
                "the best one, to within a day either way."
            ),
            (
                ("best_promise", ">=", 22.5),
                ("best_promise", "<=", 24.5),
                ("promise", ">=", 23.5),
                ("promise", "<=", 23.5),
                ("mean_time", ">=", 12.5),
                ("mean_time", "<=", 12.5),
                ("spread", ">=", 7),
                ("spread", "<=", 7),
            ),
            insight=N_(
                "About 11 early days. The share on time divided by the share late says the same without a search."
            ),
        ),
        Goal(
            "outrun",
            N_(
                "Start from “Faster every year”. Keep 90 % on time, lose no more than 2 points of satisfaction over "
                "ten years while expectations follow at 0.3 or more, and earn at least 90 per customer."
            ),
            (
                ("satisfaction_change", ">=", -2),
                ("on_time", ">=", 0.9),
                ("adaptation", ">=", 0.3),
                ("profit", ">=", 90),
            ),
            insight=N_(
                "Steady parcels need no padding, so there was little delight to lose. "
                "A padded promise is a loan that expectations collect."
            ),
        ),
    )

    bets = (
        Bet(
            "average",
            "average",
            "stars",
            N_("The shop promises exactly what parcels take on average. How many stars, on average?"),
            low=1,
            high=5,
            step=0.1,
            reveal=N_("An honest average is late four times in ten, and late is where the stars are lost."),
        ),
        Bet(
            "ratchet",
            "ratchet",
            "satisfaction_change",
            N_("Ten years, each 8 % faster than the last. By how many points does satisfaction change?"),
            low=-20,
            high=20,
            step=0.5,
            reveal=N_("Delivery got faster every year and satisfaction fell: what customers expect caught up."),
        ),
    )

    tables = {
        "parcels": N_("Parcels by delivery time"),
        "curve": N_("What each promise brings"),
        "years": N_("Ten years"),
    }
    columns = {
        "time_from": N_("delivery time from (days)"),
        "time_to": N_("delivery time to (days)"),
        "share": N_("share of parcels"),
        "group": N_("group"),
        "promise": N_("promise (days)"),
        "line": N_("what"),
        "amount": N_("amount (stars, share of orders, dollars)"),
        "percent": N_("of its highest value"),
        "year": N_("year"),
        "delivered": N_("delivered in (days)"),
        "expected": N_("expected in (days)"),
        "satisfaction": N_("satisfaction (points)"),
    }

    def run(self) -> Run:
        """Return frames `parcels`, `lines`, `curve`, `now`, `years`, `bar` and the metrics."""
        luck, _yearly = _luck(int(self.seed))
        times = self._times(luck)
        delay = times - self.promise
        years = self._years()
        late_days = float(np.maximum(delay, 0).mean())
        metrics = {
            "on_time": (delay <= 0).mean(),
            "stars": stars(delay).mean(),
            "best_promise": sample_promise(times, self.late_weight),
            "promise_cost": promise_cost(self.promise, times, self.late_weight),
            "orders": self._demand(self.promise),
            "returned": self._returned(),
            "cost": self._cost(late_days),
            "profit": self._profit(self.promise, late_days),
            "member_saving": SHIPPING * self._member_orders(self.promise) - FEE,
            "satisfaction_change": years["satisfaction"].iloc[-1] - years["satisfaction"].iloc[0],
        }
        curve = self._curve(self._times(luck[:PARCELS_ON_CURVE]))
        dots = self._curve(self._times(luck[:PARCELS_ON_CURVE]), here=True)
        frames = {
            "parcels": self._histogram(times),
            "lines": pd.DataFrame({"promise": [self.promise], "best": [metrics["best_promise"]]}),
            "curve": curve,
            "now": dots,
            "years": years,
            "bar": pd.concat(
                [
                    pd.DataFrame({"year": years["year"], "line": name, "days": years[name]})
                    for name in (DELIVERED, EXPECTED)
                ],
                ignore_index=True,
            ),
        }
        return Run(frames=frames, metrics={key: float(number) for key, number in metrics.items()})

    def _times(self, luck: Numbers) -> Numbers:
        variance = np.log1p((self.spread / self.mean_time) ** 2)
        return np.exp(np.log(self.mean_time) - variance / 2 + np.sqrt(variance) * luck)

    def _demand(self, promise: float | Numbers) -> Numbers:
        return np.exp(-SLOWER_BY_A_DAY * (np.asarray(promise, dtype=float) - 1))

    def _returned(self) -> float:
        return float(0.04 + 0.10 * (1 - np.exp(-self.returns_days / 30)))

    def _orders(self, promise: float | Numbers) -> Numbers:
        return ORDERS * self._demand(promise) * (1 + 0.15 * (1 - np.exp(-self.returns_days / 20)))

    def _member_orders(self, promise: float | Numbers) -> Numbers:
        return self._orders(promise) * (1 + 1.5 * np.exp(-(np.asarray(promise, dtype=float) - 1) / 4))

    def _cost(self, late_days: float | Numbers) -> Numbers:
        late_day = (1 + self.late_weight) * SLOWER_BY_A_DAY * MARGIN
        fixed = 5 / self.mean_time + 1.5 / self.spread + 0.15 * self.faster + MARGIN * self._returned()
        return fixed + late_day * np.asarray(late_days, dtype=float)

    def _profit(self, promise: float | Numbers, late_days: float | Numbers) -> Numbers:
        share = self.members / 100
        left = MARGIN - self._cost(late_days)
        member = self._member_orders(promise) * (left - SHIPPING) + FEE
        return (1 - share) * self._orders(promise) * left + share * member

    def _histogram(self, times: Numbers) -> pd.DataFrame:
        top = max(self.mean_time + 4.5 * self.spread, self.promise + 1)
        edges = np.linspace(0, top, BINS + 1)
        shown = np.clip(times, 0, top)
        groups = {
            EARLY: times <= self.promise - 2,
            ON_TIME: (times > self.promise - 2) & (times <= self.promise),
            LATE: times > self.promise,
        }
        counts = {name: np.histogram(shown[mask], edges)[0] for name, mask in groups.items()}
        return pd.concat(
            [
                pd.DataFrame(
                    {"time_from": edges[:-1], "time_to": edges[1:], "share": count / times.size, "group": name}
                )[count > 0]
                for name, count in counts.items()
            ],
            ignore_index=True,
        )

    def _curve(self, times: Numbers, here: bool = False) -> pd.DataFrame:
        delay = times[None, :] - PROMISES[:, None]
        amounts = {
            STARS: stars(delay).mean(axis=1),
            ORDERS_LINE: self._demand(PROMISES),
            PROFIT_LINE: self._profit(PROMISES, np.maximum(delay, 0).mean(axis=1)),
        }
        at = np.array([self.promise]) if here else PROMISES
        return pd.concat(
            [
                pd.DataFrame(
                    {
                        "promise": at,
                        "line": name,
                        "amount": np.interp(at, PROMISES, amount),
                        "percent": np.interp(at, PROMISES, amount) / max(np.abs(amount).max(), 1e-9),
                    }
                )
                for name, amount in amounts.items()
            ],
            ignore_index=True,
        )

    def _years(self) -> pd.DataFrame:
        _parcels, luck = _luck(int(self.seed))
        steps = np.arange(YEARS + 1)
        wobble = np.exp(0.03 * luck)
        wobble[0] = 1.0
        delivered = self.mean_time * (1 - self.faster / 100) ** steps * wobble
        expected = expectation_path(self.promise, delivered, self.adaptation)[:-1]
        felt = CONTENT + POINTS_PER_FEELING * value(expected - delivered)
        return pd.DataFrame(
            {
                "year": steps,
                "delivered": delivered,
                "expected": expected,
                "satisfaction": np.clip(felt, 0, 100),
            }
        )

    def chart(self, translate: Translate) -> alt.TopLevelMixin:
        """Return four panels: parcels against the promise, what each promise brings, and ten years in days and points."""
        import altair as alt

        _ = translate
        return alt.vconcat(parcels_panel(_), promise_panel(_), days_panel(_), satisfaction_panel(_))

    def tell(self, run: Run, translate: Translate) -> str:
        """Return one sentence: who waited past the promise, what it earned, and where the bar went."""
        _ = translate
        figures = {**run.metrics, "late": 1 - run.metrics["on_time"], "promise": self.promise}
        if self.faster > 0 and figures["satisfaction_change"] < 0:
            text = _(
                "{late:.0%} of the parcels break a promise of {promise:g} days; over ten years delivery gets faster and "
                "satisfaction moves by {satisfaction_change:+.1f} points."
            )
        elif self.promise > figures["best_promise"] + 1:
            text = _(
                "{late:.0%} of the parcels break the promise of {promise:g} days, which earns {stars:.2f} stars; "
                "{best_promise:.1f} days would cost least."
            )
        else:
            text = _(
                "{late:.0%} of the parcels come after the promised {promise:g} days; customers give {stars:.2f} stars, "
                "and a customer leaves {profit:.1f} dollars a year."
            )
        return text.format(**figures)
