"""How a Kano survey is to be read: which columns are a pair, and which of the five answers each text is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

import numpy as np

from course.i18n import LANGUAGES, N_
from course.i18n.message import Message
from course.survey.kano.pairing import Pair, by_names, by_order, swapped
from course.survey.kano.wording import ANSWERS, NEUTRAL, bare, none, readings
from course.survey.messages import quote
from course.survey.plan import IGNORE, Choice, Plan, Question, Use
from course.survey.reading import RawSurvey
from course.survey.values import PLAIN, Column, Numbers, plain
from course.theory.kano import CLASSES, Kano, counts

FUNCTIONAL, DYSFUNCTIONAL = "functional", "dysfunctional"
KANO_ROLES = (FUNCTIONAL, DYSFUNCTIONAL, IGNORE)
MOST_WORDINGS, HALF, NAMED = 12, 0.5, 6
Codes = Mapping[str, Mapping[str, float]]


def guess(raw: RawSurvey) -> Plan:
    """Return a plan for a survey from its names and answers, with the questions that only its owner can answer."""
    uses = _uses(raw, _found(raw, None))
    return _asked(raw, Plan(uses, 1, 5, first=uses))


def replan(raw: RawSurvey, plan: Plan, message: Mapping[str, Any]) -> Plan:
    """Return the plan with what the page changed: `uses` in the order of the columns, `answers`. Nonsense is left out."""
    given, known = message.get("uses"), set(features(raw, plan))
    if isinstance(given, list) and len(given) == len(plan.uses):
        uses = {name: _use(each, known) or plan.uses[name] for name, each in zip(plan.uses, given, strict=True)}
        plan = replace(plan, uses=uses)
    answers = message.get("answers")
    for key, value in answers.items() if isinstance(answers, dict) else ():
        if plan.answers.get(key) == value or not isinstance(value, str):
            continue
        with suppress(KeyError, ValueError):
            plan = plan.answer(key, value)
            if key == "pairs":
                plan = replace(plan, uses=_uses(raw, _found(raw, value)))
    return _asked(raw, plan)


def features(raw: RawSurvey, plan: Plan) -> tuple[str, ...]:
    """Return the features that a column can be about: those found, and the name of every column in no pair."""
    found = [use.dimension for use in (*plan.first.values(), *plan.uses.values()) if use.dimension]
    lone = [name for name, use in plan.first.items() if not use.dimension]
    return tuple(dict.fromkeys([*found, *lone]))


def pairs(plan: Plan) -> tuple[Pair, ...]:
    """Return the features of which both columns are known, in the order of the file."""
    by_feature: dict[str, dict[str, str]] = {}
    for name, use in plan.uses.items():
        if use.dimension and use.role != IGNORE:
            by_feature.setdefault(use.dimension, {}).setdefault(use.role, name)
    return tuple(
        Pair(feature, both[FUNCTIONAL], both[DYSFUNCTIONAL]) for feature, both in by_feature.items() if len(both) == 2
    )


def codes(raw: RawSurvey, plan: Plan) -> Codes:
    """Return the answer, 1 to 5 or NaN for none, of each text of the columns in use; other texts are left out."""
    turned = plan.chosen("direction") == "last"
    found: dict[str, dict[str, float]] = {}
    for name in _used(plan):
        of_column = found.setdefault(name, {})
        for text in _texts(raw.columns[name]):
            number, words = bare(text), readings(text)
            chosen = plan.chosen(f"word:{text}")
            if none(text):
                of_column[text] = float("nan")
            elif number:
                of_column[text] = float(6 - number if turned else number)
            elif chosen:
                of_column[text] = float("nan") if chosen == "none" else float(chosen)
            elif len(words) == 1:
                of_column[text] = float(next(iter(words)))
    return found


def answers_of(column: Column, known: Mapping[str, float]) -> Numbers:
    """Return the answer of each row of a column, 1 to 5, NaN where its text is not `known`."""
    return np.array([known.get(text, np.nan) for text in column.texts], dtype=float)[column.codes]


def _use(given: object, known: set[str]) -> Use | None:
    match given:
        case [str(role), part] if role in KANO_ROLES:
            return Use(role, part if role != IGNORE and part in known else None)
    return None


def _texts(column: Column) -> list[str]:
    return [text for text, count in zip(column.texts, column.counts, strict=True) if count]


def _used(plan: Plan) -> list[str]:
    return [name for name, use in plan.uses.items() if use.role != IGNORE]


def _holds_answers(column: Column) -> bool:
    told = {text: int(n) for text, n in zip(column.texts, column.counts, strict=True) if n and not none(text)}
    known = sum(n for text, n in told.items() if bare(text) or readings(text))
    return bool(told) and len(told) <= MOST_WORDINGS and known >= HALF * sum(told.values())


def _found(raw: RawSurvey, answer: str | None) -> tuple[Pair, ...]:
    few = [name for name, column in raw.columns.items() if 0 < column.distinct <= MOST_WORDINGS + 1]
    told = by_names(few)
    if not told:
        told = by_order([name for name in few if _holds_answers(raw.columns[name])], answer or "adjacent")
    return swapped(told) if answer and answer.endswith("swap") else told


def _uses(raw: RawSurvey, found: Sequence[Pair]) -> dict[str, Use]:
    uses = {name: Use(IGNORE) for name in raw.columns}
    for pair in found:
        uses[pair.functional] = Use(FUNCTIONAL, pair.feature)
        uses[pair.dysfunctional] = Use(DYSFUNCTIONAL, pair.feature)
    return uses


def _asked(raw: RawSurvey, plan: Plan) -> Plan:
    questions = [*raw.questions]
    if question := _ask_pairs(raw, plan):
        questions.append(question)
    words = _ask_words(raw, plan)
    questions += words
    plan = replace(plan, questions=tuple(questions), answers={**plan.answers, **raw.choices})
    if question := _ask_direction(raw, plan):
        questions.append(question)
    by_key = {question.key: question for question in questions}
    kept = {key: value for key, value in plan.answers.items() if key in by_key and by_key[key].takes(value)}
    return replace(plan, questions=tuple(questions), answers=kept, notes=_notes(raw, plan))


def _ask_pairs(raw: RawSurvey, plan: Plan) -> Question | None:
    found = pairs(plan)
    if not found:
        return None
    listed = [
        Message(N_("“{first}” with “{second}”"), first=quote(pair.functional), second=quote(pair.dysfunctional))
        for pair in found[:NAMED]
    ]
    if len(found) > NAMED:
        listed.append(Message(N_("others: {count}"), count=len(found) - NAMED))
    if by_names([name for name, use in plan.first.items() if use.dimension]):
        text = N_("Are these the pairs, the question about the feature being there always first? {pairs}.")
        confirmed = (
            Choice("yes", Message(N_("Yes; or I have corrected them in the table of columns"))),
            Choice("swap", Message(N_("The pairs are right, the first is about the absence"))),
        )
        return Question("pairs", (), Message(text, pairs=listed), confirmed, "yes")
    text = N_("The names do not tell which questions are a pair. As chosen now: {pairs}. Which order has the file?")
    choices = (
        Choice("adjacent", Message(N_("Pair after pair, first the feature there, then absent"))),
        Choice("adjacent-swap", Message(N_("Pair after pair, first absent, then there"))),
        Choice("halves", Message(N_("First all about the features there, then all about their absence"))),
        Choice("halves-swap", Message(N_("First all about the absence, then all about the features there"))),
    )
    return Question("pairs", (), Message(text, pairs=listed), choices, "adjacent")


def _ask_words(raw: RawSurvey, plan: Plan) -> list[Question]:
    seen: dict[str, list[str]] = {}
    sure: set[int] = set()
    for name in _used(plan):
        for text in _texts(raw.columns[name]):
            if none(text) or PLAIN.match(plain(text)):
                continue
            if len(found := readings(text)) == 1:
                sure |= found
            else:
                seen.setdefault(text, []).append(name)
    if len(seen) > MOST_WORDINGS:
        return []
    left = sorted(set(ANSWERS) - sure)
    choices = (
        *(Choice(str(number), Message(label)) for number, label in ANSWERS.items()),
        Choice("none", Message(N_("It is no answer"))),
    )
    asked = []
    for text, names in seen.items():
        likely = sorted(readings(text) & set(left)) or sorted(readings(text)) or left or [NEUTRAL]
        words = Message(
            N_("Which of the five answers is “{cell}” in {columns}?"), cell=quote(text), columns=_few(names)
        )
        asked.append(Question(f"word:{text}", tuple(names), words, choices, str(likely[0])))
    return asked


def _few(names: Sequence[str]) -> list[str]:
    return [f"“{quote(name)}”" for name in names[:2]] + (["…"] if len(names) > 2 else [])


def _ask_direction(raw: RawSurvey, plan: Plan) -> Question | None:
    numbered = [name for name in _used(plan) if any(bare(text) for text in _texts(raw.columns[name]))]
    if not numbered:
        return None
    first, last = _odd(raw, plan, "first"), _odd(raw, plan, "last")
    text = N_("{columns}: the answers are numbers from 1 to 5. Which end is “I like it”?")
    effect = N_("Reverse or contradictory answers would be {share:.0f}%.")
    choices = (
        Choice("first", Message(N_("1 is “I like it”, 5 “I dislike it”")), Message(effect, share=first)),
        Choice("last", Message(N_("5 is “I like it”, 1 “I dislike it”")), Message(effect, share=last)),
    )
    suggested = "first" if first <= last else "last"
    return Question("direction", tuple(numbered), Message(text, columns=_few(numbered)), choices, suggested)


def _odd(raw: RawSurvey, plan: Plan, direction: str) -> float:
    """Return the share, in per cent, of pairs that would be reverse or questionable."""
    yes = Choice(direction, Message(""))
    asked = replace(plan, questions=(*plan.questions, Question("direction", (), Message(""), (yes,), direction)))
    asked = replace(asked, answers={key: value for key, value in asked.answers.items() if key != "direction"})
    coding = codes(raw, asked)
    total = odd = 0
    for pair in pairs(plan):
        there, absent = (answers_of(raw.columns[name], coding[name]) for name in (pair.functional, pair.dysfunctional))
        whole = ~(np.isnan(there) | np.isnan(absent))
        found = counts(there[whole], absent[whole])
        total += int(found.sum())
        odd += int(found[CLASSES.index(Kano.REVERSE)] + found[CLASSES.index(Kano.QUESTIONABLE)])
    return 100 * odd / total if total else 0.0


def _notes(raw: RawSurvey, plan: Plan) -> tuple[Message, ...]:
    notes = []
    for number, label in ANSWERS.items():
        known = {Message(label).say(language) for language in LANGUAGES}
        texts = dict.fromkeys(
            text
            for name in _used(plan)
            for text in _texts(raw.columns[name])
            if not bare(text) and not none(text) and readings(text) == {number} and text not in known
        )
        if texts:
            words = N_("Taken as “{answer}”: {texts}.")
            notes.append(Message(words, answer=Message(label), texts=[quote(text) for text in list(texts)[:NAMED]]))
    whole = {name for pair in pairs(plan) for name in (pair.functional, pair.dysfunctional)}
    lone = [name for name in raw.columns if name not in whole and _holds_answers(raw.columns[name])]
    if lone:
        text = N_("In no pair, so not used: {columns}.")
        notes.append(Message(text, columns=[quote(name) for name in lone[:NAMED]]))
    return tuple(notes)
