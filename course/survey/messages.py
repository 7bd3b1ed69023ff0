"""What the survey tool says: kept apart from its language until it is shown, so that both editions share one analysis."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from course.i18n import N_, Forms, current_language, ngettext, translator

LONGEST_QUOTE = 40


class Message:
    """A sentence marked with `N_`, and what fills its braces; a value may be a message, or a list of them.

    Of one marked with `NN_`, the value `count` chooses the form.

    >>> Message(N_("Row {row}"), row=7).say("en")
    'Row 7'
    """

    def __init__(self, text: str | Forms, **values: Any) -> None:
        self.text, self.values = text, values

    def say(self, language: str | None = None) -> str:
        """Return the sentence in `language` (default: the one in use)."""
        chosen = language or current_language()
        if isinstance(self.text, Forms):
            text = ngettext(*self.text, self.values["count"], chosen)
        else:
            text = translator(chosen)(self.text)
        return text.format(**{key: _say(value, chosen) for key, value in self.values.items()})

    def __str__(self) -> str:
        return self.say()

    def __repr__(self) -> str:
        return f"Message({self.say('en')!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and (self.text, self.values) == (other.text, other.values)

    def __hash__(self) -> int:
        return hash(self.text)


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


def _say(value: Any, language: str) -> Any:
    if isinstance(value, Message):
        return value.say(language)
    if isinstance(value, list | tuple):
        return translator(language)(N_(", ")).join(str(_say(each, language)) for each in value)
    return value


def quote(text: str) -> str:
    """Return a cell's text fit to be quoted in a message: one line, not too long."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1] + "…"


Progress = Callable[[float], None]
Cancelled = Callable[[], bool]


class CancelledError(Exception):
    """Raised where the learner stopped the work before its end."""
