"""Lines that stop where a year is missing, instead of running across as if it had been measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def with_gaps(frame: pd.DataFrame, column: str = "year", step: int = 1) -> pd.DataFrame:
    """Return the table with an empty row for each missing value of `column`, whole numbers `step` apart, in order.

    A line drawn over it breaks there. `ValueError` where a value of the column occurs twice or is missing.
    """
    if frame[column].isna().any() or frame[column].duplicated().any():
        raise ValueError(f"{column} must hold each value once, and none may be missing")
    if frame.empty:
        return frame.copy()
    whole = range(int(frame[column].min()), int(frame[column].max()) + 1, step)
    wanted = sorted({*whole, *map(int, frame[column])})
    return frame.set_index(column).reindex(wanted).rename_axis(column).reset_index()
