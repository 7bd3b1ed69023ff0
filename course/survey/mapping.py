"""Guess what each column holds from headers and values, and ask where a guess could turn the result around."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from course.i18n import N_
from course.survey import clues, codings
from course.survey.messages import Message, SurveyProblem
from course.survey.plan import (
    DATE,
    EXPECTATION,
    IGNORE,
    IMPORTANCE,
    OF_DIMENSION,
    PERCEPTION,
    RECOMMEND,
    ROLES,
    SATISFACTION,
    Choice,
    Plan,
    Question,
    Use,
)
from course.survey.reading import RawSurvey
from course.survey.scales import ask_mixed, ask_reversed, guess_scale
from course.survey.values import YEAR_LAST, Column, day, plain

__all__ = [
    "DATE",
    "EXPECTATION",
    "IGNORE",
    "IMPORTANCE",
    "OF_DIMENSION",
    "PERCEPTION",
    "RECOMMEND",
    "ROLES",
    "SATISFACTION",
    "Choice",
    "Plan",
    "Question",
    "Use",
    "guess",
    "with_scale",
    "with_uses",
]

MOSTLY, HALF = 0.8, 0.5
LARGEST_RATING = 11
WIDEST = 1_000
UNNAMED = 8


def guess(raw: RawSurvey) -> Plan:
    """Return a plan for a survey from its headers and values, with the questions it leaves open."""
    columns = [Column.of(raw.cells, name) for name in raw.cells.columns]
    uses: dict[str, Use] = {}
    taken: set[str] = set()
    numbered = _all_numbered(raw.cells.columns)
    for column in columns:
        use = numbered.get(column.name) or _use(column)
        if use.role not in OF_DIMENSION and use.role in taken:
            use = Use(IGNORE)
        taken.add(use.role)
        uses[column.name] = use
    return _worked_out(raw, Plan(uses, 1, 7))


def with_uses(raw: RawSurvey, plan: Plan, uses: dict[str, Use]) -> Plan:
    """Return the plan with other uses of some columns; scale and questions are worked out anew, given answers are kept."""
    return _worked_out(raw, replace(plan, uses={name: uses.get(name, use) for name, use in plan.uses.items()}))


def with_scale(raw: RawSurvey, plan: Plan, low: int, high: int) -> Plan:
    """Return the plan with another scale. Raises `SurveyProblem` for a scale that is none."""
    if not 0 <= low < high <= WIDEST:
        raise SurveyProblem(
            Message(
                N_(
                    "A scale from {low} to {high} has no width. Give the lowest and the highest number that could be "
                    "ticked, such as 1 and 7."
                ),
                low=low,
                high=high,
            )
        )
    return _asked(raw, replace(plan, low=low, high=high))


def _all_numbered(names: Iterable[str]) -> dict[str, Use]:
    """Return the uses of columns P1 … P22 and E1 … E22 where all of a set are there: SERVQUAL in its own order."""
    found = {name: match for name in names if (match := clues.NUMBERED.fullmatch(plain(str(name))))}
    uses: dict[str, Use] = {}
    for mark, role in (("e", EXPECTATION), ("p", PERCEPTION)):
        places = {int(match[2]): name for name, match in found.items() if match[1].lower() == mark}
        if set(places) == set(range(1, 23)):
            uses |= {name: Use(role, clues.numbered_dimension(place)) for place, name in places.items()}
    return uses


def _use(column: Column) -> Use:
    header = plain(column.name)
    dimension = clues.dimension_of(header)
    if clues.IMPORTANCE.search(header) and dimension:
        return Use(IMPORTANCE, dimension)
    if clues.DATE.search(header) and _holds_days(column):
        return Use(DATE)
    coded = bool(dimension and clues.CODE.match(header))
    if not coded and not _holds_ratings(column):
        return Use(IGNORE)
    if clues.RECOMMEND.search(header):
        return Use(RECOMMEND)
    if dimension:
        expected = clues.EXPECTATION.search(header) and not clues.PERCEPTION.match(header)
        return Use(EXPECTATION if expected else PERCEPTION, dimension)
    if clues.SATISFACTION.search(header) and not clues.IDENTITY.search(header):
        return Use(SATISFACTION)
    return Use(IGNORE)


def _holds_ratings(column: Column) -> bool:
    answers = sum(column.tally.values())
    unreadable = int(column.counts[column.unreadable].sum())
    fitting = sum(count for value, count in column.tally.items() if 0 <= value <= LARGEST_RATING)
    return answers > unreadable and fitting >= MOSTLY * answers


def _holds_days(column: Column) -> bool:
    given = [place for place in range(len(column.texts)) if column.counts[place]][:200]
    read = [day(column.texts[place]) or day(column.texts[place], day_first=False) for place in given]
    days = sum(each is not None and not np.isnat(each) for each in read)
    return days > 0 and days >= HALF * sum(each is None or not np.isnat(each) for each in read)


def _worked_out(raw: RawSurvey, plan: Plan) -> Plan:
    rated = [Column.of(raw.cells, name) for role in (EXPECTATION, PERCEPTION) for name in plan.columns(role)]
    low, high = guess_scale(rated)
    return _asked(raw, replace(plan, low=low, high=high))


def _asked(raw: RawSurvey, plan: Plan) -> Plan:
    """Return the plan with its questions and notes; answers to questions that are still asked are kept."""
    questions: list[Question] = []
    for name in plan.columns(RECOMMEND)[:1]:
        if question := codings.ask(name, Column.of(raw.cells, name).tally):
            questions.append(question)
    if question := ask_mixed(raw, plan):
        questions.append(question)
    for name in plan.columns(DATE)[:1]:
        if question := _ask_day_first(Column.of(raw.cells, name)):
            questions.append(question)
    questions += ask_reversed(raw, plan)
    valid = {question.key: {choice.value for choice in question.choices} for question in questions}
    answers = {key: value for key, value in plan.answers.items() if value in valid.get(key, ())}
    return replace(plan, questions=tuple(questions), answers=answers, notes=_notes(raw, plan))


def _ask_day_first(column: Column) -> Question | None:
    found = [
        match
        for place, text in enumerate(column.texts)
        if column.counts[place] and (match := YEAR_LAST.match(plain(text)))
    ]
    if not found:
        return None
    suggested = "day" if found[0][2] == "." else "month"
    # 31/1 can only be one thing
    first, second = max(int(match[1]) for match in found), max(int(match[3]) for match in found)
    if first > 12 or second > 12:
        return None
    return Question(
        "dates",
        (column.name,),
        Message(
            N_("“{column}”: is {example} written with the day first or with the month first?"),
            column=column.name,
            example=found[0][0],
        ),
        (Choice("day", Message(N_("Day first"))), Choice("month", Message(N_("Month first")))),
        suggested,
    )


def _notes(raw: RawSurvey, plan: Plan) -> tuple[Message, ...]:
    """Return a note on columns with ratings that no header explains."""
    unused = [
        name
        for name in plan.columns(IGNORE)
        if not clues.IDENTITY.search(plain(name)) and _holds_ratings(Column.of(raw.cells, name))
    ]
    if not unused:
        return ()
    shown = [*unused[:UNNAMED], "…"] if len(unused) > UNNAMED else unused
    return (Message(N_("Not used, because the header does not say what they measure: {columns}."), columns=shown),)
