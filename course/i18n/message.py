"""A sentence apart from its language: kept as its template and figures until someone is to read it.

>>> from course.i18n import N_
>>> Message(N_("Row {row}"), row=7).say("en")
'Row 7'
"""

from __future__ import annotations

import string
from typing import Any

from course.i18n import N_, Forms, current_language, ngettext, translator


class Message:
    """A sentence marked with `N_`, and what fills its braces; a value may be a message, or a list of them.

    Of one marked with `NN_`, the value `count` chooses the form. A value that is text stands as it is, whatever format
    its place asks for: it was formatted where it came from.
    """

    def __init__(self, text: str | Forms, /, **values: Any) -> None:
        self.text, self.values = text, values

    def say(self, language: str | None = None) -> str:
        """Return the sentence in `language` (default: the one in use)."""
        chosen = language or current_language()
        if isinstance(self.text, Forms):
            text = ngettext(*self.text, self.values["count"], chosen)
        else:
            text = translator(chosen)(self.text)
        return _FILLER.format(text, **{key: _say(value, chosen) for key, value in self.values.items()})

    def __str__(self) -> str:
        return self.say()

    def __repr__(self) -> str:
        return f"Message({self.say('en')!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and (self.text, self.values) == (other.text, other.values)

    def __hash__(self) -> int:
        return hash(self.text)


class _Filler(string.Formatter):
    def format_field(self, value: Any, format_spec: str) -> Any:
        return value if isinstance(value, str) else super().format_field(value, format_spec)


_FILLER = _Filler()


def _say(value: Any, language: str) -> Any:
    if isinstance(value, Message):
        return value.say(language)
    if isinstance(value, list | tuple):
        return translator(language)(N_(", ")).join(str(_say(each, language)) for each in value)
    return value
