"""A year in a guesthouse's market: regulars who remember, newcomers who only hear, and a promise that reaches both."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from course.theory.adaptation import adapt
from course.theory.adoption import adoption_share, churn_share
from course.theory.prospect import value
from course.theory.sources import combine

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

MONTHS = 12
REGULARS, PROSPECTS = 1_000, 3_000
GUESTS = REGULARS + PROSPECTS
MARKET = {"regulars": REGULARS, "prospects": PROSPECTS}
USUAL = 60.0
MOST_WHO_COME, PULL = 0.1, 10.0
USUAL_LOSS, FORGIVENESS = 0.04, 12.0


class Source(StrEnum):
    """Whom guests believe, in the order in which weights are drawn."""

    OWN = "own"
    TALK = "talk"
    ADVERT = "advert"
    RIVALS = "rivals"


class Guest(StrEnum):
    """Who expects something."""

    REGULAR = "regular"
    NEWCOMER = "newcomer"


@dataclass(frozen=True)
class Errors:
    """How far off, in points, each source usually is: standard deviations above 0."""

    own: float
    talk: float
    advert: float
    rivals: float

    @property
    def heard(self) -> list[float]:
        """The sources of somebody who has never been here."""
        return [self.talk, self.advert, self.rivals]

    @property
    def all(self) -> list[float]:
        """The sources of somebody who has."""
        return [self.own, *self.heard]


@dataclass(frozen=True)
class Habits:
    """What guests are like: `spread` is the standard deviation of a single visit, `hears` the share (0 to 1) of those who
    know the house that also hears the other sources in a month, `rate` the share of a gap that a visit closes, `loss` the λ
    of the value function, `seed` their luck.
    """

    errors: Errors
    spread: float
    hears: float
    rate: float
    loss: float
    seed: int


@dataclass(frozen=True)
class Year:
    """What twelve months brought; arrays have one number per month but `guests`, which begins with the start.

    `expected` and `felt` are means over all regulars, as if each came every month. `heard` is what that month's newcomers
    expect (all who have never been there, if none came), and `first_gap` their mean gap at the first visit, 0 if there were
    none. `churn` is the share of all visits after which a guest left. If kept, `diary` has month by month what each
    guest expects, gets and feels, and who comes for the first time and who leaves; five arrays of (guests,).
    """

    expected: Numbers
    heard: Numbers
    felt: Numbers
    guests: Numbers
    newcomers: Numbers
    first_gap: float
    churn: float
    diary: list[tuple[Numbers, Numbers, Numbers, Flags, Flags]]


@lru_cache(maxsize=4)
def _luck(seed: int) -> tuple[Numbers, Numbers]:
    """Draw the same luck for the same seed: standard normal (months, 4, guests) and uniform (months, 3, guests)."""
    generator = np.random.default_rng(seed)
    return generator.standard_normal((MONTHS, 4, GUESTS)), generator.random((MONTHS, 3, GUESTS))


@lru_cache(maxsize=8)
def lived(level: tuple[float, ...], promise: tuple[float, ...], habits: Habits) -> Year:
    """Return what `live_through` does, without a diary; the year of an honest house stays while a promise moves."""
    return live_through(np.array(level), np.array(promise), habits)


def live_through(level: Numbers, promise: float | Numbers, habits: Habits, *, keep: bool = False) -> Year:
    """Return the year in which the house delivers `level` (points, one per month) and promises `promise` (points).

    Only who asks for the diary has it kept: to hold on to its arrays doubles the time of a run.
    """
    errors, spread, rate, loss = habits.errors, habits.spread, habits.rate, habits.loss
    normal, uniform = _luck(habits.seed)
    promises = np.broadcast_to(promise, MONTHS)
    memory = np.full(GUESTS, USUAL)
    knows = np.arange(GUESTS) < REGULARS
    stays = knows.copy()
    talk = USUAL
    expected, heard, felt, newcomers = np.zeros((4, MONTHS))
    guests = [float(REGULARS)]
    gaps, visits, lost = 0.0, 0, 0
    diary = []
    for month in range(MONTHS):
        noise, chance = normal[month], uniform[month]
        signals = np.stack([talk + errors.talk * noise[0], promises[month] + errors.advert * noise[1],
                            USUAL + errors.rivals * noise[2]], axis=-1)  # fmt: skip
        expects = memory.copy()
        expects[~knows] = combine(signals[~knows], errors.heard)
        told = knows & (chance[0] < habits.hears)
        expects[told] = combine(np.column_stack([memory, signals])[told], errors.all)
        comes = ~knows & (chance[1] < adoption_share(expects, USUAL, ceiling=MOST_WHO_COME, scale=PULL))
        perceived = level[month] + spread * noise[3]
        feeling = value(perceived - expects, lambda_=loss)
        stays |= comes
        knows = knows | comes
        leaves = stays & (chance[2] < churn_share(feeling, usual=USUAL_LOSS, scale=FORGIVENESS))
        expected[month], felt[month] = expects[:REGULARS].mean(), feeling[:REGULARS].mean()
        newcomers[month] = comes.sum()
        heard[month] = expects[comes if comes.any() else slice(REGULARS, None)].mean()
        gaps += float((perceived - expects)[comes].sum())
        visits, lost = visits + int(stays.sum()), lost + int(leaves.sum())
        talk = float(perceived[stays].mean()) if stays.any() else talk
        memory = np.where(knows, adapt(expects, perceived, rate), memory)
        stays = stays & ~leaves
        guests.append(float(stays.sum()))
        if keep:
            diary.append((expects, perceived, feeling, comes, leaves))
    return Year(
        expected=expected,
        heard=heard,
        felt=felt,
        guests=np.array(guests),
        newcomers=newcomers,
        first_gap=gaps / max(newcomers.sum(), 1),
        churn=lost / max(visits, 1),
        diary=diary,
    )


class Fate(StrEnum):
    """What the year made of a guest."""

    LEFT = "left"
    STAYED = "stayed"
    NEWCOMER = "newcomer"
    NEVER = "never"


def people(year: Year) -> pd.DataFrame:
    """Return everybody in the market, a row each, regulars first; points, and months counted from 1.

    `expected` and `got` are of the `first` visit of the year, `last_…` of the `last` (of month 12 for who never came).
    """
    expects, got, feels, comes, leaves = (np.stack(column) for column in zip(*year.diary, strict=True))
    who = np.arange(GUESTS)
    regular, came, left = who < REGULARS, comes.any(axis=0), leaves.any(axis=0)
    first = np.where(regular, 0, comes.argmax(axis=0))
    last = np.where(left, leaves.argmax(axis=0), MONTHS - 1)
    return pd.DataFrame(
        {
            "regular": regular,
            "first": first + 1,
            "last": last + 1,
            "expected": expects[first, who],
            "got": got[first, who],
            "last_expected": expects[last, who],
            "last_got": got[last, who],
            "last_felt": feels[last, who],
            "felt": feels.sum(axis=0),
            "kind": np.select([left, regular, came], [Fate.LEFT, Fate.STAYED, Fate.NEWCOMER], Fate.NEVER),
        }
    )
