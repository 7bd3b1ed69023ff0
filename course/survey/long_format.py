"""Tables with one row per answer, offered as a table with one row per customer."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from course.i18n import N_
from course.i18n.message import Message
from course.survey.plan import Choice, Question
from course.survey.values import Column

MOST_COLUMNS, MOST_ITEMS = 10, 200
MOSTLY = 0.9
WHO = re.compile(
    r"respond|customer|participant|subject|person|user|case|\bid\b|编号|序号|用户|顾客|客户|受访|응답자|回答者", re.I
)
WHAT = re.compile(r"question|item|variable|indicator|题|问|项目|指标|문항|設問", re.I)
VALUE = re.compile(r"answer|value|score|rating|response|回答|答案|得分|分数|评分|选项|值|응답|점수", re.I)


def as_wide(cells: pd.DataFrame, chosen: str | None) -> tuple[pd.DataFrame, Question | None, tuple[Message, ...]]:
    """Return the table with a row per customer where it has a row per answer, the question whether it has, and notes.

    `chosen`: "wide" or "same", the answer to that question.
    """
    place = _places(cells)
    if place is None:
        return cells, None, ()
    who, what, value = place
    wide = _pivoted(cells, who, what, value)
    text = N_("Each row seems to hold one answer: “{who}” says whose, “{what}” to what, “{value}” holds it. Is it so?")
    question = Question(
        "shape",
        (who, what, value),
        Message(text, who=who, what=what, value=value),
        (
            Choice(
                "wide",
                Message(N_("Yes, make one row per customer")),
                Message(
                    N_("{rows} customers, {columns} questions."),
                    rows=f"{len(wide):,}",
                    columns=cells[what].nunique(),
                ),
            ),
            Choice(
                "same",
                Message(N_("No, each row is a customer")),
                Message(N_("{rows} customers."), rows=f"{len(cells):,}"),
            ),
        ),
        "wide",
    )
    if chosen == "same":
        return cells, question, ()
    note = N_(
        "{rows} rows with one answer each became {customers} rows, one per customer; row numbers are those of the first."
    )
    return wide, question, (Message(note, rows=f"{len(cells):,}", customers=f"{len(wide):,}"),)


def _places(cells: pd.DataFrame) -> tuple[str, str, str] | None:
    names = [str(name) for name in cells.columns]
    if not 3 <= len(names) <= MOST_COLUMNS:
        return None
    rows = len(cells)
    who = next((name for name in names if WHO.search(name) and 1 < cells[name].nunique() <= rows / 2), None)
    what = next(
        (name for name in names if name != who and WHAT.search(name) and 1 < cells[name].nunique() <= MOST_ITEMS), None
    )
    if who is None or what is None:
        return None
    value = next((name for name in names if name not in (who, what) and VALUE.search(name)), None)
    if value is None or cells.duplicated([who, what]).any():
        return None
    column = Column.of(cells, value)
    if int(column.counts[column.unreadable].sum()) > rows / 2 and len(column.texts) > MOST_ITEMS:
        return None
    return who, what, value


def _pivoted(cells: pd.DataFrame, who: str, what: str, value: str) -> pd.DataFrame:
    people, items = pd.factorize(cells[who].astype(str))[0], pd.factorize(cells[what].astype(str))
    first = np.unique(people, return_index=True)[1]
    columns: dict[str, pd.Categorical] = {}
    for name in cells.columns:
        if name in (what, value):
            continue
        steady = cells.groupby(people)[name].nunique().max() <= 1
        if steady or name == who:
            columns[str(name)] = pd.Categorical(cells[name].astype(str).to_numpy()[first])
    answers = cells[value].astype(str).to_numpy()
    for place, item in enumerate(items[1].tolist()):
        column = np.full(first.size, "", dtype=object)
        here = items[0] == place
        column[people[here]] = answers[here]
        columns[str(item) if str(item) not in columns else f"{item} (2)"] = pd.Categorical(column)
    return pd.DataFrame(columns, index=cells.index[first])
