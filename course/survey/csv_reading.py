"""CSV as the world writes it: four delimiters, quoted line breaks, three kinds of line end, a line that says `sep=;`."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import islice

import numpy as np
import pandas as pd

from course.i18n import N_
from course.i18n.message import Message
from course.survey.encodings import ENCODINGS, decode
from course.survey.grid import LOOK_AHEAD, Header, Table, as_text, find_header, letter, name_columns, too_many_rows
from course.survey.limits import LIMITS
from course.survey.messages import SurveyProblem
from course.survey.plan import Question

DELIMITERS = (",", ";", "\t", "|")
SNIFFED = 30


def read_csv(data: bytes, chosen: str | None = None) -> tuple[Table, str, str, Question | None]:
    """Return the table, its encoding, its delimiter, and the question which encoding it has where that is in doubt.

    `chosen` is the answer to it. Raises `SurveyProblem`.
    """
    decoded = decode(data, chosen)
    text, encoding = decoded.text, decoded.encoding
    _refuse_zeros(text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.rstrip("\n")
    delimiter, skipped = _delimiter(text)
    if skipped:
        text = text.split("\n", 1)[-1] if "\n" in text else ""
    counts = _field_counts(text, delimiter, skipped)
    if len(counts) > LIMITS.rows * 2 + LOOK_AHEAD:
        raise too_many_rows(len(counts))
    top = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), LOOK_AHEAD))
    if not top:
        raise SurveyProblem(Message(N_("The file is empty. Choose the file that holds the answers.")))
    width = int(counts[: len(top)].max(initial=1))
    header = find_header(top, width)
    width, notes = _even(text, delimiter, counts, header, skipped)
    cells = pd.read_csv(
        io.BytesIO(text.encode()),
        sep=delimiter,
        header=None,
        names=range(width),
        skiprows=header.rows,
        dtype="category",
        na_filter=False,
        skip_blank_lines=False,
        index_col=False,
        engine="c",
    )
    for place, column in cells.items():
        if len(column.cat.categories) and not isinstance(column.cat.categories[0], str):
            # newer pandas reads a column of nothing but numbers as numbers
            cells[place] = column.cat.rename_categories([as_text(value) for value in column.cat.categories.tolist()])
    cells.index = pd.RangeIndex(header.rows + skipped + 1, header.rows + skipped + 1 + len(cells))
    shown = Header(header.names + ("",) * (width - len(header.names)), header.rows + skipped, (*header.notes, *notes))
    table = name_columns(cells, shown)
    if encoding in ENCODINGS:
        said = Message(N_("The text was read as {encoding}."), encoding=Message(ENCODINGS[encoding].label))
        table = Table(table.cells, (said, *table.notes))
    return table, encoding, delimiter, decoded.question


def _refuse_zeros(text: str) -> None:
    at = text.find("\0")
    if at < 0:
        return
    row = text.count("\n", 0, at) + 1
    line = text[text.rfind("\n", 0, at) + 1 : at]
    column = letter(max(line.count(mark) for mark in DELIMITERS))
    raise SurveyProblem(
        Message(
            N_(
                "Row {row}, column {column}: the file holds zero bytes, so it is not a text, or it was damaged on the way. "
                "Export the answers once more, as CSV or XLSX."
            ),
            row=row,
            column=column,
        ),
        row=row,
        column=column,
    )


def _delimiter(text: str) -> tuple[str, int]:
    """Return the delimiter, and 1 where the first line only names it (`sep=;`, as Excel writes it)."""
    first = text.split("\n", 1)[0].strip().strip('"').lower()
    if first.startswith("sep=") and len(first) == 5:
        return first[4], 1
    if text[:5].lower() == "sep=\t":
        return "\t", 1
    sample = text[:100_000]
    best, delimiter = (0.0, 0), ","
    for candidate in DELIMITERS:
        if candidate not in sample:
            continue
        try:
            rows = list(islice(csv.reader(io.StringIO(sample, newline=""), delimiter=candidate), SNIFFED))
        except csv.Error:
            continue
        lengths = [len(row) for row in rows if any(row)]
        usual, times = Counter(length for length in lengths if length > 1).most_common(1)[0] if lengths else (1, 0)
        score = (round(times / max(len(lengths), 1), 1), usual)
        if score > best:
            best, delimiter = score, candidate
    return delimiter, 0


def _field_counts(text: str, delimiter: str, skipped: int) -> np.ndarray:
    """Return the number of cells of every row. Raises `SurveyProblem` at a quotation mark that is not closed."""
    if '"' not in text:
        return np.fromiter((line.count(delimiter) + 1 for line in text.split("\n")), dtype=np.int64)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    counts, line = [], 0
    try:
        for row in reader:
            counts.append(len(row))
            line = reader.line_num
    except csv.Error:
        raise _bad_quote(text, delimiter, line, len(counts) + 1 + skipped) from None
    return np.array(counts)


def _bad_quote(text: str, delimiter: str, line: int, row: int) -> SurveyProblem:
    rest = text.split("\n")[line].split('"')
    # every delimiter before the first odd mark ends a cell
    inside, column = False, 0
    for place, part in enumerate(rest):
        if place:
            inside = not inside
        if not inside:
            column += part.count(delimiter)
    return SurveyProblem(
        Message(
            N_(
                "Row {row}, column {column}: a quotation mark is out of place or not closed. Close it, or write it twice "
                "where it belongs to the text."
            ),
            row=row,
            column=letter(column),
        ),
        row=row,
        column=letter(column),
    )


def _even(
    text: str, delimiter: str, counts: np.ndarray, header: Header, skipped: int
) -> tuple[int, tuple[Message, ...]]:
    """Return how many cells to read per row, and what is to be said of rows that are shorter.

    Raises `SurveyProblem` for a row with more cells than the header, unless they are empty.
    """
    named = max((place + 1 for place, name in enumerate(header.names) if name), default=1)
    offered = max(int(counts[: header.rows].max(initial=1)), named)
    if np.any(counts[header.rows :] > offered):
        records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        for place, cells in enumerate(records):
            extra = next((at for at, cell in enumerate(cells) if at >= offered and cell.strip()), None)
            if place >= header.rows and extra is not None:
                raise _too_many_cells(place + 1 + skipped, len(cells), named, extra, delimiter)
    width = max(int(counts.max(initial=1)), len(header.names))
    short = np.flatnonzero((counts[header.rows :] < named) & (counts[header.rows :] > 1))
    if not short.size:
        return width, ()
    note = Message(
        N_("Rows shorter than the header: {count}, the first is row {row}. Their last cells count as missing."),
        count=int(short.size),
        row=header.rows + int(short[0]) + 1 + skipped,
    )
    return width, (note,)


def _too_many_cells(row: int, found: int, expected: int, extra: int, delimiter: str) -> SurveyProblem:
    return SurveyProblem(
        Message(
            N_(
                "Row {row} has {found} cells where the header has {expected}; column {column} has no name. Put text "
                "that contains the sign “{delimiter}” in quotation marks, or name the column."
            ),
            row=row,
            found=found,
            expected=expected,
            column=letter(extra),
            delimiter="Tab" if delimiter == "\t" else delimiter,
        ),
        row=row,
        column=letter(extra),
    )
