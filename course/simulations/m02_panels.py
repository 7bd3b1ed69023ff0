"""The four pictures of m02's simulation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.charts.legends import colour_by, label_expression
from course.i18n import Translate

if TYPE_CHECKING:
    import altair as alt

DELIVERED, EXPECTED, HEARD, PROMISED = "delivered", "expected", "heard", "promised"
GLAD, LET_DOWN = "glad", "let_down"
YOURS, HONEST = "yours", "honest"
OWN, TALK, ADVERT, RIVALS = "own", "talk", "advert", "rivals"
REGULAR, NEWCOMER = "regular", "newcomer"
ABOVE, WITHIN, BELOW, AMBER = (f"var(--chart-{name})" for name in ("above", "within", "below", "unnoticed"))


def path_panel(_: Translate) -> alt.Chart:
    """Return what is delivered, promised and regulars expect and by newcomers, month by month (frame `path`)."""
    import altair as alt

    names = {
        DELIVERED: _("delivered"),
        PROMISED: _("promised"),
        EXPECTED: _("regulars expect"),
        HEARD: _("newcomers expect"),
    }
    strokes = [[1, 0], [4, 4], [1, 0], [1, 0]]
    dashes = alt.StrokeDash("line:N", legend=None, scale=alt.Scale(domain=list(names), range=strokes))
    return (
        alt.Chart(alt.NamedData("path"))
        .mark_line(strokeWidth=3)
        .encode(
            x=alt.X("month:Q", title=None, axis=alt.Axis(tickMinStep=1), scale=alt.Scale(domain=[1, 12])),
            y=alt.Y("points:Q", title=_("points"), scale=alt.Scale(zero=False), axis=alt.Axis(tickCount=4)),
            color=colour_by("line", names, [ABOVE, WITHIN, BELOW, AMBER], 2),
            strokeDash=dashes,
        )
        .properties(height=150, title=_("What guests get, and what they expect"))
    )


def felt_panel(_: Translate) -> alt.LayerChart:
    """Return how each visit feels to regulars, as bars, and the running total, as a line (frame `felt`)."""
    import altair as alt

    across = alt.X("month:Q", title=None, axis=alt.Axis(tickMinStep=1), scale=alt.Scale(domain=[0.5, 12.5], nice=False))
    bars = (
        alt.Chart(alt.NamedData("felt"))
        .mark_bar(size=14)
        .encode(
            x=across,
            y=alt.Y("felt:Q", title=_("felt value"), axis=alt.Axis(tickCount=5)),
            color=alt.Color("mood:N", legend=None, scale=alt.Scale(domain=[GLAD, LET_DOWN], range=[ABOVE, BELOW])),
        )
    )
    total = (
        alt.Chart(alt.NamedData("felt")).mark_line(point=True, strokeWidth=2, color=AMBER).encode(x=across, y="total:Q")
    )
    title = _("How each visit feels (bars), and what they add up to (line)")
    return (bars + total).properties(height=170, title=title)


def guests_panel(_: Translate) -> alt.Chart:
    """Return the number of guests by month, with your promise and with an honest one (frame `guests`)."""
    import altair as alt

    names = {YOURS: _("with your promise"), HONEST: _("with an honest one")}
    dashes = alt.StrokeDash("line:N", legend=None, scale=alt.Scale(domain=list(names), range=[[1, 0], [4, 4]]))
    return (
        alt.Chart(alt.NamedData("guests"))
        .mark_line(strokeWidth=3)
        .encode(
            x=alt.X("month:Q", title=_("month"), axis=alt.Axis(tickMinStep=1)),
            y=alt.Y("guests:Q", title=_("people"), scale=alt.Scale(zero=False), axis=alt.Axis(tickCount=4)),
            color=colour_by("line", names, [BELOW, WITHIN], 2),
            strokeDash=dashes,
        )
        .properties(height=150, title=_("How many guests the house has"))
    )


def sources_panel(_: Translate) -> alt.Chart:
    """Return the weight of each source in an expectation, for regulars and for newcomers (frame `sources`)."""
    import altair as alt

    names = {
        OWN: _("own memory"),
        TALK: _("word of mouth"),
        ADVERT: _("your promise"),
        RIVALS: _("rivals"),
    }
    people = {REGULAR: _("regulars"), NEWCOMER: _("newcomers")}
    return (
        alt.Chart(alt.NamedData("sources"))
        .mark_bar()
        .encode(
            x=alt.X("weight:Q", title=_("weight"), axis=alt.Axis(format="%", tickCount=5), stack="normalize"),
            y=alt.Y(
                "who:N",
                title=None,
                sort=None,
                axis=alt.Axis(labelExpr=label_expression(people), labelLimit=120, ticks=False),
            ),
            color=colour_by("source", names, [ABOVE, AMBER, BELOW, WITHIN], 2),
            order=alt.Order("rank:Q"),
        )
        .properties(height=80, title=_("Whom they believe"))
    )
