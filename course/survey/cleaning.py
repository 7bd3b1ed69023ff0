"""Turn text into numbers, and say what was done about what is missing, outside the scale, repeated or ticked in one go."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from course.survey.mapping import Plan
from course.survey.messages import Cancelled, Message, Progress
from course.survey.reading import RawSurvey

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Step:
    """One thing that was done, or deliberately not done: `kind` names it, `count` says to how many cells or rows."""

    kind: str
    count: int
    message: Message


@dataclass(frozen=True)
class Block:
    """The answers to the questions of one role and dimension: (customers, questions), NaN where missing."""

    columns: tuple[str, ...]
    answers: Numbers


@dataclass(frozen=True)
class Clean:
    """A survey ready to analyse; all parts have one row per customer kept.

    `expectation` and `perception` hold a block per dimension that has one; `importance` a (customers,) list per dimension;
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
    steps: tuple[Step, ...]
    missing: pd.DataFrame
    """One row per used column: column, role, dimension, answered, missing, outside."""


def clean(raw: RawSurvey, plan: Plan, *, progress: Progress | None = None, cancelled: Cancelled | None = None) -> Clean:
    """Return the survey as numbers, by its plan.

    Raises `SurveyProblem` naming row, column and cure where a cell is neither a number nor missing.
    """
    raise NotImplementedError
