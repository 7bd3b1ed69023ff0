"""Who talks to whom: people and their ties, met at random, in circles of friends, or around a few whom everybody knows.

Sources: Watts & Strogatz (1998) for circles with a few ties across, Barabási & Albert (1999) for hubs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SOURCES = ("watts-strogatz-1998", "barabasi-albert-1999")


@dataclass(frozen=True)
class Network:
    """`people` numbered from 0, and each tie as a pair of them in `first` and `second`, once."""

    people: int
    first: NDArray[np.int64]
    second: NDArray[np.int64]

    @property
    def degrees(self) -> NDArray[np.int64]:
        """Return how many ties each person has."""
        both = np.concatenate([self.first, self.second])
        return np.bincount(both, minlength=self.people).astype(np.int64)

    @property
    def neighbours(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return everybody's friends in one row, person after person, and where each person's begin (and the last end)."""
        giver = np.concatenate([self.first, self.second])
        taker = np.concatenate([self.second, self.first])
        return taker[np.argsort(giver, kind="stable")], np.concatenate([[0], np.cumsum(self.degrees)])


def _of_codes(people: int, first: NDArray[np.int64], second: NDArray[np.int64]) -> Network:
    low, high = np.minimum(first, second), np.maximum(first, second)
    codes = np.unique((low * people + high)[low != high])
    return Network(people, codes // people, codes % people)


def _checked(people: int, degree: float) -> None:
    if people < 3 or not 0 < degree < people - 1:
        raise ValueError(f"give at least 3 people and a mean degree above 0 and below {people - 1}")


def mixing(people: int, degree: float, draw: np.random.Generator) -> Network:
    """Return ties drawn at random, of `degree` for each person on average: nobody's friends know each other more often."""
    _checked(people, degree)
    pairs = people * (people - 1) // 2
    count = draw.binomial(pairs, degree / (people - 1))
    chosen = draw.choice(pairs, size=count, replace=False)
    # the pair (i, j), i < j, has the number j (j − 1)/2 + i
    second = ((1 + np.sqrt(1 + 8 * chosen.astype(float))) // 2).astype(np.int64)
    first = chosen - second * (second - 1) // 2
    return _of_codes(people, first, second)


def clustered(people: int, degree: int, across: float, draw: np.random.Generator) -> Network:
    """Return a ring: each knows the `degree` (even) nearest, and the share `across` (0 to 1) of ties leads anywhere."""
    _checked(people, degree)
    if degree % 2 or not 0 <= across <= 1:
        raise ValueError("the degree is even, and the share of ties across lies from 0 to 1")
    first = np.repeat(np.arange(people), degree // 2)
    second = (first + np.tile(np.arange(1, degree // 2 + 1), people)) % people
    moved = draw.random(first.size) < across
    return _of_codes(people, first, np.where(moved, draw.integers(people, size=first.size), second))


def hubs(people: int, degree: int, draw: np.random.Generator) -> Network:
    """Return ties in which each newcomer picks `degree`/2 (`degree` even) of those before, the better known the likelier."""
    _checked(people, degree)
    if degree % 2:
        raise ValueError("the degree is even: each newcomer brings half of it")
    own = degree // 2
    first, second = [], []
    # each person stands here once for each tie: whoever is drawn from it is drawn by fame
    known = list(range(own + 1))
    for newcomer in range(own + 1, people):
        chosen: set[int] = set()
        while len(chosen) < own:
            chosen.add(known[int(draw.integers(len(known)))])
        first += [newcomer] * own
        second += sorted(chosen)
        known += [*sorted(chosen), *[newcomer] * own]
    return _of_codes(people, np.array(first, dtype=np.int64), np.array(second, dtype=np.int64))
