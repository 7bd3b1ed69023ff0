"""Question by question: which expectation belongs to which perception, and the means of both with their gap."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from course.survey import bootstrap
from course.survey.blocks import parse
from course.survey.bootstrap import Estimate
from course.survey.cleaning import Block, Clean
from course.survey.results import Item
from course.survey.values import Numbers, plain

_MARK = re.compile(
    r"^(?:e|p|exp|perc|expectations?|perceptions?|expected|perceived|期望|感知|实际感受)[\s_.:：-]*|"
    r"[\s_(（\[]*(?:expectations?|perceptions?|expected|perceived|期望|感知|실제 경험|기대 수준)[)）\]]*",
    re.I,
)


def items(survey: Clean, *, seed: int) -> tuple[Item, ...]:
    """Return every question on expectation or perception, in the order of the file; pairs as one."""
    found: list[Item] = []
    for dimension in dict.fromkeys([*survey.expectation, *survey.perception]):
        expected, perceived = survey.expectation.get(dimension), survey.perception.get(dimension)
        for hoped, seen in _pairs(expected, perceived):
            hope = expected.answers[:, hoped] if expected and hoped is not None else None
            view = perceived.answers[:, seen] if perceived and seen is not None else None
            name = (
                perceived.columns[seen]
                if perceived and seen is not None
                else expected.columns[hoped or 0]
                if expected
                else ""
            )
            found.append(
                Item(
                    name,
                    dimension,
                    _estimate(survey, hope, seed, f"expectation {name}"),
                    _estimate(survey, view, seed, f"perception {name}"),
                    _estimate(survey, None if hope is None or view is None else view - hope, seed, f"gap {name}"),
                )
            )
    order = {name: place for place, name in enumerate(survey.plan.uses)}
    return tuple(sorted(found, key=lambda item: order[item.name]))


def _estimate(survey: Clean, values: Numbers | None, seed: int, part: str) -> Estimate | None:
    return None if values is None else bootstrap.mean(values, seed=seed, part=part, weights=survey.weights)


def _pairs(expected: Block | None, perceived: Block | None) -> list[tuple[int | None, int | None]]:
    if expected is None or perceived is None:
        block = expected or perceived
        places = range(len(block.columns)) if block else range(0)
        return [(place, None) if expected else (None, place) for place in places]
    hoped, seen = _keys(expected.columns), _keys(perceived.columns)
    if set(hoped) != set(seen) and len(hoped) == len(seen) and not set(hoped) & set(seen):
        # asked in other words each time; the order is all there is to go by
        return [(place, place) for place in range(len(hoped))]
    pairs: list[tuple[int | None, int | None]] = [
        (hoped.index(key) if key in hoped else None, place) for place, key in enumerate(seen)
    ]
    return pairs + [(place, None) for place, key in enumerate(hoped) if key not in seen]


def _keys(columns: Sequence[str]) -> list[str]:
    keys = []
    for name in columns:
        block = parse(name)
        keys.append(block[1] if block else _MARK.sub("", plain(name)).strip().lower())
    # items of a block are its own; twins would pair with each other
    return keys if len(set(keys)) == len(keys) else [f"{key} {place}" for place, key in enumerate(keys)]


def level(found: Sequence[Estimate | None]) -> float | None:
    """Return the mean of these questions' means, None where there are none."""
    values = [each.value for each in found if each is not None]
    return float(np.mean(values)) if values else None
