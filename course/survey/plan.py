"""How a survey is to be read: what each column holds, the scale, and the questions that only its owner can answer."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from course.i18n.message import Message

EXPECTATION, PERCEPTION, IMPORTANCE = "expectation", "perception", "importance"
RECOMMEND, SATISFACTION, DATE, IGNORE = "recommend", "satisfaction", "date", "ignore"
WEIGHT, DURATION = "weight", "duration"
ROLES = (EXPECTATION, PERCEPTION, IMPORTANCE, RECOMMEND, SATISFACTION, DATE, DURATION, WEIGHT, IGNORE)
# roles that are no answers
BESIDE = (DATE, DURATION, WEIGHT, IGNORE)
OF_DIMENSION = (EXPECTATION, PERCEPTION, IMPORTANCE)


@dataclass(frozen=True)
class Use:
    """What a column is used for: a role of `ROLES`, and for those in `OF_DIMENSION` one of the five dimensions.

    A question that belongs to none of the five has None: it counts by itself, and in the means over all questions.
    """

    role: str
    dimension: str | None = None


@dataclass(frozen=True)
class Choice:
    """One answer to a question: its value, its label, and, where that can be said, what it would lead to."""

    value: str
    label: Message
    effect: Message | None = None


@dataclass(frozen=True)
class Question:
    """Something that only the owner of the survey knows. `columns` are those it is about.

    Where `items` are given they are to be put in order, and an answer is their places, the least first: "2,0,1". Those
    left out are no answers.
    """

    key: str
    columns: tuple[str, ...]
    text: Message
    choices: tuple[Choice, ...]
    suggested: str
    items: tuple[str, ...] = ()

    def takes(self, value: str) -> bool:
        """Say whether `value` answers the question."""
        if not self.items:
            return value in {choice.value for choice in self.choices}
        try:
            places = order_of(value)
        except ValueError:
            return False
        return len(places) > 1 and len(set(places)) == len(places) and all(0 <= at < len(self.items) for at in places)


@dataclass(frozen=True)
class Setting:
    """A number that the owner gives beside the file, from `low` to `high`; where there are `choices`, one of their values."""

    key: str
    label: Message
    value: float
    low: float
    high: float
    choices: tuple[Choice, ...] = ()

    def take(self, value: object) -> Setting:
        """Return the setting with another value, the nearest one that may be; itself for what is no number."""
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            return self
        if self.choices and float(value) not in {float(choice.value) for choice in self.choices}:
            return self
        return replace(self, value=min(max(float(value), self.low), self.high))


def order_of(value: str) -> tuple[int, ...]:
    """Return the places of an order, "2,0,1". Raises `ValueError` for what is none."""
    return tuple(int(part) for part in value.split(",") if part)


@dataclass(frozen=True)
class Plan:
    """How a survey will be read. Immutable; the `with_…` methods and `answer` return another plan.

    `uses`: by column name. `low`, `high`: ends of the scale of expectation and perception. `questions`: what to ask, in
    this order. `answers`: by question key, as chosen so far; a question without one counts as its `suggested` choice.
    `leave_out`: the checks of care (`course.survey.carelessness`) of which those who fail are left out; switches, not
    questions. `coding`: by column, the numbers of texts that do not say theirs (words, codes for no answer).
    """

    uses: dict[str, Use]
    low: int
    high: int
    questions: tuple[Question, ...] = ()
    answers: dict[str, str] = field(default_factory=dict)
    leave_out: frozenset[str] = frozenset()
    coding: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    notes: tuple[Message, ...] = ()
    structure: tuple[Question, ...] = ()
    """The questions what columns hold: of `questions` those that are asked whatever the columns are used for."""
    wording: tuple[Question, ...] = ()
    """The questions what texts stand for, and in `coding_notes` what is to be said of them."""
    coding_notes: tuple[Message, ...] = ()
    first: Mapping[str, Use] = field(default_factory=dict)
    """What each column would be used for by itself."""
    settings: tuple[Setting, ...] = ()
    """Numbers that the owner gives beside the file; a survey has none."""
    scaled: bool = False
    """Whether the scale was set by hand."""

    def answer(self, key: str, value: str) -> Plan:
        """Return the plan with a question answered; `course.survey.mapping.answered` also works out what follows.

        Raises `KeyError` for an unknown question, `ValueError` for what is no choice of it.
        """
        question = next((each for each in self.questions if each.key == key), None)
        if question is None:
            raise KeyError(key)
        if not question.takes(value):
            raise ValueError(f"{value!r} is no answer to {key!r}")
        return replace(self, answers={**self.answers, key: value})

    def chosen(self, key: str) -> str | None:
        """Return the answer to a question, its suggested one where none was given, None where it is not asked."""
        for question in self.questions:
            if question.key == key:
                return self.answers.get(key, question.suggested)
        return None

    @property
    def open(self) -> tuple[Question, ...]:
        """The questions that nobody has answered yet."""
        return tuple(question for question in self.questions if question.key not in self.answers)

    def setting(self, key: str) -> float:
        """Return a number that the owner gave. Raises `KeyError` for an unknown one."""
        return {setting.key: setting.value for setting in self.settings}[key]

    def columns(self, role: str, dimension: str | None = None) -> tuple[str, ...]:
        """Return the columns with this role (and dimension), in the order of the file."""
        return tuple(
            name
            for name, use in self.uses.items()
            if use.role == role and (dimension is None or use.dimension == dimension)
        )
