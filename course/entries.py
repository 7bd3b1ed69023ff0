"""Reading a hand-written TOML file entry by entry, so that every slip gets a message with its place and its cure."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from course.i18n import LANGUAGES, Text
from course.i18n import gettext as _
from course.paths import LESSONS

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def name_of(path: Path) -> str:
    """Return how a message names a table of `lessons/`, or one of a module's own folder below it."""
    folder = path.parent.name
    return f"lessons/{path.name}" if folder == LESSONS.name else f"lessons/{folder}/{path.name}"


class Entry:
    """One table of `file`, with the words for where it stands. Every field is read once; `close` refuses the rest.

    All errors are of the class `error`.
    """

    def __init__(self, fields: dict[str, Any], file: str, place: str, error: type[Exception]) -> None:
        self._fields = dict(fields)
        self._file = file
        self._error = error
        self.place = place

    @classmethod
    def read(cls, path: Path, file: str, error: type[Exception]) -> Entry:
        """Return the whole of a TOML file, which messages call `file`: its path in the repo."""
        try:
            return cls(tomllib.loads(path.read_text(encoding="utf-8")), file, "", error)
        except FileNotFoundError as missing:
            raise error(_("{file} is missing; restore it with: git checkout {file}").format(file=file)) from missing
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
            message = _("{file} cannot be read ({error}); mend that place, or restore it with: git checkout {file}")
            raise error(message.format(file=file, error=fault)) from fault

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
        return self._text(name, self._take(name, cure))

    def optional_text(self, name: str) -> Text | None:
        """Read a text in every language, None where the field is left out."""
        return self.text(name) if self.has(name) else None

    def texts(self, name: str) -> dict[str, Text]:
        """Read a table of texts by key, `[name]`; none where it is left out."""
        return {key: self._text(f"{name}.{key}", value) for key, value in self._table(name).items()}

    def languages(self) -> Text:
        """Read a text whose languages are fields of this entry themselves, `en = "…"` and `zh = "…"`."""
        value = {language: self._fields.pop(language) for language in LANGUAGES if language in self._fields}
        if set(value) != set(LANGUAGES) or not all(isinstance(text, str) and text.strip() for text in value.values()):
            raise self.wrong(_('both languages are needed; write en = "…" and zh = "…"'))
        return value

    def _text(self, name: str, value: Any) -> Text:
        if (
            not isinstance(value, dict)
            or set(value) != set(LANGUAGES)
            or not all(isinstance(text, str) and text.strip() for text in value.values())
        ):
            cure = name + ' = { en = "…", zh = "…" }'
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

    def digits(self) -> int:
        """Read how many decimals are shown."""
        digits = self.number("digits")
        if digits not in range(7):
            raise self.wrong(_("digits must be a whole number from 0 to 6"))
        return int(digits)

    def number(self, name: str, default: float | None = None) -> float:
        """Read a finite number; `default` where the field may be left out."""
        cure = f"{name} = 1.5"
        if default is not None and name not in self._fields:
            return default
        return self._number(name, self._take(name, cure))

    def whole(self, name: str, low: int, high: int, default: int | None = None) -> int:
        """Read a whole number from `low` to `high`; `default` where the field may be left out."""
        number = self.number(name, default)
        if number != int(number) or not low <= number <= high:
            message = _("{name} must be a whole number from {low} to {high}")
            raise self.wrong(message, name=name, low=low, high=high)
        return int(number)

    def numbers(self, name: str) -> dict[str, float]:
        """Read a table of numbers by key, `name = { pulse = 0 }`; none where it is left out."""
        return {key: self._number(f"{name}.{key}", value) for key, value in self._table(name).items()}

    def settings(self, name: str) -> dict[str, float | str]:
        """Read a table of numbers by key as `numbers` does, whose values may also be texts in quotation marks."""
        table = self._table(name).items()
        return {key: value if isinstance(value, str) else self._number(f"{name}.{key}", value) for key, value in table}

    def plain_texts(self, name: str) -> dict[str, str]:
        """Read a table of texts that are the same in every language, `name = { line = "survey" }`; none where left out."""
        table = self._table(name)
        if not all(isinstance(value, str) and value for value in table.values()):
            cure = name + ' = { line = "…" }'
            raise self.wrong(_("{name} must be texts in quotation marks; write {cure}"), name=name, cure=cure)
        return table

    def _number(self, name: str, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise self.wrong(_("{name} must be a number; write it as {cure}"), name=name, cure=f"{name} = 1.5")
        return float(value)

    def string(self, name: str, default: str | None = None) -> str:
        """Read a text that is the same in every language; `default` where the field may be left out."""
        cure = f'{name} = "…"'
        if default is not None and name not in self._fields:
            return default
        value = self._take(name, cure)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(_("{name} must be a text in quotation marks; write {cure}"), name=name, cure=cure)
        return value

    def strings(self, name: str) -> tuple[str, ...]:
        """Read a list of texts, `name = ["…"]`; a single text is a list of one, and a field left out has none."""
        value = self._fields.pop(name, [])
        texts = [value] if isinstance(value, str) else value
        if not isinstance(texts, list) or not all(isinstance(text, str) and text.strip() for text in texts):
            cure = f'{name} = ["…"]'
            raise self.wrong(_("{name} must be texts in quotation marks; write {cure}"), name=name, cure=cure)
        return tuple(texts)

    def series(self, name: str) -> tuple[tuple[str, ...], ...]:
        """Read a list whose members are texts, or lists of texts that belong together."""
        cure = f'{name} = ["…", "…"]'
        value = self._take(name, cure)
        members = (
            [[member] if isinstance(member, str) else member for member in value] if isinstance(value, list) else []
        )
        if not members or not all(
            isinstance(member, list) and member and all(isinstance(text, str) and text for text in member)
            for member in members
        ):
            raise self.wrong(_("{name} must be texts in quotation marks; write {cure}"), name=name, cure=cure)
        return tuple(tuple(member) for member in members)

    def has(self, name: str) -> bool:
        """Tell whether the field is there and not yet read."""
        return name in self._fields

    def is_text(self, name: str) -> bool:
        """Tell whether the field holds a text by language and not a plain one."""
        return isinstance(self._fields.get(name), dict)

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

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Read true or false; `default` where the field is left out."""
        value = self._fields.pop(name, default)
        if not isinstance(value, bool):
            raise self.wrong(_("{name} must be true or false, without quotation marks"), name=name)
        return value

    def _table(self, name: str) -> dict[str, Any]:
        table = self._fields.pop(name, {})
        if not isinstance(table, dict):
            raise self.wrong(_("{name} must be a table; begin it with [{name}]"), name=name)
        return table

    def tables(self, name: str, place: str) -> dict[str, Entry]:
        """Return the tables `[name.key]` by key; `place` tells one of them by its {key}."""
        table = self._table(name)
        if not all(isinstance(row, dict) for row in table.values()):
            raise self.wrong(_("{name} must hold tables; begin each with [{name}.its-key]"), name=name)
        return {key: self._inside(row, place.format(key=key)) for key, row in table.items()}

    def table(self, name: str, place: str) -> Entry:
        """Return the table `[name]` as an entry of its own, an empty one where it is left out."""
        return self._inside(self._table(name), place)

    def _inside(self, fields: dict[str, Any], place: str) -> Entry:
        whole = _("{place}, {part}").format(place=self.place, part=place) if self.place else place
        return Entry(fields, self._file, whole, self._error)

    def rows(self, name: str, place: str) -> list[Entry]:
        """Return the tables under `[[….name]]`; `place` tells one of them by its {number}."""
        rows = self._fields.pop(name, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self.wrong(_("{name} must be tables; begin each with [[{name}]]"), name=name)
        return [self._inside(row, place.format(number=number)) for number, row in enumerate(rows, start=1)]

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
