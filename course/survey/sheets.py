"""Which sheet of a workbook holds the answers, and its rows as a table; for every kind of workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import islice

import pandas as pd

from course.i18n import N_
from course.i18n.message import Message
from course.survey.grid import LOOK_AHEAD, Table, find_header, name_columns
from course.survey.headers import filled
from course.survey.limits import LIMITS
from course.survey.messages import Progress, SurveyProblem
from course.survey.plan import Choice, Question

Row = list[str]
ENOUGH_ROWS = 2


@dataclass(frozen=True)
class Sheet:
    """A sheet: `rows()` begins anew at each call; `claim` is how many rows it says it has.

    `concealed`: the numbers of the rows that a filter or a hand has hidden, as the file counts them.
    """

    title: str
    hidden: bool
    claim: int
    rows: Callable[[], Iterator[Row]]
    concealed: Set[int] = frozenset()


def pick(sheets: Sequence[Sheet], chosen: str | None) -> tuple[Sheet, Question | None, list[Message]]:
    """Return the sheet to read, the question which where several hold tables, and what is to be said of the others."""
    starts = {at: [row for row in islice(sheet.rows(), LOOK_AHEAD) if filled(row)] for at, sheet in enumerate(sheets)}
    tables = [at for at, rows in starts.items() if len(rows) >= ENOUGH_ROWS and max(map(filled, rows)) > 1]
    anything = [at for at, rows in starts.items() if len(rows) >= ENOUGH_ROWS] or [at for at in starts if starts[at]]
    if not anything:
        raise SurveyProblem(Message(N_("The workbook holds no text. Choose the one that holds the answers.")))
    offered = tables or anything[:1]
    # a hidden sheet is more often a list of codes; a wide one more often the answers
    suggested = min(offered, key=lambda at: (sheets[at].hidden, -max(map(filled, starts[at])) // 3, at))
    titles = [sheet.title for sheet in sheets]
    at = titles.index(chosen) if chosen in titles else suggested
    notes, question = [], None
    if len(offered) > 1:
        question = Question(
            "sheet",
            (),
            Message(N_("The workbook has several sheets with tables. Which one holds the answers?")),
            tuple(Choice(sheets[each].title, *_described(sheets[each], starts[each])) for each in offered),
            sheets[suggested].title,
        )
    if len(sheets) > 1:
        text = N_("Only the sheet “{sheet}” was read; the workbook has {count} more.")
        notes.append(Message(text, sheet=sheets[at].title, count=len(sheets) - 1))
    return sheets[at], question, notes


def _described(sheet: Sheet, start: list[Row]) -> tuple[Message, Message]:
    label = (
        Message(N_("{sheet} (hidden)"), sheet=sheet.title) if sheet.hidden else Message("{sheet}", sheet=sheet.title)
    )
    text = N_("Some {rows} rows and {columns} columns.")
    rows = max(sheet.claim, len(start))
    return label, Message(text, rows=f"{rows:,}", columns=max(map(len, start)))


def to_table(sheet: Sheet, progress: Progress | None) -> Table:
    """Return a sheet's rows, up to the last filled cell, as a named table. Raises `SurveyProblem`."""
    rows: list[Row] = []
    for place, row in enumerate(sheet.rows()):
        if len(row) > LIMITS.columns:
            find_header([row], len(row))
        rows.append(row)
        if place - LOOK_AHEAD > LIMITS.rows and row:
            text = N_(
                "The table has more than {limit} rows of answers. "
                "Take a part of them: of a survey at random, of arrivals whole weeks."
            )
            raise SurveyProblem(Message(text, limit=f"{LIMITS.rows:,}"))
        if progress and place % 2000 == 0:
            progress(min(place / max(min(sheet.claim, LIMITS.rows), 1), 0.95))
    while rows and not rows[-1]:
        rows.pop()
    width = max(map(len, rows))
    header = find_header(rows[:LOOK_AHEAD], width)
    body = [row + [""] * (width - len(row)) for row in rows[header.rows :]]
    columns = list(zip(*body, strict=True)) if body else [()] * width
    cells = pd.DataFrame({place: pd.Categorical(list(column)) for place, column in enumerate(columns)})
    cells.index = pd.RangeIndex(header.rows + 1, header.rows + 1 + len(cells))
    return _with_concealed(name_columns(cells, header), sheet.concealed)


def _with_concealed(table: Table, concealed: Set[int]) -> Table:
    """Return the table with a note on the hidden rows among its answers: whoever filtered may not mean them."""
    read = [row for row in table.cells.index if row in concealed] if concealed else []
    if not read:
        return table
    text = N_(
        "Rows that are hidden in the workbook, read like the others: {count}, the first is row {row}. To do without them, "
        "copy the visible rows to a new sheet."
    )
    return Table(table.cells, (*table.notes, Message(text, count=len(read), row=read[0])))
