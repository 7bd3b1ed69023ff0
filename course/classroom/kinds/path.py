"""A line that is drawn: a level at each of some places, told as a fan over the class."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from course.classroom.kinds.kind import AnswerError, Kind, Runs, number
from course.classroom.step import Step
from course.i18n import Text
from course.simulations.words import Line

if TYPE_CHECKING:
    import pandas as pd

SHARES = (0.1, 0.25, 0.5, 0.75, 0.9)


@dataclass(frozen=True)
class Places:
    """Where a line is asked for, `start` to `stop` in steps of `every`; the axes' names; and what the model says there."""

    start: float
    stop: float
    every: float
    percent: bool
    x: Text
    y: Text
    truth: tuple[float | None, ...]

    def __len__(self) -> int:
        return len(self.truth)


def truth(line: Line, frame: pd.DataFrame) -> tuple[float | None, ...]:
    """Return what a run says at the places of a line; None where it says nothing.

    A place within a bar has the sum of its groups, 0 where there is no bar (as `course/ui/drawing/line.js`).
    """
    rows = frame
    for column, text in line.only.items():
        rows = rows[rows[column] == text]
    across, up = rows[line.across].to_numpy(float), rows[line.up].to_numpy(float)
    found: list[float | None] = []
    for step in range(round((line.stop - line.start) / line.every) + 1):
        place = line.start + step * line.every
        if line.until:
            here = (across <= place) & (place < rows[line.until].to_numpy(float))
        else:
            here = np.abs(across - place) < 1e-9
        found.append(float(up[here].sum()) if here.any() or line.until else None)
    return tuple(found)


class Path(Kind[tuple[float, ...]]):
    """A level for each place."""

    name = "path"

    def read(self, step: Step, sent: Any) -> tuple[float, ...]:
        """Return the levels, each at a place of the scale."""
        places, scale = step.about, step.scale
        if not isinstance(places, Places) or scale is None or not isinstance(sent, list) or len(sent) != len(places):
            raise AnswerError(step.key)
        return tuple(scale.nearest(number(step, one, scale.low, scale.high)) for one in sent)

    def kept(self, text: str) -> tuple[float, ...]:
        """Return the levels that were kept."""
        return tuple(json.loads(text))

    def tally(
        self, step: Step, answers: Sequence[tuple[float, ...]], runs: Runs, *, names: bool = False
    ) -> dict[str, Any]:
        """Return the `fan`: for each of `SHARES` of the class, the levels at the places; none where nobody drew."""
        fan = np.quantile(np.array(answers), SHARES, axis=0).round(9).tolist() if answers else []
        return {"count": len(answers), "fan": fan}

    def cell(self, answer: tuple[float, ...]) -> str:
        """Return the levels, one after the other."""
        return "; ".join(f"{level:.12g}" for level in answer)

    def asked(self, step: Step, language: str) -> dict[str, Any]:
        """Return the places and the axes' names."""
        places = step.about
        assert isinstance(places, Places)
        return {
            "path": {
                "start": places.start, "stop": places.stop, "every": places.every, "percent": places.percent,
                "x": places.x[language], "y": places.y[language],
            }
        }  # fmt: skip

    def revealed(self, step: Step, language: str, runs: Runs) -> dict[str, Any]:
        """Return the model's line."""
        assert isinstance(step.about, Places)
        return {"path": list(step.about.truth)}
