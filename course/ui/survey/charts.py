"""The survey tool's pictures as Vega-Lite, data included. Words come in already translated."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from course.charts.views import split_views

Row = dict[str, Any]
BELOW, WITHIN, ABOVE = "var(--chart-below)", "var(--chart-within)", "var(--chart-above)"
INK, SOFT, LINE, GROUND = "var(--ink)", "var(--soft)", "var(--line)", "var(--ground)"
MAP_HEIGHT, PHONE_PLOT = 340, 290
# text of 12 px: the width of a letter, of a 汉字, and the height of a line, in px
LETTER, WIDE, LINE_HEIGHT = 6.6, 12.5, 15


def _views(specification: dict[str, Any], rows: Sequence[Row], described: str) -> list[dict[str, Any]]:
    return split_views({"data": {"values": list(rows)}, "description": described, **specification})


def _names(field: str = "name") -> dict[str, Any]:
    return {"field": field, "type": "nominal", "sort": None, "axis": {"title": None, "labelLimit": 180, "ticks": False}}


def _labels(encoding: dict[str, Any], look: dict[str, Any]) -> list[dict[str, Any]]:
    """Bold texts that stay readable where a line runs through them."""
    text = {"type": "text", "fontSize": 12, "fontWeight": 600, **look}
    halo = {"stroke": GROUND, "strokeWidth": 4, "strokeJoin": "round"}
    return [{"mark": {**text, **halo}, "encoding": encoding}, {"mark": text, "encoding": encoding}]


def intervals(rows: Sequence[Row], axis: str, described: str, *, zero: bool) -> list[dict[str, Any]]:
    """Points with intervals, one line per name. Rows: name, value, low, high, text."""
    y = _names()
    colour = {"condition": {"test": "datum.high < 0", "value": BELOW}, "value": ABOVE}
    x = {"type": "quantitative", "title": axis, "scale": {"zero": zero, "nice": True}}
    nought = {"mark": {"type": "rule", "color": INK}, "encoding": {"x": {"datum": 0, "type": "quantitative"}}}
    layers = [
        *([nought] if zero else []),
        {
            "mark": {"type": "rule", "strokeWidth": 3},
            "encoding": {"y": y, "x": {"field": "low", **x}, "x2": {"field": "high"}, "color": colour},
        },
        {
            "mark": {"type": "point", "filled": True, "size": 110, "opacity": 1},
            "encoding": {"y": y, "x": {"field": "value", **x}, "color": colour},
        },
        *_labels({"y": y, "x": {"field": "value", **x}, "text": {"field": "text"}}, {"dy": -13}),
    ]
    return _views({"height": 44 * len(rows), "layer": layers}, rows, described)


def reliabilities(rows: Sequence[Row], usual: float, axis: str, described: str) -> list[dict[str, Any]]:
    """α as points, a line per dimension, with a rule at the `usual` bound. Rows: name, kind, value."""
    layers = [
        {
            "mark": {"type": "rule", "strokeDash": [5, 4], "color": SOFT},
            "encoding": {"x": {"datum": usual, "type": "quantitative"}},
        },
        {
            "mark": {"type": "point", "filled": True, "size": 110, "opacity": 1},
            "encoding": {
                "y": _names(),
                "x": {"field": "value", "type": "quantitative", "title": axis, "scale": {"domainMax": 1}},
                "color": {
                    "field": "kind",
                    "type": "nominal",
                    "title": None,
                    "legend": {"orient": "top", "labelLimit": 300},
                }
                | {"scale": {"range": [ABOVE, BELOW]}, "sort": None},
                # one beside the other, where both are alike
                "yOffset": {"field": "kind", "type": "nominal", "sort": None},
                "shape": {"field": "kind", "type": "nominal", "sort": None, "title": None},
            },
        },
    ]
    height = 32 * len({row["name"] for row in rows})
    return _views({"height": height, "layer": layers}, rows, described)


def recommending(rows: Sequence[Row], described: str) -> list[dict[str, Any]]:
    """One bar split into detractors, passives and promoters. Rows, in this order: name, start, end, middle (shares), text."""
    x = {"type": "quantitative", "scale": {"domain": [0, 1], "nice": False}, "axis": None}
    colour = {
        "field": "name",
        "type": "nominal",
        "sort": None,
        "legend": {"orient": "bottom", "title": None, "labelLimit": 300},
        "scale": {"domain": [row["name"] for row in rows], "range": [BELOW, WITHIN, ABOVE]},
    }
    layers = [
        {
            "mark": {"type": "bar", "height": 40, "stroke": GROUND, "strokeWidth": 2},
            "encoding": {"x": {"field": "start", **x}, "x2": {"field": "end"}, "color": colour},
        },
        {
            "transform": [{"filter": "datum.end - datum.start > 0.08"}],
            "mark": {"type": "text", "color": GROUND, "fontSize": 13, "fontWeight": 600},
            "encoding": {"x": {"field": "middle", **x}, "text": {"field": "text"}},
        },
    ]
    return _views({"height": 52, "layer": layers}, rows, described)


def importance_map(
    rows: Sequence[Row],
    crossing: tuple[float, float],
    corners: Sequence[str],
    axes: tuple[str, str],
    described: str,
    *,
    shares: bool = False,
) -> list[dict[str, Any]]:
    """The importance–performance map. Rows: name, importance, performance.

    `corners`: what stands top left, top right, below left and below right.
    `crossing` and `axes` are of importance and performance, in this order. `shares`: both run from 0 to 1, and rows have
    the ends of their intervals, importance_low and so on.
    """
    down, across = _ends(rows, "importance", crossing[0]), _ends(rows, "performance", crossing[1])
    if shares:
        down = across = (0.0, 1.0)
    x = {"type": "quantitative", "title": axes[1], "scale": {"domain": across, "nice": False, "zero": False}}
    y = {"type": "quantitative", "title": axes[0], "scale": {"domain": down, "nice": False, "zero": False}}
    placed = _placed(rows, across, down)
    point = {"x": {"field": "performance", **x}, "y": {"field": "importance", **y}}
    layers: list[dict[str, Any]] = [
        {"mark": {"type": "rule", "color": LINE}, "encoding": {"x": {"datum": crossing[1], **x}}},
        {"mark": {"type": "rule", "color": LINE}, "encoding": {"y": {"datum": crossing[0], **y}}},
        *(_spans(x, y) if shares else []),
        {"mark": {"type": "point", "filled": True, "size": 110, "opacity": 1, "color": ABOVE}, "encoding": point},
    ]
    for text, at in zip(corners, ((0, 1), (1, 1), (0, 0), (1, 0)), strict=True):
        layers.append(
            {
                "data": {"values": [{"performance": across[at[0]], "importance": down[at[1]], "text": text}]},
                "mark": {"type": "text", "color": SOFT, "fontSize": 11}
                | {"align": ("left", "right")[at[0]], "dx": (6, -6)[at[0]], "dy": (-8, 10)[at[1]]},
                "encoding": {**point, "text": {"field": "text"}},
            }
        )
    for place, look in SIDES.items():
        chosen = [{"filter": f"datum.side === '{place}'"}]
        named = {**point, "text": {"field": "name"}}
        layers += [{"transform": chosen, **layer} for layer in _labels(named, look)]
    return _views({"height": MAP_HEIGHT, "layer": layers}, placed, described)


def _spans(x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    ends = (
        {
            "x": {"field": "performance_low", **x},
            "x2": {"field": "performance_high"},
            "y": {"field": "importance", **y},
        },
        {"y": {"field": "importance_low", **y}, "y2": {"field": "importance_high"}, "x": {"field": "performance", **x}},
    )
    rule = {"type": "rule", "color": ABOVE, "strokeWidth": 2, "opacity": 0.6}
    return [{"mark": rule, "encoding": encoding} for encoding in ends]


SIDES: dict[str, dict[str, Any]] = {
    "right": {"align": "left", "dx": 9, "baseline": "middle"},
    "left": {"align": "right", "dx": -9, "baseline": "middle"},
    "above": {"align": "center", "dy": -12, "baseline": "middle"},
    "below": {"align": "center", "dy": 13, "baseline": "middle"},
}


def _ends(rows: Sequence[Row], field: str, crossing: float) -> tuple[float, float]:
    values = [row[field] for row in rows] + [crossing]
    room = 0.22 * (max(values) - min(values)) or 0.5
    return min(values) - room, max(values) + room


def _placed(rows: Sequence[Row], across: tuple[float, float], down: tuple[float, float]) -> list[Row]:
    """Give each row the side of its point on which its name meets least else, on a plot as narrow as a phone's."""
    points = [
        (
            PHONE_PLOT * (row["performance"] - across[0]) / (across[1] - across[0]),
            MAP_HEIGHT * (row["importance"] - down[0]) / (down[1] - down[0]),
        )
        for row in rows
    ]
    taken = [(x - 7, x + 7, y - 7, y + 7) for x, y in points]
    placed = []
    for row, (x, y) in zip(rows, points, strict=True):
        width = sum(WIDE if ord(letter) > 0x2E80 else LETTER for letter in row["name"])
        boxes = {
            "right": (x + 9, x + 9 + width, y - LINE_HEIGHT / 2, y + LINE_HEIGHT / 2),
            "left": (x - 9 - width, x - 9, y - LINE_HEIGHT / 2, y + LINE_HEIGHT / 2),
            "above": (x - width / 2, x + width / 2, y + 5, y + 5 + LINE_HEIGHT),
            "below": (x - width / 2, x + width / 2, y - 5 - LINE_HEIGHT, y - 5),
        }
        side = min(boxes, key=lambda name: _crowding(boxes[name], taken))
        taken.append(boxes[side])
        placed.append({**row, "side": side})
    return placed


Box = tuple[float, float, float, float]


def _crowding(box: Box, taken: Sequence[Box]) -> float:
    shared = sum(
        max(0.0, min(box[1], other[1]) - max(box[0], other[0]))
        * max(0.0, min(box[3], other[3]) - max(box[2], other[2]))
        for other in taken
    )
    outside = max(0.0, -box[0]) + max(0.0, box[1] - PHONE_PLOT)
    return shared + 100 * outside


def control(rows: Sequence[Row], centre: float, axis: str, described: str, date_format: str) -> list[dict[str, Any]]:
    """One control chart. Rows: start (ISO day), value, lower, upper, alarm (bool); NaN where a period has none."""
    clean = [
        {name: None if isinstance(cell, float) and math.isnan(cell) else cell for name, cell in row.items()}
        for row in rows
    ]
    x = {
        "field": "start",
        "type": "temporal",
        "title": None,
        "scale": {"type": "utc"},
        "axis": {"format": date_format, "labelFlush": True, "grid": False},
    }
    y = {"type": "quantitative", "title": axis, "scale": {"zero": False, "nice": True}}
    limit = {"type": "line", "interpolate": "step", "strokeDash": [5, 4], "color": SOFT, "strokeWidth": 1.5}
    layers = [
        {"mark": {"type": "rule", "color": LINE}, "encoding": {"y": {"datum": centre, **y}}},
        {"mark": limit, "encoding": {"x": x, "y": {"field": "lower", **y}}},
        {"mark": limit, "encoding": {"x": x, "y": {"field": "upper", **y}}},
        {"mark": {"type": "line", "color": ABOVE}, "encoding": {"x": x, "y": {"field": "value", **y}}},
        {
            "mark": {"type": "point", "filled": True, "opacity": 1},
            "encoding": {
                "x": x,
                "y": {"field": "value", **y},
                "color": {"condition": {"test": "datum.alarm", "value": BELOW}, "value": ABOVE},
                "size": {"condition": {"test": "datum.alarm", "value": 150}, "value": 45},
                "shape": {"condition": {"test": "datum.alarm", "value": "diamond"}, "value": "circle"},
            },
        },
    ]
    return _views({"height": 200, "layer": layers}, clean, described)
