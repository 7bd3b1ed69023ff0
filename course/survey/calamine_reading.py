"""Old Excel and WPS workbooks (.xls, .et) and OpenDocument tables (.ods), by the calamine library, lazily imported."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from course.i18n import N_
from course.i18n.message import Message
from course.survey.archives import damaged, inspected, locked
from course.survey.extras import need_reader
from course.survey.grid import Table, trimmed
from course.survey.messages import Progress, SurveyProblem
from course.survey.opendocument import concealed_rows
from course.survey.plan import Question
from course.survey.sheets import Sheet, pick, to_table


def read_workbook(
    data: bytes, chosen: str | None = None, *, progress: Progress | None = None
) -> tuple[Table, str, Question | None]:
    """Return the table of a workbook's sheet, its name, and the question which sheet. Raises `SurveyProblem`."""
    archive = data.startswith(b"PK")
    concealed = _inspect(data) if archive else {}
    need_reader("python_calamine")
    from python_calamine import CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [_sheet(book, each, concealed) for each in book.sheets_metadata if str(each.typ).endswith("WorkSheet")]
        sheet, question, notes = pick(sheets, chosen)
        table = to_table(sheet, progress)
    except SurveyProblem:
        raise
    except PasswordError:
        raise locked() from None
    except BaseException as failure:
        # whatever a reader in another language raises; where it panics, that is no `Exception`
        if isinstance(failure, Exception) or type(failure).__name__ == "PanicException":
            raise damaged() from failure
        raise
    if not archive:
        # calamine does not tell which rows these are
        notes.append(Message(N_("Rows that are hidden in an .xls workbook are read like the others.")))
    return Table(table.cells, (*notes, *table.notes)), sheet.title, question


def _sheet(book: Any, about: Any, concealed: Mapping[str, set[int]]) -> Sheet:
    sheet = book.get_sheet_by_name(about.name)

    def rows() -> Iterator[list[str]]:
        yield from map(trimmed, sheet.iter_rows())

    hidden = not str(about.visible).endswith("Visible")
    return Sheet(str(about.name), hidden, int(sheet.total_height), rows, concealed.get(about.name, set()))


def _inspect(data: bytes) -> dict[str, set[int]]:
    """Return the hidden rows of an OpenDocument archive; refuse one that is locked, damaged, or would unpack too far."""
    archive = inspected(data)
    try:
        manifest, content = archive.read("META-INF/manifest.xml"), archive.read("content.xml")
    except KeyError as failure:
        raise damaged() from failure
    if b"encryption-data" in manifest:
        raise locked()
    return concealed_rows(content)
