"""Small tables from outside, as text: CSV with any delimiter in UTF-8, UTF-16 or GBK, and XLSX. Nothing is a number here:
zeros in front and numbers of twenty digits stay as they are, and one that a spreadsheet has spoilt is refused.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from course.archives import ArchiveFaultError, Bounds, Fault, measured
from course.grading.assignment.status import note
from course.i18n import N_
from course.i18n.message import Message

LARGEST = 25_000_000
# Bytes of a workbook unpacked, and of the texts that its cells share
BOUNDS = Bounds(unpacked=100_000_000, shared=30_000_000)
MOST_ROWS = 50_000
MOST_COLUMNS = 200
DELIMITERS = (",", ";", "\t", "，")
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# What a spreadsheet makes of a long number, and from where on it keeps no digit more
SPOILT = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")
EXACT = 10**15

DAMAGED, LOCKED = (
    N_("{file} is a damaged workbook. Save it again as XLSX."),
    N_("{file} is an old or a locked workbook. Save it as XLSX, without a password."),
)
FAULTS = {
    Fault.DAMAGED: DAMAGED,
    Fault.LOCKED: LOCKED,
    Fault.LARGE: N_("{file} would unpack to far more than a class list ({limit} MB at most). Save it as CSV."),
}

Rows = list[list[str]]


class SheetError(ValueError):
    """Raised where a table cannot be read, or not without guessing; `why` says so."""

    def __init__(self, why: Message) -> None:
        super().__init__(why.say("en"))
        self.why = why


def read(path: Path) -> Rows:
    """Return the rows of a CSV or XLSX file as stripped text, without empty rows at its end. Raises `SheetError`."""
    return from_bytes(_content(path), path.name)


def from_bytes(data: bytes, name: str) -> Rows:
    """Return the rows of a table that was read already. Raises `SheetError`."""
    if len(data) > LARGEST:
        raise SheetError(note(N_("{file} is larger than {limit} MB: no table."), file=name, limit=LARGEST // 10**6))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise SheetError(note(LOCKED, file=name))
    rows = _workbook(data, name) if data.startswith(b"PK") else _text(data, name)
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise SheetError(note(N_("{file} is empty."), file=name))
    if len(rows) > MOST_ROWS or max(map(len, rows)) > MOST_COLUMNS:
        why = N_("{file} has more than {rows} rows or {columns} columns: no class list.")
        raise SheetError(note(why, file=name, rows=MOST_ROWS, columns=MOST_COLUMNS))
    return rows


def decoded(raw: bytes) -> str | None:
    """Return a text in UTF-8 or GBK, None where it is neither or may be something else.

    Nearly every Chinese character in use is in GB 2312, whose two bytes both lie beyond ASCII. Western letters with
    accents stand alone, so hardly any text of theirs looks like that.

    >>> decoded("张伟".encode("gbk")), decoded("Renée".encode("cp1252"))
    ('张伟', None)
    """
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return _strictly(raw, encoding)
    found = _strictly(raw, "utf-8")
    if found is not None:
        return found
    found = _strictly(raw, "gb18030")
    beyond = [letter for letter in found or "" if letter > "\x7f"]
    if found is None or 2 * sum(map(_is_common, beyond)) < len(beyond):
        return None
    return found


def _strictly(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_common(letter: str) -> bool:
    try:
        return len(letter.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as error:
        why = N_("{file} cannot be opened: {problem}.")
        raise SheetError(note(why, file=path, problem=error.strerror or error)) from error


def _text(data: bytes, name: str) -> Rows:
    text = decoded(data)
    if text is None or "\0" in text:
        raise SheetError(
            note(N_("{file} is saved neither in UTF-8 nor in GBK. Save it as “CSV UTF-8”, or as XLSX."), file=name)
        )
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise SheetError(note(N_("{file} is no CSV file: {problem}."), file=name, problem=error)) from error
    return [[cell.strip() for cell in row] for row in rows if row]


def _workbook(data: bytes, name: str) -> Rows:
    try:
        measured(data, BOUNDS).close()
    except ArchiveFaultError as error:
        raise SheetError(note(FAULTS[error.fault], file=name, limit=BOUNDS.unpacked // 10**6)) from error
    try:
        from openpyxl import load_workbook

        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = []
        for sheet in book.worksheets:
            # a sheet says how large it is, and may be wrong
            sheet.reset_dimensions()
            sheets.append([list(row[: MOST_COLUMNS + 1]) for row in islice(sheet.iter_rows(), MOST_ROWS + 2)])
    except Exception as error:
        # a library of others' reads it, and anything may stand in the file
        raise SheetError(note(DAMAGED, file=name)) from error
    filled = [sheet for sheet in sheets if any(cell.value is not None for row in sheet for cell in row)]
    if len(filled) > 1:
        raise SheetError(
            note(N_("{file} has several sheets. Keep the one with the class, or save it as CSV."), file=name)
        )
    return [[_shown(cell, number, name) for cell in row] for number, row in enumerate(filled[0], 1)] if filled else []


def _shown(cell: Any, row: int, name: str) -> str:
    """Return a cell as text; a number keeps the zeros that its format shows."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value.isoformat() if isinstance(value, date) else str(value).strip()
    if abs(value) >= EXACT:
        why = N_(
            "{file}, row {row}: a number of more than 15 digits has lost its last ones. Format the column as text and "
            "enter them again."
        )
        raise SheetError(note(why, file=name, row=row))
    text = str(int(value)) if value == int(value) else repr(value)
    shape = str(getattr(cell, "number_format", "") or "")
    return text.zfill(len(shape)) if re.fullmatch("0{2,}", shape) else text
