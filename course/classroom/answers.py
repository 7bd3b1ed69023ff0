"""Reading an answer from a phone: a number on the slider, an option, several, or a number that was typed."""

from __future__ import annotations

import json
from typing import Any

from course.classroom.steps import CHOICE, NUMBER, SEVERAL, SLIDER, Step
from course.i18n import Text

Answer = float | int | tuple[int, ...]
LARGEST = 1e12
ROUNDING = 1e-9


class AnswerError(ValueError):
    """What a phone sent is no answer to this question."""


def read_answer(step: Step, sent: Any) -> Answer:
    """Return what was sent as an answer to `step`: a number in its unit, an option's place, or places in order.

    Raises `AnswerError` for anything else.
    """
    if step.kind in (CHOICE, SEVERAL):
        return _options(step, sent)
    # not a number is not below anything; an integer may be too long for a float
    if isinstance(sent, bool) or not isinstance(sent, int | float) or not abs(sent) <= LARGEST:
        raise AnswerError(step.key)
    if step.kind == NUMBER:
        return float(sent)
    scale = step.scale
    if step.kind != SLIDER or scale is None or not scale.low <= sent <= scale.high:
        raise AnswerError(step.key)
    # to the nearest place of the slider, whatever a phone's arithmetic made of it
    return min(scale.high, round(scale.low + round((sent - scale.low) / scale.step) * scale.step, 9))


def _options(step: Step, sent: Any) -> Answer:
    places = sent if step.kind == SEVERAL and isinstance(sent, list) else [sent]
    fits = all(type(place) is int and 0 <= place < len(step.choices) for place in places)
    if not fits or not places or len(set(places)) < len(places) or (step.kind == SEVERAL) != isinstance(sent, list):
        raise AnswerError(step.key)
    return tuple(sorted(places)) if step.kind == SEVERAL else int(places[0])


def is_right(step: Step, answer: Answer) -> bool | None:
    """Tell whether an answer is right; None where the question is a guess."""
    if step.kind == SLIDER:
        return None
    if step.kind == NUMBER:
        return _near(answer, step.answer or 0.0, step.tolerance)
    places = answer if isinstance(answer, tuple) else (answer,)
    return set(places) == {place for place, choice in enumerate(step.choices) if choice.right}


def told(step: Step, answer: Answer | None) -> Text:
    """Return what is told with the answer to whoever gave this one, or none."""
    if step.missed is None or (answer is not None and is_right(step, answer)):
        return step.reveal
    hit = [slip for slip in step.slips if answer is not None and _near(answer, slip.value, slip.tolerance)]
    return hit[0].feedback if hit else step.missed


def _near(answer: Answer, value: float, tolerance: float) -> bool:
    return isinstance(answer, int | float) and abs(answer - value) <= tolerance + ROUNDING


def written(answer: Answer) -> str:
    """Return an answer as it is kept: JSON."""
    return json.dumps(answer)


def kept(text: str) -> Answer:
    """Return an answer that was kept."""
    found = json.loads(text)
    return tuple(found) if isinstance(found, list) else found
