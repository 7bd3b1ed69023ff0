"""How a class answered: counts by bin, by option, or by number; what the board draws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median
from typing import Any

from course.classroom.answers import Answer
from course.classroom.steps import CHOICE, SEVERAL, SLIDER, Scale, Step

MOST_BINS = 51
MOST_NUMBERS = 6


def tally(step: Step, answers: Sequence[Answer]) -> dict[str, Any]:
    """Return the counts of `answers` to a step, and how many they are.

    A slider's: `low`, `width`, `counts` by bin, and the `middle` (median). Options': `counts`. Typed numbers: `numbers`,
    the most frequent as {value, count}, and how many gave `other` ones.
    """
    told: dict[str, Any] = {"count": len(answers)}
    if step.kind == SLIDER and step.scale:
        return told | _bins(step.scale, [float(one) for one in answers if isinstance(one, int | float)])
    if step.kind in (CHOICE, SEVERAL):
        chosen = Counter(place for one in answers for place in (one if isinstance(one, tuple) else (one,)))
        return told | {"counts": [chosen[place] for place in range(len(step.choices))]}
    frequent = Counter(answers).most_common()
    numbers = [{"value": value, "count": count} for value, count in frequent[:MOST_NUMBERS]]
    return told | {"numbers": numbers, "other": sum(count for _value, count in frequent[MOST_NUMBERS:])}


def _bins(scale: Scale, answers: Sequence[float]) -> dict[str, Any]:
    places = round((scale.high - scale.low) / scale.step) + 1
    together = -(-places // MOST_BINS)
    counts = [0] * -(-places // together)
    for answer in answers:
        counts[round((answer - scale.low) / scale.step) // together] += 1
    # a bin holds `together` places of the slider, each half a step to either side
    low, width = scale.low - scale.step / 2, together * scale.step
    return {"low": low, "width": width, "counts": counts, "middle": median(answers) if answers else None}
