"""m09: eight winter weeks at a heating desk, complaint by complaint: calls by the cold, crews, visits, promises, anger."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from course.datasets import load
from course.theory.calming import after_promise
from course.theory.concentration import share_of_top
from course.theory.degrees import fit_by_degree

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

WEEKS, WEEK, DAY = 8, 168.0, 24.0
DAYS, END = 7 * WEEKS, WEEK * WEEKS
AT_ZERO = 24.0  # complaints on a day at 0 °C
ADDRESSES = 1_200
MOST_CASES, VISITS = 3_000, 6
URGENT = 0.25
VISIT, QUARREL = 2.5, 1.25  # hours of a visit, and how much longer it gets with somebody in full anger
HOUSE = 12.0  # hours of a crew to put the heating of a bad house right
LOWEST, SPREAD = 30.0, 60.0  # a caller's anger is anything from 30 to 90
LONG = 60.0  # of those told to wait so many hours, the anger rises by 1 − 1/e of what is left to 100
EARLY, LATE = 0.1, 1.0  # calls a day of somebody in full anger, before the promised hour and after it
CHECKED, NOTICED, AGAIN = 24.0, 48.0, 0.6  # hours until the desk asks, until a cold caller calls, and the share who do


@dataclass(frozen=True)
class Luck:
    """The same callers for every setting, so that what changes is the desk; one row a caller, all but `order` uniform."""

    order: Numbers  # a Poisson process of rate 1
    pace: Numbers  # of each visit, 1 on average
    urgent: Numbers
    recognised: Numbers
    house: Numbers
    spared: Numbers
    anger: Numbers
    solved: Numbers
    again: Numbers
    checked: Numbers


@dataclass(frozen=True)
class Rules:
    """How the desk is run: the first six by week (shares 0 to 1, promises in hours), the others all winter (°C, shares)."""

    crews: Numbers
    ahead: Numbers
    triage: Numbers
    promise: Numbers
    calming: Numbers
    followup: Numbers
    colder: float
    removes: float
    solves: float


@dataclass(frozen=True)
class Season:
    """What became of each complaint, in order of arrival, and of each day. Times in hours since the start.

    `wait` counts until the first visit, or the end. `repeats` are the expected calls of somebody who has called before.
    """

    came: Numbers
    urgent: Flags
    promise: Numbers
    wait: Numbers
    visited: Flags
    fixed: Flags
    closed: Flags
    repeats: Numbers
    anger: Numbers
    anger_before: Numbers
    fixed_at: Numbers  # `END` where it was not
    calls_again: Numbers  # by day
    open: Numbers  # at the end of each day
    checks: float
    houses: float


@lru_cache(maxsize=8)
def luck(seed: int) -> Luck:
    """Draw the same callers for the same seed."""
    generator = np.random.default_rng(seed)
    order = np.cumsum(generator.exponential(1.0, MOST_CASES))
    pace = generator.exponential(1.0, (MOST_CASES, VISITS))
    one = generator.random((5, MOST_CASES))
    return Luck(order, pace, *one, *generator.random((3, MOST_CASES, VISITS)))


@cache
def winter() -> Numbers:
    """Return the mean temperature in °C of each day: Central Park, from 1 January 2025."""
    days = load("nyc_heat_daily_2025").head(DAYS)
    return ((days["tmax_c"] + days["tmin_c"]) / 2).to_numpy(float)


@cache
def per_degree() -> float:
    """Return the slope of log calls over °C, fitted to the days of January and February 2025 in New York."""
    days = load("nyc_heat_daily_2025").head(DAYS)
    return fit_by_degree(winter(), days["heat_complaints"]).slope


@cache
def _tops() -> tuple[Numbers, Numbers]:
    table = load("nyc_heat_per_address_brooklyn")
    tops = np.concatenate([[0.0], np.geomspace(1e-4, 1.0, 120)])
    made = [share_of_top(float(top), table["complaints_per_address"], table["addresses"]) for top in tops]
    return tops, np.array(made)


def complaints_a_day(colder: float) -> Numbers:
    """Return how many complaints to expect on each day of a winter that is `colder` by so many °C."""
    return AT_ZERO * np.exp(per_degree() * (winter() - colder))


def season(chance: Luck, rules: Rules) -> Season:
    """Let the eight weeks pass by these rules."""
    edges = DAY * np.arange(DAYS + 1, dtype=np.float64)
    expected = np.concatenate([[0.0], np.cumsum(complaints_a_day(rules.colder))])
    who = np.flatnonzero(chance.order <= expected[-1])
    came = np.interp(chance.order[who], expected, edges)
    weeks = WEEK * np.arange(WEEKS + 1)
    mended = np.concatenate([[0.0], np.cumsum(rules.ahead * WEEK / HOUSE)])
    tops, made = _tops()
    house = ADDRESSES * np.interp(chance.house[who], made, tops)
    spared = (house < np.interp(came, weeks, mended)) & (chance.spared[who] < rules.removes)
    who, came = who[~spared], came[~spared]
    week = (came // WEEK).astype(int)
    urgent, promise = chance.urgent[who] < URGENT, rules.promise[week]
    before = LOWEST + SPREAD * chance.anger[who]
    calm = before * (1 - rules.calming[week])
    told: Numbers = calm + (1 - np.exp(-promise / LONG)) * (100 - calm)
    kept, broken = _after_promise(told, kept=True), _after_promise(told, kept=False)
    first = urgent & (chance.recognised[who] < rules.triage[week])
    book = _Book(chance, rules, who, came, promise, np.where(first, 0, 1), told, broken)
    book.work()
    begun = np.array(book.begun)
    visited, wait = begun < END, np.minimum(begun, END) - came
    fixed, late = np.array(book.fixed_at) < END, wait > promise
    end = np.where(late, broken, np.where(visited, kept, told))
    again = _calls_again(came, wait, promise, told, broken, edges)
    returned = np.histogram(book.returned, edges)[0]
    moments = edges[1:]
    opened, closed = np.sort(np.concatenate([came, book.reopened])), np.sort(book.closed)
    return Season(
        came=came,
        urgent=urgent,
        promise=promise,
        wait=wait,
        visited=visited,
        fixed=fixed,
        closed=np.array(book.shut, dtype=bool),
        repeats=again.sum(axis=1) + np.bincount(book.returning, minlength=len(came)),
        anger=np.where(visited & ~fixed, end + (100 - end) / 2, end),
        anger_before=before,
        fixed_at=np.array(book.fixed_at),
        calls_again=again.sum(axis=0) + returned,
        open=np.searchsorted(opened, moments, "right") - np.searchsorted(closed, moments, "right").astype(float),
        checks=float(book.checks),
        houses=float(min(mended[-1], ADDRESSES)),
    )


def _after_promise(anger: Numbers, *, kept: bool) -> Numbers:
    """Return `after_promise` of each: it is a straight line, so its ends say all."""
    return np.interp(anger, (0.0, 100.0), [after_promise(end, kept=kept) for end in (0.0, 100.0)])


def _calls_again(
    came: Numbers, wait: Numbers, promise: Numbers, told: Numbers, broken: Numbers, edges: Numbers
) -> Numbers:
    """Return the expected further calls of each caller (rows) on each day, while they wait."""
    since = np.clip(edges - came[:, None], 0, wait[:, None])
    patient = np.minimum(since, promise[:, None])
    so_far = EARLY * told[:, None] / 100 * patient + LATE * broken[:, None] / 100 * (since - patient)
    return np.diff(so_far / DAY, axis=1)


class _Book:
    """The desk's book: who is waiting, who is visited, what is closed and comes back."""

    def __init__(
        self,
        chance: Luck,
        rules: Rules,
        who: NDArray[np.int64],
        came: Numbers,
        promise: Numbers,
        rank: NDArray[np.int64],
        told: Numbers,
        broken: Numbers,
    ) -> None:
        self.rules = rules
        self.came, self.rank = came.tolist(), rank.tolist()
        self.promise, self.told, self.broken = promise.tolist(), told.tolist(), broken.tolist()
        self.pace = (VISIT * chance.pace[who]).tolist()
        self.solved = (chance.solved[who] < rules.solves).tolist()
        self.again = (chance.again[who] < AGAIN).tolist()
        self.checked = chance.checked[who].tolist()
        self.begun = [END] * len(came)
        self.fixed_at, self.shut = [END] * len(came), [False] * len(came)
        self.closed: list[float] = []
        self.reopened: list[float] = []
        self.returned: list[float] = []
        self.returning: list[int] = []
        self.checks = 0
        self.coming: list[tuple[float, int, int]] = []

    def work(self) -> None:
        """Send whoever gets free to the most urgent, and of equals to whoever came first, until the eight weeks are over."""
        crews = self.rules.crews.astype(int).tolist()
        free = [(0.0, crew) for crew in range(max(crews))]
        backlog: list[tuple[int, float, int, int]] = []
        here, clock, came = 0, 0.0, self.came
        while True:
            clock = max(clock, free[0][0])
            if not backlog:
                following = came[here] if here < len(came) else END
                clock = max(clock, min(following, self.coming[0][0] if self.coming else END))
            if clock >= END:
                return
            while here < len(came) and came[here] <= clock:
                heapq.heappush(backlog, (self.rank[here], came[here], here, 0))
                here += 1
            while self.coming and self.coming[0][0] <= clock:
                when, case, visit = heapq.heappop(self.coming)
                self.shut[case] = False
                self.reopened.append(when)
                heapq.heappush(backlog, (self.rank[case], when, case, visit))
            crew = free[0][1]
            if crew >= crews[int(clock // WEEK)]:
                later = (week for week in range(int(clock // WEEK) + 1, WEEKS) if crews[week] > crew)
                heapq.heapreplace(free, (WEEK * next(later, WEEKS), crew))
                continue
            _rank, _since, case, visit = heapq.heappop(backlog)
            heapq.heapreplace(free, (self._visit(clock, case, visit), crew))

    def _visit(self, now: float, case: int, visit: int) -> float:
        """Write down a visit and what follows from it; return when it is over."""
        if not visit:
            self.begun[case] = now
        in_time = not visit and now - self.came[case] <= self.promise[case]
        anger = self.told[case] if in_time else self.broken[case]
        over = now + self.pace[case][visit] + QUARREL * anger / 100
        if over >= END:
            return over
        self.closed.append(over)
        self.shut[case] = True
        if self.checked[case][visit] < self.rules.followup[int(over // WEEK)]:
            self.checks += 1
            back = over + CHECKED
        else:
            back = over + NOTICED if self.again[case][visit] else END
        if self.solved[case][visit] or visit + 1 == VISITS:
            self.fixed_at[case] = over
        elif back < END:
            if back == over + NOTICED:
                self.returned.append(back)
                self.returning.append(case)
            heapq.heappush(self.coming, (back, case, visit + 1))
        return over
