"""A guess on a slider, counted in bins."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any

from course.classroom.kinds.kind import AnswerError, Kind, Runs, number
from course.classroom.step import Scale, Step

MOST_BINS = 51


class Slider(Kind[float]):
    """A number in the slider's unit."""

    name = "slider"

    def read(self, step: Step, sent: Any) -> float:
        """Return the place of the slider nearest to a number within its ends."""
        if step.scale is None:
            raise AnswerError(step.key)
        return step.scale.nearest(number(step, sent, step.scale.low, step.scale.high))

    def tally(self, step: Step, answers: Sequence[float], runs: Runs, *, names: bool = False) -> dict[str, Any]:
        """Return `low`, `width`, `counts` by bin, and the `middle` (median)."""
        assert step.scale is not None
        return {"count": len(answers), **_bins(step.scale, answers)}


def _bins(scale: Scale, answers: Sequence[float]) -> dict[str, Any]:
    places = round((scale.high - scale.low) / scale.step) + 1
    together = -(-places // MOST_BINS)
    counts = [0] * -(-places // together)
    for answer in answers:
        counts[round((answer - scale.low) / scale.step) // together] += 1
    # a bin holds `together` places of the slider, each half a step to either side
    low, width = scale.low - scale.step / 2, together * scale.step
    return {"low": low, "width": width, "counts": counts, "middle": median(answers) if answers else None}
