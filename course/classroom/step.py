"""One question to a class: what it says in both languages, and the numbers it is about."""

from __future__ import annotations

from dataclasses import dataclass, field

from course.i18n import LANGUAGES, Text, translator

NOTHING: Text = dict.fromkeys(LANGUAGES, "")


def _nothing() -> Text:
    return NOTHING


@dataclass(frozen=True)
class Choice:
    """An option, and what whoever took it, or left it out, is told."""

    text: Text
    right: bool
    feedback: Text


@dataclass(frozen=True)
class Slip:
    """A typical wrong number, and what whoever gave it is told."""

    value: float
    tolerance: float
    feedback: Text


@dataclass(frozen=True)
class Scale:
    """What a number is asked on: from `low` to `high` in steps of `step`."""

    low: float
    high: float
    step: float

    def nearest(self, number: float) -> float:
        """Return the nearest place, whatever a phone's arithmetic made of it."""
        return min(self.high, round(self.low + round((number - self.low) / self.step) * self.step, 9))


@dataclass(frozen=True)
class Step:
    """One question to a class. `kind` is one of `course.classroom.kinds`, `part` where the course asks it.

    Numbers are in `unit` ("one|many") and shown with `digits` decimals; `tolerance` is how far off a number may be.
    `answered` says what the answer is, and `reveal` what is told with it; `story` is what a question begins with. Whoever
    typed a wrong number is told what a slip among `slips` says, else what `missed` does. `about` is what its kind knows.
    """

    key: str
    part: str
    kind: str
    question: Text
    answered: Text
    reveal: Text = field(default_factory=_nothing)
    source: Text = field(default_factory=_nothing)
    unit: Text = field(default_factory=_nothing)
    story: Text = field(default_factory=_nothing)
    digits: int = 0
    scale: Scale | None = None
    answer: float | None = None
    tolerance: float = 0.0
    choices: tuple[Choice, ...] = ()
    slips: tuple[Slip, ...] = ()
    missed: Text | None = None
    about: object = None


def both(message: str) -> Text:
    """Return a message of the course in both languages."""
    return {language: translator(language)(message) for language in LANGUAGES}
