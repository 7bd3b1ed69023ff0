"""m06: twenty days at a service desk, contact by contact: phone, chat, self-service, agents in shifts, people who leave."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from course.theory.queueing import Flags, poisson_arrivals, simulate

Numbers = NDArray[np.float64]

DAYS, CONTACTS = 20, 900
OPENS, NIGHT = 7, 24
PEAK_FROM, PEAK_TO = 9, 17
# share of a day's contacts by the hour they begin in, 7 to 23 o'clock: the shape of the bank's calls in the lesson
PROFILE = np.array([28, 65, 74, 85, 76, 64, 71, 79, 77, 80, 59, 53, 45, 40, 42, 35, 27]) / 1000
HOURS = np.arange(OPENS, NIGHT)
BY_CHAT = 0.3
PHONE_MINUTES, CHAT_MINUTES = 5.0, 8.0
CHAT_PATIENCE = 3.0  # whoever chats does other things meanwhile
SELF_MINUTES, TOLD_AGAIN = 6.0, 0.5
PUT_OFF = 25.0  # minutes: of those told a wait of as many, all but exp(−1) leave at once


class Team(StrEnum):
    """Whose agents take a contact."""

    PHONE = "phone"
    CHAT = "chat"
    BOTH = "both"


@dataclass(frozen=True)
class Luck:
    """The same twenty days for every setting, so that what changes is the desk; shape (days, contacts) throughout."""

    time: Numbers  # minutes after midnight, `inf` where the day has no such contact
    pace: Numbers  # time with an agent, 1 on average
    patience: Numbers  # 1 on average
    channel: Numbers  # the rest are uniform from 0 to 1
    choice: Numbers
    solving: Numbers
    put_off: Numbers


@dataclass(frozen=True)
class Rules:
    """How the desk is run: minutes, shares from 0 to 1, and clock hours."""

    phone: int
    chat: int
    peak: int
    until: float
    pooled: bool
    slower: float
    steered: float
    solves: float
    record: float
    patience: float
    feels: float
    posted: float


@dataclass(frozen=True)
class Desk:
    """What became of each contact: all of `luck`'s shape. `wait` is `nan` for those who never queued."""

    chat: Flags
    came: Numbers  # at the desk, in minutes after midnight
    wait: Numbers
    length: Numbers  # how long an agent is kept by whoever is served
    answered: Flags
    hung_up: Flags
    turned_away: Flags
    by_itself: Flags
    message: Flags
    agent_minutes: float  # of one day


@lru_cache(maxsize=8)
def luck(seed: int) -> Luck:
    """Draw the same days for the same seed."""
    generator = np.random.default_rng(seed)
    edges = 60.0 * np.arange(OPENS, NIGHT + 1)
    time = poisson_arrivals(edges, CONTACTS * PROFILE / 60, DAYS, generator)
    pace, patience = generator.exponential(1.0, (2, *time.shape))
    return Luck(time, pace, patience, *generator.random((4, *time.shape)))


def teams(rules: Rules) -> dict[Team, Numbers]:
    """Return the shifts of each team: a row for each agent, from when and until when, in minutes after midnight."""
    day = (60.0 * OPENS, 60.0 * rules.until)
    extra = (60.0 * PEAK_FROM, 60.0 * min(PEAK_TO, rules.until))
    phone, chat = [day] * rules.phone + [extra] * rules.peak, [day] * rules.chat
    if rules.pooled:
        return {Team.BOTH: np.array(phone + chat)}
    return {Team.PHONE: np.array(phone), Team.CHAT: np.array(chat)}


def desk(chance: Luck, rules: Rules) -> Desk:
    """Let the days pass by these rules."""
    here = np.isfinite(chance.time)
    closing = 60.0 * rules.until
    closed = here & (chance.time >= closing)
    tries = here & (closed | (chance.choice < rules.steered))
    by_itself = tries & (chance.solving < rules.solves)
    returns = tries & ~by_itself
    came = chance.time + SELF_MINUTES * returns
    message = returns & (closed | (came >= closing))
    asks = here & ~by_itself & ~message
    leaving = 1 - np.exp(-rules.posted * rules.feels / PUT_OFF)
    turned_away = asks & (chance.put_off < leaving)
    queues = asks & ~turned_away
    chat = chance.channel < BY_CHAT
    again = 1 + TOLD_AGAIN * (1 - rules.record) * returns
    length = np.where(chat, CHAT_MINUTES, PHONE_MINUTES) * chance.pace * again
    if rules.pooled:
        length = length * (1 + rules.slower)
    bears = rules.patience * chance.patience * np.where(chat, CHAT_PATIENCE, 1.0)
    shifts = teams(rules)
    members = [queues & (chat == (team is Team.CHAT)) if len(shifts) > 1 else queues for team in shifts]
    wait, answered = _serve(members, [*shifts.values()], came, length, bears, rules.feels)
    return Desk(
        chat=chat,
        came=came,
        wait=wait,
        length=length,
        answered=answered,
        hung_up=queues & ~answered,
        turned_away=turned_away,
        by_itself=by_itself,
        message=message,
        agent_minutes=float(sum((times[:, 1] - times[:, 0]).sum() for times in shifts.values())),
    )


def _serve(
    members: list[Flags], shifts: list[Numbers], came: Numbers, length: Numbers, bears: Numbers, feels: float
) -> tuple[Numbers, Flags]:
    """Let those of each team queue; return how long they waited, `nan` for all others, and whether they were answered.

    The days of all teams pass side by side: a team with fewer agents than another has some who never work.
    """
    who = np.concatenate(members)
    times = np.where(who, np.tile(came, (len(members), 1)), np.inf)
    width, days = max(1, int(who.sum(axis=1).max())), len(came)
    order = np.argsort(times, axis=1)[:, :width]
    rows = np.arange(len(who))[:, None]
    size = max(map(len, shifts))
    agents = [np.pad(team.T, ((0, 0), (0, size - len(team))), constant_values=-np.inf) for team in shifts]
    opens, closes = (np.repeat([one[side] for one in agents], days, axis=0) for side in (0, 1))
    outcome = simulate(
        times[rows, order],
        length[rows % days, order],
        size,
        patience=bears[rows % days, order],
        felt=feels,
        opens=opens,
        closes=closes,
    )
    seen = outcome.present
    at = np.broadcast_to(rows % days, order.shape)[seen], order[seen]
    wait, answered = np.full(came.shape, np.nan), np.zeros(came.shape, dtype=bool)
    wait[at], answered[at] = outcome.wait[seen], outcome.served[seen]
    return wait, answered
