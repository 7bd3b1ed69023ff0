"""A journey as a setting: touchpoints in their order, written as one short text that travels as a slider's number does.

“96 6 @check-in; 99.5 8 Tea” is two touchpoints: how often each goes right (%), how it feels then (0 to 10), its name. One
that begins with @ is the key of a name of ours, in both languages, under `[touchpoint]` in the words; others are a learner's.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NoReturn

from traitlets import TraitError, TraitType

from course.i18n import N_, current_language, gettext

MOST, LONGEST = 20, 24
RELIABILITY = (50.0, 99.9, 0.1)  # per cent: low, high, step
FEELING = (0.0, 10.0, 0.5)
OURS = "@"
RANGES = (
    (N_("it goes right for {low:g} to {high:g} of 100 guests"), RELIABILITY),
    (N_("it feels {low:g} to {high:g}"), FEELING),
)


@dataclass(frozen=True)
class Touchpoint:
    """One touchpoint: in how many of 100 visits it goes right, how it feels then (0 to 10), and its name."""

    reliability: float
    feeling: float
    name: str

    @property
    def key(self) -> str:
        """The key of a name of ours, "" where it is a learner's own."""
        return self.name[1:] if self.name.startswith(OURS) else ""


def write(touchpoints: Iterable[Touchpoint]) -> str:
    """Return touchpoints as one text, numbers as a page writes them."""
    return "; ".join(f"{_short(one.reliability)} {_short(one.feeling)} {one.name}" for one in touchpoints)


def _short(number: float) -> str:
    return str(int(number)) if number == int(number) else repr(float(number))


@lru_cache(maxsize=64)
def read(text: str) -> tuple[Touchpoint, ...]:
    """Read what `write` wrote. `ValueError` says in the learner's language which touchpoint is wrong, and how it is meant."""
    # a Chinese keyboard writes the full-width one
    pieces = text.replace("；", ";").split(";") if text.strip() else []
    if not 1 <= len(pieces) <= MOST:
        message = gettext("number of touchpoints {count}; give from 1 to {most}")
        raise ValueError(message.format(count=len(pieces), most=MOST))
    return tuple(_touchpoint(number, piece) for number, piece in enumerate(pieces, 1))


def _touchpoint(number: int, piece: str) -> Touchpoint:
    def wrong(problem: str, **values: Any) -> NoReturn:
        place = gettext("touchpoint {number}: {problem}")
        raise ValueError(place.format(number=number, problem=problem.format(**values)))

    fields = piece.split(None, 2)
    if len(fields) < 3:
        wrong(gettext("write two numbers and a name, as in “96 6 Tea”"))
    numbers = []
    for field, (problem, (low, high, _step)) in zip(fields, RANGES, strict=False):
        try:
            value = float(field)
        except ValueError:
            value = math.nan
        if not low <= value <= high:
            wrong(gettext(problem), low=low, high=high)
        numbers.append(value)
    name = fields[2].strip()
    if len(name) > LONGEST or any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp") for sign in name):
        wrong(gettext("its name has at most {longest} plain signs"), longest=LONGEST)
    return Touchpoint(numbers[0], numbers[1], name)


class Journey(TraitType[str, str]):
    """A journey that a learner may change. Its words stand under `[parameter.<name>]`, those of its touchpoints elsewhere.

    Set to anything but a journey, it raises `TraitError` with the place, the problem and the cure in the learner's language.
    """

    def __init__(self, default: str) -> None:
        super().__init__(default_value=write(read(default)))

    def validate(self, obj: Any, value: Any) -> str:
        """Return `value` as `write` writes it, or raise `TraitError`."""
        try:
            if not isinstance(value, str):
                raise ValueError(gettext("a journey is a text, as in “96 6 Tea; 99 8 Bill”"))
            return write(read(value))
        except ValueError as error:
            label = obj.label(str(self.name), current_language())
            raise TraitError(gettext("{label}: {problem}.").format(label=label, problem=error)) from error
