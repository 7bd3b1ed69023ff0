"""What `[[check]]` of a questions file says: what a learner is to write in a box of the lesson, and what they are told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from course.entries import Entry
from course.i18n import Text
from course.i18n import gettext as _


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
