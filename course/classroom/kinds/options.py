"""Options of which one is right, or several."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from course.classroom.kinds.kind import AnswerError, Kind, Runs
from course.classroom.step import Step


def place(step: Step, sent: Any) -> int:
    """Return the place of an option; `AnswerError` where there is none."""
    if type(sent) is not int or not 0 <= sent < len(step.choices):
        raise AnswerError(step.key)
    return sent


def counted(step: Step, answers: int, places: Iterable[int]) -> dict[str, Any]:
    """Return how many answered, and how often each option was taken."""
    chosen = Counter(places)
    return {"count": answers, "counts": [chosen[one] for one in range(len(step.choices))]}


class Single(Kind[int]):
    """One option, by its place."""

    name = "choice"

    def read(self, step: Step, sent: Any) -> int:
        """Return the option's place."""
        return place(step, sent)

    def right(self, step: Step, answer: int, runs: Runs) -> bool | None:
        """Tell whether it is the right one."""
        return step.choices[answer].right

    def tally(self, step: Step, answers: Sequence[int], runs: Runs, *, names: bool = False) -> dict[str, Any]:
        """Return `counts` by option."""
        return counted(step, len(answers), answers)

    def cell(self, answer: int) -> str:
        """Return the option's number, from 1."""
        return str(answer + 1)


class Several(Kind[tuple[int, ...]]):
    """Several options, by their places in order."""

    name = "several"

    def read(self, step: Step, sent: Any) -> tuple[int, ...]:
        """Return the places, each once and at least one."""
        if not isinstance(sent, list) or not sent or len(sent) > len(step.choices):
            raise AnswerError(step.key)
        places = tuple(sorted(place(step, one) for one in sent))
        if len({*places}) < len(places):
            raise AnswerError(step.key)
        return places

    def kept(self, text: str) -> tuple[int, ...]:
        """Return the places that were kept."""
        return tuple(json.loads(text))

    def right(self, step: Step, answer: tuple[int, ...], runs: Runs) -> bool:
        """Tell whether they are all the right ones, and no other."""
        return {*answer} == {one for one, choice in enumerate(step.choices) if choice.right}

    def tally(
        self, step: Step, answers: Sequence[tuple[int, ...]], runs: Runs, *, names: bool = False
    ) -> dict[str, Any]:
        """Return `counts` by option."""
        return counted(step, len(answers), (one for answer in answers for one in answer))

    def cell(self, answer: tuple[int, ...]) -> str:
        """Return the options' numbers, from 1."""
        return "+".join(str(one + 1) for one in answer)
