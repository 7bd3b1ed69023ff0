"""How a submission ended: one status each, what is to be said about it, and the score of every graded cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from course.i18n import N_, translator

STATUSES: dict[str, str] = {
    "graded": N_("graded"),
    "late": N_("late"),
    "not attempted": N_("not attempted"),
    "repaired": N_("repaired"),
    "missing": N_("missing"),
    "unreadable": N_("unreadable"),
    "too large": N_("too large"),
    "timed out": N_("timed out"),
    "crashed": N_("crashed"),
}
# A person should look at these; the others speak for themselves
FOR_A_PERSON = frozenset({"unreadable", "too large", "timed out", "crashed"})


# Of a name or another text from outside that a note holds, characters
LONGEST_FIGURE = 400


@dataclass(frozen=True)
class Note:
    """A sentence about a submission: an English template, marked for translation, and what stands in its places."""

    template: str
    figures: dict[str, str] = field(default_factory=dict)

    def text(self, language: str = "") -> str:
        """Return the sentence in `language`, by default the one in use."""
        return translator(language)(self.template).format(**self.figures)

    def to_json(self) -> list[Any]:
        """Return the note as JSON can hold it."""
        return [self.template, self.figures]

    @classmethod
    def from_json(cls, saved: list[Any]) -> Note:
        """Return the note that `to_json` wrote."""
        return cls(str(saved[0]), {str(name): str(value) for name, value in saved[1].items()})


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


def note(template: str, **figures: object) -> Note:
    """Return a note with its figures as bounded text."""
    return Note(template, {name: bounded(value) for name, value in figures.items()})


class SubmissionError(Exception):
    """Raised where a submission cannot be graded at all: its status and why."""

    def __init__(self, status: str, why: Note) -> None:
        super().__init__(why.text("en"))
        self.status = status
        self.why = why
