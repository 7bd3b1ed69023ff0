"""Read an uploaded survey, CSV in many dialects, a workbook or an SPSS file, from bytes to text. Nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from course.i18n import N_
from course.i18n.message import Message
from course.survey.formats import Format, format_of
from course.survey.limits import LIMITS
from course.survey.long_format import as_wide
from course.survey.messages import Progress, SurveyProblem
from course.survey.plan import Question
from course.survey.shapes import reshaped
from course.survey.values import Column

__all__ = ["LIMITS", "Dialect", "RawSurvey", "read_survey"]


@dataclass(frozen=True)
class Dialect:
    """How the file was written. `kind`: "csv", "xlsx", "xls", "ods" or "sav"; workbooks name a `sheet`, CSV the others."""

    kind: str
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""


@dataclass(frozen=True)
class RawSurvey:
    """A table as it stands in the file.

    `cells`: one categorical column of text per question, named by its header; the index is the row's number in the file as
    a spreadsheet counts it. Empty cells are "". `notes`: what was done to read it. `questions`: what could be read in
    two ways ("encoding", "sheet", "shape"); `choices`: the answers that this reading followed.
    """

    name: str
    cells: pd.DataFrame
    dialect: Dialect
    notes: tuple[Message, ...] = field(default=())
    questions: tuple[Question, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def columns(self) -> Mapping[str, Column]:
        """The columns by name: what is worked out of their texts is worked out once."""
        return {str(name): Column.of(self.cells, str(name)) for name in self.cells.columns}


def read_survey(
    data: bytes, name: str, *, choices: Mapping[str, str] | None = None, progress: Progress | None = None
) -> RawSurvey:
    """Return the answers in a file's bytes, a row per customer where the file can be turned into such.

    Otherwise as `read_table`.
    """
    table = read_table(data, name, choices=choices, progress=progress)
    shape = (choices or {}).get("shape")
    cells, asked, notes = as_wide(table.cells, shape)
    if asked is None:
        cells, asked, notes = reshaped(cells, shape)
    kept = dict(table.choices)
    if asked and shape in {choice.value for choice in asked.choices}:
        kept["shape"] = str(shape)
    questions = (*table.questions, *([asked] if asked else []))
    return RawSurvey(name, cells, table.dialect, (*table.notes, *notes), questions, kept)


def read_table(
    data: bytes, name: str, *, choices: Mapping[str, str] | None = None, progress: Progress | None = None
) -> RawSurvey:
    """Return the table in a file's bytes, whatever its rows are; `name` is what the learner calls the file.

    `choices` answers questions that an earlier reading asked. Raises `SurveyProblem` for whatever is not a table of
    answers, naming row, column and cure where there are such.
    """
    from course.survey.calamine_reading import read_workbook
    from course.survey.csv_reading import read_csv
    from course.survey.sav_reading import read_sav
    from course.survey.xlsx_reading import read_xlsx

    chosen = dict(choices or {})
    if not data.strip():
        raise SurveyProblem(Message(N_("The file is empty. Choose the file that holds the answers.")))
    if len(data) > LIMITS.bytes:
        raise SurveyProblem(
            Message(
                N_(
                    "The file has {size:.0f} MB; at most {limit:.0f} MB are read. Keep only the columns with answers, "
                    "save as CSV, or take a part of the rows: of a survey at random, of arrivals whole weeks."
                ),
                size=len(data) / 1e6,
                limit=LIMITS.bytes / 1e6,
            )
        )
    kind = format_of(data)
    questions: list[Question | None] = []
    if kind == Format.SAV:
        table = read_sav(data)
        dialect = Dialect("sav")
    elif kind == Format.CSV:
        table, encoding, delimiter, asked = read_csv(data, chosen.get("encoding"))
        questions.append(asked)
        dialect = Dialect("csv", encoding=encoding, delimiter=delimiter)
    else:
        read = read_xlsx if kind == Format.XLSX else read_workbook
        table, sheet, asked = read(data, chosen.get("sheet"), progress=progress)
        questions.append(asked)
        dialect = Dialect(kind.value, sheet=sheet)
    if progress:
        progress(1.0)
    open_or_not = tuple(question for question in questions if question)
    valid = {question.key: {choice.value for choice in question.choices} for question in open_or_not}
    kept = {key: value for key, value in chosen.items() if value in valid.get(key, ())}
    return RawSurvey(name, table.cells, dialect, table.notes, open_or_not, kept)
