"""Read an uploaded survey: CSV in many dialects, or XLSX, from bytes to a table of text. Nothing is written anywhere."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from course.survey.messages import Message, Progress


@dataclass(frozen=True)
class Limits:
    """How much of a file we take: bytes as uploaded and unpacked, rows, columns, characters in a cell."""

    bytes: int = 25_000_000
    unpacked: int = 400_000_000
    rows: int = 200_000
    columns: int = 300
    cell: int = 5_000


LIMITS = Limits()


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
    """Return the table in a file's bytes; `name` is used in messages and, where it must be, to tell formats apart.

    Raises `SurveyProblem` for whatever is not a table of answers, naming row, column and cure where there are such.
    """
    raise NotImplementedError
