"""Turn text into numbers, and say what was done about what is missing, outside the scale, repeated or ticked in one go."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from course.i18n import N_
from course.i18n.message import Message
from course.survey.carelessness import further
from course.survey.cells import days, numbers
from course.survey.ledger import Ledger, Step
from course.survey.messages import Cancelled, CancelledError, Progress, SurveyProblem, quote
from course.survey.plan import (
    BESIDE,
    DATE,
    EXPECTATION,
    IMPORTANCE,
    PERCEPTION,
    RECOMMEND,
    SATISFACTION,
    WEIGHT,
    Plan,
)
from course.survey.previews import left_out
from course.survey.reading import RawSurvey
from course.survey.values import Numbers
from course.theory.service_quality import DIMENSIONS

__all__ = ["Block", "Clean", "Step", "clean"]

OTHER = "other"
"""Key of the block of questions that belong to none of the five dimensions."""
ENOUGH_TO_BE_STRAIGHT = 8
FEWEST = 2


@dataclass(frozen=True)
class Block:
    """The answers to the questions of one role and dimension: (customers, questions), NaN where missing."""

    columns: tuple[str, ...]
    answers: Numbers


@dataclass(frozen=True)
class Clean:
    """A survey ready to analyse; all parts have one row per customer kept.

    `expectation` and `perception` hold a block per dimension that has one, and one under `OTHER` for further questions;
    `weights` add up to the number of customers, None where every row counts once; `importance` a (customers,) list per dimension;
    `recommend` answers from 0 to 10; `satisfaction` on its own scale; `dates` days. `rows`: numbers in the file.
    """

    name: str
    plan: Plan
    rows: NDArray[np.int64]
    expectation: dict[str, Block]
    perception: dict[str, Block]
    importance: dict[str, Numbers]
    recommend: Numbers | None
    satisfaction: Numbers | None
    dates: NDArray[np.datetime64] | None
    straight: NDArray[np.bool_]
    weights: Numbers | None
    steps: tuple[Step, ...]
    missing: pd.DataFrame
    """One row per used column: column, role, dimension, answered, missing, outside."""


def row_means(answers: Numbers) -> Numbers:
    """Return each customer's mean over the questions answered, NaN where none was: (customers, questions) -> (customers,)."""
    told = ~np.isnan(answers)
    if told.all():
        return answers.mean(axis=1)
    count = told.sum(axis=1, dtype=np.int16)
    return np.where(count > 0, np.where(told, answers, 0).sum(axis=1) / np.maximum(count, 1), np.nan)


def clean(raw: RawSurvey, plan: Plan, *, progress: Progress | None = None, cancelled: Cancelled | None = None) -> Clean:
    """Return the survey as numbers, by its plan.

    Raises `SurveyProblem` naming row, column and cure where a cell is neither a number nor missing.
    """
    _refuse_plan(raw, plan)
    used = [name for name, use in plan.uses.items() if use.role not in BESIDE]
    ledger = Ledger()
    lists: dict[str, Numbers] = {}
    for place, name in enumerate(used):
        if cancelled and cancelled():
            raise CancelledError
        lists[name] = numbers(raw, plan, name, ledger)
        if progress:
            progress((place + 1) / (len(used) + 2))
    if used and not any(entry["answered"] for entry in ledger.columns):
        raise SurveyProblem(
            Message(
                N_(
                    "Row {row}, column “{column}”: this cell and all others that are used are empty. Map other columns."
                ),
                row=int(raw.cells.index[0]),
                column=quote(used[0]),
            ),
            row=int(raw.cells.index[0]),
            column=used[0],
        )
    dates = days(raw, plan)
    kept = _without_copies(raw, plan, ledger) & _with_an_answer(lists, len(raw.cells), ledger)
    kept &= ~left_out(raw, plan, ledger)
    straight = _straight(plan, lists, kept, ledger)
    careless = {"straight": straight, **further(raw, plan, lists, kept, straight, ledger)}
    for check in plan.leave_out & careless.keys():
        kept &= ~careless[check]
    _refuse_few(raw, int(kept.sum()))
    weights = _weights(raw, plan, kept, ledger)
    where = slice(None) if kept.all() else np.flatnonzero(kept)

    def blocks(role: str) -> dict[str, Block]:
        found: list[tuple[str, tuple[str, ...]]] = [(name, plan.columns(role, name)) for name in DIMENSIONS]
        found.append((OTHER, tuple(name for name in plan.columns(role) if plan.uses[name].dimension is None)))
        # column after column, as the estimates read them
        return {
            dimension: Block(names, np.array([lists[name][where] for name in names]).T)
            for dimension, names in found
            if names
        }

    def single(role: str) -> Numbers | None:
        names = plan.columns(role)
        return lists[names[0]][where] if names else None

    return Clean(
        name=raw.name,
        plan=plan,
        rows=raw.cells.index.to_numpy()[where],
        expectation=blocks(EXPECTATION),
        perception=blocks(PERCEPTION),
        importance={name: row_means(block.answers) for name, block in blocks(IMPORTANCE).items() if name != OTHER},
        recommend=single(RECOMMEND),
        satisfaction=single(SATISFACTION),
        dates=None if dates is None else dates[where],
        straight=straight[where],
        weights=weights,
        steps=ledger.steps(),
        missing=pd.DataFrame(ledger.columns),
    )


def _refuse_plan(raw: RawSurvey, plan: Plan) -> None:
    """Raise `SurveyProblem` for a plan that uses nothing, or two columns where there can be one."""
    if all(use.role in (*BESIDE, IMPORTANCE) for use in plan.uses.values()):
        first = str(raw.cells.columns[0])
        raise SurveyProblem(
            Message(
                N_(
                    "No column is used that holds ratings; the first is “{column}”. Say for at least one column what it "
                    "measures."
                ),
                column=quote(first),
            ),
            column=first,
        )
    for role, name in (
        (RECOMMEND, N_("recommendation")),
        (SATISFACTION, N_("overall satisfaction")),
        (DATE, N_("date")),
    ):
        found = plan.columns(role)
        if len(found) > 1:
            raise SurveyProblem(
                Message(
                    N_("“{first}” and “{second}” are both used as {role}. Keep one of them and leave the other out."),
                    first=quote(found[0]),
                    second=quote(found[1]),
                    role=Message(name),
                ),
                column=found[1],
            )


def _without_copies(raw: RawSurvey, plan: Plan, ledger: Ledger) -> NDArray[np.bool_]:
    """Return which rows stay when copies go: only where something in the table tells one customer from another."""
    mixed = np.zeros(len(raw.cells), dtype=np.uint64)
    telling = False
    for name in raw.cells.columns:
        column = raw.cells[name].cat
        mixed = (mixed ^ column.codes.to_numpy().astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
        role = plan.uses[name].role
        telling |= role in BESIDE and 2 * len(column.categories) > len(raw.cells)
    copy = pd.Series(mixed).duplicated().to_numpy()
    count = int(copy.sum())
    if not count:
        ledger.add("copies", 0, N_("No row stands twice."))
        return ~copy
    row = int(raw.cells.index[int(np.argmax(copy))])
    if telling:
        ledger.add(
            "copies",
            count,
            N_("Rows that repeat another in every cell, left out: {count}, the first is row {row}."),
            row=row,
        )
        return ~copy
    ledger.add(
        "copies",
        count,
        N_(
            "Rows that repeat another in every cell, kept: {count}, the first is row {row}. Without a number or a time per "
            "customer nobody can tell a copy from two people who agree."
        ),
        row=row,
    )
    return np.ones(len(copy), dtype=bool)


def _with_an_answer(lists: dict[str, Numbers], rows: int, ledger: Ledger) -> NDArray[np.bool_]:
    silent = np.ones(rows, dtype=bool)
    for values in lists.values():
        silent &= np.isnan(values)
    if count := int(silent.sum()):
        ledger.add("silent", count, N_("Rows without a single answer, left out: {count}."))
    return ~silent


def _straight(plan: Plan, lists: dict[str, Numbers], kept: NDArray[np.bool_], ledger: Ledger) -> NDArray[np.bool_]:
    """Return who ticked the same number for every question on expectation and perception."""
    rated = [lists[name] for role in (EXPECTATION, PERCEPTION) for name in plan.columns(role)]
    if len(rated) < ENOUGH_TO_BE_STRAIGHT:
        return np.zeros(len(kept), dtype=bool)
    same = kept.copy()
    for values in rated[1:]:
        same &= values == rated[0]
    count, questions = int(same.sum()), len(rated)
    if not count:
        ledger.add(
            "straight", 0, N_("Nobody gave one and the same answer to all {questions} questions."), questions=questions
        )
    elif "straight" in plan.leave_out:
        ledger.add(
            "straight",
            count,
            N_("Customers with one and the same answer to all {questions} questions, left out: {count}."),
            questions=questions,
        )
    else:
        ledger.add(
            "straight",
            count,
            N_(
                "Customers with one and the same answer to all {questions} questions: {count}. They are kept, because a "
                "delighted customer may mean it; you can leave them out."
            ),
            questions=questions,
        )
    return same


def _weights(raw: RawSurvey, plan: Plan, kept: NDArray[np.bool_], ledger: Ledger) -> Numbers | None:
    """Return the weights of the rows kept, which add up to their number. A row without one counts as nothing."""
    if plan.chosen("weight") != "yes":
        return None
    name = plan.columns(WEIGHT)[0]
    column = raw.columns[name]
    given = np.nan_to_num(column.values[column.codes], nan=0.0)[kept]
    if (given < 0).any() or given.sum() <= 0:
        raise SurveyProblem(
            Message(
                N_(
                    "Column “{column}”: weights are numbers of 0 or more, and not all of them 0. Say “no” to weighting."
                ),
                column=quote(name),
            ),
            column=name,
        )
    ledger.add(
        "weights",
        int((given == 0).sum()),
        N_(
            "Means and the net promoter score are weighted by “{column}”; α and the control chart are not. Rows without a weight: {count}."
        ),
        column=quote(name),
    )
    return np.asarray(given * (given.size / given.sum()), dtype=float)


def _refuse_few(raw: RawSurvey, left: int) -> None:
    if left >= FEWEST:
        return
    row = int(raw.cells.index[0])
    raise SurveyProblem(
        Message(
            N_(
                "Row {row} is the only row with answers that can be used. Nothing can be estimated from fewer than two "
                "customers; add more rows."
            ),
            row=row,
        ),
        row=row,
    )
