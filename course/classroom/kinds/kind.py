"""What every kind of question knows: how it is answered, counted, and told."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from course.classroom.step import Step
from course.i18n import Text

A = TypeVar("A")
# the settings of a simulation, by name, in alphabetical order
Settings = tuple[tuple[str, float], ...]
# what came of the runs that are through
Runs = Mapping[Settings, Mapping[str, float]]
LARGEST = 1e12
ROUNDING = 1e-9


class AnswerError(ValueError):
    """What a phone sent is no answer to this question."""


def number(step: Step, sent: Any, low: float = -LARGEST, high: float = LARGEST) -> float:
    """Return a number between `low` and `high` that a phone sent; `AnswerError` for anything else."""
    # not a number is not above anything; an integer may be too long for a float
    if isinstance(sent, bool) or not isinstance(sent, int | float) or not low <= sent <= high:
        raise AnswerError(step.key)
    return float(sent)


class Kind(Generic[A]):
    """A kind of question, whose answers are of type `A`. `runs` are what came of a simulation, for kinds that run one."""

    name: ClassVar[str]
    # whether a phone may try before it answers
    tries: ClassVar[bool] = False

    def read(self, step: Step, sent: Any) -> A:
        """Return what was sent as an answer; `AnswerError` where it is none."""
        raise NotImplementedError

    def written(self, answer: A) -> str:
        """Return an answer as it is kept: JSON."""
        return json.dumps(answer)

    def kept(self, text: str) -> A:
        """Return an answer that was kept."""
        found: A = json.loads(text)
        return found

    def nameless(self, answer: A) -> A:
        """Return an answer without the name that came with it."""
        return answer

    def right(self, step: Step, answer: A, runs: Runs) -> bool | None:
        """Tell whether an answer is right; None where there is no right one, or it is not known yet."""
        return None

    def told(self, step: Step, answer: A | None) -> Text:
        """Return what is told with the answer to whoever gave this one, or none."""
        return step.reveal

    def tally(self, step: Step, answers: Sequence[A], runs: Runs, *, names: bool = False) -> dict[str, Any]:
        """Return how many answered, and how; `answers` are in the order in which they came."""
        return {"count": len(answers)}

    def cell(self, answer: A) -> str:
        """Return an answer as a table of numbers has it."""
        return f"{answer:.12g}"

    def asked(self, step: Step, language: str) -> dict[str, Any]:
        """Return what else a page has to know to ask."""
        return {}

    def revealed(self, step: Step, language: str, runs: Runs) -> dict[str, Any]:
        """Return what else is shown with the answer."""
        return {}

    def sent(self, answer: A) -> Any:
        """Return an answer as a phone sent it."""
        return answer

    def settings(self, step: Step, answer: A) -> Settings | None:
        """Return what has to be run for an answer, None where nothing has."""
        return None

    def beside(self, step: Step) -> tuple[Settings, ...]:
        """Return what else has to be run, to be shown beside the answers."""
        return ()

    def own(self, step: Step, answer: A, runs: Runs, *, revealed: bool) -> Any:
        """Return what came of somebody's own answer, None where that is not told (yet)."""
        return None
