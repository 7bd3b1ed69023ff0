"""How a submission ended: one status each, what is to be said about it, and the score of every graded cell."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from course.i18n import N_
from course.i18n.message import Message


class Status(StrEnum):
    """How a submission ended. The values stand in nbgrader's gradebook and in files handed on."""

    GRADED = "graded"
    LATE = "late"
    NOT_ATTEMPTED = "not attempted"
    REPAIRED = "repaired"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too large"
    TIMED_OUT = "timed out"
    CRASHED = "crashed"


STATUSES: dict[Status, str] = {
    Status.GRADED: N_("graded"),
    Status.LATE: N_("late"),
    Status.NOT_ATTEMPTED: N_("not attempted"),
    Status.REPAIRED: N_("repaired"),
    Status.MISSING: N_("missing"),
    Status.UNREADABLE: N_("unreadable"),
    Status.TOO_LARGE: N_("too large"),
    Status.TIMED_OUT: N_("timed out"),
    Status.CRASHED: N_("crashed"),
}
# A person should look at these; the others speak for themselves
FOR_A_PERSON = frozenset({Status.UNREADABLE, Status.TOO_LARGE, Status.TIMED_OUT, Status.CRASHED})

# Of a name or another text from outside that a note holds, characters
LONGEST_FIGURE = 400


def bounded(text: object, most: int = LONGEST_FIGURE) -> str:
    """Return a text from outside as it may be stored and shown: no half characters, no control characters, cut.

    A name that is no UTF-8 is read as GBK, as a zip file from a Chinese Windows has it.
    """
    raw = str(text)[: most + 1].encode("utf-8", "surrogateescape" if _escaped(str(text)[: most + 1]) else "replace")
    try:
        plain = raw.decode("utf-8")
    except UnicodeDecodeError:
        plain = raw.decode("gb18030", "replace")
    plain = "".join(letter if letter.isprintable() else " " for letter in plain)
    return plain if len(plain) <= most else plain[:most] + "…"


def _escaped(text: str) -> bool:
    """Tell whether the only half characters in a text are the bytes of a file's name."""
    return all("\udc80" <= letter <= "\udcff" for letter in text if "\ud800" <= letter <= "\udfff")


def note(template: str, /, **figures: object) -> Message:
    """Return a sentence about a submission, what stands in its places as bounded text."""
    return Message(template, **{name: bounded(value) for name, value in figures.items()})


def to_json(told: Message) -> list[Any]:
    """Return a note as JSON can hold it."""
    return [told.text, told.values]


def from_json(saved: list[Any]) -> Message:
    """Return the note that `to_json` wrote."""
    return Message(str(saved[0]), **{str(name): str(value) for name, value in saved[1].items()})


class SubmissionError(Exception):
    """Raised where a submission cannot be graded at all: its status and why."""

    def __init__(self, status: Status, why: Message) -> None:
        super().__init__(why.say("en"))
        self.status = status
        self.why = why
