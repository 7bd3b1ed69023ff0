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


def note(template: str, **figures: object) -> Note:
    """Return a note with its figures as text."""
    return Note(template, {name: str(value) for name, value in figures.items()})


class SubmissionError(Exception):
    """Raised where a submission cannot be graded at all: its status and why."""

    def __init__(self, status: str, why: Note) -> None:
        super().__init__(why.text("en"))
        self.status = status
        self.why = why
