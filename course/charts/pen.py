"""The builders that simulations draw with: marks, axes and colours as plain data, and the words they get in the end.

Every axis of numbers says from where to where it runs, so that a picture stands still while a learner moves a slider: a
run that leaves it makes the page take its `most`, once, and never smaller again. Under what a run draws, the page draws
ghosts: the rows of the run that a situation starts with, and those of the pinned one.

A simulation's `draw` names frames and columns only; `render` puts in the title, axis titles and names of lines that its
`simulation.toml` holds under `[picture.<key>]`. What comes out is Vega-Lite, without a row of data in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from course.charts.layers import ABOVE, BELOW, DASHED, INK, SOLID, UNNOTICED, WITHIN, Axis, Groups, Layer, Spec
from course.charts.picture import Level, Picture, Pictures

__all__ = ["ABOVE", "BELOW", "DASHED", "INK", "SOLID", "UNNOTICED", "WITHIN", "Groups", "Pictures", "alarms", "bars",
           "categories", "control", "dots", "histogram", "level", "lines", "parts", "picture", "rule", "shares", "ticks",
           "x", "y"]  # fmt: skip


def picture(height: int, *parts: Layer | Level | Sequence[Layer]) -> Picture:
    """Return a picture of these layers, the first at the bottom, and over them the levels."""
    flat = [part for several in parts for part in ([several] if isinstance(several, Layer | Level) else several)]
    layers = tuple(part for part in flat if isinstance(part, Layer))
    return Picture(height, layers, tuple(part for part in flat if isinstance(part, Level)))


def level(
    metric: str,
    axis: Axis,
    *,
    plus: tuple[str, str] | None = None,
    times: tuple[str, str] | None = None,
    now: bool = False,
) -> Level:
    """Return the level of a metric across a picture: see `Level`."""
    return Level(metric, axis, plus, times, now)


def _axis(
    channel: str,
    field: str,
    low: float,
    high: float,
    most: tuple[float, float] | None,
    axis: Spec,
) -> Axis:
    scale: Spec = {"domain": [low, high], "nice": False, "zero": False}
    spec: Spec = {"field": field, "type": "quantitative", "scale": scale}
    if axis:
        spec["axis"] = axis
    return Axis(channel, spec, most=most)


def x(field: str, low: float, high: float, *, most: tuple[float, float] | None = None, **axis: Any) -> Axis:
    """Return a column of numbers across, from `low` to `high`, which hold every situation and every challenge.

    A run that leaves them has the page draw the axis over `most`. The rest is Vega-Lite's axis (tickCount, …).
    """
    return _axis("x", field, low, high, most, axis)


def y(field: str, low: float, high: float, *, most: tuple[float, float] | None = None, **axis: Any) -> Axis:
    """Return a column of numbers upwards, as `x` does across."""
    return _axis("y", field, low, high, most, axis)


def categories(field: str, **axis: Any) -> Axis:
    """Return a column of ordered values across, each with its own place."""
    return Axis("x", {"field": field, "type": "ordinal", "axis": axis})


OUTLINE: Spec = {"filled": False, "stroke": INK, "strokeWidth": 1.5}


def _plain(part: Axis | str) -> Axis | Spec:
    return {"field": part, "type": "quantitative"} if isinstance(part, str) else part


def lines(
    frame: str,
    x: Axis | str,
    y: Axis | str,
    *,
    by: Groups | None = None,
    name: str | None = None,
    ghost: bool = True,
    **mark: Any,
) -> Layer:
    """Return lines through the rows, one for each value of `by`, apart in colour, dash and shape; a single one may have a
    `name`. Their names stand where they end.
    """
    encoding: dict[str, Any] = {"x": _plain(x), "y": _plain(y)}
    if by:
        encoding["color"] = by
    pale = {"strokeWidth": 2, "point": False} if ghost else None
    return Layer(
        frame,
        {"type": "line", "strokeWidth": 3, **mark},
        encoding,
        pale,
        ends=ghost or name is not None,
        name=name,
        fan=ghost,
    )


def bars(frame: str, x: Axis | str, y: Axis | str, *, by: Groups | None = None, **mark: Any) -> Layer:
    """Return a bar for each row, in the colour of its value of `by`."""
    encoding: dict[str, Any] = {"x": _plain(x), "y": _plain(y)}
    if by:
        encoding["color"] = by
    return Layer(frame, {"type": "bar", **mark}, encoding, OUTLINE)


def histogram(frame: str, x: Axis, to: str, share: Axis, *, by: Groups, gap: float = 1) -> Layer:
    """Return bars from `x` to the column `to`, as high as their `share`, stacked by group, `gap` pixels apart."""
    up = Axis("y", {**share.spec, "aggregate": "sum"}, most=share.most)
    encoding = {"x": x, "x2": {"field": to}, "y": up, "color": by}
    return Layer(frame, {"type": "bar", "binSpacing": gap}, encoding, OUTLINE)


def parts(frame: str, x: Axis, to: str, *, by: Groups) -> Layer:
    """Return one bar of parts beside each other, each from `x` to the column `to`."""
    return Layer(frame, {"type": "bar"}, {"x": x, "x2": {"field": to}, "color": by}, OUTLINE)


def shares(
    frame: str, share: str, who: str, names: Sequence[str], *, by: Groups, order: str, of: float | None = None
) -> Layer:
    """Return one bar for each `who` of `names`, parted by group in the `order` of a column.

    A whole bar is 100%, whatever its rows add up to, or `of` so many, which they may still fall short of.
    """
    percent = x(share, 0, 1, format="%", tickCount=5).spec
    spec = {**percent, "stack": "normalize"} if of is None else {**x(share, 0, of, tickMinStep=1).spec, "stack": "zero"}
    across = Axis("x", spec)
    rows: Spec = {"field": who, "type": "nominal", "sort": None, "axis": {"labelLimit": 120, "ticks": False}}
    sorting = {"field": order, "type": "quantitative"}
    encoding = {"x": across, "y": Axis("y", rows, tuple(names)), "color": by, "order": sorting}
    return Layer(frame, {"type": "bar"}, encoding)


def dots(frame: str, x: Axis | str, y: Axis | str, *, by: Groups | None = None, **mark: Any) -> Layer:
    """Return a dot for each row, as “you are here” on a curve."""
    encoding: dict[str, Any] = {"x": _plain(x), "y": _plain(y)}
    if by:
        encoding["color"] = by
    hollow = {"filled": False, "color": INK, "strokeWidth": 2}
    return Layer(frame, {"type": "point", "size": 160, "filled": True, **mark}, encoding, hollow)


def rule(frame: str, x: Spec | str, **mark: Any) -> Layer:
    """Return an upright line at a column's value, or at `{"datum": number}`."""
    ghost: Spec | None = {} if isinstance(x, str) else None
    return Layer(frame, {"type": "rule", **mark}, {"x": _plain(x) if isinstance(x, str) else x}, ghost)


def ticks(frame: str, x: Axis, y: Axis | str, **mark: Any) -> Layer:
    """Return a short level mark for each row."""
    return Layer(frame, {"type": "tick", **mark}, {"x": x, "y": _plain(y)})


def control(frame: str, x: Axis, y: Axis, *, truth: str) -> list[Layer]:
    """Return a control chart over the columns `lower`, `upper`, `low`, `high`, `alarm`, with the line of the `truth`."""
    dashed: Spec = {"strokeDash": DASHED, "strokeWidth": 1.5}
    alarm = "datum.alarm == 1"
    colour = {"condition": {"test": alarm, "value": BELOW}, "value": WITHIN}
    size = {"condition": {"test": alarm, "value": 130}, "value": 60}
    interval = {"x": x, "y": _plain("low"), "y2": {"field": "high"}}
    dot = {"x": x, "y": y, "color": colour, "size": size}
    return [
        lines(frame, x, truth, name=truth, color=ABOVE, ghost=False),
        *(lines(frame, x, limit, name="limit", ghost=False, **dashed) for limit in ("lower", "upper")),
        Layer(frame, {"type": "rule", "strokeWidth": 2}, interval, {"strokeWidth": 7}),
        Layer(frame, {"type": "point", "filled": True, "opacity": 1}, dot, fan=True),
    ]


def alarms(frame: str, x: Axis, y: Axis, flag: str, *, by: Groups) -> Layer:
    """Return a large diamond on each row whose column `flag` is 1, and nothing on the others."""
    size = {"condition": {"test": f"datum.{flag} == 1", "value": 220}, "value": 0}
    mark = {"type": "point", "shape": "diamond", "filled": True, "opacity": 1, "stroke": INK}
    return Layer(frame, mark, {"x": x, "y": y, "color": by, "size": size})
