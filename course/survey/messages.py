"""What stops or steers a survey: a problem with its place, and how far the work is."""

from __future__ import annotations

from collections.abc import Callable

from course.i18n.message import Message

LONGEST_QUOTE = 40


class SurveyProblem(Exception):  # noqa: N818 - the learner's word, not the programmer's
    """Raised where a survey cannot be used as it is: what is wrong, where, and what to do about it.

    `row` counts as a spreadsheet does (the header is row 1); `column` is the column's name, or its letter where it has none.
    """

    def __init__(self, message: Message, *, row: int | None = None, column: str | None = None) -> None:
        super().__init__(message)
        self.message, self.row, self.column = message, row, column

    def say(self, language: str | None = None) -> str:
        """Return the message in `language` (default: the one in use)."""
        return self.message.say(language)

    def __str__(self) -> str:
        return self.say()


def quote(text: str) -> str:
    """Return a cell's text fit to be quoted in a message: one line, not too long."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1] + "…"


Progress = Callable[[float], None]
Cancelled = Callable[[], bool]


class CancelledError(Exception):
    """Raised where the learner stopped the work before its end."""
