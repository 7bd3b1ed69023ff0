"""What the course refers to, for theory, metrics, lessons and reports: `lessons/references.toml`, and what only one module
refers to in a `references.toml` beside its lesson. A key stands in one of them.

Each entry has its reference in full, as a lesson's list prints it, the short form of a sentence, and its DOI or address
where it has one. An entry with a `note` is no publication: it says where a number comes from that no study gives.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from course.entries import Entry, name_of
from course.i18n import LANGUAGES, Text
from course.i18n import gettext as _
from course.paths import LESSONS

FILE = LESSONS / "references.toml"
DOI = "https://doi.org/"


class ReferencesError(ValueError):
    """Raised where the table cannot be used or has no such entry; the message names file, entry, problem and cure."""


@dataclass(frozen=True)
class Reference:
    """One source: `short` as in “Kalman (1960)”, `full` as in a list (Markdown), `link` its address or "". By language."""

    key: str
    short: Text
    full: Text
    link: str

    def cited(self, language: str) -> str:
        """Return the source in one line of plain text: its short form and its address, or all of it if it has none."""
        return f"{self.short[language]}, {self.link}" if self.link else self.plain(language)

    def plain(self, language: str) -> str:
        """Return the source in full as plain text, without its address."""
        return self.full[language].replace("*", "")

    def listed(self, language: str) -> str:
        """Return the paragraph that a list of references has for it."""
        full = self.full[language]
        gap = " " if self.link and not full.endswith(("。", "）")) else ""  # no space follows a full-width mark
        return f"{full}{gap}{self.link}"


def _reference(key: str, entry: Entry) -> Reference:
    if entry.is_text("note"):
        note = entry.text("note")
        entry.close()
        return Reference(key, short=note, full=note, link="")
    short, full = (_both(entry, name) for name in ("short", "full"))
    doi, url = entry.string("doi", ""), entry.string("url", "")
    entry.close()
    if doi and url:
        raise entry.wrong(_("doi and url are two addresses; keep the DOI"))
    return Reference(key, short, full, DOI + doi if doi else url)


def _both(entry: Entry, name: str) -> Text:
    """Read a text that most often is the same in both languages, for references are not translated."""
    return entry.text(name) if entry.is_text(name) else dict.fromkeys(LANGUAGES, entry.string(name))


def read(path: Path) -> dict[str, Reference]:
    """Read a table of references. Raises `ReferencesError`."""
    whole = Entry.read(path, name_of(path), ReferencesError)
    entries = whole.tables("reference", _("reference {key}"))
    whole.close()
    return {key: _reference(key, entry) for key, entry in entries.items()}


def read_all(shared: Path) -> dict[str, Reference]:
    """Read the shared table and those beside it in the modules' folders. Raises `ReferencesError`."""
    table = read(shared)
    for path in sorted(shared.parent.glob(f"*/{shared.name}")):
        own = read(path)
        twice = sorted(own.keys() & table.keys())
        if twice:
            message = _("{file}: {keys} stands in another table of references too; take one of them out.")
            raise ReferencesError(message.format(file=name_of(path), keys=", ".join(twice)))
        table |= own
    return table


@cache
def references() -> dict[str, Reference]:
    """Return the course's table."""
    return read_all(FILE)
