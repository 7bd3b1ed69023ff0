"""The findings as slides with charts that PowerPoint can edit; python-pptx, lazily imported."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence
from typing import Any

from course.i18n import Translate, current_language, translator
from course.survey.analysis import Findings
from course.survey.extras import need_writer
from course.survey.findings import Sentence, sentences
from course.survey.names import dimension
from course.survey.report import about
from course.survey.word import real_minus

FONTS = {"zh": "Microsoft YaHei", "en": "Calibri"}
MOST_SAID, MOST_ITEMS = 6, 12
Series = tuple[str, Sequence[float]]


def slides(findings: Findings, language: str | None = None) -> bytes:
    """Return the slides as the bytes of a .pptx file: what was found, and a chart for each result."""
    need_writer("pptx")
    from pptx.enum.chart import XL_CHART_TYPE

    language = language or current_language()
    _ = translator(language)
    said = sentences(findings)
    first = list({each.topic: each for each in reversed(said)}.values())[::-1][:MOST_SAID]
    deck = begun(_("What the survey says"), about(findings, _), first, language)
    named = [(dimension(each.name).say(language), each) for each in findings.dimensions]
    gaps = [(name, each.gap.value) for name, each in named if each.gap]
    if gaps:
        deck.chart(_("Gap P − E in points of the scale"), XL_CHART_TYPE.BAR_CLUSTERED, *_bars(gaps, _("Gap")))
    levels = _levels(findings, _, language)
    if levels:
        deck.chart(_("Expectation and perception"), XL_CHART_TYPE.BAR_CLUSTERED, *levels)
    items = sorted((each.gap.value, each.name) for each in findings.items if each.gap)[:MOST_ITEMS]
    if items:
        bars = [(_short(name), value) for value, name in items]
        deck.chart(_("The questions with the widest gaps"), XL_CHART_TYPE.BAR_CLUSTERED, *_bars(bars, _("Gap")))
    if found := findings.recommendation:
        names = [_("Promoters"), _("Passives"), _("Detractors")]
        counts = [found.promoters, found.passives, found.detractors]
        title = _("Net promoter score {value:+.1f}").format(value=found.score.value).replace("-", "−")
        deck.chart(title, XL_CHART_TYPE.BAR_CLUSTERED, names[::-1], [(_("Customers"), counts[::-1])], "0")
    if drawn := findings.chart:
        days = [str(day.astype("datetime64[D]")) for day in drawn.starts]
        lines: list[Series] = [
            (_("Mean"), drawn.means.tolist()),
            (_("Lower limit"), drawn.lower.tolist()),
            (_("Centre line"), [drawn.centre] * len(days)),
            (_("Upper limit"), drawn.upper.tolist()),
        ]
        deck.chart(_("Over time"), XL_CHART_TYPE.LINE, days, lines)
    return deck.saved()


def begun(title: str, rests_on: str, said: Iterable[Sentence], language: str) -> Deck:
    """Return a deck with its first two slides: the title with what it rests on, and sentences."""
    from pptx import Presentation
    from pptx.util import Inches

    _ = translator(language)
    show = Presentation()
    show.slide_width, show.slide_height = Inches(13.333), Inches(7.5)
    show.core_properties.title = title
    show.core_properties.author = ""
    deck = Deck(show, FONTS[language])
    deck.text(title, [rests_on])
    lines = [(_("Caution:") + " " if each.caution else "") + real_minus(each.message.say(language)) for each in said]
    deck.text(_("Findings"), lines)
    return deck


def _bars(pairs: Sequence[tuple[str, float]], name: str) -> tuple[list[str], list[Series]]:
    """Return categories and series; a bar chart draws the first category at the bottom."""
    turned = list(pairs)[::-1]
    return [label for label, _value in turned], [(name, [value for _label, value in turned])]


def _levels(findings: Findings, _: Translate, language: str) -> tuple[list[str], list[Series]] | None:
    rows = [each for each in findings.dimensions if each.perception or each.expectation][::-1]
    if not rows:
        return None
    series: list[Series] = []
    for label, values in (
        (_("Perception"), [each.perception for each in rows]),
        (_("Expectation"), [each.expectation for each in rows]),
    ):
        if all(values):
            series.append((label, [value.value for value in values if value]))
    return ([dimension(each.name).say(language) for each in rows], series) if series else None


def _short(name: str) -> str:
    return name if len(name) <= 36 else f"{name[:35]}…"


class Deck:
    """Slides, one after the other."""

    def __init__(self, show: Any, font: str) -> None:
        self.show, self.font = show, font

    def _slide(self, title: str) -> Any:
        from pptx.util import Inches, Pt

        slide = self.show.slides.add_slide(self.show.slide_layouts[6])
        box = slide.shapes.add_textbox(Inches(0.6), Inches(0.4), Inches(12.1), Inches(0.9))
        self._write(box.text_frame, [title], Pt(32), bold=True)
        return slide

    def _write(self, frame: Any, lines: Sequence[str], size: Any, *, bold: bool = False) -> None:
        frame.word_wrap = True
        for place, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            run = paragraph.add_run()
            run.text, run.font.size, run.font.bold, run.font.name = line, size, bold, self.font
            paragraph.space_after = size // 2

    def saved(self) -> bytes:
        """Return the slides as the bytes of a .pptx file."""
        out = io.BytesIO()
        self.show.save(out)
        return out.getvalue()

    def text(self, title: str, lines: Sequence[str]) -> None:
        """Add a slide with sentences."""
        from pptx.util import Inches, Pt

        box = self._slide(title).shapes.add_textbox(Inches(0.6), Inches(1.5), Inches(12.1), Inches(5.5))
        self._write(box.text_frame, lines, Pt(20))

    def chart(
        self, title: str, kind: Any, categories: Sequence[str], series: Sequence[Series], number_format: str = "0.00"
    ) -> None:
        """Add a slide with a chart."""
        from pptx.chart.data import CategoryChartData
        from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
        from pptx.util import Inches, Pt

        data = CategoryChartData(number_format=number_format)
        data.categories = list(categories)
        for name, values in series:
            data.add_series(name, list(values))
        place = (Inches(0.6), Inches(1.4), Inches(12.1), Inches(5.7))
        chart = self._slide(title).shapes.add_chart(kind, *place, data).chart
        chart.font.size, chart.font.name = Pt(14), self.font
        chart.has_title = False
        chart.has_legend = len(series) > 1
        if chart.has_legend:
            chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        # names of bars stay beside the chart where the bars point to the left
        chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        if kind == XL_CHART_TYPE.LINE:
            # seen from 0, a process is always calm
            chart.value_axis.minimum_scale = math.floor(min(min(values) for _name, values in series))
        plot = chart.plots[0]
        if len(categories) <= MOST_ITEMS:
            plot.has_data_labels = True
            plot.data_labels.number_format, plot.data_labels.number_format_is_linked = number_format, False
