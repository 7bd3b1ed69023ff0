"""The course's terms in both languages: what each means, and which words are not used for it.

They stand in `lessons/glossary.toml`, or in a `glossary.toml` beside the lesson of the module that teaches them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from course.entries import Entry, name_of
from course.i18n import LANGUAGES, Text
from course.i18n import gettext as _
from course.paths import LESSONS

FILE = LESSONS / "glossary.toml"
Words = Mapping[str, tuple[str, ...]]


class GlossaryError(ValueError):
    """Raised where the file cannot be used; the message names file, entry, problem and cure."""


@dataclass(frozen=True)
class Term:
    """One term: its name and meaning by language, the module (`m01`) that teaches it, and by language the words that are
    not used for it, and the phrases in which they may stand all the same.
    """

    key: str
    name: Text
    meaning: Text
    module: str
    avoid: Words
    allowed: Words


@dataclass(frozen=True)
class Phrase:
    """Turns of phrase that do not belong to `language`, and what to say instead."""

    language: str
    avoid: tuple[str, ...]
    say: str


@dataclass(frozen=True)
class Glossary:
    """All terms, in the order of their file, and all phrases."""

    terms: tuple[Term, ...]
    phrases: tuple[Phrase, ...]


def read(path: Path) -> Glossary:
    """Read a glossary. Raises `GlossaryError`."""
    whole = Entry.read(path, name_of(path), GlossaryError)
    terms: dict[str, Term] = {}
    for row in whole.rows("term", _("term {number}")):
        term = _term(row, terms)
        terms[term.key] = term
    phrases = tuple(_phrase(row) for row in whole.rows("phrase", _("phrase {number}")))
    whole.close()
    return Glossary(tuple(terms.values()), phrases)


def read_all(shared: Path) -> Glossary:
    """Read the shared glossary and those beside it in the modules' folders. Raises `GlossaryError`."""
    whole = read(shared)
    for path in sorted(shared.parent.glob(f"*/{shared.name}")):
        own = read(path)
        twice = sorted({term.key for term in own.terms} & {term.key for term in whole.terms})
        if twice:
            message = _("{file}: {keys} stands in another glossary too; take one of them out.")
            raise GlossaryError(message.format(file=name_of(path), keys=", ".join(twice)))
        whole = Glossary(whole.terms + own.terms, whole.phrases + own.phrases)
    return whole


def _term(row: Entry, taken: Mapping[str, Term]) -> Term:
    key = row.key(_("term {key}"), taken)
    term = Term(
        key, row.text("name"), row.text("meaning"), row.string("module"), _words(row, "avoid"), _words(row, "allowed")
    )
    row.close()
    return term


def _words(row: Entry, name: str) -> Words:
    table = row.table(name, name)
    words = {language: table.strings(language) for language in LANGUAGES}
    table.close()
    return words


def _phrase(row: Entry) -> Phrase:
    phrase = Phrase(row.word("language", LANGUAGES), row.strings("avoid"), row.string("say"))
    row.close()
    return phrase


@cache
def glossary() -> Glossary:
    """Return the course's glossary."""
    return read_all(FILE)
