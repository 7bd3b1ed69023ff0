"""Question by question: the means of expectation and perception, and of their gap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from course.survey import bootstrap
from course.survey.bootstrap import Estimate
from course.survey.cleaning import Clean
from course.survey.pairs import pairs
from course.survey.results import Item
from course.survey.values import Numbers

WIDEST = 120
Steps = NDArray[np.int16]


def items(survey: Clean, *, seed: int) -> tuple[Item, ...]:
    """Return every question on expectation or perception, in the order of the file; pairs as one."""
    answers = _answers(survey)
    found: list[Item] = []
    for hoped, seen in pairs(survey.plan):
        name = seen or hoped or ""
        hope, view = answers[hoped] if hoped else None, answers[seen] if seen else None
        estimates = _of_steps(survey, hope, view, seed, name) or _of_values(survey, hope, view, seed, name)
        found.append(Item(name, survey.plan.uses[name].dimension or "other", *estimates))
    order = {name: place for place, name in enumerate(survey.plan.uses)}
    return tuple(sorted(found, key=lambda item: order[item.name]))


def level(found: Sequence[Estimate | None]) -> float | None:
    """Return the mean of these questions' means, None where there are none."""
    values = [each.value for each in found if each is not None]
    return float(np.mean(values)) if values else None


def _answers(survey: Clean) -> dict[str, Numbers]:
    return {
        name: block.answers[:, place]
        for blocks in (survey.expectation, survey.perception)
        for block in blocks.values()
        for place, name in enumerate(block.columns)
    }


Estimates = tuple[Estimate | None, Estimate | None, Estimate | None]


def _of_values(survey: Clean, hope: Numbers | None, view: Numbers | None, seed: int, name: str) -> Estimates:
    """Return the means of expectation, perception and gap, whatever the answers and weights."""

    def estimate(values: Numbers | None, part: str) -> Estimate | None:
        if values is None:
            return None
        return bootstrap.mean(values, seed=seed, part=f"{part} {name}", weights=survey.weights)

    gap = None if hope is None or view is None else view - hope
    return estimate(hope, "expectation"), estimate(view, "perception"), estimate(gap, "gap")


def _of_steps(survey: Clean, hope: Numbers | None, view: Numbers | None, seed: int, name: str) -> Estimates | None:
    """Return the same from one count of who gave which two answers, None for weights and for other than whole numbers."""
    low, high = survey.plan.low, survey.plan.high
    if survey.weights is not None or not 0 < high - low <= WIDEST:
        return None
    missing = high - low + 1
    both = [None if each is None else _steps(each, low, missing) for each in (hope, view)]
    if any(steps is None and each is not None for steps, each in zip(both, (hope, view), strict=True)):
        return None
    ours, theirs = both
    size = missing + 1
    rows = len(survey.rows)
    empty = np.full(rows, missing, dtype=np.int16)
    joint = np.bincount(
        (empty if ours is None else ours) * np.int16(size) + (empty if theirs is None else theirs),
        minlength=size * size,
    ).reshape(size, size)
    expected = {float(low + step): int(joint[step].sum()) for step in range(missing)}
    perceived = {float(low + step): int(joint[:, step].sum()) for step in range(missing)}
    gaps: Counter[float] = Counter()
    for hoped, seen in zip(*np.nonzero(joint[:missing, :missing]), strict=True):
        gaps[float(seen) - float(hoped)] += int(joint[hoped, seen])

    def estimate(counts: dict[float, int], part: str) -> Estimate | None:
        return bootstrap.mean_of_counts(counts, seed=seed, part=f"{part} {name}")

    return estimate(expected, "expectation"), estimate(perceived, "perception"), estimate(gaps, "gap")


def _steps(values: Numbers, low: int, missing: int) -> Steps | None:
    """Return answers as steps above the lowest, `missing` where there is none; None for other than whole numbers."""
    shifted = np.where(np.isnan(values), missing, values - low)
    steps = shifted.astype(np.int16)
    return steps if np.array_equal(steps, shifted) and steps.min(initial=0) >= 0 else None
