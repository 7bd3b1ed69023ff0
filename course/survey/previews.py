"""Rows that are no customers: previews and tests of the survey's own makers, as survey programs mark them."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from course.i18n import N_
from course.i18n.message import Message
from course.survey.ledger import Ledger
from course.survey.messages import quote
from course.survey.plan import Choice, Plan, Question
from course.survey.reading import RawSurvey
from course.survey.values import Column, plain

WHERE = re.compile(r"status|distribution|channel|collector|response type|状态|渠道|类型", re.I)
MARK = re.compile(r"(?:survey )?(?:preview|test)s?|spam|测试|预览|无效(?:答卷)?|테스트", re.I)
KEY = "previews"


def ask(raw: RawSurvey) -> Question | None:
    """Return the question whether rows marked as previews or tests are left out; None where there are none."""
    column = _column(raw)
    if column is None:
        return None
    count, rows = int(_marked(column).sum()), len(raw.cells)
    text = N_("Rows that “{column}” marks as “{example}” or the like: {count}. Shall they be left out?")
    example = next(text for text in column.texts if MARK.fullmatch(plain(text)))
    customers = N_("{rows} customers.")
    return Question(
        KEY,
        (column.name,),
        Message(text, column=quote(column.name), example=quote(example), count=count),
        (
            Choice("out", Message(N_("Yes, they are not customers")), Message(customers, rows=f"{rows - count:,}")),
            Choice("keep", Message(N_("No, keep them")), Message(customers, rows=f"{rows:,}")),
        ),
        "out",
    )


def left_out(raw: RawSurvey, plan: Plan, ledger: Ledger) -> NDArray[np.bool_]:
    """Return which rows the answer leaves out; it is written down."""
    column = _column(raw)
    if column is None or plan.chosen(KEY) != "out":
        return np.zeros(len(raw.cells), dtype=bool)
    marked = _marked(column)
    ledger.add(
        KEY,
        int(marked.sum()),
        N_("Rows marked as previews or tests in “{column}”, left out: {count}."),
        column=column.name,
    )
    return marked


def _column(raw: RawSurvey) -> Column | None:
    for name, column in raw.columns.items():
        if WHERE.search(plain(name)) and 0 < _marked(column).sum() < len(raw.cells):
            return column
    return None


def _marked(column: Column) -> NDArray[np.bool_]:
    return np.isin(column.codes, [place for place, text in enumerate(column.texts) if MARK.fullmatch(plain(text))])
