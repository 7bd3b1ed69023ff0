"""A picture: layers over each other, the ghosts of other runs under them, and the levels drawn across.

The page adds the rows of ghosts, of levels, and of the names where lines end; `usermeta` tells it what it needs for that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from course.charts.layers import GROUND, INK, PINNED, START, Axis, Caption, Layer, Spec
from course.i18n import Text

TRUNCATED: Text = {"en": " (axis from {low})", "zh": "（轴从 {low} 起）"}


@dataclass(frozen=True)
class Level:
    """The level of a metric across a picture: where the learner guessed it, and with `now`, where it is.

    On an axis of other units a number n of the metric stands at plus + times · n; each is (frame, column), first row.
    """

    metric: str
    axis: Axis
    plus: tuple[str, str] | None = None
    times: tuple[str, str] | None = None
    now: bool = False

    def render(self, beside: Axis | None = None) -> list[Spec]:
        """Return the layers: for each level a line and a word, whose rows the page adds.

        Along `beside`, the axis of numbers that a level runs along, the page places the word where no line is (words.js).
        """
        levels = [("guess", {"strokeDash": [6, 4], "strokeWidth": 2})]
        if self.now:
            levels.append(("now", {"strokeWidth": 1.5}))
        return [layer for whose, look in levels for layer in self._level(whose, look, beside)]

    def _level(self, whose: str, look: Spec, beside: Axis | None) -> list[Spec]:
        across = self.axis.channel == "y"
        scale = {part: self.axis.spec[part] for part in ("type", "scale")}
        level = {self.axis.channel: {**scale, "field": "level"}}
        data = {"name": f"{self.metric}@{whose}"}
        left = whose == "guess"
        place: Spec = {"x": {"value": 0 if left else "width"}} if across else {"y": {"value": 0 if left else "height"}}
        aside = {
            "align": "left" if left or not across else "right",
            "baseline": "bottom" if across or not left else "top",
        }
        text = {
            "type": "text",
            "dx": 4 if left or not across else -4,
            "dy": -3 if across else 0,
            "fontSize": 12,
            "fontWeight": 600,
            **aside,
        }
        word = {**level, **place, "text": {"field": "text", "type": "nominal"}}
        words = data
        if across and beside:
            along = {part: beside.spec[part] for part in ("type", "scale")}
            words, word = {"name": f"{data['name']}@word"}, {**word, "x": {**along, "field": "place"}}
            text |= {"align": "center", "baseline": "middle", "dx": 0, "dy": 0}
        halo = {"color": GROUND, "stroke": GROUND, "strokeWidth": 4, "strokeJoin": "round"}
        return [
            {"data": data, "mark": {"type": "rule", "color": INK, "tooltip": None, **look}, "encoding": level},
            *(
                {"data": words, "mark": {**text, **colour, "tooltip": None}, "encoding": word}
                for colour in (halo, {"color": INK})
            ),
        ]

    def told(self) -> Spec:
        """Return what the page needs to place it; `reach` is its axis, where that has the metric's own units."""
        domain = None if self.plus or self.times else self.axis.domain
        reach = (domain, self.axis.most or domain) if domain else None
        return {"metric": self.metric, "plus": self.plus, "times": self.times, "now": self.now, "reach": reach}


@dataclass(frozen=True)
class Picture:
    """Layers over each other, `height` pixels high, as wide as the page has room, and the levels drawn across them."""

    height: int
    layers: tuple[Layer, ...]
    levels: tuple[Level, ...] = ()

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
        series = [(layer, named) for layer in self.layers if (named := layer.series(caption.names, language))]
        if ghosts:
            shadows = [layer.shadow(whose, caption, language) for whose in (START, PINNED) for layer in self.layers]
            bands = [band for layer in self.layers if (band := layer.band())]
            layers = [shadow for shadow in shadows if shadow] + bands + layers
            _without_legends(layers, {layer.groups.field for layer, _named in series if layer.groups})
            layers += [spec for layer, named in series for spec in layer.key(named)]
            beside = next(iter(self.axes()["x"]), None)
            layers += [spec for level in self.levels for spec in level.render(beside)]
        body = layers[0] if len(layers) == 1 else {"layer": layers}
        whole = {
            **body,
            "height": self.height,
            "title": caption.title[language],
            "description": caption.title[language],
        }
        if ghosts:
            names = {name: caption.names[name][language] for name in sorted(self.names())}
            whole["usermeta"] = {
                "domains": self.domains(),
                "names": names,
                "truncated": TRUNCATED[language],
                "series": [named for _layer, named in series],
                "fans": [fan["id"] for layer in self.layers if (fan := layer.fan_columns())],
                "levels": [level.told() for level in self.levels],
            }
        return whole


def _without_legends(layers: Sequence[Spec], fields: set[str]) -> None:
    """Take the legends of lines away that have their names at their ends."""
    for layer in layers:
        for channel in ("color", "strokeDash"):
            if layer["encoding"].get(channel, {}).get("field") in fields:
                layer["encoding"][channel]["legend"] = None


Pictures = dict[str, Picture]
