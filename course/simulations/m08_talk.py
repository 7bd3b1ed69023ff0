"""m08: a hundred and twenty people, who knows whom, and what becomes of a story that some of them tell."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from course.theory.network import Network

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]

PEOPLE, GROUPS, DEGREE = 120, 5, 20
DAYS, LONGEST, MEAN_PAUSE = 30, 6, 2.0
FAME = 0.85  # at most, the n-th best known of a group has n^(−0.85) times the ties of the first
NEVER, NOBODY, KNOWN = -1, -1, ""


class Story(StrEnum):
    """What somebody makes of it: thinks ill of the firm, has not heard, thinks well of it, or forgives."""

    AGAINST = "against"
    UNHEARD = "unheard"
    GOOD = "good"
    FORGAVE = "forgave"


@dataclass(frozen=True)
class Dice:
    """What chance decides, drawn once for a seed: every setting is tried with the same people and the same throws.

    `ties`, `tells`, `stopped` and `pause` (days) are by pair, teller first; the rest by person.
    """

    ties: Numbers
    tells: Numbers
    stopped: Numbers
    pause: Counts
    forgives: Numbers
    talks: Numbers
    unlucky: Numbers
    order: Counts


@lru_cache(maxsize=8)
def dice(seed: int, people: int = PEOPLE) -> Dice:
    """Throw the same dice for the same seed."""
    draw = np.random.default_rng(seed)
    shape = (people, people)
    pair = np.triu(draw.random(shape), 1)
    return Dice(
        ties=pair + pair.T,
        tells=draw.random(shape),
        stopped=draw.random(shape),
        pause=np.minimum(draw.geometric(1 / MEAN_PAUSE, shape), LONGEST),
        forgives=draw.random(people),
        talks=draw.random(people),
        unlucky=draw.random(people),
        order=draw.permutation(people),
    )


def circle(thrown: Dice, *, mixing: float, hubs: float) -> Network:
    """Return who knows whom: `GROUPS` groups of friends, `DEGREE` ties a person on average.

    `mixing` (0 to 1) is the share of ties that are made without asking who belongs to which group; `hubs` (0 to 1) is how
    unequal fame is. At 1 and 0 everybody knows anybody with the same chance.
    """
    people = thrown.ties.shape[0]
    size = people // GROUPS
    member, rank = np.divmod(np.arange(people), size)
    fame = (1.0 + rank) ** (-FAME * hubs)
    fame /= fame.mean()
    weight = np.outer(fame, fame)
    alike = member[:, None] == member
    np.fill_diagonal(weight, 0.0)
    inside = weight * alike
    chance = DEGREE * people * ((1 - mixing) * inside / inside.sum() + mixing * weight / weight.sum())
    first, second = np.nonzero(np.triu(thrown.ties < chance, 1))
    return Network(people, first, second)


def places(people: int = PEOPLE) -> tuple[Numbers, Numbers]:
    """Return where each person stands, from 0 to 100 across and from 0 to 72 down: a disc for each group, the best known
    in its middle.
    """
    size = people // GROUPS
    member, rank = np.divmod(np.arange(people), size)
    turn = np.pi * (3 - np.sqrt(5)) * rank + member
    out = 15.5 * np.sqrt(rank / size)
    across = np.array([18.0, 50.0, 82.0, 33.0, 67.0])[member]
    down = np.array([19.0, 19.0, 19.0, 53.0, 53.0])[member]
    return across + out * np.cos(turn), down + out * np.sin(turn)


@dataclass(frozen=True)
class Talk:
    """What is told: how many people a good and a bad experience are told to, and the share of listeners who tell it on.

    For each day from 0 to the last, `mercy` is the share who forgive, `stopped` that of bad tellings that an answer stops.
    """

    good: float
    bad: float
    retell: float
    mercy: Numbers
    stopped: Numbers


# a failure: the day, for how many customers, and the share of them who have it go wrong
Failures = tuple[tuple[int, int, float], ...]


@dataclass(frozen=True)
class Spread:
    """What was told: every telling in order, and how many hold each story at the end of each day, from day 0 on."""

    tellings: pd.DataFrame
    holding: dict[Story, Counts]


class Teller:
    """A story on its way through a network, day by day."""

    def __init__(self, network: Network, thrown: Dice, talk: Talk) -> None:
        people = network.people
        self.thrown, self.talk, self.last = thrown, talk, talk.mercy.size - 1
        self.knows = np.zeros((people, people), dtype=bool)
        self.knows[network.first, network.second] = self.knows[network.second, network.first] = True
        self.due: list[list[tuple[int, int, int]]] = [[] for _day in range(self.last + 1)]
        self.since = [NEVER] * people
        self.story = [Story.UNHEARD] * people
        self.counts = dict.fromkeys(Story, 0) | {Story.UNHEARD: people}
        self.rows: list[tuple[int, int, int, str, int]] = []

    def run(self, failures: Failures) -> Spread:
        """Return what comes of these failures."""
        queue = self.thrown.order.tolist()
        days = [dict(self.counts)]
        asked_again = False
        for day in range(1, self.last + 1):
            for when, customers, fault in failures:
                if when != day:
                    continue
                asked_again = when > failures[0][0]
                for person in queue[:customers]:
                    unlucky = self.thrown.unlucky[person] < fault
                    self._take(day, NOBODY, person, Story.AGAINST if unlucky else Story.GOOD, talks=True)
                queue = queue[customers:]
            for teller, person, since in self.due[day]:
                # whoever has something new to tell leaves the old story
                if since == self.since[teller]:
                    self._hear(day, teller, person, asked_again)
            days.append(dict(self.counts))
        frame = pd.DataFrame(self.rows, columns=["day", "teller", "person", "story", "tells"])
        return Spread(frame, {story: np.array([day[story] for day in days]) for story in Story})

    def _hear(self, day: int, teller: int, person: int, asked_again: bool) -> None:
        what, forgives = self.story[teller], self.thrown.forgives[person] < self.talk.mercy[day]
        known = self.story[person]
        # who forgave the first failure is asked anew when there is another
        if known is not Story.UNHEARD and (known is not Story.FORGAVE or not asked_again or forgives):
            self.rows.append((day, teller, person, KNOWN, 0))
        elif what is Story.AGAINST and forgives:
            self._take(day, teller, person, Story.FORGAVE, talks=False)
        else:
            self._take(day, teller, person, what, talks=bool(self.thrown.talks[person] < self.talk.retell))

    def _take(self, day: int, teller: int, person: int, what: Story, *, talks: bool) -> None:
        self.counts[self.story[person]] -= 1
        self.counts[what] += 1
        self.story[person] = what
        self.rows.append((day, teller, person, what, int(talks)))
        if not talks:
            return
        bad = what is Story.AGAINST
        told = self.knows[person] & (self.thrown.tells[person] < (self.talk.bad if bad else self.talk.good) / DEGREE)
        days = day + self.thrown.pause[person]
        if bad:
            told &= self.thrown.stopped[person] >= self.talk.stopped[np.minimum(days, self.last)]
        self.since[person] = day
        for friend in np.flatnonzero(told & (days <= self.last)).tolist():
            self.due[int(days[friend])].append((person, friend, day))
