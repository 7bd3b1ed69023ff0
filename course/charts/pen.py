"""The builders that simulations draw with: marks, axes and colours as plain data, and the words they get in the end.

A simulation's `draw` names frames and columns only; `render` puts in the title, axis titles and names of lines that its
`simulation.toml` holds under `[picture.<key>]`. What comes out is Vega-Lite, without a row of data in it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from course.charts.legends import label_expression
from course.i18n import Text

Spec = dict[str, Any]

BELOW, WITHIN, ABOVE, UNNOTICED = (f"var(--chart-{name})" for name in ("below", "within", "above", "unnoticed"))
INK = "var(--ink)"
SOLID, DASHED = [1, 0], [4, 4]


@dataclass(frozen=True)
class Caption:
    """What a picture says, by language: its title, the titles of its axes, and the names of its lines or groups."""

    title: Text
    x: Text | None
    y: Text | None
    names: Mapping[str, Text]


@dataclass(frozen=True)
class Axis:
    """A column along `x` or `y`; `render` adds the axis title."""

    channel: str
    spec: Spec
    names: tuple[str, ...] = ()

    def render(self, caption: Caption, language: str) -> Spec:
        """Return the channel with its title and, for an axis of names, their words."""
        title = caption.x if self.channel == "x" else caption.y
        whole = {**self.spec, "title": title[language] if title else None}
        if self.names:
            labels = label_expression({name: caption.names[name][language] for name in self.names})
            whole["axis"] = {**whole["axis"], "labelExpr": labels}
        return whole


@dataclass(frozen=True)
class Groups:
    """A column whose values are told apart by colour, with a legend in `columns` (one row if None) or without one."""

    field: str
    colours: Mapping[Any, str]
    columns: int | None = None
    legend: bool = True

    def render(self, caption: Caption, language: str) -> Spec:
        """Return the colour channel."""
        spec: Spec = {
            "field": self.field,
            "type": "nominal",
            "scale": {"domain": [str(name) for name in self.colours], "range": [*self.colours.values()]},
        }
        if not self.legend:
            return {**spec, "legend": None}
        labels = label_expression({name: caption.names[name][language] for name in self.colours})
        legend: Spec = {"orient": "top", "labelExpr": labels}
        if self.columns is not None:
            legend["columns"] = self.columns
        return {**spec, "title": None, "legend": legend}


@dataclass(frozen=True)
class Layer:
    """One mark over the rows of one frame."""

    frame: str
    mark: Spec
    encoding: dict[str, Any]

    def fields(self) -> set[str]:
        """Return the columns that it draws."""
        columns: set[str] = set()
        for part in self.encoding.values():
            spec = part.spec if isinstance(part, Axis) else {"field": part.field} if isinstance(part, Groups) else part
            columns |= {str(spec["field"])} if "field" in spec else set()
        return columns

    def names(self) -> set[str]:
        """Return the values that it shows by a name: those of a legend and of an axis of names."""
        shown = [part for part in self.encoding.values() if isinstance(part, Axis)]
        groups = [part for part in self.encoding.values() if isinstance(part, Groups) and part.legend]
        return {name for axis in shown for name in axis.names} | {str(name) for part in groups for name in part.colours}

    def render(self, caption: Caption, language: str) -> Spec:
        """Return the layer as Vega-Lite."""
        encoding = {
            channel: part.render(caption, language) if isinstance(part, Axis | Groups) else part
            for channel, part in self.encoding.items()
        }
        return {"data": {"name": self.frame}, "mark": self.mark, "encoding": encoding}


@dataclass(frozen=True)
class Picture:
    """Layers over each other, `height` pixels high, as wide as the page has room."""

    height: int
    layers: tuple[Layer, ...]

    def names(self) -> set[str]:
        """Return the values that it shows by a name."""
        return {name for layer in self.layers for name in layer.names()}

    def render(self, caption: Caption, language: str) -> Spec:
        """Return the picture as Vega-Lite, in one language."""
        layers = [layer.render(caption, language) for layer in self.layers]
        body = layers[0] if len(layers) == 1 else {"layer": layers}
        return {**body, "height": self.height, "title": caption.title[language]}


Pictures = dict[str, Picture]


def picture(height: int, *layers: Layer | Sequence[Layer]) -> Picture:
    """Return a picture of these layers, the first at the bottom."""
    flat = [part for layer in layers for part in ([layer] if isinstance(layer, Layer) else layer)]
    return Picture(height, tuple(flat))


def _axis(
    channel: str,
    field: str,
    low: float | None = None,
    high: float | None = None,
    *,
    zero: bool | None = None,
    nice: bool | None = None,
    **axis: Any,
) -> Axis:
    scale: Spec = {} if low is None or high is None else {"domain": [low, high], "nice": False}
    scale |= {name: flag for name, flag in (("zero", zero), ("nice", nice)) if flag is not None}
    spec: Spec = {"field": field, "type": "quantitative"}
    if scale:
        spec["scale"] = scale
    if axis:
        spec["axis"] = axis
    return Axis(channel, spec)


def x(field: str, low: float | None = None, high: float | None = None, **options: Any) -> Axis:
    """Return a column of numbers across, from `low` to `high` where both are given.

    `zero=False` lets the axis begin elsewhere, `nice=False` end at the data; the rest is Vega-Lite's axis (tickCount, …).
    """
    return _axis("x", field, low, high, **options)


def y(field: str, low: float | None = None, high: float | None = None, **options: Any) -> Axis:
    """Return a column of numbers upwards, as `x` does across."""
    return _axis("y", field, low, high, **options)


def categories(field: str, **axis: Any) -> Axis:
    """Return a column of ordered values across, each with its own place."""
    return Axis("x", {"field": field, "type": "ordinal", "axis": axis})


def _plain(part: Axis | str) -> Axis | Spec:
    return {"field": part, "type": "quantitative"} if isinstance(part, str) else part


def lines(
    frame: str,
    x: Axis | str,
    y: Axis | str,
    *,
    by: Groups | None = None,
    dashed: Collection[str] = (),
    **mark: Any,
) -> Layer:
    """Return lines through the rows, one for each value of `by`; those named in `dashed` are dashed."""
    encoding: dict[str, Any] = {"x": _plain(x), "y": _plain(y)}
    if by:
        encoding["color"] = by
    if by and dashed:
        strokes = [DASHED if name in dashed else SOLID for name in by.colours]
        scale = {"domain": [str(name) for name in by.colours], "range": strokes}
        encoding["strokeDash"] = {"field": by.field, "type": "nominal", "legend": None, "scale": scale}
    return Layer(frame, {"type": "line", "strokeWidth": 3, **mark}, encoding)


def bars(frame: str, x: Axis | str, y: Axis | str, *, by: Groups | None = None, **mark: Any) -> Layer:
    """Return a bar for each row, in the colour of its value of `by`."""
    encoding: dict[str, Any] = {"x": _plain(x), "y": _plain(y)}
    if by:
        encoding["color"] = by
    return Layer(frame, {"type": "bar", **mark}, encoding)


def histogram(frame: str, x: Axis, to: str, share: str, *, by: Groups, gap: float = 1) -> Layer:
    """Return bars from `x` to the column `to`, as high as their `share`, stacked by group, `gap` pixels apart."""
    up = Axis("y", {**y(share, format="%", tickCount=4).spec, "aggregate": "sum"})
    return Layer(frame, {"type": "bar", "binSpacing": gap}, {"x": x, "x2": {"field": to}, "y": up, "color": by})


def shares(frame: str, share: str, who: str, names: Sequence[str], *, by: Groups, order: str) -> Layer:
    """Return one bar of 100 % for each `who` of `names`, parted by group in the `order` of a column."""
    across = Axis("x", {**x(share, format="%", tickCount=5).spec, "stack": "normalize"})
    rows: Spec = {"field": who, "type": "nominal", "sort": None, "axis": {"labelLimit": 120, "ticks": False}}
    sorting = {"field": order, "type": "quantitative"}
    encoding = {"x": across, "y": Axis("y", rows, tuple(names)), "color": by, "order": sorting}
    return Layer(frame, {"type": "bar"}, encoding)


def dots(frame: str, x: Axis | str, y: Axis | str, *, by: Groups | None = None, **mark: Any) -> Layer:
    """Return a dot for each row, as “you are here” on a curve."""
    encoding: dict[str, Any] = {"x": _plain(x), "y": _plain(y)}
    if by:
        encoding["color"] = by
    return Layer(frame, {"type": "point", "size": 160, "filled": True, **mark}, encoding)


def rule(frame: str, x: Spec | str, **mark: Any) -> Layer:
    """Return an upright line at a column's value, or at `{"datum": number}`."""
    return Layer(frame, {"type": "rule", **mark}, {"x": _plain(x) if isinstance(x, str) else x})


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
        lines(frame, x, truth, color=ABOVE),
        *(lines(frame, x, limit, **dashed) for limit in ("lower", "upper")),
        Layer(frame, {"type": "rule", "strokeWidth": 2}, interval),
        Layer(frame, {"type": "point", "filled": True, "opacity": 1}, dot),
    ]
