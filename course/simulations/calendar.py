"""Time that can be played: a run period by period, in which a manager decides with what a manager knows by then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from course.amounts import Amount

Decisions = tuple[Mapping[str, float], ...]


@dataclass(frozen=True)
class Calendar:
    """The time of a simulation: `periods` periods, counted by `column` of its frames in steps of `each`.

    `levers` are the sliders that a manager may set anew in each. `known` says which frames a manager has meanwhile, each with
    the texts that its rows must hold one of (none: all rows); columns that are `secret` nobody has. All else shows when the
    last period is over.
    """

    column: str
    periods: int
    levers: tuple[str, ...]
    known: Mapping[str, tuple[str, ...]]
    each: float = 1
    secret: tuple[str, ...] = ()

    def settings(self, name: str, decisions: Decisions, now: float) -> NDArray[np.float64]:
        """Return a slider's value in each period: as decided in those that are over, and `now` from then on."""
        past = [float(decision[name]) for decision in decisions] if name in self.levers else []
        return np.array(past + [now] * (self.periods - len(past)))

    def until(self, frames: Mapping[str, pd.DataFrame], period: int) -> dict[str, pd.DataFrame]:
        """Return the frames as a manager knows them when `period` periods are over; frames that nobody has are empty."""
        return {name: self._known(name, frame, period) for name, frame in frames.items()}

    def _known(self, name: str, frame: pd.DataFrame, period: int) -> pd.DataFrame:
        if name not in self.known or self.column not in frame:
            return frame.iloc[:0]
        rows = frame[frame[self.column] <= period * self.each + self.each / 1000].drop(
            columns=[*self.secret], errors="ignore"
        )
        texts = self.known[name]
        kept = rows[rows.isin([*map(str, texts)]).any(axis=1)] if texts else rows
        # by their places in the whole, rows would tell how many are still to come
        return kept.reset_index(drop=True)

    def news(self, frames: Mapping[str, pd.DataFrame], period: int) -> dict[str, Amount]:
        """Return what a manager reads of the period just over: its number, and the figures of its rows by column.

        Where a frame has several rows for it, a figure's name begins with the text of its row: `survey_value`.
        """
        found: dict[str, Any] = {"period": period, "periods": self.periods}
        for frame in self.until(frames, period).values():
            if self.column not in frame:
                continue
            rows = frame[np.isclose(frame[self.column], period * self.each)].to_dict("records")
            for row in rows:
                texts = [text for text in row.values() if isinstance(text, str)]
                before = "" if len(rows) == 1 else f"{'_'.join(texts)}_"
                found |= {f"{before}{name}": value for name, value in row.items() if not isinstance(value, str)}
        return {name: Amount(number) for name, number in found.items()}
