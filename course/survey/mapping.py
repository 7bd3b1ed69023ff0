"""Guess what each column holds from headers and values, and ask where a guess could turn the result around."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from course.i18n import N_
from course.i18n.message import Message
from course.survey import clues, codings, pairs, previews, structure, texts
from course.survey.columns import all_differ, all_numbered, holds_ratings, is_marked, twins, use_of
from course.survey.messages import SurveyProblem, quote
from course.survey.plan import (
    DATE,
    EXPECTATION,
    IGNORE,
    OF_DIMENSION,
    PERCEPTION,
    RECOMMEND,
    SATISFACTION,
    WEIGHT,
    Choice,
    Plan,
    Question,
    Use,
)
from course.survey.reading import RawSurvey
from course.survey.scales import ask_mixed, ask_reversed, column_of, guess_scale
from course.survey.values import YEAR_LAST, Column, day, is_missing, plain

WIDEST, MOST_NAMED, RARELY = 1_000, 40, 0.5
# What a weight's effect is shown on: the first of these that was asked
RATED = (PERCEPTION, SATISFACTION, RECOMMEND, EXPECTATION)
READING = ("encoding", "sheet", "shape")
"""Keys of questions about the file itself: their answers go to `read_survey`."""


def guess(raw: RawSurvey) -> Plan:
    """Return a plan for a survey from its headers and values, with the questions it leaves open."""
    numbered = all_numbered(raw.columns)
    first = {name: numbered.get(name) or use_of(column) for name, column in raw.columns.items()}
    both = twins(raw.columns)
    first = {name: both.get(name, use) if use.role == IGNORE else use for name, use in first.items()}
    asked = structure.ask(raw, first)
    given = structure.uses(raw, first, {question.key: question.suggested for question in asked})
    return _worked_out(raw, Plan(_single(first) | given, 1, 7, structure=asked, first=first))


def _single(first: dict[str, Use]) -> dict[str, Use]:
    """Return the uses of which those that only one column can have go to the first that has it."""
    uses: dict[str, Use] = {}
    taken: set[str] = set()
    for name, use in first.items():
        uses[name] = Use(IGNORE) if use.role not in OF_DIMENSION and use.role in taken else use
        taken.add(use.role)
    return uses


def with_uses(raw: RawSurvey, plan: Plan, uses: dict[str, Use]) -> Plan:
    """Return the plan with other uses of some columns; scale and questions are worked out anew, given answers are kept."""
    return _worked_out(raw, replace(plan, uses={name: uses.get(name, use) for name, use in plan.uses.items()}))


def answered(raw: RawSurvey, plan: Plan, key: str, value: str) -> Plan:
    """Return the plan with a question answered, and all that follows from the answer worked out.

    Raises `KeyError` for an unknown question, `ValueError` for what is no answer to it.
    """
    plan = plan.answer(key, value)
    if any(question.key == key for question in plan.structure):
        answers = {question.key: plan.answers.get(question.key, question.suggested) for question in plan.structure}
        changed = structure.uses(raw, plan.first, answers)
        uses = {name: changed.get(name, use) for name, use in plan.uses.items()}
        if key.startswith("one:"):
            role = key.removeprefix("one:")
            uses = {
                name: Use(role) if name == value else Use(IGNORE) if use.role == role else use
                for name, use in uses.items()
            }
        plan = replace(plan, uses=uses)
    return _worked_out(raw, plan)


def with_scale(raw: RawSurvey, plan: Plan, low: int, high: int) -> Plan:
    """Return the plan with another scale. Raises `SurveyProblem` for a scale that is none."""
    if not (low >= 0 or low == -high) or not low < high <= WIDEST:
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
    return _asked(raw, replace(plan, low=low, high=high, scaled=True))


def _worked_out(raw: RawSurvey, plan: Plan) -> Plan:
    coding, questions, notes = texts.coding(raw, plan)
    plan = replace(plan, coding=coding, wording=questions, coding_notes=notes)
    if not plan.scaled:
        rated = [column_of(raw, plan, name) for role in (EXPECTATION, PERCEPTION) for name in plan.columns(role)]
        low, high = guess_scale(rated, plan.answers.get("zero"))
        steps = texts.longest_scale(raw, plan)
        if steps and high < steps:
            low, high = 1, steps
        plan = replace(plan, low=low, high=high)
    return _asked(raw, plan)


def _asked(raw: RawSurvey, plan: Plan) -> Plan:
    """Return the plan with its questions and notes; answers to questions that are still asked are kept."""
    questions: list[Question] = [*raw.questions, *plan.structure, *plan.wording]
    if question := previews.ask(raw):
        questions.append(question)
    for name in plan.columns(RECOMMEND)[:1]:
        if question := codings.ask(name, column_of(raw, plan, name).tally):
            questions.append(question)
    if question := ask_mixed(raw, plan):
        questions.append(question)
    for name in plan.columns(DATE)[:1]:
        if question := ask_day_first(raw.columns[name]):
            questions.append(question)
    for name in plan.columns(WEIGHT)[:1]:
        questions.append(_ask_weight(raw, plan, name))
    questions += ask_reversed(raw, plan)
    if question := pairs.ask(plan, lambda found: _widest(raw, plan, found)):
        questions.append(question)
    by_key = {question.key: question for question in questions}
    answers = {
        key: value
        for key, value in {**plan.answers, **raw.choices}.items()
        if key in by_key and by_key[key].takes(value)
    }
    return replace(plan, questions=tuple(questions), answers=answers, notes=(*plan.coding_notes, *_notes(raw, plan)))


def _widest(raw: RawSurvey, plan: Plan, found: Sequence[pairs.Pair]) -> tuple[str, float] | None:
    gaps = {}
    for hoped, seen in found:
        means = [_mean([column_of(raw, plan, name)]) for name in (hoped, seen) if name]
        if len(means) == 2 and means[0] is not None and means[1] is not None:
            gaps[seen or ""] = means[1] - means[0]
    return min(gaps.items(), key=lambda each: each[1], default=None)


def _ask_weight(raw: RawSurvey, plan: Plan, name: str) -> Question:
    text = N_(
        "“{column}” seems to say how much each row counts. Shall the means and the net promoter score be weighted by it?"
    )
    names = next((found for role in RATED if (found := plan.columns(role))), ())
    rated = [column_of(raw, plan, one) for one in names]
    weighted = _mean(rated, _per_row(raw.columns[name]))
    yes, no = Message(N_("Yes, weight the rows")), Message(N_("No, each row counts once"))
    choices = (Choice("yes", yes, _would_be(weighted)), Choice("no", no, _would_be(_mean(rated))))
    return Question("weight", (name,), Message(text, column=quote(name)), choices, "yes")


def _per_row(column: Column) -> NDArray[np.float64]:
    return np.nan_to_num(np.take(column.values, column.codes))


def _mean(columns: Sequence[Column], weights: NDArray[np.float64] | None = None) -> float | None:
    """Return the mean over all answers of these columns, each with its row's weight where there are weights."""
    total = held = 0.0
    for column in columns:
        counts = column.counts if weights is None else np.bincount(column.codes, weights, len(column.texts))
        answered_ones = ~np.isnan(column.values)
        total += float(column.values[answered_ones] @ counts[answered_ones])
        held += float(counts[answered_ones].sum())
    return total / held if held > 0 else None


def _would_be(mean: float | None) -> Message | None:
    return None if mean is None else Message(N_("The mean would be {mean:.2f}."), mean=mean)


def ask_day_first(column: Column) -> Question | None:
    """Return the question whether dates have the day or the month first; None where only one can be."""
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
        (
            Choice("day", Message(N_("Day first")), _span(column, day_first=True)),
            Choice("month", Message(N_("Month first")), _span(column, day_first=False)),
        ),
        suggested,
    )


def _span(column: Column, *, day_first: bool) -> Message | None:
    """Say from when to when the answers would be."""
    seen = (text for text, count in zip(column.texts, column.counts, strict=True) if count)
    days = (day(text, day_first=day_first) for text in seen)
    read = [each for each in days if each is not None and not np.isnat(each)]
    if not read:
        return None
    return Message(N_("The answers would run from {first} to {last}."), first=str(min(read)), last=str(max(read)))


def _notes(raw: RawSurvey, plan: Plan) -> tuple[Message, ...]:
    """Return notes on what was taken without a word of the file, and on columns with ratings that are not used."""
    notes = []
    rated = [name for role in (EXPECTATION, PERCEPTION) for name in plan.columns(role)]
    if rated and not plan.structure and not any(map(is_marked, rated)):
        notes.append(Message(N_("No header says expectation or perception; all ratings count as perceptions.")))
    if all_numbered(raw.columns):
        text = N_(
            "P1 to P22 (E1 to E22) were taken in SERVQUAL's own order: tangibles 1 to 4, reliability 5 to 9 and so on."
        )
        notes.append(Message(text))
    # of these the owner says which one counts
    asked = {name for question in plan.structure if question.key.startswith("one:") for name in question.columns}
    unused = [
        name
        for name in plan.columns(IGNORE)
        if name not in asked
        and holds_ratings(raw.columns[name])
        and not (clues.IDENTITY.search(plain(name)) and all_differ(raw.columns[name]))
    ]
    if unused:
        more = [Message(N_("others: {count}"), count=len(unused) - MOST_NAMED)] if len(unused) > MOST_NAMED else []
        text = N_("Not used, because the header does not say what they measure: {columns}.")
        notes.append(Message(text, columns=[*map(quote, unused[:MOST_NAMED]), *more]))
    return (*notes, *_repeated(raw))


def _repeated(raw: RawSurvey) -> list[Message]:
    """Return a note on each column of respondents' numbers in which some stand more than once."""
    notes = []
    for name, column in raw.columns.items():
        told = {
            text: count for text, count in zip(column.texts, column.counts, strict=True) if not is_missing(plain(text))
        }
        again = sum(count > 1 for count in told.values())
        # a number of a branch or a wave stands in most rows more than once
        if clues.RESPONDENT.fullmatch(plain(name)) and 0 < again < RARELY * len(told):
            text = N_(
                "Values of “{column}” that stand in more than one row: {count}. Each row counts as a customer of its own."
            )
            notes.append(Message(text, column=quote(name), count=again))
    return notes
