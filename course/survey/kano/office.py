"""The Kano report for Word and as slides with charts that PowerPoint can edit; both libraries are imported lazily."""

from __future__ import annotations

from course.i18n import translator
from course.survey import slides as decks
from course.survey import word
from course.survey.extras import need_writer
from course.survey.kano.analysis import Findings
from course.survey.kano.telling import BETTER, TITLE, WORSE, about, class_name, sentences, sheets, sources
from course.survey.messages import quote
from course.theory.kano import CLASSES


def document(findings: Findings, language: str) -> bytes:
    """Return the report as the bytes of a .docx file."""
    title = translator(language)(TITLE)
    read = sources(language)
    return word.written(title, about(findings, language), sentences(findings), sheets(findings), (), read, language)


def slides(findings: Findings, language: str) -> bytes:
    """Return the slides as the bytes of a .pptx file: what was found, better and worse, and the classes."""
    need_writer("pptx")
    from pptx.enum.chart import XL_CHART_TYPE

    _ = translator(language)
    deck = decks.begun(_(TITLE), about(findings, language), sentences(findings)[: decks.MOST_SAID], language)
    # a bar chart draws the first category at the bottom
    shown = findings.features[: decks.MOST_ITEMS][::-1]
    rated = [(quote(each.name), each.better, each.worse) for each in shown if each.better and each.worse]
    if rated:
        better = [ratio.value for _name, ratio, _worse in rated]
        worse = [ratio.value for _name, _better, ratio in rated]
        both = [(_(WORSE), worse), (_(BETTER), better)]
        deck.chart(_("Better and worse"), XL_CHART_TYPE.BAR_CLUSTERED, [name for name, *_rest in rated], both)
    shares = [(class_name(kind).say(language), [100 * each.share(kind).value for each in shown]) for kind in CLASSES]
    names = [quote(each.name) for each in shown]
    deck.chart(_("Shares of the classes"), XL_CHART_TYPE.BAR_STACKED_100, names, shares, "0")
    return deck.saved()
