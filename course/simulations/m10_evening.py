"""m10: an evening at a hot-pot restaurant, from the first party at the door to the last order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from course.theory.queueing import Outcome, felt_wait, simulate

Numbers = NDArray[np.float64]

YEARS, QUARTERS = 6, 24
EVENINGS, MOST_PARTIES, TABLES = 40, 260, 20
OPENING_HOUR, LAST_ORDER = 16.0, 23.0
# share of an evening's parties that has come by each hour from 16:00 to 23:00
HOURS = np.arange(OPENING_HOUR, LAST_ORDER + 1)
ARRIVED = np.array([0.0, 0.05, 0.24, 0.56, 0.81, 0.93, 0.98, 1.0])
CLOCK = np.arange(OPENING_HOUR, 24.01, 0.25)
MEAL, SLOWER, MEAL_SPREAD = 85.0, 0.45, 0.2
OCCUPIED_MINUTE = 0.5
HOPEFUL = 0.8  # what the host says of the wait to come: 80% of it


class When(StrEnum):
    """The two evenings whose queue is drawn."""

    LAST = "last"
    FIRST = "first"


@dataclass(frozen=True)
class Luck:
    """The forty evenings that are replayed every quarter, so that what changes is the chain and not the luck."""

    order: Numbers  # a Poisson process of rate 1: shape (evenings, parties)
    pace: Numbers  # how long each party eats, 1 on average
    patience: Numbers  # 1 on average
    opinions: Numbers  # error of each quarter's survey, in standard errors


@lru_cache(maxsize=8)
def luck(seed: int) -> Luck:
    """Draw the same evenings for the same seed."""
    generator = np.random.default_rng(seed)
    shape = (EVENINGS, MOST_PARTIES)
    pace = np.exp(MEAL_SPREAD * generator.standard_normal(shape) - MEAL_SPREAD**2 / 2)
    # party by party, as the queue takes them
    return Luck(
        order=np.asfortranarray(np.cumsum(generator.exponential(1.0, shape), axis=1)),
        pace=np.asfortranarray(pace),
        patience=np.asfortranarray(generator.gamma(3.0, 1 / 3, shape)),
        opinions=generator.standard_normal(QUARTERS + 1),
    )


def evening(chance: Luck, parties: float, skill: float, *, patience: float, occupied: float) -> tuple[Outcome, Numbers]:
    """Return what became of the `parties` of each evening (rows), and how long their wait felt, in minutes.

    `skill` and `occupied` are shares from 0 to 1: restaurants with a practised crew, waiting time with something to do.
    `patience` is in felt minutes.
    """
    most = max(parties, 1e-9)
    # each evening's parties come one after the other, so the least of each place tells whether anybody has it
    width = max(1, int(np.searchsorted(chance.order.min(axis=0), most, "right")))
    share = chance.order[:, :width] / most
    minutes = np.interp(share.T, ARRIVED, 60 * HOURS, right=np.inf).T
    meal = MEAL * (1 + SLOWER * (1 - skill))
    shorter = float(felt_wait(1.0, occupied, OCCUPIED_MINUTE))
    bears = patience * chance.patience[:, :width]
    outcome = simulate(
        minutes,
        meal * chance.pace[:, :width],
        TABLES,
        patience=bears,
        tolerance=bears,
        announced=HOPEFUL,
        felt=shorter,
    )
    return outcome, outcome.wait * shorter


class Party(StrEnum):
    """How an evening went for a party."""

    GAVE_UP = "gave_up"
    WAITED = "waited"
    AT_ONCE = "at_once"
    TURNED_AWAY = "turned_away"


def crowd(outcome: Outcome, felt: Numbers) -> pd.DataFrame:
    """Return all parties of the evenings, a row each: when they came after opening, the wait they were told of, their
    wait and how long it `felt`, in minutes; their `kind` is a `Party`.
    """
    conditions = [outcome.balked, outcome.reneged, outcome.wait > 0]
    columns = {
        "after": outcome.arrival - 60 * OPENING_HOUR,
        "told": HOPEFUL * outcome.offered,
        "wait": outcome.wait,
        "felt": felt,
        "kind": np.select(conditions, [Party.TURNED_AWAY, Party.GAVE_UP, Party.WAITED], Party.AT_ONCE),
    }
    return pd.DataFrame({name: column[outcome.present] for name, column in columns.items()})
