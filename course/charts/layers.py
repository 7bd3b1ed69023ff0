"""What pictures are made of: axes, groups told apart by colour, dash and shape, and one mark over the rows of a frame.

What comes out is Vega-Lite, without a row of data in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from course.amounts import large_unit
from course.charts.legends import label_expression
from course.i18n import Text

Spec = dict[str, Any]

BELOW, WITHIN, ABOVE, UNNOTICED = (f"var(--chart-{name})" for name in ("below", "within", "above", "unnoticed"))
INK, GROUND = "var(--ink)", "var(--ground)"
SOLID, DASHED = [1, 0], [4, 4]
STROKES = (SOLID, [8, 4], [2, 3], [10, 3, 2, 3])
SHAPES = ("circle", "square", "triangle-up", "diamond")
START, PINNED = "start", "pinned"
OTHERWISE = "otherwise"
# pixels between the right end of a picture and the name of a line, which its shape stands before
KEY, NAME = 10, 20


@dataclass(frozen=True)
class Caption:
    """What a picture says, by language: its title, the titles of its axes, and the names of its lines or groups.

    `findings` are titles that say what a run shows, by the key of the sentence (`[tell]`) that the run deserves; the one
    under `OTHERWISE` is for all other sentences.
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
        said = title[language] if title else None
        whole = {**self.spec, "title": said}
        told, times = large_unit(said or "", max(map(abs, self.domain or (0,))))
        if told != (said or ""):
            whole["title"] = told
            whole["axis"] = {**whole.get("axis", {}), "labelExpr": f"format(datum.value * {times:g}, ',')"}
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

    def plain(self, values: Sequence[Any]) -> Spec:
        """Return a channel of `values`, one for each group, without a legend."""
        scale = {"domain": [str(name) for name in self.colours], "range": list(values)}
        return {"field": self.field, "type": "nominal", "scale": scale, "legend": None}

    def shapes(self) -> Spec:
        """Return the channel of shapes that tells groups apart where colours cannot."""
        return self.plain([SHAPES[at % len(SHAPES)] for at in range(len(self.colours))])

    def _channel(self, caption: Caption, language: str, values: Sequence[Any]) -> Spec:
        spec = self.plain(values)
        if not self.legend:
            return spec
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
    """One mark over the rows of one frame. A line with `ends` has its name, or those of its groups, where it ends."""

    frame: str
    mark: Spec
    encoding: dict[str, Any]
    ghost: Spec | None = None
    ends: bool = False
    name: str | None = None
    fan: bool = False

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
        return {name for part in named for name in part.names} | ({self.name} if self.name else set())

    @property
    def groups(self) -> Groups | None:
        """The groups that its colours tell apart."""
        part = self.encoding.get("color")
        return part if isinstance(part, Groups) else None

    def series(self, names: Mapping[str, Text], language: str) -> Spec | None:
        """Return columns and names that the page needs to write names where the lines end, or None where it shall not."""
        if not self.ends or not (self.name or (self.groups and self.groups.legend)):
            return None
        x, y = (part.spec if isinstance(part, Axis) else part for part in (self.encoding["x"], self.encoding["y"]))
        columns = {"id": f"{self.frame}.{y['field']}", "frame": self.frame, "x": x["field"], "y": y["field"]}
        if self.name:
            return {**columns, "by": None, "names": {"": names[self.name][language]}}
        groups = self.groups
        assert groups is not None
        called = {str(name): names[name][language] for name in groups.colours}
        return {**columns, "by": groups.field, "names": called}

    def fan_columns(self) -> Spec | None:
        """Return id and columns of what many draws spread around, None where no fan is drawn."""
        if not self.fan:
            return None
        x, y = (part.spec if isinstance(part, Axis) else part for part in (self.encoding["x"], self.encoding["y"]))
        by = self.groups.field if self.groups else None
        return {"id": f"{self.frame}.{y['field']}", "x": x["field"], "y": y["field"], "by": by}

    def band(self) -> Spec | None:
        """Return the layer of the fan, over the rows of a frame that the page adds."""
        fan = self.fan_columns()
        if fan is None:
            return None
        x, y = ({**part.spec} if isinstance(part, Axis) else part for part in (self.encoding["x"], self.encoding["y"]))
        colour = {"color": self.groups.plain([*self.groups.colours.values()])} if self.groups else {}
        mark = {"type": "area", "opacity": 0.25, "tooltip": None}
        plain = {} if self.groups else {"color": self.mark.get("color", ABOVE)}
        encoding = {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}, **colour}
        return {"data": {"name": f"{fan['id']}@fan"}, "mark": {**mark, **plain}, "encoding": encoding}

    def key(self, named: Spec) -> list[Spec]:
        """Return the layers that tell lines apart by shapes along them, and by shape and name at their ends."""
        x, y = ({**part.spec} if isinstance(part, Axis) else part for part in (self.encoding["x"], self.encoding["y"]))
        groups, dot = self.groups, {"type": "point", "filled": True, "opacity": 1, "tooltip": None}
        dash = {name: part for name, part in self.mark.items() if name in ("strokeDash", "strokeWidth")}
        look: Spec = {"color": groups.plain([*groups.colours.values()]), "shape": groups.shapes()} if groups else {}
        line = {"shape": "stroke", "filled": False, "color": self.mark.get("color", ABOVE), **dash}
        sample: Spec = {**dot, "xOffset": KEY, **({"size": 50} if groups else {**line, "size": 200})}
        at_end = {"x": {"value": "width"}, "y": y}
        text: Spec = {
            "type": "text",
            "align": "left",
            "baseline": "middle",
            "dx": NAME,
            "fontSize": 12,
            "lineBreak": "\n",
        }
        ends = {"name": f"{named['id']}@ends"}
        name = {**at_end, "text": {"field": "name", "type": "nominal"}}
        key: list[Spec] = [
            {"data": ends, "mark": sample, "encoding": {**at_end, **look}},
            {"data": ends, "mark": {**text, "color": INK, "tooltip": None}, "encoding": name},
        ]
        along: Spec = {
            "data": {"name": f"{named['id']}@shapes"},
            "mark": {**dot, "size": 45},
            "encoding": {"x": x, "y": y, **look},
        }
        return [along, *key] if groups else key

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
