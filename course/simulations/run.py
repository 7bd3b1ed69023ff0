"""What one run yields: its figures, and its tables as columns; data frames of them are made when somebody asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    F = TypeVar("F", bound=DataclassInstance)
else:
    F = TypeVar("F")

Columns = dict[str, NDArray[Any]]
# columns by name, each an array or a list, all of one length; a data frame is one, too
Table = Mapping[str, Any] | pd.DataFrame


def tidy(parts: Iterable[Mapping[str, Any]]) -> Columns:
    """Return the rows of all `parts`, columns by name, one below the other; the names are those of the first part."""
    whole: dict[str, list[NDArray[Any]]] = {}
    for part in parts:
        size = next((len(column) for column in part.values() if np.ndim(column)), 1)
        for name, column in part.items():
            whole.setdefault(name, []).append(_column(column, size))
    return {name: np.concatenate(columns) for name, columns in whole.items()}


def _column(column: Any, size: int) -> NDArray[Any]:
    if not np.ndim(column):
        return np.full(size, column, dtype=object if isinstance(column, str) else None)
    texts = isinstance(column, list) and isinstance(next(iter(column), None), str)
    return np.asarray(column, dtype=object if texts else None)


def frame(table: Table) -> pd.DataFrame:
    """Return a table as a data frame."""
    return table if isinstance(table, pd.DataFrame) else pd.DataFrame(dict(table))


@dataclass(frozen=True)
class Run(Generic[F]):
    """What one run yields: its figures, tidy tables by name, and further numbers that its sentence may name.

    A page is sent the columns as they are: to make data frames of them takes longer than many a run.
    """

    figures: F
    tables: Mapping[str, Table]
    asides: dict[str, float] = field(default_factory=dict)

    @cached_property
    def frames(self) -> dict[str, pd.DataFrame]:
        """The tables as data frames."""
        return {name: frame(table) for name, table in self.tables.items()}

    @cached_property
    def metrics(self) -> dict[str, float]:
        """The figures by key, as plain numbers in their units."""
        return {key: float(number) for key, number in vars(self.figures).items()}
