"""Pictures for the reports as SVG: gaps with intervals, maps of importance and of shares, the control chart."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import numpy as np

from course.i18n import Translate
from course.survey.analysis import Chart, Findings, Map
from course.survey.names import dimension
from course.survey.values import Numbers

WIDTH, ROW, LEFT = 640, 34, 150
HEIGHT, MARGIN = 320, 46


def scale(low: float, high: float, start: float, end: float, value: float) -> float:
    """Return where `value` of a scale from `low` to `high` lies between `start` and `end`."""
    return start + (value - low) / ((high - low) or 1) * (end - start)


def svg(height: float, title: str, body: str) -> str:
    """Return a picture of the report, with its name."""
    return (
        f'<svg viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{escape(title, quote=True)}">'
        f"<title>{escape(title)}</title>{body}</svg>"
    )


def text(x: float, y: float, text: str, anchor: str = "middle") -> str:
    """Return a text."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    """Return a line of the look `kind`."""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="{kind}"/>'


def _axis_titles(across: str, up: str) -> list[str]:
    turned = f'transform="translate(18 {HEIGHT / 2:.0f}) rotate(-90)" text-anchor="middle"'
    return [text(WIDTH / 2, HEIGHT - 14, across), f"<text {turned}>{escape(up)}</text>"]


def gaps(findings: Findings, _: Translate, language: str) -> str:
    """Return gaps (perceptions, where there are no gaps) per dimension with their 95% intervals, "" for neither."""
    of_gap = any(each.gap for each in findings.dimensions)
    found = [(each, each.gap if of_gap else each.perception) for each in findings.dimensions]
    rows = [(each, estimate) for each, estimate in found if estimate is not None]
    if not rows:
        return ""
    low = min(0.0 if of_gap else float(findings.low), *(estimate.low for _each, estimate in rows))
    high = max(0.0 if of_gap else float(findings.high), *(estimate.high for _each, estimate in rows))
    height = ROW * len(rows) + 40

    def across(value: float) -> float:
        return scale(low, high, LEFT + 20, WIDTH - 60, value)

    parts = [line(across(0.0), 8, across(0.0), height - 28, "axis")] if of_gap else []
    for place, (each, estimate) in enumerate(rows):
        y = 24 + ROW * place
        parts += [
            text(LEFT, y + 4, dimension(each.name).say(language), "end"),
            line(across(estimate.low), y, across(estimate.high), y, "interval"),
            f'<circle cx="{across(estimate.value):.1f}" cy="{y}" r="5"/>',
            text(across(estimate.high) + 8, y + 4, f"{estimate.value:.2f}", "start"),
        ]
    foot = (
        _("Gap P − E in points of the scale, with 95% intervals")
        if of_gap
        else _("Mean perception, with 95% intervals")
    )
    parts.append(text((LEFT + WIDTH) / 2, height - 8, foot))
    return svg(height, foot, "".join(parts))


def importance(drawn: Map, _: Translate, language: str) -> str:
    """Return the importance–performance map."""
    across = [place.importance for place in drawn.places]
    up = [place.performance for place in drawn.places]
    wide, tall = 0.12 * (max(across) - min(across) or 1), 0.12 * (max(up) - min(up) or 1)

    def at(matters: float, done: float) -> tuple[float, float]:
        return (
            scale(min(across) - wide, max(across) + wide, MARGIN, WIDTH - 90, matters),
            scale(min(up) - tall, max(up) + tall, HEIGHT - MARGIN, 16, done),
        )

    middle = at(*drawn.crossing)
    parts = [
        line(middle[0], 10, middle[0], HEIGHT - MARGIN, "axis"),
        line(MARGIN, middle[1], WIDTH - 20, middle[1], "axis"),
    ]
    for place in drawn.places:
        x, y = at(place.importance, place.performance)
        name = dimension(place.dimension).say(language)
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5"/>', text(x + 9, y + 4, name, "start")]
    parts += _axis_titles(_("Importance →"), _("Performance →"))
    return svg(HEIGHT, _("Importance and performance of the dimensions"), "".join(parts))


def control(chart: Chart, _: Translate) -> str:
    """Return the chart of the means with its limits; alarms are filled squares."""
    low = float(min(chart.means.min(), chart.lower.min()))
    high = float(max(chart.means.max(), chart.upper.max()))
    count = chart.means.size

    def at(place: float, value: float) -> tuple[float, float]:
        return (
            scale(0, count - 1, MARGIN + 10, WIDTH - 20, place),
            scale(low, high, HEIGHT - MARGIN, 20, value),
        )

    def path(values: Numbers, kind: str) -> str:
        points = " ".join("{:.1f},{:.1f}".format(*at(place, float(value))) for place, value in enumerate(values))
        return f'<polyline points="{points}" class="{kind}"/>'

    alarmed = {alarm.place for alarm in chart.alarms if alarm.rule != "spread"}
    parts = [
        path(chart.lower, "limit"),
        path(chart.upper, "limit"),
        path(np.full(count, chart.centre), "axis"),
        path(chart.means, "line"),
    ]
    for place, value in enumerate(chart.means):
        x, y = at(place, float(value))
        if place in alarmed:
            parts.append(f'<rect x="{x - 5:.1f}" y="{y - 5:.1f}" width="10" height="10" class="alarm"/>')
        else:
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"/>')
    for value in (low, chart.centre, high):
        parts.append(text(MARGIN, at(0, value)[1] + 4, f"{value:.2f}", "end"))
    parts.append(text(MARGIN + 10, HEIGHT - 20, str(chart.starts[0]), "start"))
    parts.append(text(WIDTH - 20, HEIGHT - 20, str(chart.starts[-1]), "end"))
    return svg(HEIGHT, _("Means over time with control limits; squares are alarms"), "".join(parts))


def unit_map(
    points: Sequence[tuple[str, float, float, float, float, float, float]],
    corners: Sequence[str],
    axes: tuple[str, str],
    title: str,
) -> str:
    """Return a map of shares from 0 to 1 with their intervals, crossed at a half.

    Points: name; value, low, high to the right; the same upwards. `corners`: top left, top right, below left, below right.
    """

    def at(right: float, up: float) -> tuple[float, float]:
        return scale(0, 1, MARGIN, WIDTH - 20, right), scale(0, 1, HEIGHT - MARGIN, 16, up)

    parts = [
        line(*at(0.5, 0), *at(0.5, 1), "axis"),
        line(*at(0, 0.5), *at(1, 0.5), "axis"),
        line(*at(0, 0), *at(1, 0), "axis"),
        line(*at(0, 0), *at(0, 1), "axis"),
    ]
    for words, (x, y, anchor) in zip(
        corners, ((0.01, 0.95, "start"), (0.99, 0.95, "end"), (0.01, 0.02, "start"), (0.99, 0.02, "end")), strict=True
    ):
        parts.append(text(*at(x, y), words, anchor))
    for name, right, left_end, right_end, up, low, high in points:
        x, y = at(right, up)
        parts += [
            line(*at(left_end, up), *at(right_end, up), "interval"),
            line(*at(right, low), *at(right, high), "interval"),
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5"/>',
            text(x + (8 if right < 0.6 else -8), y - 7, name, "start" if right < 0.6 else "end"),
        ]
    parts += _axis_titles(*axes)
    return svg(HEIGHT, title, "".join(parts))
