"""The four pictures of m12's simulation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.charts.legends import colour_by
from course.i18n import Translate

if TYPE_CHECKING:
    import altair as alt

EARLY, ON_TIME, LATE = "early", "on_time", "late"
CLASSES = (EARLY, ON_TIME, LATE)
COLOURS = ["var(--chart-above)", "var(--chart-within)", "var(--chart-below)"]
STARS, ORDERS_LINE, PROFIT_LINE = "stars", "orders", "profit"
DELIVERED, EXPECTED = "delivered", "expected"


def parcels_panel(_: Translate) -> alt.LayerChart:
    """Return the histogram of delivery times (frame `parcels`) with the promise and the best one (`lines`)."""
    import altair as alt

    names = {EARLY: _("two days early or more"), ON_TIME: _("on time"), LATE: _("late")}
    bars = (
        alt.Chart(alt.NamedData("parcels"))
        .mark_bar(binSpacing=0.5)
        .encode(
            x=alt.X(
                "time_from:Q", title=_("delivery time (days; the last bar holds the rest)"), scale=alt.Scale(nice=False)
            ),
            x2="time_to:Q",
            y=alt.Y("sum(share):Q", title=_("share of parcels"), axis=alt.Axis(format="%", tickCount=4)),
            color=colour_by("group", names, COLOURS, 3),
        )
    )
    promised = alt.Chart(alt.NamedData("lines")).mark_rule(strokeWidth=3).encode(x="promise:Q")
    best = alt.Chart(alt.NamedData("lines")).mark_rule(strokeDash=[4, 4], strokeWidth=2).encode(x="best:Q")
    title = _("When parcels come (line: your promise; dashed: the one that costs least)")
    return (bars + promised + best).properties(height=170, title=title)


def promise_panel(_: Translate) -> alt.LayerChart:
    """Return stars, orders and profit by promise (frame `curve`), each against its highest value, with dots (`now`)."""
    import altair as alt

    names = {STARS: _("stars"), ORDERS_LINE: _("orders"), PROFIT_LINE: _("profit")}
    across = alt.X("promise:Q", title=_("promise (days)"), scale=alt.Scale(domain=[0, 40]))
    up = alt.Y(
        "percent:Q",
        title=_("of its highest value"),
        axis=alt.Axis(format="%", tickCount=4),
        scale=alt.Scale(zero=False),
    )
    colour = colour_by("line", names, COLOURS, 3)
    lines = alt.Chart(alt.NamedData("curve")).mark_line(strokeWidth=3).encode(x=across, y=up, color=colour)
    dots = (
        alt.Chart(alt.NamedData("now"))
        .mark_point(size=130, filled=True, opacity=1)
        .encode(x=across, y=up, color=colour)
    )
    return (lines + dots).properties(height=170, title=_("What each promise brings (the dots are you)"))


def days_panel(_: Translate) -> alt.Chart:
    """Return days delivered and days expected by year (frame `bar`)."""
    import altair as alt

    names = {DELIVERED: _("delivered in"), EXPECTED: _("expected in")}
    colour = colour_by("line", names, COLOURS[:2])
    return (
        alt.Chart(alt.NamedData("bar"))
        .mark_line(strokeWidth=3)
        .encode(
            x=alt.X("year:Q", title=None, axis=alt.Axis(tickMinStep=1)),
            y=alt.Y("days:Q", title=_("days"), scale=alt.Scale(zero=True)),
            color=colour,
        )
        .properties(height=120, title=_("The bar: days delivered and days expected"))
    )


def satisfaction_panel(_: Translate) -> alt.Chart:
    """Return satisfaction by year (frame `years`)."""
    import altair as alt

    return (
        alt.Chart(alt.NamedData("years"))
        .mark_line(point=True, strokeWidth=3)
        .encode(
            x=alt.X("year:Q", title=_("year"), axis=alt.Axis(tickMinStep=1)),
            y=alt.Y("satisfaction:Q", title=_("points"), scale=alt.Scale(zero=False)),
        )
        .properties(height=120, title=_("How satisfied that leaves them"))
    )
