"""One day's pictures as Vega-Lite: how many come, and how many people that takes. Words come in already translated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from course.charts.views import split_views
from course.ui.survey.charts import ABOVE, BELOW, GROUND, INK, Row

HEIGHT, HOUR = 220, 60
_CLOCK = "format(floor(datum.value / 60), '02d') + ':' + format(datum.value % 60, '02d')"


def steps(
    rows: Sequence[Row], axes: tuple[str, str], marked: int | None, described: str, *, whole: bool
) -> list[dict[str, Any]]:
    """A step for each interval, in a band from low to high, with the points of the past.

    Rows: start, end (minutes of the day), middle, value, low, high, past (a list); `axes`: of time and of height; `marked`:
    the start that is asked about, which gets its value written. `whole`: the value is a whole number.
    """
    first, last = min(row["start"] for row in rows), max(row["end"] for row in rows)
    every = HOUR * max(1, round((last - first) / HOUR / 7))
    values = list(range(-(-first // every) * every, last + 1, every))
    x: dict[str, Any] = {
        "type": "quantitative",
        "title": axes[0],
        "scale": {"domain": [first, last], "nice": False, "zero": False},
        "axis": {"values": values, "labelExpr": _CLOCK, "grid": False},
    }
    y: dict[str, Any] = {"type": "quantitative", "title": axes[1], "scale": {"zero": True, "nice": True}}
    if whole:
        y["axis"] = {"tickMinStep": 1, "format": "d"}
    across = {"x": {"field": "start", **x}, "x2": {"field": "end"}}
    middle = {"x": {"field": "middle", **x}}
    points = [{"middle": row["middle"], "count": count} for row in rows for count in row["past"]]
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "rect", "color": ABOVE, "opacity": 0.25},
            "encoding": {**across, "y": {"field": "low", **y}, "y2": {"field": "high"}},
        },
        {
            "mark": {"type": "rule", "color": ABOVE, "strokeWidth": 3},
            "encoding": {**across, "y": {"field": "value", **y}},
        },
    ]
    if points:
        past = {"type": "point", "filled": True, "size": 14, "opacity": 0.7, "color": INK}
        layers.append({"data": {"values": points}, "mark": past, "encoding": {**middle, "y": {"field": "count", **y}}})
    if marked is not None:
        text = {"type": "text", "dy": -11, "fontSize": 14, "fontWeight": 700, "color": BELOW}
        halo = {**text, "stroke": GROUND, "strokeWidth": 4, "strokeJoin": "round"}
        shown = {**middle, "y": {"field": "value", **y}, "text": {"field": "text"}}
        only = [{"filter": f"datum.start === {int(marked)}"}]
        rule = {"type": "rule", "color": BELOW, "strokeWidth": 4}
        layers.append({"transform": only, "mark": rule, "encoding": {**across, "y": {"field": "value", **y}}})
        layers += [{"transform": only, "mark": mark, "encoding": shown} for mark in (halo, text)]
    flat = [{name: cell for name, cell in row.items() if name != "past"} for row in rows]
    return split_views({"data": {"values": flat}, "description": described, "height": HEIGHT, "layer": layers})
