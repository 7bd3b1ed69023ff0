"""XLSX workbooks, with care: what is packed is measured before it is read, and nothing in it is run or followed."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping
from typing import Any

from course.i18n import N_
from course.i18n.message import Message
from course.survey.archives import damaged, inspected
from course.survey.grid import Table, trimmed
from course.survey.messages import Progress, SurveyProblem
from course.survey.plan import Question
from course.survey.sheets import Sheet, pick, to_table

# a formula that was saved without its result
UNCALCULATED = re.compile(
    rb'<c\b[^>]*?\br="([A-Z]+)(\d+)"[^>]*>\s*<f\b[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml$")
# bounded, so that no tag without an end is gone through over and over
ROW = re.compile(rb"<row\b[^<>]{0,500}")
HIDDEN, NUMBER = re.compile(rb'\shidden="(?:1|true)"'), re.compile(rb'\sr="(\d{1,7})"')
SPREADSHEET_ROWS = 1_048_576


def read_xlsx(
    data: bytes, chosen: str | None = None, *, progress: Progress | None = None
) -> tuple[Table, str, Question | None]:
    """Return the table of a workbook's sheet, its name, and the question which sheet. Raises `SurveyProblem`."""
    look = _Look()
    notes = _inspect(data, look)
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            sheets = [_sheet(each, look.concealed) for each in book.worksheets if hasattr(each, "reset_dimensions")]
            sheet, question, others = pick(sheets, chosen)
            table = to_table(sheet, progress)
    except SurveyProblem:
        raise
    except Exception as failure:
        # openpyxl raises whatever its many readers raise
        raise damaged() from failure
    return Table(table.cells, (*notes, *others, *table.notes)), sheet.title, question


def _inspect(data: bytes, look: _Look) -> list[Message]:
    """Refuse what is no harmless workbook; return what is to be said of it."""
    names = inspected(data, look).namelist()
    if any(name.lower().endswith("vbaproject.bin") or "xl/macrosheets/" in name.lower() for name in names):
        raise SurveyProblem(
            Message(N_("The workbook contains macros (programs). Save it as .xlsx without macros, or as CSV."))
        )
    if "xl/workbook.xml" not in names:
        raise SurveyProblem(
            Message(N_("The file is an archive but no Excel workbook. Open it and save the table as .xlsx or CSV."))
        )
    notes = []
    if any(name.startswith("xl/externalLinks/") for name in names):
        notes.append(
            Message(N_("The workbook refers to other files. They stayed closed; its last saved values were used."))
        )
    return notes


class _Look:
    """Looks at the sheets as they are unpacked: refuses formulas without a result, keeps the numbers of hidden rows."""

    def __init__(self) -> None:
        self.concealed: dict[str, set[int]] = {}

    def __call__(self, part: str, piece: bytes) -> None:
        if not SHEET.match(part):
            return
        if found := UNCALCULATED.search(piece):
            raise _uncalculated(found[1].decode(), int(found[2]))
        if b'hidden="' not in piece:
            return
        rows = (row[0] for row in ROW.finditer(piece))
        numbers = (NUMBER.search(row) for row in rows if HIDDEN.search(row))
        self.concealed.setdefault(part, set()).update(int(number[1]) for number in numbers if number)


def _sheet(sheet: Any, concealed: Mapping[str, set[int]]) -> Sheet:
    # what a file claims of its size may be nonsense
    claim = min(sheet.max_row or 0, SPREADSHEET_ROWS)
    sheet.reset_dimensions()
    # openpyxl, reading row by row, keeps no rows' properties, and where the sheet lies only for itself
    hidden_rows = concealed.get(sheet._worksheet_path, set())
    return Sheet(str(sheet.title), sheet.sheet_state != "visible", claim, lambda: _rows(sheet), hidden_rows)


def _rows(sheet: Any) -> Iterator[list[str]]:
    """Yield a sheet's rows as text up to their last filled cell."""
    for place, values in enumerate(sheet.iter_rows(values_only=True)):
        if place >= SPREADSHEET_ROWS:
            raise damaged()
        yield trimmed(values)


def _uncalculated(column: str, row: int) -> SurveyProblem:
    return SurveyProblem(
        Message(
            N_(
                "Row {row}, column {column}: the cell holds a formula that was never calculated. Open the workbook in Excel "
                "or WPS, save it, and upload it again."
            ),
            row=row,
            column=column,
        ),
        row=row,
        column=column,
    )
