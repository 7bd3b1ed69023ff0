"""The course's terms in a lesson's text: where one is first used, it leads to what it means."""

from __future__ import annotations

import re
from functools import cache
from html import escape

from course.glossary import Term, glossary

_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
# what leads elsewhere, is clicked, names a section or is no prose
_CLOSED = {"a", "button", "code", "h1", "h2", "h3", "h4", "h5", "h6", "math", "pre", "summary", "sup", "svg"}


@cache
def _words(language: str) -> tuple[re.Pattern[str], dict[str, Term]]:
    """Return what finds the terms of a language, the longest where one holds another, and the terms by their names."""
    terms = {term.name[language].lower(): term for term in glossary().terms}
    names = "|".join(re.escape(name) for name in sorted(terms, key=len, reverse=True))
    # Chinese has no spaces between words
    pattern = names if language == "zh" else rf"(?<![\w-])({names})(?=(?:s|es)?(?![\w-]))"
    return re.compile(pattern, re.IGNORECASE), terms


class TermLinks:
    """The terms that one lesson has used so far. `address` is that of the page of terms."""

    def __init__(self, language: str, address: str) -> None:
        self._pattern, self._terms = _words(language)
        self._language, self._address = language, address
        self._used: set[str] = set()

    def add(self, html: str) -> str:
        """Return the next HTML of the lesson with a link at the first use of each term, outside headings, links and code."""
        parts = _TAG.split(html)
        closed = 0
        for place, part in enumerate(parts):
            if tag := _NAME.match(part):
                if tag[2].lower() in _CLOSED:
                    closed += -1 if tag[1] else 1
            elif not closed:
                parts[place] = self._pattern.sub(self._link, part)
        return "".join(parts)

    def _link(self, found: re.Match[str]) -> str:
        term = self._terms[found[0].lower()]
        if term.key in self._used:
            return found[0]
        self._used.add(term.key)
        meaning = escape(term.meaning[self._language])
        return f'<a class="term" href="{escape(self._address)}#{term.key}" title="{meaning}">{found[0]}</a>'
