"""Old Excel and WPS workbooks (.xls, .et) and OpenDocument tables (.ods), by the calamine library, lazily imported."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from course.i18n import N_
from course.survey.grid import Table, as_text
from course.survey.limits import LIMITS
from course.survey.messages import Message, Progress, SurveyProblem
from course.survey.plan import Question
from course.survey.sheets import Sheet, pick, to_table
from course.survey.xlsx_reading import bomb, damaged, unpacked

# a cell or row that says it stands many times over
REPEATED_CELL = re.compile(rb'number-columns-repeated="(\d+)"[^>]*office:value-type')
REPEATED_ROW = re.compile(rb'<table:table-row\b[^>]*number-rows-repeated="(\d+)"[^>]*>(.*?)</table:table-row>', re.S)
MOST_EQUAL_ROWS = 1_000


def read_workbook(
    data: bytes, chosen: str | None = None, *, progress: Progress | None = None
) -> tuple[Table, str, Question | None]:
    """Return the table of a workbook's sheet, its name, and the question which sheet. Raises `SurveyProblem`."""
    if data.startswith(b"PK"):
        _inspect(data)
    from python_calamine import CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [_sheet(book, each) for each in book.sheets_metadata if str(each.typ).endswith("WorkSheet")]
        sheet, question, notes = pick(sheets, chosen)
        table = to_table(sheet, progress)
    except SurveyProblem:
        raise
    except PasswordError:
        raise SurveyProblem(
            Message(N_("The file is locked with a password. Remove the password and save it again."))
        ) from None
    except Exception as failure:
        # whatever a reader in another language raises
        raise damaged() from failure
    return Table(table.cells, (*notes, *table.notes)), sheet.title, question


def _sheet(book: Any, about: Any) -> Sheet:
    sheet = book.get_sheet_by_name(about.name)

    def rows() -> Iterator[list[str]]:
        for values in sheet.iter_rows():
            row = [as_text(value) for value in values]
            while row and not row[-1]:
                row.pop()
            yield row

    return Sheet(str(about.name), not str(about.visible).endswith("Visible"), int(sheet.total_height), rows)


def _inspect(data: bytes) -> None:
    """Refuse an OpenDocument archive that is locked, damaged, or would unpack to far more than a survey."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            total = 0
            for info in archive.infolist():
                total += unpacked(archive, info, LIMITS.unpacked - total)
            if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise SurveyProblem(
                    Message(N_("The file is locked with a password. Remove the password and save it again."))
                )
            content = archive.read("content.xml")
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, RuntimeError) as failure:
        raise damaged() from failure
    if any(int(found[1]) > LIMITS.columns for found in REPEATED_CELL.finditer(content)):
        raise bomb()
    for found in REPEATED_ROW.finditer(content):
        if int(found[1]) > MOST_EQUAL_ROWS and b"office:value-type" in found[2]:
            raise bomb()
