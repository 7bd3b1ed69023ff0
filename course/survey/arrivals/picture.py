"""The people of one day for the report, as SVG: steps over the day, and between which numbers they lie."""

from __future__ import annotations

from html import escape

from course.i18n import translator
from course.survey.arrivals.analysis import Findings
from course.survey.arrivals.clock import WEEKDAYS, clock
from course.survey.drawing import HEIGHT, MARGIN, WIDTH, line, scale, svg, text

MOST_LABELS = 12


def day(findings: Findings, language: str) -> str:
    """Return the people needed over the weekday that was asked about."""
    _ = translator(language)
    halves = findings.of_day(findings.asked[0])
    first, last = halves[0].start, halves[-1].start + findings.minutes
    top = max(each.most for each in halves)

    def at(minute: float, people: float) -> tuple[float, float]:
        return scale(first, last, MARGIN + 10, WIDTH - 20, minute), scale(0, top, HEIGHT - MARGIN, 20, people)

    parts = [line(*at(first, 0), *at(last, 0), "axis"), text(MARGIN, at(0, top)[1] + 4, str(top), "end")]
    parts.append(text(MARGIN, at(0, 0)[1] + 4, "0", "end"))
    every = -(-len(halves) // MOST_LABELS)
    for place, each in enumerate(halves):
        start, low = at(each.start, each.least)
        end, high = at(each.start + findings.minutes, each.most)
        band = f'<rect x="{start:.1f}" y="{high:.1f}" width="{end - start:.1f}" height="{max(low - high, 1):.1f}" '
        parts.append(
            f'{band}class="band"><title>{escape(f"{clock(each.start)}: {each.least}–{each.most}")}</title></rect>'
        )
        level = at(each.start, each.agents)[1]
        parts.append(line(start, level, end, level, "interval"))
        if place % every == 0:
            parts.append(text(start, HEIGHT - MARGIN + 18, clock(each.start)))
    title = _("People on duty on {day}: typical week (line), quiet to busy week (band)")
    told = title.format(day=_(WEEKDAYS[findings.asked[0]]))
    parts.append(text(WIDTH / 2, HEIGHT - 6, told))
    return svg(HEIGHT, told, "".join(parts))
