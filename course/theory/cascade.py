"""A story that runs over ties: each who has heard tells each friend with one chance, once.

Source: the independent cascade is Goldenberg, Libai & Muller's (2001); in a network of random ties, as its size grows, the
share who hear is `epidemic.final_size` of R0 = chance × mean degree (Newman, 2002). That people do not need to hear twice
before they believe is an assumption.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course.theory.network import Network

SOURCES = ("goldenberg-2001", "newman-2002")
NEVER = -1


@dataclass(frozen=True)
class Cascade:
    """For each run (rows) and person (columns): the step in which they `heard`, and the `teller`; both −1 for never.

    Who was told first heard in step 0 and has no teller.
    """

    heard: NDArray[np.int64]
    teller: NDArray[np.int64]

    @property
    def reach(self) -> NDArray[np.float64]:
        """Return the share of people who heard, for each run."""
        return np.asarray((self.heard != NEVER).mean(axis=1))


def spread(
    network: Network, chance: ArrayLike, first: ArrayLike, draw: np.random.Generator, *, runs: int = 1
) -> Cascade:
    """Return `runs` cascades that begin with the people `first`.

    `chance` (0 to 1) is one number, or one for each step, of which the last holds on: what was answered in step 5 is told
    less from then on. `first` are people's numbers, the same in each run, or an array with a row for each. Raises
    `ValueError` for chances out of range and people who are not there.
    """
    chances = np.atleast_1d(np.asarray(chance, dtype=float))
    seeds = np.broadcast_to(np.asarray(first, dtype=np.int64), (runs, np.atleast_2d(first).shape[-1]))
    if not np.all((chances >= 0) & (chances <= 1)) or chances.ndim != 1 or not chances.size:
        raise ValueError("a chance lies from 0 to 1: give one, or one for each step")
    if seeds.size and not (seeds.min() >= 0 and seeds.max() < network.people):
        raise ValueError(f"people are numbered from 0 to {network.people - 1}")
    taker, start = network.neighbours
    count = np.diff(start)
    luck = draw.random((runs, taker.size))
    heard = np.full(runs * network.people, NEVER, dtype=np.int64)
    teller = heard.copy()
    # a person in a run is one number: the run times the people, plus the person
    telling = np.unique(np.arange(runs)[:, None] * network.people + seeds)
    heard[telling] = 0
    step = 0
    while telling.size:
        run, giver = np.divmod(telling, network.people)
        each = count[giver]
        within = np.arange(each.sum()) - np.repeat(np.cumsum(each) - each, each)
        tie, its = np.repeat(start[giver], each) + within, np.repeat(run, each)
        told = its * network.people + taker[tie]
        passes = (luck[its, tie] < chances[min(step, chances.size - 1)]) & (heard[told] == NEVER)
        step += 1
        # whoever is told by several in one step has it from the last of them
        heard[told[passes]] = step
        teller[told[passes]] = np.repeat(giver, each)[passes]
        telling = np.unique(told[passes])
    return Cascade(heard.reshape(runs, -1), teller.reshape(runs, -1))
