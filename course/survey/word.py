"""The report as a Word document: sentences, a table per result, and the pictures' numbers; python-docx, lazily imported."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterable, Sequence
from typing import Any

from course.i18n import current_language, translator
from course.i18n.message import Message
from course.survey.analysis import Findings
from course.survey.extras import need_writer
from course.survey.findings import Sentence, sentences
from course.survey.report import about, sources
from course.survey.tabulate import Cell, Sheet, tabulate

FONTS = {"zh": ("Calibri", "Microsoft YaHei"), "en": ("Calibri", "Calibri")}
WIDE = 8
"""A table with more columns than this is set in smaller type."""


def document(findings: Findings, language: str | None = None) -> bytes:
    """Return the report as the bytes of a .docx file."""
    language = language or current_language()
    _ = translator(language)
    title, rests_on = _("What the survey says"), about(findings, _)
    said, tables = sentences(findings), tabulate(findings)
    return written(title, rests_on, said, tables, findings.absent, sources(language), language)


def written(
    title: str,
    rests_on: str,
    said: Iterable[Sentence],
    tables: Iterable[Sheet],
    absent: Sequence[Message],
    read: Iterable[str],
    language: str,
) -> bytes:
    """Return a report as the bytes of a .docx file; its parts are those of `course.survey.report.page`, tables as such."""
    need_writer("docx")
    from docx import Document
    from docx.enum.section import WD_ORIENT

    _ = translator(language)
    page = Document()
    section = page.sections[0]
    # fourteen columns do not fit on an upright page
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    _set_fonts(page, language)
    page.core_properties.title = title
    page.core_properties.author = ""
    page.add_heading(title, 0)
    page.add_paragraph(rests_on)
    page.add_heading(_("Findings"), 1)
    for each in said:
        line = page.add_paragraph(style="List Bullet")
        if each.caution:
            line.add_run(_("Caution:") + " ").bold = True
        line.add_run(real_minus(each.message.say(language)))
    for sheet in tables:
        page.add_heading(sheet.title.say(language), 1)
        _add_table(page, sheet, language)
    if absent:
        page.add_heading(_("What this survey cannot say"), 1)
        for message in absent:
            page.add_paragraph(message.say(language), style="List Bullet")
    page.add_heading(_("Sources of the methods"), 1)
    for source in read:
        page.add_paragraph(source)
    out = io.BytesIO()
    page.save(out)
    return out.getvalue()


def _set_fonts(page: Any, language: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    latin, chinese = FONTS[language]
    for name in ("Normal", "Title", "Heading 1"):
        style = page.styles[name]
        style.font.name = latin
        style.font.color.rgb = RGBColor(0x1B, 0x1F, 0x24)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        # a heading of the template names fonts of its theme, which come before ours
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), chinese)


def _add_table(page: Any, sheet: Sheet, language: str) -> None:
    from docx.shared import Pt

    table = page.add_table(rows=1, cols=len(sheet.heads), style="Light Grid Accent 1")
    for cell, head in zip(table.rows[0].cells, sheet.heads, strict=True):
        cell.text = head.say(language)
    for row in sheet.rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = shown(value, language)
    size = Pt(8) if len(sheet.heads) > WIDE else Pt(9.5)
    for row in table.rows:
        for cell in row.cells:
            for run in cell.paragraphs[0].runs:
                run.font.size = size


def real_minus(text: str) -> str:
    """Return a sentence with a true minus before its negative numbers.

    >>> real_minus("-0.5 since 2026-03-02")
    '−0.5 since 2026-03-02'
    """
    return re.sub(r"(?<![\w-])-(?=\d)", "−", text)


def shown(cell: Cell, language: str) -> str:
    """Return a cell of a table as text: two decimals, a real minus, a dash where there is nothing."""
    match cell:
        case None:
            return "–"
        case Message():
            return cell.say(language)
        case float():
            return "–" if math.isnan(cell) else f"{cell:.2f}".replace("-", "−")
        case int():
            return f"{cell:,}"
    return cell
