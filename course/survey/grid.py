"""From rows of text to a named table: where the header stands, what its columns are called, which rows are empty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from course.i18n import N_
from course.i18n.message import Message
from course.survey import headers
from course.survey.footers import last_answers
from course.survey.limits import LIMITS
from course.survey.messages import SurveyProblem, quote

LOOK_AHEAD, HALF = 12, 0.5
Row = Sequence[str]


@dataclass(frozen=True)
class Header:
    """Names of the columns, and how many rows of the file come before the first answers."""

    names: tuple[str, ...]
    rows: int
    notes: tuple[Message, ...]


@dataclass(frozen=True)
class Table:
    """A named table of text, its index the rows' numbers, and what was done to get it."""

    cells: pd.DataFrame
    notes: tuple[Message, ...]


def letter(place: int) -> str:
    """Return the letter of a column as a spreadsheet writes it, counted from 0.

    >>> letter(0), letter(27)
    ('A', 'AB')
    """
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def as_text(value: Any) -> str:
    """Return a cell's value as it would be typed: whole numbers without a point, dates as 2026-11-22."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return str(int(value))
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case dt.datetime() if (value.hour, value.minute, value.second) == (0, 0, 0):
            return value.date().isoformat()
        case dt.datetime():
            return value.isoformat(sep=" ", timespec="seconds")
    return str(value)


def find_header(top: Sequence[Row], width: int) -> Header:
    """Return the header from the first rows of a file whose widest row has `width` cells.

    Titles above it are passed over, and headers of two or three rows are joined. Raises `SurveyProblem` for no header
    and too many columns.
    """
    if width > LIMITS.columns:
        raise SurveyProblem(
            Message(
                N_("The table has {count} columns; at most {limit} are read. Delete the columns without answers."),
                count=width,
                limit=LIMITS.columns,
            ),
            row=1,
            column=letter(LIMITS.columns),
        )
    rows = [[" ".join(cell.split()) for cell in row] + [""] * (width - len(row)) for row in top[:LOOK_AHEAD]]
    at = headers.first(rows)
    if at is None:
        raise SurveyProblem(Message(N_("The file holds no text. Choose the file that holds the answers.")))
    notes = []
    if any(headers.filled(row) for row in rows[:at]):
        notes.append(Message(N_("Row {row} was taken as the header; what stands above it was left out."), row=at + 1))
    names, used = headers.joined(rows[at:])
    if used > 1:
        text = N_("Rows {first} and {second} were joined into one header.")
        if used > 2:
            text = N_("Rows {first} to {second} were joined into one header.")
        notes.append(Message(text, first=at + 1, second=at + used))
    _refuse_numbers(names, at + 1)
    names, twins = _apart(names)
    notes += twins
    return Header(tuple(names), at + used, tuple(notes))


def name_columns(cells: pd.DataFrame, header: Header) -> Table:
    """Return the table with its names, without empty rows and empty unnamed columns; `cells` has the rows' numbers as index.

    Raises `SurveyProblem` where no answers are left, there are too many, or a cell is too long.
    """
    notes, names, kept = list(header.notes), list(header.names), []
    blank = np.ones(len(cells), dtype=bool)
    for place, name in enumerate(names):
        column = cells.iloc[:, place]
        empty = np.array([not str(text).strip() for text in column.cat.categories], dtype=bool)
        if not name and empty.all():
            continue
        if empty.any():
            blank &= empty[column.cat.codes.to_numpy()]
        elif len(empty):
            blank[:] = False
        kept.append(place)
        if not name:
            names[place] = letter(place)
            notes.append(
                Message(N_("Column {letter} has no name in the header; its letter is its name."), letter=letter(place))
            )
    blank, below = last_answers(cells.iloc[:, kept], blank)
    again = _header_again(cells, names) & ~blank
    if count := int(again.sum()):
        row = int(cells.index[int(np.argmax(again))])
        notes.append(
            Message(N_("Rows that repeat the header, left out: {count}, the first is row {row}."), count=count, row=row)
        )
    blank |= again
    notes += below
    filled = np.flatnonzero(~blank)
    if not filled.size:
        raise SurveyProblem(
            Message(
                N_("There is a header in row {row} and not one answer below it. Add a row per customer."),
                row=header.rows,
            ),
            row=header.rows,
        )
    if filled.size > LIMITS.rows:
        raise too_many_rows(filled.size)
    if gaps := int(filled[-1] + 1 - filled.size - again[: filled[-1]].sum()):
        notes.append(Message(N_("Empty rows left out: {count}."), count=gaps))
    table = cells.iloc[:, kept]
    if blank.any():
        # texts of rows that were left out are no answers to be asked about
        table = table.iloc[filled].apply(lambda column: column.cat.remove_unused_categories())
    table = table.set_axis([names[place] for place in kept], axis=1)
    _refuse_long_cells(table)
    return Table(table, tuple(notes))


def too_many_rows(count: int) -> SurveyProblem:
    """Return the problem of a table with more rows of answers than are read."""
    text = N_(
        "The table has {count} rows of answers; at most {limit} are read. "
        "Take a part of them: of a survey at random, of arrivals whole weeks."
    )
    return SurveyProblem(Message(text, count=f"{count:,}", limit=f"{LIMITS.rows:,}"))


def trimmed(values: Iterable[Any]) -> list[str]:
    """Return the cells of a row as text, up to the last filled one."""
    row = [as_text(value) for value in values]
    while row and not row[-1]:
        row.pop()
    return row


def _header_again(cells: pd.DataFrame, names: Row) -> NDArray[np.bool_]:
    """Return which rows hold the names of their columns, as where two exports were put one below the other."""
    same = np.zeros(len(cells), dtype=np.int64)
    for place, name in enumerate(names):
        column = cells.iloc[:, place].cat
        found = [at for at, text in enumerate(column.categories) if name and " ".join(str(text).split()) == name]
        if found:
            same += np.isin(column.codes.to_numpy(), found)
    named = sum(map(bool, names))
    return same >= max(2, HALF * named)


def _refuse_numbers(names: Row, row: int) -> None:
    numbers = [place for place, name in enumerate(names) if headers.is_number(name)]
    if numbers and len(numbers) * 2 > headers.filled(names):
        place = numbers[0]
        raise SurveyProblem(
            Message(
                N_(
                    "Row {row} holds numbers such as {value} in column {letter} where the names of the columns belong. "
                    "Put a row with the names above the answers."
                ),
                row=row,
                value=names[place],
                letter=letter(place),
            ),
            row=row,
            column=letter(place),
        )


def _apart(names: Sequence[str]) -> tuple[list[str], list[Message]]:
    """Return names of which none stands twice: the second “Comment” is called “Comment (2)”."""
    apart: list[str] = []
    notes = []
    for place, name in enumerate(names):
        known, number = name, 2
        while known and known in apart:
            known, number = f"{name} ({number})", number + 1
        apart.append(known)
        if known != name:
            text = N_("The columns {first} and {second} have the same name; the second is called “{name}” here.")
            first = letter(names.index(name))
            notes.append(Message(text, first=first, second=letter(place), name=quote(known)))
    return apart, notes


def _refuse_long_cells(table: pd.DataFrame) -> None:
    for name in table.columns:
        column = table[name]
        long = [place for place, text in enumerate(column.cat.categories) if len(text) > LIMITS.cell]
        if not long:
            continue
        row = int(table.index[np.flatnonzero(np.isin(column.cat.codes.to_numpy(), long))[0]])
        raise SurveyProblem(
            Message(
                N_(
                    "Row {row}, column “{column}”: the cell has more than {limit} characters. If a quotation mark is "
                    "missing there, add it; otherwise shorten the text or delete the column."
                ),
                row=row,
                column=quote(name),
                limit=f"{LIMITS.cell:,}",
            ),
            row=row,
            column=name,
        )
