"""How many people each half hour of the week takes: the next week's arrivals with intervals, and Erlang's formulas."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from course.i18n import N_
from course.i18n.message import Message
from course.survey.arrivals.clock import clock
from course.survey.arrivals.entries import entries
from course.survey.arrivals.grid import Grid, grid_days
from course.survey.arrivals.plan import grid_of
from course.survey.messages import CancelledError, Progress, SurveyProblem
from course.survey.plan import Plan
from course.survey.reading import RawSurvey
from course.theory.arrivals import Forecast, Spread, forecast, spread
from course.theory.patience import MOST_AGENTS, Service, agents_needed, erlang_a

__all__ = ["CancelledError", "Findings", "HalfHour", "Wishes", "analyse"]
SECONDS = 60


@dataclass(frozen=True)
class Wishes:
    """What the service shall be. Times in seconds (`patience` may be infinite), shares from 0 to 1."""

    handling: float
    patience: float
    target: float
    limit: float
    lost: float
    away: float

    @classmethod
    def of(cls, plan: Plan) -> Wishes:
        """Return the wishes of a plan, which has shares in per cent and no patience for endless patience."""
        patience = plan.setting("patience") or math.inf
        shares = (plan.setting(key) / 100 for key in ("target", "lost", "away"))
        target, lost, away = shares
        return cls(plan.setting("handling"), patience, target, plan.setting("limit"), lost, away)


@dataclass(frozen=True)
class HalfHour:
    """An interval of a weekday. `start`: minute of the day; `past`: the counts so far; `least`, `agents`, `most`: people
    needed on duty at the low end of the rate's interval, at its mean and at its high end; `rostered`: people to pay so that
    `agents` are there. `service`: what happens at the mean rate with `agents`; `busy`: the share of their time that they are;
    `rushed`: what happens with `agents` at the high end.
    """

    weekday: int
    start: int
    past: tuple[float, ...]
    coming: Forecast
    least: int
    agents: int
    most: int
    rostered: int
    service: Service
    busy: float
    rushed: Service


@dataclass(frozen=True)
class Findings:
    """What the file says. `minutes`: length of an interval; `days`: how many were counted; `asked`: weekday and minute.

    `first`, `last`: ISO days, "" where none are named; `odd`: days with less than half or more than double of what is usual
    on their weekday: day, people, usual people. `left_out`: rows that say not when.
    """

    name: str
    rows: int
    minutes: int
    days: int
    weeks: float
    first: str
    last: str
    left_out: int
    total: float
    wishes: Wishes
    asked: tuple[int, int]
    spread: Spread
    halves: tuple[HalfHour, ...]
    odd: tuple[tuple[str, float, float], ...]

    @property
    def answer(self) -> HalfHour | None:
        """The interval that was asked about, None where it is closed."""
        return next((each for each in self.halves if (each.weekday, each.start) == self.asked), None)

    def of_day(self, number: int) -> tuple[HalfHour, ...]:
        """Return the intervals of a weekday."""
        return tuple(each for each in self.halves if each.weekday == number)


def analyse(raw: RawSurvey, plan: Plan, progress: Progress | None = None) -> Findings:
    """Return the staffing of every interval that was counted.

    Raises `SurveyProblem` for a table that cannot be read, one without anybody, and more people than `MOST_AGENTS`.
    """
    found = entries(raw, plan)
    made = grid_of(found, plan)
    if not np.nansum(made.counts) > 0:
        text = N_(
            "Nobody came in any interval that is left. Check which columns hold the counts, and what was left out."
        )
        raise SurveyProblem(Message(text))
    wishes = Wishes.of(plan)
    between = _between(made)
    numbers = sorted(set(made.weekdays.tolist()))
    halves: list[HalfHour] = []
    for place, number in enumerate(numbers, 1):
        table = made.of_weekday(number)
        for slot in np.flatnonzero(made.open(number)).tolist():
            past = table[~np.isnan(table[:, slot]), slot]
            _refuse_crowd(float(past.mean()), slot * made.minutes, made.minutes, wishes)
            coming = forecast(float(past.mean()), past.size * made.weeks, between.alpha)
            halves.append(_staffed(number, slot * made.minutes, made.minutes, tuple(past.tolist()), coming, wishes))
        if progress:
            progress(place / len(numbers))
    names = grid_days(made)
    return Findings(
        name=raw.name,
        rows=len(raw.cells),
        minutes=made.minutes,
        days=len(made.days),
        weeks=made.weeks,
        first=names[0] if made.dated else "",
        last=names[-1] if made.dated else "",
        left_out=found.left_out,
        total=float(np.nansum(made.counts)),
        wishes=wishes,
        asked=(int(plan.setting("day")), int(plan.setting("time"))),
        spread=between,
        halves=tuple(halves),
        odd=_odd(made, names) if made.dated else (),
    )


def _between(made: Grid) -> Spread:
    """Return the spread between weeks, each half hour of each weekday by itself."""
    tallest = int(np.bincount(made.weekdays).max())
    parts = []
    for number in sorted(set(made.weekdays.tolist())):
        table = made.of_weekday(number)
        parts.append(np.pad(table, ((0, tallest - len(table)), (0, 0)), constant_values=np.nan))
    whole = np.concatenate(parts, axis=1)
    return spread(whole[:, np.any(~np.isnan(whole), axis=0)])


def _refuse_crowd(count: float, start: int, minutes: int, wishes: Wishes) -> None:
    """Refuse at once what no number of agents up to the limit serves: to forecast millions takes half a minute."""
    served = max(wishes.target, 1 - wishes.lost)
    if count / (minutes * SECONDS) * wishes.handling * served > MOST_AGENTS:
        raise _too_many(count, start, minutes)


def _too_many(count: float, start: int, minutes: int) -> SurveyProblem:
    text = N_(
        "At {time}, {people:,.0f} people in {minutes} minutes would take more than {most:,} agents. Check the "
        "counts, and that the handling time is in seconds."
    )
    return SurveyProblem(Message(text, time=clock(start), people=count, minutes=minutes, most=MOST_AGENTS))


def _staffed(
    weekday: int, start: int, minutes: int, past: tuple[float, ...], coming: Forecast, wishes: Wishes
) -> HalfHour:
    def people(count: float) -> int:
        rate = count / (minutes * SECONDS)
        try:
            return agents_needed(rate, wishes.handling, wishes.patience, wishes.target, wishes.limit, wishes.lost)
        except ValueError:
            raise _too_many(count, start, minutes) from None

    def served(count: float, agents: int) -> Service:
        return erlang_a(count / (minutes * SECONDS), wishes.handling, wishes.patience, agents, wishes.limit)

    agents = people(coming.mean)
    service = served(coming.mean, agents)
    load = coming.mean / (minutes * SECONDS) * wishes.handling
    return HalfHour(
        weekday,
        start,
        past,
        coming,
        people(coming.rate_low),
        agents,
        people(coming.rate_high),
        math.ceil(agents / (1 - wishes.away) - 1e-9),
        service,
        load * (1 - service.hung_up) / agents,
        served(coming.rate_high, agents),
    )


def _odd(made: Grid, names: list[str]) -> tuple[tuple[str, float, float], ...]:
    totals = np.nansum(made.counts, axis=1)
    found = []
    for number in sorted(set(made.weekdays.tolist())):
        rows = np.flatnonzero(made.weekdays == number)
        usual = float(np.median(totals[rows]))
        # the first and the last day may have been cut off
        inner = [row for row in rows.tolist() if 0 < row < len(totals) - 1]
        found += [(names[row], float(totals[row]), usual) for row in inner if not usual / 2 <= totals[row] <= 2 * usual]
    return tuple(sorted(found)) if len(made.days) > len(set(made.weekdays.tolist())) * 2 else ()
