"""The three pictures of m03's simulation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.charts.legends import colour_by
from course.i18n import Translate

if TYPE_CHECKING:
    import altair as alt

PROMOTERS, PASSIVES, DETRACTORS = "promoters", "passives", "detractors"
COLOURS = ["var(--chart-below)", "var(--chart-within)", "var(--chart-above)"]


def answers_panel(_: Translate) -> alt.LayerChart:
    """Return the stored answers (frame `answers`) as bars, and the shares among all guests as ticks."""
    import altair as alt

    names = {
        DETRACTORS: _("detractors (0–6)"),
        PASSIVES: _("passives (7, 8)"),
        PROMOTERS: _("promoters (9, 10)"),
    }
    across = alt.X("answer:O", title=_("answer as stored (0–10)"), axis=alt.Axis(labelAngle=0))
    up = alt.Axis(format="%", tickCount=4)
    base = alt.Chart(alt.NamedData("answers"))
    bars = base.mark_bar().encode(
        x=across,
        y=alt.Y("share:Q", title=_("share of answers"), axis=up),
        color=colour_by("group", names, COLOURS, 2),
    )
    ticks = base.mark_tick(thickness=3, size=22, color="var(--ink)").encode(x=across, y="true_share:Q")
    return (bars + ticks).properties(
        height=170, title=_("What the database holds for the last month (marks: what all guests would have ticked)")
    )


def months_panel(_: Translate) -> alt.LayerChart:
    """Return the score by month with its interval, the truth and the control limits (frame `months`)."""
    import altair as alt

    base = alt.Chart(alt.NamedData("months"))
    across = alt.X("month:Q", title=_("month"), scale=alt.Scale(domain=[0, 25], nice=False), axis=alt.Axis(tickCount=8))
    up = alt.Y("score:Q", title=_("score (points)"), scale=alt.Scale(zero=False))
    truth = base.mark_line(strokeWidth=3, color=COLOURS[2]).encode(x=across, y="truth:Q")
    dashed = base.mark_line(strokeDash=[4, 4], strokeWidth=1.5)
    lower, upper = (dashed.encode(x=across, y=f"{name}:Q") for name in ("lower", "upper"))
    bars = base.mark_rule(strokeWidth=2).encode(x=across, y="low:Q", y2="high:Q")
    alarm = alt.condition("datum.alarm == 1", alt.value(COLOURS[0]), alt.value(COLOURS[1]))
    size = alt.condition("datum.alarm == 1", alt.value(130), alt.value(60))
    dots = base.mark_point(filled=True, opacity=1).encode(x=across, y=up, color=alarm, size=size)
    return (truth + lower + upper + bars + dots).properties(
        height=220,
        title=_("The score by month (bars: 95 % interval; line: truth; dashed: control limits; large dots: alarms)"),
    )


def precision_panel(_: Translate) -> alt.LayerChart:
    """Return the margin of error by number of answers (frame `precision`), with a dot where the survey is (`now`)."""
    import altair as alt

    across = alt.X("answers:Q", title=_("answers per month"))
    up = alt.Y("margin:Q", title=_("margin of error (± points)"))
    line = alt.Chart(alt.NamedData("precision")).mark_line(strokeWidth=3).encode(x=across, y=up)
    dot = (
        alt.Chart(alt.NamedData("now"))
        .mark_point(size=160, filled=True, opacity=1, color=COLOURS[0])
        .encode(x=across, y=up)
    )
    return (line + dot).properties(height=130, title=_("What more answers buy (the dot is you)"))
