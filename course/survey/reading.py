"""Read an uploaded survey: CSV in many dialects, or XLSX, from bytes to a table of text. Nothing is written anywhere."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from course.i18n import N_
from course.survey.formats import refuse_other_formats
from course.survey.limits import LIMITS
from course.survey.messages import Message, Progress, SurveyProblem

__all__ = ["LIMITS", "Dialect", "RawSurvey", "read_survey"]


@dataclass(frozen=True)
class Dialect:
    """How the file was written. `kind` is "csv" or "xlsx"; XLSX has a `sheet`, CSV the two others."""

    kind: str
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""


@dataclass(frozen=True)
class RawSurvey:
    """A table as it stands in the file.

    `cells`: one categorical column of text per question, named by its header; the index is the row's number in the file as
    a spreadsheet counts it. Empty cells are "". `notes`: what was done to read it.
    """

    name: str
    cells: pd.DataFrame
    dialect: Dialect
    notes: tuple[Message, ...] = field(default=())


def read_survey(data: bytes, name: str, *, progress: Progress | None = None) -> RawSurvey:
    """Return the table in a file's bytes; `name` is what the learner calls the file.

    Raises `SurveyProblem` for whatever is not a table of answers, naming row, column and cure where there are such.
    """
    from course.survey.csv_reading import read_csv
    from course.survey.xlsx_reading import read_xlsx

    if not data.strip():
        raise SurveyProblem(Message(N_("The file is empty. Choose the file that holds the answers.")))
    if len(data) > LIMITS.bytes:
        raise SurveyProblem(
            Message(
                N_(
                    "The file has {size:.0f} MB; at most {limit:.0f} MB are read. Keep only the columns with answers, "
                    "save as CSV, or take a random part of the rows."
                ),
                size=len(data) / 1e6,
                limit=LIMITS.bytes / 1e6,
            )
        )
    refuse_other_formats(data)
    if data.startswith(b"PK"):
        table, sheet = read_xlsx(data, progress=progress)
        dialect = Dialect("xlsx", sheet=sheet)
    else:
        table, encoding, delimiter = read_csv(data)
        dialect = Dialect("csv", encoding=encoding, delimiter=delimiter)
    if progress:
        progress(1.0)
    return RawSurvey(name, table.cells, dialect, table.notes)
