"""From a column's text to numbers or days, and the message for the first cell that is neither."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from course.i18n import N_, NN_
from course.i18n.message import Message
from course.survey.codings import CODINGS
from course.survey.ledger import Ledger
from course.survey.messages import SurveyProblem, quote
from course.survey.plan import DATE, EXPECTATION, PERCEPTION, RECOMMEND, SATISFACTION, Plan
from course.survey.reading import RawSurvey
from course.survey.scales import column_of, stretched, top_of
from course.survey.values import Column, Numbers, day, is_missing, plain


def numbers(raw: RawSurvey, plan: Plan, name: str, ledger: Ledger) -> Numbers:
    """Return a column as numbers, one per row, and write down what is missing in it and outside its scale.

    Raises `SurveyProblem` at a cell that is neither a number nor missing, and where most answers lie outside the scale.
    """
    column, use = column_of(raw, plan, name), plan.uses[name]
    if column.unreadable:
        raise _unreadable(raw, column)
    values, outside = _on_scale(plan, name, use.role, column)
    count = int(column.counts[outside].sum())
    answered = int(column.counts[~np.isnan(values)].sum())
    if count:
        row = int(raw.cells.index[column.first(np.flatnonzero(outside))])
        text = column.texts[int(column.codes[column.first(np.flatnonzero(outside))])]
        if count > answered:
            raise _off_scale(plan, name, use.role, text, row)
        ledger.examples[name] = (quote(text), row)
    ledger.labelled += sum(
        int(number_of)
        for text, number_of in zip(column.texts, column.counts, strict=True)
        if number_of
        and text not in column.coding
        and not is_missing(text)
        and not plain(text).lstrip("+-").replace(",", ".").replace(".", "", 1).isdigit()
    )
    if use.role == RECOMMEND and (chosen := plan.chosen("recommend")):
        ledger.recoded(chosen, name)
    if plan.chosen(f"reversed:{name}") == "turn":
        ledger.add(
            "reversed",
            answered,
            NN_("“{column}” was turned round: {count} answer.", "“{column}” was turned round: {count} answers."),
            column=name,
        )
    ledger.columns.append(
        {
            "column": name,
            "role": use.role,
            "dimension": use.dimension,
            "answered": answered,
            "missing": len(raw.cells) - answered - count,
            "outside": count,
        }
    )
    return np.take(values, column.codes)


def _on_scale(plan: Plan, name: str, role: str, column: Column) -> tuple[Numbers, NDArray[np.bool_]]:
    """Return the number of each distinct text on the scale of its role, and which of the texts lie outside it."""
    given = column.values
    if role == RECOMMEND:
        coding = CODINGS[plan.chosen("recommend") or "0-10"]
        scores = coding.scores([value if value == value else -1.0 for value in given.tolist()])
        values = np.array([np.nan if score is None else score for score in scores], dtype=float)
    elif role in (EXPECTATION, PERCEPTION):
        values = np.where((given >= plan.low) & (given <= plan.high), given, np.nan)
        values = stretched(plan, name, values)
        if plan.chosen(f"reversed:{name}") == "turn":
            values = plan.low + plan.high - values
    else:
        top = top_of(column.tally) if role == SATISFACTION else None
        values = np.where((given >= 0) & (given <= (top or np.inf)), given, np.nan)
    return values, np.isnan(values) & ~np.isnan(given)


def _unreadable(raw: RawSurvey, column: Column) -> SurveyProblem:
    place = column.first(column.unreadable)
    text, row = column.texts[int(column.codes[place])], int(raw.cells.index[place])
    cells = int(column.counts[column.unreadable].sum())
    like_it = NN_(" {count} more cell of this column is like it.", " {count} more cells of this column are like it.")
    more = Message(like_it, count=cells - 1) if cells > 1 else ""
    return SurveyProblem(
        Message(
            N_(
                "Row {row}, column “{column}”: “{cell}” is not a number. Write the number that was ticked or leave the cell "
                "empty, or do not use this column.{more}"
            ),
            row=row,
            column=quote(column.name),
            cell=quote(text),
            more=more,
        ),
        row=row,
        column=column.name,
    )


def _off_scale(plan: Plan, name: str, role: str, text: str, row: int) -> SurveyProblem:
    low, high = (plan.low, plan.high) if role != RECOMMEND else (0, 10)
    return SurveyProblem(
        Message(
            N_(
                "Row {row}, column “{column}”: {cell} and most other answers of this column lie outside the scale {low} to "
                "{high}. Choose another scale, or do not use this column together with the others."
            ),
            row=row,
            column=quote(name),
            cell=quote(text),
            low=low,
            high=high,
        ),
        row=row,
        column=name,
    )


def days(raw: RawSurvey, plan: Plan) -> NDArray[np.datetime64] | None:
    """Return the day of each row, None where no column holds dates. Raises `SurveyProblem` at a date that cannot be read."""
    names = plan.columns(DATE)
    if not names:
        return None
    column = raw.columns[names[0]]
    seen = [text for text, count in zip(column.texts, column.counts, strict=True) if count]
    asked = plan.chosen("dates")
    day_first = asked == "day" if asked else all(day(text) is not None for text in seen)
    read = [day(text, day_first=day_first) for text in column.texts]
    bad = [place for place, each in enumerate(read) if each is None and column.counts[place]]
    if bad:
        place = column.first(bad)
        row = int(raw.cells.index[place])
        raise SurveyProblem(
            Message(
                N_(
                    "Row {row}, column “{column}”: “{cell}” is not a date that can be read. Write it as 2026-11-22 or leave "
                    "the cell empty, or do not use this column."
                ),
                row=row,
                column=quote(column.name),
                cell=quote(column.texts[int(column.codes[place])]),
            ),
            row=row,
            column=column.name,
        )
    known = np.array([np.datetime64("NaT", "D") if each is None else each for each in read], dtype="datetime64[D]")
    return known[column.codes]
