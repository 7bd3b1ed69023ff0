"""Kano's two questions about a feature: what its presence and its absence would mean to a customer.

Each answer is a number from 1 to 5: 1 like it, 2 it must be so, 3 neutral, 4 can live with it, 5 dislike it. The functional
question asks about the feature being there, the dysfunctional one about its absence.
Sources: Kano, Seraku, Takahashi & Tsuji (1984) for the table; Berger et al. (1993) for Pouliot's table and the
coefficients; Fong (1996) and Lee & Newcomb (1997) for how sure the largest class is; Wilson (1927) for the interval.
Other wordings of the five answers give other classes, and an average customer hides groups that differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

SOURCES = ("kano-1984", "berger-1993", "fong-1996", "lee-newcomb-1997", "wilson-1927")

ANSWERS = 5
FONG_Z = 1.65
Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]


class Kano(StrEnum):
    """The six classes, in the order in which counts are given."""

    ATTRACTIVE = "A"
    ONE_DIMENSIONAL = "O"
    MUST_BE = "M"
    INDIFFERENT = "I"
    REVERSE = "R"
    QUESTIONABLE = "Q"


CLASSES = tuple(Kano)
Table = tuple[str, str, str, str, str]

STANDARD: Table = ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ")
"""Kano's table: a row per functional answer, a column per dysfunctional one."""

POULIOT: Table = ("QAAAO", "RQIIM", "RIIIM", "RIIQM", "RRRRQ")
"""Pouliot's table: who says “must be” or “can live with it” twice contradicts himself too."""


@dataclass(frozen=True)
class Strength:
    """In per cent of all answers: `total`, the classes A, O and M together; `category`, the largest class less the second."""

    total: float
    category: float


@dataclass(frozen=True)
class FongTest:
    """The two largest classes' difference in answers, and how large it must be for them to count as different."""

    difference: float
    critical: float

    @property
    def differ(self) -> bool:
        """Say whether the difference reaches the critical value."""
        return self.difference >= self.critical


def classify(functional: ArrayLike, dysfunctional: ArrayLike, table: Table = STANDARD) -> list[Kano]:
    """Return the class of each pair of answers, two lists of equal length of whole numbers from 1 to 5.

    Raises `ValueError` for lists of different lengths and for other answers.
    """
    return [Kano(table[row - 1][column - 1]) for row, column in zip(*_both(functional, dysfunctional), strict=True)]


def cross(functional: ArrayLike, dysfunctional: ArrayLike) -> Counts:
    """Return how many gave each functional (row) and dysfunctional (column) answer, 5 × 5; raises as `classify` does."""
    rows, columns = _both(functional, dysfunctional)
    return np.bincount((rows - 1) * ANSWERS + columns - 1, minlength=ANSWERS**2).reshape(ANSWERS, ANSWERS)


def counts(functional: ArrayLike, dysfunctional: ArrayLike, table: Table = STANDARD) -> Counts:
    """Return how many pairs fall into each class, six numbers in the order of `CLASSES`; raises as `classify` does."""
    return tally(cross(functional, dysfunctional), table)


def tally(pairs: ArrayLike, table: Table = STANDARD) -> Counts:
    """Return the six counts of 5 × 5 `pairs`: how many gave each functional (row) and dysfunctional (column) answer.

    Raises `ValueError` for another shape and for negative or broken numbers.
    """
    given = np.asarray(pairs, dtype=float)
    if given.shape != (ANSWERS, ANSWERS) or not np.all((given >= 0) & (given == np.floor(given))):
        raise ValueError("give 5 times 5 whole numbers of at least 0")
    letters = np.array([list(row) for row in table])
    return np.array([given[letters == kind.value].sum() for kind in CLASSES], dtype=np.int64)


def largest(numbers: ArrayLike) -> tuple[Kano, ...]:
    """Return the class with most of the six `numbers`, or several where they tie; raises `ValueError` as `strength` does."""
    given = _six(numbers)
    return tuple(kind for kind, number in zip(CLASSES, given, strict=True) if number == given.max())


def better(A: ArrayLike, O: ArrayLike, M: ArrayLike, I: ArrayLike) -> Numbers:  # noqa: E741, N803
    """Return (A + O) / (A + O + M + I), 0 to 1: who would be more satisfied with the feature (shapes broadcast).

    Counts or shares. Raises `ValueError` for negative ones, and where all four are 0.
    """
    a, o, m, i = _four(A, O, M, I)
    return np.asarray((a + o) / (a + o + m + i))


def worse(A: ArrayLike, O: ArrayLike, M: ArrayLike, I: ArrayLike) -> Numbers:  # noqa: E741, N803
    """Return −(O + M) / (A + O + M + I), −1 to 0: who would be less satisfied without it; raises as `better` does."""
    a, o, m, i = _four(A, O, M, I)
    return np.asarray(-(o + m) / (a + o + m + i))


def share_interval(number: float, total: float, level: float = 0.95) -> tuple[float, float]:
    """Return Wilson's interval for a share of `number` of `total` answers: the ends, 0 to 1.

    For `better` the number is A + O, for `worse` (then with a minus) O + M, and the total A + O + M + I. Raises
    `ValueError` for a total of 0, a number outside 0 to the total, and a level outside 0 to 1.
    """
    if not (total > 0 and 0 <= number <= total):
        raise ValueError("give a number from 0 to the total, and a total above 0")
    if not 0 < level < 1:
        raise ValueError("the confidence level must lie between 0 and 1")
    z = NormalDist().inv_cdf((1 + level) / 2)
    share = number / total
    centre = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z / (1 + z * z / total) * float(np.sqrt(share * (1 - share) / total + z * z / (4 * total * total)))
    return max(0.0, centre - half), min(1.0, centre + half)


def strength(numbers: ArrayLike) -> Strength:
    """Return total and category strength of six `numbers` in the order of `CLASSES`.

    Raises `ValueError` unless they are six, none negative, and not all 0.
    """
    given = _six(numbers)
    second, first = np.sort(given)[-2:]
    return Strength(float(100 * given[:3].sum() / given.sum()), float(100 * (first - second) / given.sum()))


def fong(numbers: ArrayLike) -> FongTest:
    """Compare the two largest of six `numbers`: critical value 1.65 √[(a + b)(2n − a − b) / (2n)], n their sum.

    Raises `ValueError` as `strength` does.
    """
    given = _six(numbers)
    second, first = np.sort(given)[-2:]
    both, twice = first + second, 2 * given.sum()
    return FongTest(float(first - second), float(FONG_Z * np.sqrt(both * (twice - both) / twice)))


def _both(functional: ArrayLike, dysfunctional: ArrayLike) -> tuple[Counts, Counts]:
    rows, columns = _answers(functional), _answers(dysfunctional)
    if rows.shape != columns.shape:
        raise ValueError("give as many functional as dysfunctional answers")
    return rows, columns


def _answers(given: ArrayLike) -> Counts:
    answers = np.asarray(given, dtype=float)
    if answers.ndim != 1 or not np.all(np.isin(answers, np.arange(1, ANSWERS + 1))):
        raise ValueError("give lists of whole numbers from 1 to 5")
    return answers.astype(np.int64)


def _six(numbers: ArrayLike) -> Numbers:
    given = np.asarray(numbers, dtype=float)
    if given.shape != (len(CLASSES),) or not np.all(given >= 0) or not given.sum() > 0:
        raise ValueError("give six numbers of at least 0 that are not all 0")
    return given


def _four(*numbers: ArrayLike) -> list[Numbers]:
    given = [np.asarray(number, dtype=float) for number in numbers]
    if any(not np.all(number >= 0) for number in given) or not np.all(sum(given) > 0):
        raise ValueError("give numbers of at least 0 that are not all 0")
    return given
