"""Reading a hand-written TOML file entry by entry, so that every slip gets a message with its place and its cure."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable
from typing import Any

from course.i18n import LANGUAGES
from course.i18n import gettext as _
from course.manifest import Text

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Entry:
    """One table of `file`, with the words for where it stands. Every field is read once; `close` refuses the rest.

    All errors are of the class `error`.
    """

    def __init__(self, fields: dict[str, Any], file: str, place: str, error: type[Exception]) -> None:
        self._fields = dict(fields)
        self._file = file
        self._error = error
        self.place = place

    def wrong(self, problem: str, **values: object) -> Exception:
        """Return the error that says what is wrong here, with `values` filled in."""
        found = problem.format(**values)
        place = self.place or _("top of the file")
        return self._error(_("{file}: {place}: {problem}").format(file=self._file, place=place, problem=found))

    def _take(self, name: str, cure: str) -> Any:
        if name not in self._fields:
            raise self.wrong(_("{name} is missing; add {cure}"), name=name, cure=cure)
        return self._fields.pop(name)

    def text(self, name: str) -> Text:
        """Read a text that must be there in every language."""
        cure = name + ' = { en = "…", zh = "…" }'
        value = self._take(name, cure)
        given = set(value) if isinstance(value, dict) else set()
        if given != set(LANGUAGES) or not all(isinstance(text, str) and text.strip() for text in value.values()):
            raise self.wrong(_("{name} needs both languages and nothing else; write {cure}"), name=name, cure=cure)
        return {language: value[language] for language in LANGUAGES}

    def name(self, name: str) -> str:
        """Read the name of something in a learner's Python."""
        value = self._take(name, f'{name} = "gap"')
        if not isinstance(value, str) or not value.isidentifier():
            raise self.wrong(_("{name} must be a name in Python, as in {cure}"), name=name, cure=f'{name} = "gap"')
        return value

    def plain(self, name: str) -> Any:
        """Read a number, a text, true or false, or a list, as it stands."""
        return self._take(name, f"{name} = 1.5")

    def optional_text(self, name: str) -> Text | None:
        """Read a text that may be left out, in every language where it is there."""
        return self.text(name) if name in self._fields else None

    def digits(self) -> int:
        """Read how many decimals are shown."""
        digits = self.number("digits")
        if digits not in range(7):
            raise self.wrong(_("digits must be a whole number from 0 to 6"))
        return int(digits)

    def number(self, name: str, default: float | None = None) -> float:
        """Read a finite number; `default` where the field may be left out."""
        if default is not None and name not in self._fields:
            return default
        cure = f"{name} = 1.5"
        value = self._take(name, cure)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise self.wrong(_("{name} must be a number; write it as {cure}"), name=name, cure=cure)
        return float(value)

    def word(self, name: str, choices: Iterable[str], default: str = "") -> str:
        """Read one of `choices`; `default` where the field may be left out."""
        choices = tuple(choices)
        value = (
            self._fields.pop(name, default) if default else self._take(name, f'{name} = "{next(iter(choices), "…")}"')
        )
        if value not in choices:
            raise self.wrong(
                _("{name} cannot be {value!r}; choose one of: {choices}"),
                name=name,
                value=value,
                choices=", ".join(choices),
            )
        return str(value)

    def flag(self, name: str) -> bool:
        """Read true or false; false where the field is left out."""
        value = self._fields.pop(name, False)
        if not isinstance(value, bool):
            raise self.wrong(_("{name} must be true or false, without quotation marks"), name=name)
        return value

    def rows(self, name: str, place: str) -> list[Entry]:
        """Return the tables under `[[….name]]`; `place` tells one of them by its {number}."""
        rows = self._fields.pop(name, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self.wrong(_("{name} must be tables; begin each with [[{name}]]"), name=name)
        inside = _("{place}, {part}") if self.place else "{part}"
        return [
            Entry(row, self._file, inside.format(place=self.place, part=place.format(number=number)), self._error)
            for number, row in enumerate(rows, start=1)
        ]

    def key(self, kind: str, taken: Collection[str]) -> str:
        """Read the entry's key, and from here on call the entry by it."""
        key = self._take("key", 'key = "two-parcels"')
        if not isinstance(key, str) or not _KEY.fullmatch(key):
            raise self.wrong(
                _("key cannot be {key!r}; use small letters, digits and hyphens, as in two-parcels"), key=key
            )
        self.place = kind.format(key=key)
        if key in taken:
            raise self.wrong(_("this key is used twice; give one of the two another key"))
        return key

    def close(self) -> None:
        """Raise an error if a field was given that nobody read."""
        if self._fields:
            names = ", ".join(self._fields)
            raise self.wrong(_("nothing here is called {names}; correct the spelling or delete it"), names=names)
