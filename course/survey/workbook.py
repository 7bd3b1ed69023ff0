"""The tables as one Excel workbook, a sheet for each, made in memory; no cell of it is a formula."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable
from typing import Any

from course.i18n.message import Message
from course.survey.report import DIGITS, harmless
from course.survey.tabulate import Cell, Sheet

NARROW, WIDE, LONGEST_NAME = 14, 40, 31


def workbook(sheets: Iterable[Sheet], language: str) -> bytes:
    """Return tables as the bytes of an .xlsx file; numbers stay numbers, and no text is a formula or a link."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    # openpyxl would write every sheet to a temporary file
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.key[:LONGEST_NAME])
        page.set_column(0, len(sheet.heads) - 1, NARROW if len(sheet.heads) > 2 else WIDE)
        page.freeze_panes(1, 1)
        page.write_row(0, 0, [harmless(head.say(language)) for head in sheet.heads], bold)
        for place, row in enumerate(sheet.rows, 1):
            page.write_row(place, 0, [_value(cell, language) for cell in row])
    book.close()
    return out.getvalue()


def _value(cell: Cell, language: str) -> Any:
    if isinstance(cell, float):
        return None if math.isnan(cell) else round(cell, DIGITS)
    if isinstance(cell, int) or cell is None:
        return cell
    return harmless(cell.say(language) if isinstance(cell, Message) else cell)
