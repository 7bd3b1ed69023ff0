"""A number that is typed, right within a tolerance; the most frequent ones are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from course.classroom.kinds.kind import ROUNDING, Kind, Runs, number
from course.classroom.step import Step
from course.i18n import Text

MOST_NUMBERS = 6


class Number(Kind[float]):
    """A number in the question's unit."""

    name = "number"

    def read(self, step: Step, sent: Any) -> float:
        """Return any number that is not beyond all bounds."""
        return number(step, sent)

    def right(self, step: Step, answer: float, runs: Runs) -> bool:
        """Tell whether it is near enough."""
        return abs(answer - (step.answer or 0.0)) <= step.tolerance + ROUNDING

    def told(self, step: Step, answer: float | None) -> Text:
        """Return what a typical slip is told, else what a wrong number is."""
        if step.missed is None or (answer is not None and self.right(step, answer, {})):
            return step.reveal
        hit = [
            slip for slip in step.slips if answer is not None and abs(answer - slip.value) <= slip.tolerance + ROUNDING
        ]
        return hit[0].feedback if hit else step.missed

    def tally(self, step: Step, answers: Sequence[float], runs: Runs, *, names: bool = False) -> dict[str, Any]:
        """Return `numbers`, the most frequent as {value, count}, and how many gave `other` ones."""
        frequent = Counter(answers).most_common()
        numbers = [{"value": value, "count": count} for value, count in frequent[:MOST_NUMBERS]]
        return {
            "count": len(answers),
            "numbers": numbers,
            "other": sum(count for _value, count in frequent[MOST_NUMBERS:]),
        }
