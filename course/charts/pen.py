"""The builders that simulations draw with: marks, axes and colours as plain data, and the words they get in the end.

Every axis of numbers says from where to where it runs, so that a picture stands still while a learner moves a slider: a
run that leaves it makes the page take its `most`, once, and never smaller again. Under what a run draws, the page draws
ghosts: the rows of the run that a situation starts with, and those of the pinned one.

A simulation's `draw` names frames and columns only; `render` puts in the title, axis titles and names of lines that its
`simulation.toml` holds under `[picture.<key>]`. What comes out is Vega-Lite, without a row of data in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from course.charts.legends import label_expression
from course.i18n import Text

Spec = dict[str, Any]

BELOW, WITHIN, ABOVE, UNNOTICED = (f"var(--chart-{name})" for name in ("below", "within", "above", "unnoticed"))
INK = "var(--ink)"
SOLID, DASHED = [1, 0], [4, 4]
STROKES = (SOLID, [8, 4], [2, 3], [10, 3, 2, 3])
START, PINNED = "start", "pinned"
TRUNCATED: Text = {"en": "axis from {low}", "zh": "轴从 {low} 起"}


@dataclass(frozen=True)
class Caption:
    """What a picture says, by language: its title, the titles of its axes, and the names of its lines or groups.

    `findings` are titles that say what a run shows, by the key of the sentence (`[tell]`) that the run deserves.
    """

    title: Text
    x: Text | None
    y: Text | None
    names: Mapping[str, Text]
    findings: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True)
class Axis:
    """A column along `x` or `y`; `render` adds the axis title."""

    channel: str
    spec: Spec
    names: tuple[str, ...] = ()
    most: tuple[float, float] | None = None

    @property
    def domain(self) -> tuple[float, float] | None:
        """From where to where the axis runs, or None where it is one of names or follows the data."""
        ends = self.spec.get("scale", {}).get("domain")
        return (ends[0], ends[1]) if ends else None

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
        return self._channel(caption, language, [*self.colours.values()])

    def dashes(self, caption: Caption, language: str) -> Spec:
        """Return the channel of dashes that tells lines apart where colours cannot."""
        return self._channel(caption, language, [STROKES[at % len(STROKES)] for at in range(len(self.colours))])

    def _channel(self, caption: Caption, language: str, values: Sequence[Any]) -> Spec:
        spec: Spec = {
            "field": self.field,
            "type": "nominal",
            "scale": {"domain": [str(name) for name in self.colours], "range": values},
        }
        if not self.legend:
            return {**spec, "legend": None}
        labels = label_expression({name: caption.names[name][language] for name in self.colours})
        legend: Spec = {"orient": "top", "labelExpr": labels, "symbolOpacity": 1, "symbolStrokeWidth": 3}
        if self.columns is not None:
            legend["columns"] = self.columns
        return {**spec, "title": None, "legend": legend}

    @property
    def names(self) -> tuple[str, ...]:
        """The values that a learner reads by a name."""
        return tuple(str(name) for name in self.colours) if self.legend else ()


@dataclass(frozen=True)
class Layer:
    """One mark over the rows of one frame."""

    frame: str
    mark: Spec
    encoding: dict[str, Any]
    ghost: Spec | None = None

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
        groups = [part for part in self.encoding.values() if isinstance(part, Groups)]
        named: list[Axis | Groups] = [*shown, *groups]
        return {name for part in named for name in part.names}

    def render(self, caption: Caption, language: str) -> Spec:
        """Return the layer as Vega-Lite."""
        encoding = {
            channel: part.render(caption, language) if isinstance(part, Axis | Groups) else part
            for channel, part in self.encoding.items()
        }
        groups = self.encoding.get("color")
        if self.mark["type"] == "line" and isinstance(groups, Groups):
            encoding["strokeDash"] = groups.dashes(caption, language)
        return {
            "data": {"name": self.frame},
            "mark": {"tooltip": {"content": "data"}, **self.mark},
            "encoding": encoding,
        }

    def shadow(self, whose: str, caption: Caption, language: str) -> Spec | None:
        """Return the layer as the ghost of the starting or the pinned run, over the rows of a frame that the page adds."""
        if self.ghost is None:
            return None
        whole = self.render(caption, language)
        mark = {name: part for name, part in self.mark.items() if name != "color" or "stroke" not in self.ghost}
        encoding = {channel: part for channel, part in whole["encoding"].items() if channel not in _OF_THE_LIVE}
        line = self.mark["type"] == "line"
        if line and "color" in whole["encoding"]:
            encoding["color"] = whole["encoding"]["color"]
        look: Spec = {"opacity": 0.35} if whose == START else {"opacity": 0.75, "strokeDash": [1, 3]}
        if line and whose == START and "strokeDash" in whole["encoding"]:
            encoding["strokeDash"] = whole["encoding"]["strokeDash"]
        return {
            "data": {"name": f"{self.frame}@{whose}"},
            "mark": {**mark, **self.ghost, **look, "tooltip": None},
            "encoding": encoding,
        }


_OF_THE_LIVE = ("color", "strokeDash", "size")


@dataclass(frozen=True)
class Picture:
    """Layers over each other, `height` pixels high, as wide as the page has room."""

    height: int
    layers: tuple[Layer, ...]

    def names(self) -> set[str]:
        """Return the values that it shows by a name."""
        return {name for layer in self.layers for name in layer.names()}

    def axes(self) -> dict[str, list[Axis]]:
        """Return the axes that layers declare, by channel."""
        axes: dict[str, list[Axis]] = {"x": [], "y": []}
        for layer in self.layers:
            for part in layer.encoding.values():
                if isinstance(part, Axis) and part.domain:
                    axes[part.channel].append(part)
        return axes

    def domains(self) -> dict[str, tuple[tuple[float, float], tuple[float, float]]]:
        """Return by channel from where to where its axis runs: as a rule, and where a run leaves that."""
        return {
            channel: (domain, axis.most or domain)
            for channel, axes in self.axes().items()
            for axis in axes[:1]
            if (domain := axis.domain)
        }

    def render(self, caption: Caption, language: str, ghosts: bool = False) -> Spec:
        """Return the picture as Vega-Lite, in one language; with `ghosts`, what the page needs to move it."""
        layers = [layer.render(caption, language) for layer in self.layers]
        if ghosts:
            shadows = [layer.shadow(whose, caption, language) for whose in (START, PINNED) for layer in self.layers]
            layers = [shadow for shadow in shadows if shadow] + layers
        body = layers[0] if len(layers) == 1 else {"layer": layers}
        whole = {
            **body,
            "height": self.height,
            "title": caption.title[language],
            "description": caption.title[language],
        }
        if ghosts:
            names = {name: caption.names[name][language] for name in sorted(self.names())}
            whole["usermeta"] = {"domains": self.domains(), "names": names, "truncated": TRUNCATED[language]}
        return whole


Pictures = dict[str, Picture]


def picture(height: int, *layers: Layer | Sequence[Layer]) -> Picture:
    """Return a picture of these layers, the first at the bottom."""
    flat = [part for layer in layers for part in ([layer] if isinstance(layer, Layer) else layer)]
    return Picture(height, tuple(flat))


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
    ghost: bool = True,
    **mark: Any,
) -> Layer:
    """Return lines through the rows, one for each value of `by`, apart in colour and in dash."""
    encoding: dict[str, Any] = {"x": _plain(x), "y": _plain(y)}
    if by:
        encoding["color"] = by
    pale = {"strokeWidth": 2, "point": False} if ghost else None
    return Layer(frame, {"type": "line", "strokeWidth": 3, **mark}, encoding, pale)


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


def shares(frame: str, share: str, who: str, names: Sequence[str], *, by: Groups, order: str) -> Layer:
    """Return one bar of 100 % for each `who` of `names`, parted by group in the `order` of a column."""
    across = Axis("x", {**x(share, 0, 1, format="%", tickCount=5).spec, "stack": "normalize"})
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
        lines(frame, x, truth, color=ABOVE, ghost=False),
        *(lines(frame, x, limit, ghost=False, **dashed) for limit in ("lower", "upper")),
        Layer(frame, {"type": "rule", "strokeWidth": 2}, interval, {"strokeWidth": 7}),
        Layer(frame, {"type": "point", "filled": True, "opacity": 1}, dot),
    ]


def alarms(frame: str, x: Axis, y: Axis, flag: str, *, by: Groups) -> Layer:
    """Return a large diamond on each row whose column `flag` is 1, and nothing on the others."""
    size = {"condition": {"test": f"datum.{flag} == 1", "value": 220}, "value": 0}
    mark = {"type": "point", "shape": "diamond", "filled": True, "opacity": 1, "stroke": INK}
    return Layer(frame, mark, {"x": x, "y": y, "color": by, "size": size})
