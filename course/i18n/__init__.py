"""The course's two languages.

English strings are written where they are used and are their own message ids; Chinese ones stand in `course/i18n/zh/*.po`,
one catalogue per module or concern, and are compiled (`course.i18n.catalogues`). A string is marked with `N_` where it is
written and translated where it is shown; one that counts has two forms, for one and for more:

>>> from course.i18n import N_, ngettext, translator
>>> label = N_("Seed")
>>> translator("zh")(label)
'随机种子'
>>> ngettext("{count} notebook", "{count} notebooks", 1, "en").format(count=1)
'1 notebook'
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from gettext import NullTranslations

Translate = Callable[[str], str]
Text = dict[str, str]  # one text in every language, by language

LANGUAGES = ("en", "zh")
NAMES = {"en": "English", "zh": "中文"}
HTML_LANG = {"en": "en", "zh": "zh-Hans"}
DEFAULT = "en"

_current = ""


class UnknownLanguageError(ValueError):
    """Raised for a language that the course does not have; the message is in every language it has."""

    def __init__(self, asked: object) -> None:
        super().__init__(
            f"The course has no edition in {asked!r}: choose 'en' or 'zh'. 课程没有 {asked!r} 版：请选 'en' 或 'zh'。"
        )


def N_(message: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Mark a string for translation and return it unchanged."""
    return message


class Forms(NamedTuple):
    """A string that counts: what it is for one, and for any other number. Chinese has the same for all."""

    one: str
    many: str


def NN_(one: str, many: str) -> Forms:  # noqa: N802 - as N_, for a string that counts
    """Mark both forms of a string that counts for translation and return them; `ngettext` chooses."""
    return Forms(one, many)


def match_language(asked: str | None) -> str | None:
    """Return the course language for a tag such as `zh-CN` or `en_GB.UTF-8`, or None if there is none."""
    if not asked:
        return None
    code = asked.replace("_", "-").split("-")[0].split(".")[0].strip().lower()
    return code if code in LANGUAGES else None


def best_language(accept: str) -> str:
    """Return the course language that suits an `Accept-Language` header best, English where none does.

    >>> best_language("zh-CN,zh;q=0.9,en;q=0.8")
    'zh'
    >>> best_language("fr;q=1, en;q=0.3, zh;q=0.5")
    'zh'
    """
    ranked: list[tuple[float, str]] = []
    for part in accept.split(","):
        tag, _, weight = part.replace(" ", "").partition(";q=")
        try:
            ranked.append((float(weight or 1), tag))
        except ValueError:
            continue
    for quality, tag in sorted(ranked, key=lambda pair: -pair[0]):
        language = match_language(tag)
        if language and quality > 0:
            return language
    return DEFAULT


def check_language(language: str) -> str:
    """Return `language` if the course has it, else raise `UnknownLanguageError`."""
    if language not in LANGUAGES:
        raise UnknownLanguageError(language)
    return language


def use_language(language: str) -> None:
    """Make `language` the one in which this process speaks from now on."""
    global _current
    _current = check_language(language)


def current_language() -> str:
    """Return the language in use: the one chosen, else `COURSE_LANG`, else the machine's, else English."""
    if _current:
        return _current
    for variable in ("COURSE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        language = match_language(os.environ.get(variable))
        if language:
            return language
    return DEFAULT


@cache
def translations(language: str) -> NullTranslations:
    """Return the messages of `language`, as the standard library's gettext reads them; English ones stand for themselves."""
    from gettext import GNUTranslations, NullTranslations

    if language == DEFAULT:
        return NullTranslations()
    from course.i18n.catalogues import compiled

    with compiled(language) as stream:
        return GNUTranslations(stream)


def translator(language: str | None = None) -> Translate:
    """Return the function that turns an English string of the course into `language` (default: the one in use)."""
    chosen = check_language(language or current_language())
    if chosen == DEFAULT:
        return str
    messages = translations(chosen)
    # to gettext, the empty string is the name of the catalogue's own head
    return lambda message: messages.gettext(message) if message else message


def gettext(message: str) -> str:
    """Return `message` in the language in use."""
    return translator()(message)


def ngettext(one: str, many: str, count: float, language: str | None = None) -> str:
    """Return the form for `count` in `language` (default: the one in use), its braces not yet filled in."""
    # rules for plurals know whole numbers only; "1.5 points" is a plural in every language of the course
    whole = int(count) if count == int(count) else 2
    return translations(check_language(language or current_language())).ngettext(one, many, whole)
