"""Statements about a service, each rated from 1 to 7: asked before, what one expects, and asked again after, what one got."""

from __future__ import annotations

import json
from collections.abc import Sequence
from statistics import fmean
from typing import Any

from course.classroom.kinds.kind import AnswerError, Kind, Runs
from course.classroom.step import Step
from course.ratings.items import FEWEST_PEOPLE, HIGHEST, LOWEST

Marks = tuple[int, ...]


class Ratings(Kind[Marks]):
    """A mark for each statement, in their order."""

    name = "ratings"

    def read(self, step: Step, sent: Any) -> Marks:
        """Return the marks; every statement has one."""
        if not isinstance(sent, list) or len(sent) != len(step.choices):
            raise AnswerError(step.key)
        if not all(type(mark) is int and LOWEST <= mark <= HIGHEST for mark in sent):
            raise AnswerError(step.key)
        return tuple(sent)

    def kept(self, text: str) -> Marks:
        """Return the marks that were kept."""
        return tuple(json.loads(text))

    def tally(self, step: Step, answers: Sequence[Marks], runs: Runs, *, names: bool = False) -> dict[str, Any]:
        """Return the `means` by statement; None where so few answered that they would tell what single people said."""
        few = len(answers) < FEWEST_PEOPLE
        means = None if few else [round(fmean(marks), 2) for marks in zip(*answers, strict=True)]
        return {"count": len(answers), "means": means, "fewest": FEWEST_PEOPLE}

    def cell(self, answer: Marks) -> str:
        """Return the marks, parted by ";"."""
        return ";".join(map(str, answer))

    def asked(self, step: Step, language: str) -> dict[str, Any]:
        """Return the ends of the scale."""
        return {"marks": {"low": LOWEST, "high": HIGHEST}}
