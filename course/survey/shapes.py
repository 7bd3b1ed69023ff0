"""Tables in which a row is no customer: questions down the side, answers that were counted, means already taken."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from course.i18n import N_
from course.i18n.message import Message
from course.survey import clues, words
from course.survey.headers import is_number
from course.survey.limits import LIMITS
from course.survey.messages import SurveyProblem, quote
from course.survey.plan import Choice, Question
from course.survey.values import is_missing, plain

Reshaped = tuple[pd.DataFrame, Question | None, tuple[Message, ...]]
FEWEST, MOST_QUESTIONS, MOST_COUNTED, HALF = 2, 120, 500, 0.5
COUNT = re.compile(
    r"(?:number of )?(?:counts?|frequency|freq\.?|responses|respondents|answers|customers|n)|"
    r"人数|频数|频次|次数|计数|응답수|빈도|度数|件数",
    re.I,
)
MEAN = re.compile(r"\b(?:mean|average|avg)\b|均值|平均|평균", re.I)
_SAME = Message(N_("No, each row is a customer"))


def reshaped(cells: pd.DataFrame, chosen: str | None) -> Reshaped:
    """Return the table with a row per customer, the question whether it had one, and what is to be said.

    `chosen`: "turned", "counted" or "same", the answer to that question. Raises `SurveyProblem` for a table of means.
    """
    if _holds_questions(cells):
        if words.is_scale([str(name) for name in cells.columns[1:]]):
            raise SurveyProblem(
                Message(
                    N_(
                        "Each row holds a question and how often each answer was given, not a customer’s answers: “{name}”. "
                        "Export the single answers, one row per customer."
                    ),
                    name=quote(str(cells.iloc[0, 0])),
                )
            )
        if any(MEAN.search(plain(str(name))) for name in cells.columns[1:]):
            raise SurveyProblem(
                Message(
                    N_(
                        "Each row holds a question and its means, not a customer’s answers: “{name}”. Upload the answers "
                        "from which the means were taken, one row per customer."
                    ),
                    name=quote(str(cells.iloc[0, 0])),
                )
            )
        return _turned(cells, chosen)
    if (count := _counts(cells)) is not None:
        return _counted(cells, count, chosen)
    return cells, None, ()


def _holds_questions(cells: pd.DataFrame) -> bool:
    """Say whether the first column holds questions, each once, and the others nothing but numbers."""
    rows, width = cells.shape
    if not FEWEST <= rows <= MOST_QUESTIONS or width < FEWEST + 1:
        return False
    texts = [plain(str(text)) for text in cells.iloc[:, 0]]
    if len(set(texts)) < rows or any(is_number(text) or not text for text in texts):
        return False
    telling = sum(_tells(text) for text in texts)
    if telling < HALF * rows or any(
        _tells(plain(str(name))) and not MEAN.search(str(name)) for name in cells.columns[1:]
    ):
        return False
    return all(is_number(text) or is_missing(text) for name in cells.columns[1:] for text in cells[name].cat.categories)


def _tells(text: str) -> bool:
    marks = (clues.OUTRIGHT_E, clues.OUTRIGHT_P, clues.RECOMMEND, clues.SATISFACTION, clues.CODE)
    return bool(clues.dimension_of(text)) or any(mark.search(text) for mark in marks)


def _turned(cells: pd.DataFrame, chosen: str | None) -> Reshaped:
    names = [str(text) for text in cells.iloc[:, 0]]
    people = cells.shape[1] - 1
    text = N_("Each row seems to hold a question (“{first}”), each column a customer. Is it so?")
    customers = N_("{rows} customers, {columns} questions.")
    question = Question(
        "shape",
        (str(cells.columns[0]),),
        Message(text, first=quote(names[0])),
        (
            Choice(
                "turned",
                Message(N_("Yes, turn the table round")),
                Message(customers, rows=f"{people:,}", columns=f"{len(names):,}"),
            ),
            Choice("same", _SAME, Message(customers, rows=f"{len(names):,}", columns=f"{people:,}")),
        ),
        "turned",
    )
    if chosen == "same":
        return cells, question, ()
    answers = cells.iloc[:, 1:].astype(str).to_numpy()
    turned = pd.DataFrame({name: pd.Categorical(answers[place]) for place, name in enumerate(names)})
    turned.index = pd.RangeIndex(2, 2 + people)
    note = N_("The table was turned round: its columns became rows, one per customer; row numbers count the columns.")
    return turned, question, (Message(note),)


def _counts(cells: pd.DataFrame) -> int | None:
    """Return the place of the column that says how often each row was given, None for no such."""
    if not FEWEST <= len(cells) <= MOST_COUNTED or cells.shape[1] < FEWEST:
        return None
    place = next((at for at, name in enumerate(cells.columns) if COUNT.fullmatch(plain(str(name)))), None)
    if place is None or not all(plain(text).isdigit() for text in cells.iloc[:, place].cat.categories):
        return None
    others = cells.drop(columns=[cells.columns[place]])
    total = cells.iloc[:, place].astype(str).map(plain).astype(np.int64).sum()
    return None if others.duplicated().any() or not len(cells) < total <= LIMITS.rows else place


def _counted(cells: pd.DataFrame, place: int, chosen: str | None) -> Reshaped:
    name = str(cells.columns[place])
    times = cells.iloc[:, place].astype(str).map(plain).astype(np.int64).to_numpy()
    text = N_("“{column}” seems to say how many customers gave the answers of a row. Is it so?")
    question = Question(
        "shape",
        (name,),
        Message(text, column=quote(name)),
        (
            Choice(
                "counted",
                Message(N_("Yes, count each row that many times")),
                Message(N_("{rows} customers."), rows=f"{int(times.sum()):,}"),
            ),
            Choice("same", _SAME, Message(N_("{rows} customers."), rows=f"{len(cells):,}")),
        ),
        "counted",
    )
    if chosen == "same":
        return cells, question, ()
    rows = cells.drop(columns=[name]).iloc[np.repeat(np.arange(len(cells)), times)]
    note = N_("Each row counts as often as “{column}” says: {rows} customers.")
    return rows, question, (Message(note, column=quote(name), rows=f"{len(rows):,}"),)
