"""Rows below the answers that are none: totals, means, notes. They are left out, and that is said."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from course.i18n import N_
from course.i18n.message import Message
from course.survey.messages import quote
from course.survey.values import number

LAST = 8
LABELLED = 3
TOTAL = re.compile(
    r"(?:grand |sub)?total|sum|(?:the )?mean|averages?|avg\.?|median|mode|std\.?(?: ?dev\.?)?|standard deviation|s\.?d\.?|"
    r"variance|min(?:imum)?|max(?:imum)?|count|n|"
    r"合计|总计|小计|总和|求和|平均(?:值|分|数)?|均值|中位数|标准差|方差|最大值|最小值|计数|"
    r"합계|총계|평균|표준편차|합산|合計|平均値",
    re.I,
)
NOTE = re.compile(
    r"(?:notes?|source|remarks?|legend|generated|exported|注|备注|说明|附注|数据来源|来源|비고|주|出典)\s*[:：]", re.I
)


def last_answers(cells: pd.DataFrame, blank: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], list[Message]]:
    """Return which rows to leave out, the blank ones and those below the answers, and what is to be said of them.

    `cells`: columns of text, the index of which are row numbers; `blank` marks its empty rows.
    """
    out, notes = blank.copy(), []
    rows = np.flatnonzero(~blank)
    for place in rows[: -LAST - 1 : -1].tolist():
        row = [str(text).strip() for text in cells.iloc[place]]
        given = [text for text in row if text]
        if place == rows[0]:
            break
        if not (_is_note(given, len(row)) or _is_labelled(given) or _is_computed(cells, out, place, row)):
            # an answer may stand between a note and the totals, so the search ends here
            break
        out[place] = True
        text = N_("Row {row} (“{start}”) stands below the answers and is none: left out.")
        notes.append(Message(text, row=int(cells.index[place]), start=quote(given[0])))
    return out, notes[::-1]


def _is_note(given: list[str], width: int) -> bool:
    return (
        width > 2
        and len(given) == 1
        and (bool(NOTE.match(given[0])) or (number(given[0]) is None and len(given[0]) > 12))
    )


def _is_labelled(given: list[str]) -> bool:
    return any(TOTAL.fullmatch(text.rstrip(":：")) for text in given[:LABELLED])


def _is_computed(cells: pd.DataFrame, out: NDArray[np.bool_], place: int, row: list[str]) -> bool:
    """Say whether a row without a label holds the means, or the sums, of the columns above it."""
    values = {
        at: value for at, text in enumerate(row) if text and (value := number(text)) is not None and value == value
    }
    if len(values) < 2 or all(value == int(value) and value <= 11 for value in values.values()):
        return False
    above = np.flatnonzero(~out[:place])
    if above.size < 3:
        return False
    agreed = 0
    for at, value in values.items():
        column = cells.iloc[above, at]
        numbers = np.array([np.nan if (each := number(str(text))) is None else each for text in column])
        if np.isnan(numbers).all():
            continue
        mean, total = float(np.nanmean(numbers)), float(np.nansum(numbers))
        agreed += abs(value - mean) <= 0.0051 or abs(value - total) <= 0.0051
    return agreed >= max(2, 0.8 * len(values))
