"""The numbers an assignment gives: the same for everybody, or each learner's own where the class has variants.

They stand in `lessons/<module>/given.toml`, as texts, the way the task words them:

    [[given]]
    name = "alpha"
    cells = ["felt-value", "offsetting-gain"]   # tasks that hold it, in their text or their answer
    values = ["0.88", "0.81", "0.83"]           # the first is everybody's; a learner with a variant gets one of the others

A value may be a list of texts that belong together. Which one a learner gets follows from the token in the first cell of
their notebook; `course.grading.assignment.variants` makes tokens, and finds out one that was exchanged.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from course.entries import Entry
from course.i18n import gettext
from course.manifest import syllabus

TOKEN = re.compile(r"[0-9a-f]{16}")
_token = ""


class GivenError(ValueError):
    """Raised where a given.toml cannot be used; the message names file, entry and cure."""


@dataclass(frozen=True)
class Given:
    """One entry: its name, the tasks whose cells hold it, and what it may be, the default first."""

    name: str
    cells: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]

    def drawn(self, token: str) -> tuple[str, ...]:
        """Return the value of the learner with this token, the default without one."""
        if not token:
            return self.values[0]
        own = self.values[1:]
        number = int.from_bytes(hashlib.sha256(f"{token}/{self.name}".encode()).digest()[:8])
        return own[number % len(own)]


def use_variant(token: str) -> None:
    """Make `token` decide from now on. Raises `GivenError` where another one decides already: a notebook has one."""
    global _token
    if _token not in ("", token):
        raise GivenError(gettext("This notebook has its numbers already. Restart the kernel to begin with others."))
    _token = token


def variant() -> str:
    """Return the token in use, empty where there are no variants."""
    return _token


def given(module_id: str, name: str) -> Any:
    """Return a number (float) or text that the assignment gives; a tuple of them where they belong together."""
    entry = next((entry for entry in entries(module_id) if entry.name == name), None)
    if entry is None:
        message = gettext("given.toml of {module}: there is no entry {name!r}; add it, or correct the name")
        raise GivenError(message.format(module=module_id, name=name))
    found = tuple(_plain(text) for text in entry.drawn(_token))
    return found[0] if len(found) == 1 else found


def entries(module_id: str) -> tuple[Given, ...]:
    """Return a module's entries, none where it has no given.toml. Raises `GivenError`."""
    return read(syllabus().module(module_id).folder / "given.toml")


@cache
def read(path: Path) -> tuple[Given, ...]:
    """Read a given.toml."""
    if not path.is_file():
        return ()
    whole = Entry.read(path, f"lessons/{path.parent.name}/{path.name}", GivenError)
    found = tuple(_entry(row) for row in whole.rows("given", gettext("entry {number}")))
    whole.close()
    return found


def _entry(row: Entry) -> Given:
    entry = Given(row.string("name"), row.strings("cells"), row.series("values"))
    row.place = gettext("entry {name}").format(name=entry.name)
    row.close()
    values = entry.values
    if len(values) < 3 or len({len(value) for value in values}) != 1 or len(set(values)) != len(values):
        raise row.wrong(gettext("it needs at least three values, all different and of one shape"))
    return entry


def personal(text: str, found: Iterable[Given], token: str) -> str:
    """Return a text in which the default values of `found` are replaced by those of the learner with `token`."""
    swaps = {old: new for entry in found for old, new in zip(entry.values[0], entry.drawn(token), strict=True) if token}
    if not swaps:
        return text
    return _pattern(tuple(swaps)).sub(lambda match: swaps[match[0]], text)


def holds(text: str, literal: str) -> bool:
    """Tell whether `literal` stands in `text` where `personal` would replace it."""
    return bool(_pattern((literal,)).search(text))


@cache
def _pattern(literals: tuple[str, ...]) -> re.Pattern[str]:
    choice = "|".join(re.escape(text) for text in sorted(literals, key=len, reverse=True))
    return re.compile(rf"(?<![\w.])(?:{choice})(?!\w|\.\d)")


def _plain(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text
