"""The course's two languages.

English strings are written where they are used and are their own message ids; Chinese ones stand in `course/i18n/zh/*.po`,
one catalogue per module or concern. A string is marked with `N_` where it is written and translated where it is shown:

>>> from course.i18n import N_, translator
>>> label = N_("Reset all")
>>> translator("zh")(label)
'全部还原'
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

Translate = Callable[[str], str]

LANGUAGES = ("en", "zh")
NAMES = {"en": "English", "zh": "中文"}
HTML_LANG = {"en": "en", "zh": "zh-Hans"}
DEFAULT = "en"
CATALOGUES = Path(__file__).parent

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
def catalogue(language: str) -> dict[str, str]:
    """Return every translated message of `language`, by its English text."""
    from babel.messages.pofile import read_po

    messages: dict[str, str] = {}
    for path in sorted((CATALOGUES / language).glob("*.po")):
        with path.open("rb") as stream:
            for message in read_po(stream, locale=language):
                if message.id and message.string and not message.fuzzy:
                    messages[str(message.id)] = str(message.string)
    return messages


def translator(language: str | None = None) -> Translate:
    """Return the function that turns an English string of the course into `language` (default: the one in use)."""
    chosen = check_language(language or current_language())
    if chosen == DEFAULT:
        return str
    messages = catalogue(chosen)
    return lambda message: messages.get(message, message)


def gettext(message: str) -> str:
    """Return `message` in the language in use."""
    return translator()(message)
