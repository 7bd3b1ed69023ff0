"""XLSX workbooks, with care: what is packed is measured before it is read, and nothing in it is run or followed."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from typing import Any

import pandas as pd

from course.i18n import N_
from course.survey.grid import LOOK_AHEAD, Table, as_text, find_header, name_columns
from course.survey.limits import LIMITS
from course.survey.messages import Message, Progress, SurveyProblem

PIECE = 1 << 20
MOST_PARTS = 2_000
# a formula that was saved without its result
UNCALCULATED = re.compile(
    rb'<c\b[^>]*?\br="([A-Z]+)(\d+)"[^>]*>\s*<f\b[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml$")
SPREADSHEET_ROWS = 1_048_576


def read_xlsx(data: bytes, *, progress: Progress | None = None) -> tuple[Table, str]:
    """Return the table of a workbook's first sheet with answers, and that sheet's name. Raises `SurveyProblem`."""
    notes = _inspect(data)
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            tables = [(sheet, _rows(sheet, progress)) for sheet in book.worksheets[:1]]
            for sheet in book.worksheets[1:]:
                if _answers(tables[-1][1]):
                    break
                tables.append((sheet, _rows(sheet, progress)))
    except SurveyProblem:
        raise
    except Exception as failure:
        # openpyxl raises whatever its many readers raise
        raise _damaged() from failure
    sheet, rows = tables[-1] if _answers(tables[-1][1]) else max(tables, key=lambda pair: len(pair[1]))
    others = len(book.worksheets) - 1
    if others:
        notes.append(
            Message(
                N_("Only the sheet “{sheet}” was read; the workbook has {count} more."), sheet=sheet.title, count=others
            )
        )
    if not any(any(row) for row in rows):
        raise SurveyProblem(Message(N_("The workbook holds no text. Choose the one that holds the answers.")))
    width = max(map(len, rows))
    header = find_header(rows[:LOOK_AHEAD], width)
    body = [row + [""] * (width - len(row)) for row in rows[header.rows :]]
    columns = list(zip(*body, strict=True)) if body else [()] * width
    cells = pd.DataFrame({place: pd.Categorical(list(column)) for place, column in enumerate(columns)})
    cells.index = pd.RangeIndex(header.rows + 1, header.rows + 1 + len(cells))
    table = name_columns(cells, header)
    return Table(table.cells, (*notes, *table.notes)), str(sheet.title)


def _answers(rows: list[list[str]]) -> bool:
    return sum(any(row) for row in rows) > 1


def _inspect(data: bytes) -> list[Message]:
    """Refuse what is no harmless workbook, unpacking each part piece by piece and counting; return what is to be said."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError) as failure:
        raise _damaged() from failure
    if "mimetype" in names and b"opendocument" in _start(archive, "mimetype"):
        raise SurveyProblem(
            Message(N_("The file is an OpenDocument table (.ods). Open it and save it as .xlsx or CSV."))
        )
    if any(info.flag_bits & 1 for info in archive.infolist()):
        raise SurveyProblem(Message(N_("The file is locked with a password. Remove the password and save it again.")))
    declared = sum(info.file_size for info in archive.infolist())
    if declared > LIMITS.unpacked or len(names) > MOST_PARTS:
        raise _bomb()
    if any(name.lower().endswith("vbaproject.bin") or "xl/macrosheets/" in name.lower() for name in names):
        raise SurveyProblem(
            Message(N_("The workbook contains macros (programs). Save it as .xlsx without macros, or as CSV."))
        )
    if "xl/workbook.xml" not in names:
        raise SurveyProblem(
            Message(N_("The file is an archive but no Excel workbook. Open it and save the table as .xlsx or CSV."))
        )
    notes, total = [], 0
    for info in archive.infolist():
        total += _unpacked(archive, info, LIMITS.unpacked - total)
    if any(name.startswith("xl/externalLinks/") for name in names):
        notes.append(
            Message(N_("The workbook refers to other files. They stayed closed; its last saved values were used."))
        )
    return notes


def _start(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as stream:
        return stream.read(200)


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, allowed: int) -> int:
    """Return a part's true size, having looked at it. Raises `SurveyProblem` where it is too big, damaged or harmful."""
    shared = info.filename.endswith("sharedStrings.xml")
    most = min(allowed, LIMITS.shared) if shared else allowed
    is_sheet, is_xml = bool(SHEET.match(info.filename)), info.filename.endswith((".xml", ".rels"))
    size, tail = 0, b""
    try:
        with archive.open(info) as stream:
            while piece := stream.read(PIECE):
                size += len(piece)
                if size > most:
                    raise _bomb()
                window = tail + piece
                if is_xml and (b"<!DOCTYPE" in window or b"<!ENTITY" in window):
                    raise _damaged()
                if is_sheet and (found := UNCALCULATED.search(window)):
                    raise _uncalculated(found[1].decode(), int(found[2]))
                tail = window[-1000:]
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError) as failure:
        raise _damaged() from failure
    except Exception as failure:
        if isinstance(failure, SurveyProblem):
            raise
        # zlib.error is an Exception of its own
        raise _damaged() from failure
    return size


def _rows(sheet: Any, progress: Progress | None) -> list[list[str]]:
    """Return a sheet's rows as text up to their last filled cell."""
    if not hasattr(sheet, "reset_dimensions"):
        return []
    # what a file claims of its size may be nonsense
    claimed = min(sheet.max_row or LIMITS.rows, LIMITS.rows)
    sheet.reset_dimensions()
    rows: list[list[str]] = []
    for place, values in enumerate(sheet.iter_rows(values_only=True)):
        if place >= SPREADSHEET_ROWS:
            raise _damaged()
        row = [as_text(value) for value in values]
        while row and not row[-1]:
            row.pop()
        if len(row) > LIMITS.columns:
            find_header([row], len(row))
        rows.append(row)
        if place - LOOK_AHEAD > LIMITS.rows and row:
            raise SurveyProblem(
                Message(
                    N_("The table has more than {limit} rows of answers. Take a random part of them."),
                    limit=f"{LIMITS.rows:,}",
                )
            )
        if progress and place % 2000 == 0:
            progress(min(place / max(claimed, 1), 0.95))
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _damaged() -> SurveyProblem:
    return SurveyProblem(
        Message(N_("The workbook is damaged and cannot be read. Open it in Excel or WPS and save it again, or as CSV."))
    )


def _bomb() -> SurveyProblem:
    return SurveyProblem(
        Message(
            N_(
                "Unpacked, the workbook is far larger than a survey ({limit:.0f} MB at most). "
                "Save the sheet with the answers as CSV."
            ),
            limit=LIMITS.unpacked / 1e6,
        )
    )


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
