"""How a table of arrivals is to be read, what only its owner can know of it, and what is wished of the service."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

import numpy as np

from course.i18n import N_
from course.i18n.message import Message
from course.survey.arrivals import questions as asking
from course.survey.arrivals.clock import DAY, HALF_HOUR, HOUR, WEEKDAYS, clock
from course.survey.arrivals.entries import Entries, entries
from course.survey.arrivals.grid import Grid, grid, settled, step
from course.survey.arrivals.roles import ARRIVAL_ROLES, COUNT, SPREAD, likely_counts, uses_of
from course.survey.messages import SurveyProblem
from course.survey.plan import DATE, IGNORE, Choice, Plan, Question, Setting, Use
from course.survey.reading import RawSurvey

MONDAY, TEN = 0, 600
WEEKS = Setting("weeks", Message(N_("Weeks that the file adds up or averages")), 4, 1, 260)
SETTINGS = (
    Setting("handling", Message(N_("Mean handling time, in seconds, work after the call included")), 240, 1, 7_200),
    Setting(
        "patience", Message(N_("Mean patience until somebody hangs up, in seconds; 0: nobody hangs up")), 300, 0, 36_000
    ),
    Setting("target", Message(N_("Share that shall be answered in time, in %")), 80, 1, 99),
    Setting("limit", Message(N_("In time means: within so many seconds")), 20, 0, 3_600),
    Setting("lost", Message(N_("Share that may hang up at most, in %; 100: no limit")), 5, 1, 100),
    Setting("away", Message(N_("Share of paid time away from work (breaks, training, illness), in %")), 30, 0, 90),
)
ON, AT = Message(N_("The day you ask about")), Message(N_("The time you ask about"))


def guess(raw: RawSurvey) -> Plan:
    """Return a plan for a table from its names and values, with the questions that only its owner can answer."""
    uses = uses_of(raw)
    plan = Plan(uses, 0, 1, first=uses, settings=SETTINGS)
    question = asking.ask_count(raw, plan)
    if question:
        plan = replace(plan, uses=_counted(uses, question.suggested))
    elif not plan.columns(SPREAD):
        _, named = likely_counts(raw, uses)
        plan = replace(plan, uses=_counted(uses, named[0] if named else ""))
    return _asked(raw, replace(plan, structure=(question,) if question else ()))


def _counted(uses: Mapping[str, Use], name: str) -> dict[str, Use]:
    """Return the uses with one column of counts, none for another name."""
    others = {each: Use(IGNORE) if use.role == COUNT else use for each, use in uses.items()}
    return {**others, name: Use(COUNT)} if name in others else others


def replan(raw: RawSurvey, plan: Plan, message: Mapping[str, Any]) -> Plan:
    """Return the plan with what the page changed: `uses`, `settings` by key, `answers`. Nonsense is left out."""
    given = message.get("uses")
    if isinstance(given, list) and len(given) == len(plan.uses):
        uses = {name: _use(each) or plan.uses[name] for name, each in zip(plan.uses, given, strict=True)}
        plan = replace(plan, uses=uses)
    wished = message.get("settings")
    if isinstance(wished, dict):
        plan = replace(plan, settings=tuple(each.take(wished.get(each.key)) for each in plan.settings))
    answers = message.get("answers")
    for key, value in answers.items() if isinstance(answers, dict) else ():
        if plan.answers.get(key) == value or not isinstance(value, str):
            continue
        # a question that is no longer asked
        with suppress(KeyError, ValueError):
            plan = plan.answer(key, value)
            if key == "count":
                plan = replace(plan, uses=_counted(plan.uses, value))
            if key == "when":
                others = {name: Use(IGNORE) if use.role == DATE else use for name, use in plan.uses.items()}
                plan = replace(plan, uses={**others, value: Use(DATE)})
            # what follows may be asked only now
            plan = _asked(raw, plan)
    return _asked(raw, plan)


def _use(given: object) -> Use | None:
    match given:
        case [str(role), _] if role in ARRIVAL_ROLES:
            return Use(role)
    return None


def _asked(raw: RawSurvey, plan: Plan) -> Plan:
    """Return the plan with its questions, in the order in which one follows from the other; answers still asked are kept."""
    plan = replace(plan, answers={**plan.answers, **raw.choices}, questions=())
    plan = _with(plan, *raw.questions, asking.ask_when(raw, plan), *plan.structure, asking.ask_marks(raw, plan))
    plan = _with(plan, asking.ask_dates(raw, plan), asking.ask_fill(raw, plan), asking.ask_clock(raw, plan))
    made: Grid | None = None
    # what cannot be read is told when the table is analysed
    with suppress(SurveyProblem):
        found = entries(raw, plan)
        plan = _with(plan, asking.ask_period(raw, plan, found), asking.ask_repeats(raw, found))
        rough = _rough(found, plan)
        plan = _with(
            plan, asking.ask_empty_days(rough, found), asking.ask_gaps(rough, found), asking.ask_weeks(rough, found)
        )
        made = grid_of(found, plan)
    kept = {key: value for key, value in plan.answers.items() if any(each.key == key for each in plan.questions)}
    plan = replace(plan, answers=kept, settings=_settings(plan, made))
    return replace(plan, notes=asking.notes(raw, plan))


def _with(plan: Plan, *further: Question | None) -> Plan:
    """Return the plan with further questions; an answer that is none of a question's choices is dropped."""
    new = [question for question in further if question]
    bad = {question.key for question in new if not question.takes(plan.answers.get(question.key, question.suggested))}
    answers = {key: value for key, value in plan.answers.items() if key not in bad}
    return replace(plan, questions=(*plan.questions, *new), answers=answers)


def _rough(found: Entries, plan: Plan) -> Grid:
    repeats = plan.chosen("repeats") or ("add" if found.dated else "weeks")
    return grid(found, hours=by_hours(found, plan), repeats=repeats)


def by_hours(found: Entries, plan: Plan) -> bool:
    """Say whether a table counts by the hour: then half hours cannot be told apart."""
    between = step(found)
    if found.singly or not between % HOUR:
        return not found.singly and plan.chosen("period") != "half"
    return bool(HALF_HOUR % between)


def grid_of(found: Entries, plan: Plan) -> Grid:
    """Return the counts as the plan's answers have them."""
    weeks = plan.chosen("weeks")
    number = next((each.value for each in plan.settings if each.key == "weeks"), WEEKS.value)
    return settled(
        _rough(found, plan),
        closed=plan.chosen("empty") == "closed",
        filled=plan.chosen("gaps") == "zero",
        weeks=1.0 if weeks in (None, "one") else number,
        summed=weeks == "sum",
    )


def _settings(plan: Plan, made: Grid | None) -> tuple[Setting, ...]:
    """Return the wishes, and what can be asked about: a day and a time of the file; how many weeks where that matters."""
    held = {each.key: each for each in plan.settings}
    kept = [held[each.key] for each in SETTINGS]
    if plan.chosen("weeks") not in (None, "one"):
        kept.append(held.get("weeks", WEEKS))
    if made is None or not len(made.counts):
        return tuple(kept)
    numbers = sorted(set(made.weekdays.tolist()))
    slots = np.flatnonzero(np.any(~np.isnan(made.counts), axis=0)) * made.minutes
    days = tuple(Choice(str(number), Message(WEEKDAYS[number])) for number in numbers)
    times = tuple(Choice(str(at), Message("{time}", time=clock(at))) for at in slots.tolist())
    first: Callable[[int, list[int]], float] = lambda wished, there: wished if wished in there else there[0]  # noqa: E731
    on = Setting("day", ON, first(MONDAY, numbers), 0, len(WEEKDAYS), days)
    at = Setting("time", AT, first(TEN, slots.tolist()), 0, DAY, times)
    return (*(new.take(held[new.key].value) if new.key in held else new for new in (on, at)), *kept)
