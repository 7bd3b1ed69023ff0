"""The worked numbers of `tests/theory/oracles/`: every module's theory test maps each row of its own to a function."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import ArrayLike

TABLES = Path(__file__).parent / "theory" / "oracles"


@dataclass(frozen=True)
class Oracle:
    """One row: `expected` holds one number or several, each within its `tolerance`; a single tolerance is everybody's."""

    id: str
    model: str
    given: str
    expected: tuple[float, ...]
    tolerance: tuple[float, ...]

    def check(self, computed: ArrayLike) -> None:
        """Assert that every computed number lies within the tolerance of its expected one."""
        found = np.atleast_1d(np.asarray(computed, dtype=float))
        assert found.shape == (len(self.expected),), f"{self.id}: {found} where {self.expected} is expected"
        assert np.all(np.abs(found - self.expected) <= np.asarray(self.tolerance)), (
            f"{self.id}: {found}, not {self.expected}"
        )


@cache
def oracles(module: str) -> tuple[Oracle, ...]:
    """Return the rows of a module (`m01`), none where there is no table: `course check` says so."""
    if not (TABLES / f"{module}.csv").is_file():
        return ()
    with (TABLES / f"{module}.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(
            Oracle(
                id=row["id"],
                model=row["model"],
                given=row["input"],
                expected=tuple(float(part) for part in re.split(r";|\+-", row["expected"])),
                tolerance=tuple(float(part) for part in row["tolerance"].split(";")),
            )
            for row in csv.DictReader(stream)
        )


def cases(module: str, functions: Mapping[str, Callable[[], ArrayLike]]) -> pytest.MarkDecorator:
    """Return the parametrisation `oracle, compute` over all rows of a module.

    A row without a function, a function without a row and a module without rows each are a case that fails: one that
    could not be collected would keep all other tests from running.
    """
    rows = {row.id: row for row in oracles(module)}
    names = list(dict.fromkeys([*rows, *functions])) or ["no rows"]
    return pytest.mark.parametrize(
        ("oracle", "compute"),
        [
            pytest.param(rows.get(name, Oracle(name, "", "", (), ())), functions.get(name, _nothing), id=name)
            for name in names
        ],
    )


def _nothing() -> ArrayLike:
    raise AssertionError("no function computes this row")
