"""SPSS files (.sav, .zsav) by pyreadstat, lazily imported: codes as numbers, what SPSS calls missing as missing."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from course.i18n import N_
from course.i18n.message import Message
from course.survey.archives import bomb
from course.survey.extras import need_reader
from course.survey.grid import Header, Table, as_text, name_columns
from course.survey.limits import LIMITS
from course.survey.messages import SurveyProblem
from course.survey.values import is_missing, number

LONGEST_NAME, MOST_LABELLED = 240, 99
# as names of the formats in which SPSS keeps days
DAYS = ("DATE", "ADATE", "EDATE", "JDATE", "SDATE")


def read_sav(data: bytes) -> Table:
    """Return an SPSS file's table. A variable is called by its name and its label. Raises `SurveyProblem`."""
    need_reader("pyreadstat")
    import pyreadstat

    try:
        _, about = pyreadstat.read_sav(io.BytesIO(data), metadataonly=True)
        _refuse_size(about)
        frame, about = pyreadstat.read_sav(io.BytesIO(data), user_missing=False)
    except SurveyProblem:
        raise
    except Exception as failure:
        # whatever a reader in another language raises
        raise SurveyProblem(
            Message(
                N_("The SPSS file is damaged and cannot be read. Open it in SPSS or PSPP and save it again, or as CSV.")
            )
        ) from failure
    labels = {name: about.column_names_to_labels.get(name) or "" for name in frame.columns}
    names = tuple(_together(str(name), labels[name]) for name in frame.columns)
    texts = {
        place: _texts(frame[name], about.variable_value_labels.get(name, {}))
        for place, name in enumerate(frame.columns)
    }
    cells = pd.DataFrame(texts, index=pd.RangeIndex(1, 1 + len(frame)))
    notes = []
    declared = {name for name in frame.columns if about.missing_ranges.get(name) or about.missing_user_values.get(name)}
    if not declared:
        _, with_missing = pyreadstat.read_sav(io.BytesIO(data), metadataonly=True, user_missing=True)
        declared = set(with_missing.missing_ranges)
    if declared:
        text = N_(
            "SPSS names codes that stand for no answer; they count as missing. Variables with such codes: {count}."
        )
        notes.append(Message(text, count=len(declared)))
    return name_columns(cells, Header(names, 0, tuple(notes)))


def _texts(column: pd.Series, labels: Mapping[Any, str]) -> pd.Categorical:
    """Return a variable as text; each distinct value is turned once."""
    codes, values = pd.factorize(column)
    texts = [*(_text(value, labels) for value in values.tolist()), ""]
    distinct = list(dict.fromkeys(texts))
    place = {text: at for at, text in enumerate(distinct)}
    # the last text is that of no value, which has the code −1
    return pd.Categorical.from_codes(np.array([place[text] for text in texts])[codes], pd.Index(distinct, dtype=object))


def _refuse_size(about: Any) -> None:
    for count, limit, text in (
        (
            about.number_rows or 0,
            LIMITS.rows,
            N_(
                "The table has {count} rows of answers; at most {limit} are read. "
                "Take a part of them: of a survey at random, of arrivals whole weeks."
            ),
        ),
        (
            about.number_columns or 0,
            LIMITS.columns,
            N_("The table has {count} columns; at most {limit} are read. Delete the columns without answers."),
        ),
    ):
        if count > limit:
            raise SurveyProblem(Message(text, count=f"{count:,}", limit=f"{limit:,}"))
    if (about.number_rows or 0) * sum(about.variable_storage_width.values()) > LIMITS.unpacked:
        raise bomb()


def _together(name: str, label: str) -> str:
    label = " ".join(label.split())
    return f"{name}: {label}"[:LONGEST_NAME] if label and label != name else name


def _text(value: Any, labels: Mapping[Any, str]) -> str:
    """Return a value as text: a number with its label, nothing where that says no answer, a text's label."""
    if value is None or value != value:
        return ""
    if isinstance(value, str):
        return labels.get(value, value) if number(value) is None else value
    label = labels.get(value, "").strip()
    if is_missing(label) and label:
        return ""
    # with its label, a scale that runs from good to bad can be told from one that runs the other way
    told = 0 <= value <= MOST_LABELLED and value == int(value) and number(label) is None
    return f"{as_text(value)} - {label}" if label and told else as_text(value)
