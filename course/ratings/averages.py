"""What a class's ratings come to, dimension by dimension, and that as a code for an address."""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from course.ratings.file import COLUMNS, read
from course.ratings.items import EXPECTED, ITEMS, PERCEIVED

if TYPE_CHECKING:
    import pandas as pd

DIGITS = 4


@dataclass(frozen=True)
class Mean:
    """What was expected of a dimension and what was got: means over all answers of people who gave both."""

    expected: float
    perceived: float

    @property
    def gap(self) -> float:
        """P − E."""
        return self.perceived - self.expected


@dataclass(frozen=True)
class Averages:
    """A service, how many people rated it, and by dimension their means; None for a dimension that nobody rated twice."""

    service: str
    people: int
    means: Mapping[str, Mean | None]

    def plain(self) -> dict[str, Any]:
        """Return what a page is told: `means` in the order of the dimensions, [expected, perceived] or None. JSON-ready."""
        pairs = (self.means[name] for name in ITEMS)
        rounded = [mean and [round(mean.expected, DIGITS), round(mean.perceived, DIGITS)] for mean in pairs]
        return {"service": self.service, "people": self.people, "means": rounded}

    def code(self) -> str:
        """Return them as a text that an address can hold; `gaps/link.js` of `course.ui` reads it."""
        text = json.dumps(list(self.plain().values()), ensure_ascii=False, separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def means(columns: Sequence[str], rows: Iterable[Sequence[float | None]]) -> dict[str, Mean | None]:
    """Return the means by dimension of a table of answers.

    Columns are called as by `course.ratings.items.column`, one or more items a dimension. An answer
    may be None or NaN; then its item does not count for that person.
    """
    pairs = {
        name: [
            (place, columns.index(PERCEIVED + column.removeprefix(EXPECTED)))
            for place, column in enumerate(columns)
            if column.startswith(f"{EXPECTED}_{name}_")
        ]
        for name in ITEMS
    }
    given: dict[str, list[tuple[float, float]]] = {name: [] for name in ITEMS}
    for row in rows:
        for name, places in pairs.items():
            both = [(row[first], row[last]) for first, last in places]
            given[name] += [(e, p) for e, p in both if e is not None and p is not None and not math.isnan(e + p)]
    return {name: _mean(answers) for name, answers in given.items()}


def _mean(answers: Sequence[tuple[float, float]]) -> Mean | None:
    if not answers:
        return None
    return Mean(*(math.fsum(one) / len(answers) for one in zip(*answers, strict=True)))


def of_file(raw: bytes, language: str) -> Averages:
    """Return what a class.csv comes to. Raises `ClassFileError`, in `language`."""
    return of_rows(*read(raw, language))


def of_table(service: str, table: pd.DataFrame) -> Averages:
    """Return what a table comes to, a row per person; columns that `means` does not know are left out."""
    answers = table.filter(regex=f"^[{EXPECTED}{PERCEIVED}]_")
    return Averages(service, len(table), means(list(answers.columns), answers.astype(float).to_numpy().tolist()))


def of_rows(service: str, rows: Sequence[Sequence[int | None]]) -> Averages:
    """Return what people's answers, in the order of `COLUMNS`, come to."""
    return Averages(service, len(rows), means(COLUMNS, rows))
