"""Checks in a lesson: `course.check("gap")` looks at what the learner's cell holds and answers in one sentence."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from course.answers import AnswerError, Answers
from course.entries import Entry
from course.i18n import gettext as _
from course.manifest import Text

LONGEST_ANSWER = 60


@dataclass(frozen=True)
class Call:
    """What a name should hold (no `inputs`), or what the function of that name should give back for them."""

    inputs: tuple[Any, ...]
    value: Any


@dataclass(frozen=True)
class Check:
    """One thing to write in a lesson. Numbers count as the same within `within`."""

    key: str
    name: str
    calls: tuple[Call, ...]
    within: float
    right: Text
    hint: Text

    def verdict(self, namespace: Mapping[str, Any], language: str) -> str:
        """Return the sentence for what stands in the learner's `namespace`; it begins with ✓ where all is right."""
        answers = Answers(namespace)
        for call in self.calls:
            try:
                answer = answers.value(self.name, *call.inputs)
            except AnswerError as error:
                return str(error)
            if not _same(answer, call.value, self.within):
                what = f"{self.name}({', '.join(map(repr, call.inputs))})" if call.inputs else self.name
                shown = shorten(repr(answer), LONGEST_ANSWER, placeholder="…")
                message = _("Not yet: {what} is {answer}. {hint}")
                return message.format(what=what, answer=shown, hint=self.hint[language])
        return f"✓ {self.right[language]}"


def read_check(entry: Entry, taken: Collection[str]) -> Check:
    """Read one `[[check]]` of a questions file: `value`, or `[[check.call]]` with `inputs` and `value`."""
    key = entry.key(_("check {key}"), taken)
    name = entry.name("name")
    calls = tuple(_call(row) for row in entry.rows("call", _("call {number}")))
    check = Check(
        key=key,
        name=name,
        calls=calls or (Call((), entry.plain("value")),),
        within=entry.number("within", default=1e-6),
        right=entry.text("right"),
        hint=entry.text("hint"),
    )
    entry.close()
    return check


def _call(entry: Entry) -> Call:
    inputs = entry.plain("inputs")
    if not isinstance(inputs, list) or not inputs:
        raise entry.wrong(_("{name} must be a list; write it as {cure}"), name="inputs", cure="inputs = [3, 5]")
    call = Call(tuple(inputs), entry.plain("value"))
    entry.close()
    return call


def _same(answer: Any, value: Any, within: float) -> bool:
    if isinstance(value, list):
        parts = list(answer) if isinstance(answer, list | tuple) or hasattr(answer, "tolist") else None
        return (
            parts is not None
            and len(parts) == len(value)
            and all(_same(part, one, within) for part, one in zip(parts, value, strict=True))
        )
    try:
        if isinstance(value, bool):
            return type(answer).__name__.startswith("bool") and bool(answer) == value
        if isinstance(value, int | float):
            return not isinstance(answer, bool) and math.isclose(float(answer), value, rel_tol=1e-9, abs_tol=within)
        return bool(answer == value)
    except (TypeError, ValueError):
        return False
