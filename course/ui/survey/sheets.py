"""A table of the report as the page shows it: in one language, every cell a text."""

from __future__ import annotations

import math
from typing import Any

from course.i18n import translator
from course.survey import Message
from course.survey.tabulate import Cell, Sheet
from course.ui.numbers import real_minus

ABSENT = "–"


def shown(value: float, digits: int = 2) -> str:
    """Return a number as readers expect it: a real minus, a dash where there is none."""
    return ABSENT if math.isnan(value) else real_minus(f"{value:,.{digits}f}")


def describe_sheet(sheet: Sheet, language: str, columns: slice = slice(None), title: str = "") -> dict[str, Any]:
    """Return a table of the report, the first column and those chosen of the others; under another `title` where given."""
    rows = [[row[0], *row[1:][columns]] for row in sheet.rows]
    return {
        "title": translator(language)(title) if title else sheet.title.say(language),
        "heads": [head.say(language) for head in (sheet.heads[0], *sheet.heads[1:][columns])],
        "rows": [[_cell(cell, language) for cell in row] for row in rows],
    }


def _cell(cell: Cell, language: str) -> str:
    if cell is None:
        return ABSENT
    if isinstance(cell, Message):
        return real_minus(cell.say(language))
    if isinstance(cell, int):
        return f"{cell:,}"
    return shown(cell) if isinstance(cell, float) else cell
