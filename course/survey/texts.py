"""The numbers of texts that do not say theirs: words of a scale, and codes that stand for no answer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from course.i18n import N_
from course.i18n.message import Message
from course.survey import nothing, words
from course.survey.messages import quote
from course.survey.plan import BESIDE, EXPECTATION, IMPORTANCE, PERCEPTION, Choice, Plan, Question
from course.survey.reading import RawSurvey
from course.survey.values import label_of

NAMED = 4
Coding = dict[str, dict[str, float]]


def mean_of(raw: RawSurvey, names: Sequence[str]) -> float | None:
    """Return the mean of the columns' means, words of known scales and codes for no answer taken as such."""
    coding: Coding = {}
    for scale in words.scales([raw.columns[name] for name in names]):
        if len(scale.families) == 1:
            coding |= words.codes(raw.columns, scale, None)
    columns = [raw.columns[name].coded(coding.get(name)) for name in names]
    codes, _notes = nothing.certain(columns)
    means = []
    for column in columns:
        tally = column.coded({**column.coding, **codes.get(column.name, {})}).tally
        if tally:
            means.append(sum(value * count for value, count in tally.items()) / sum(tally.values()))
    return float(np.mean(means)) if means else None


def longest_scale(raw: RawSurvey, plan: Plan) -> int | None:
    """Return the steps of the longest scale of words among expectations and perceptions, None for no known one."""
    names = [name for role in (EXPECTATION, PERCEPTION) for name in plan.columns(role)]
    found = words.scales([raw.columns[name] for name in names])
    return max((len(scale.families[_place(plan, scale)].steps) for scale in found if scale.families), default=None)


def _place(plan: Plan, scale: words.Scale) -> int:
    chosen = plan.answers.get(scale.key, "0")
    return int(chosen) if chosen.isdigit() and int(chosen) < len(scale.families) else 0


def coding(raw: RawSurvey, plan: Plan) -> tuple[Coding, tuple[Question, ...], tuple[Message, ...]]:
    """Return the numbers of words and codes by column, the questions about them, and what is to be said."""
    found: Coding = {}
    questions: list[Question] = []
    notes: list[Message] = []
    answers = [name for name, use in plan.uses.items() if use.role not in BESIDE]
    rated = [name for name in answers if plan.uses[name].role in (EXPECTATION, PERCEPTION)]
    for names in (rated, *([name] for name in answers if name not in rated)):
        for scale in words.scales([raw.columns[name] for name in names]):
            question = words.ask(raw.columns, scale)
            given = plan.answers.get(scale.key)
            if question and (given is None or not question.takes(given)):
                given = question.suggested
            codes = words.codes(raw.columns, scale, given)
            found |= codes
            if question:
                questions.append(question)
            notes.append(words.note(scale, {text: value for each in codes.values() for text, value in each.items()}))
    columns = [raw.columns[name].coded(found.get(name)) for name in answers if plan.uses[name].role != IMPORTANCE]
    question = nothing.ask_below(columns)
    if question:
        questions.append(question)
    below = question is not None and plan.answers.get("below", question.suggested) == "answer"
    codes, said = nothing.certain(columns, below=below)
    _add(found, codes)
    asked = [raw.columns[name].coded(found.get(name)) for name in rated]
    for question in nothing.ask(asked):
        questions.append(question)
        if plan.answers.get(question.key, question.suggested) == "missing":
            _add(found, nothing.coded(asked, 0.0 if question.key == "zero" else nothing.top(asked)))
    down = {name: steps for name in rated if (steps := words.runs_down(raw.columns[name]))}
    if down:
        questions.append(question := _ask_down(raw, down))
        if plan.answers.get(question.key, question.suggested) == "turn":
            for name, steps in down.items():
                column = raw.columns[name].coded(found.get(name))
                pairs = zip(column.texts, column.numbers, strict=True)
                _add(found, {name: {word: steps + 1 - value for word, value in pairs if value is not None}})
    return found, tuple(questions), (*notes, *said)


def _ask_down(raw: RawSurvey, down: dict[str, int]) -> Question:
    column = raw.columns[next(iter(down))]
    shown = sorted(
        (value, text)
        for text, value in zip(column.texts, column.numbers, strict=True)
        if value is not None and value == value and label_of(text)
    )
    text = N_("{columns}: the words run against the numbers, from “{first}” to “{last}”. Does a low number mean good?")
    names = [*map(quote, list(down)[:NAMED]), *(["…"] if len(down) > NAMED else [])]
    mean = mean_of(raw, list(down)) or 0.0
    steps = max(down.values())
    effects = [Message(N_("The mean would be {mean:.2f}."), mean=value) for value in (steps + 1 - mean, mean)]
    return Question(
        "labels",
        tuple(down),
        Message(text, columns=names, first=quote(shown[0][1]), last=quote(shown[-1][1])),
        (
            Choice("turn", Message(N_("Yes, turn the numbers round")), effects[0]),
            Choice("keep", Message(N_("No, take the numbers as they are")), effects[1]),
        ),
        "turn",
    )


def _add(found: Coding, further: Coding) -> None:
    for name, texts in further.items():
        found[name] = {**found.get(name, {}), **texts}
