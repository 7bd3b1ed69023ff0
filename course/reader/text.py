"""A lesson's text as HTML: headings that can be linked to, links that lead where the page's own doors do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from html import escape, unescape

from course.markup import markdown

_HEADING = re.compile(r"<h([1-6])[^>]*>(.*?)(?:<a class=\"anchor-link\".*?</a>)?</h\1>", re.DOTALL)
_LINK = re.compile(r"<a\b[^>]*?href=\"([^\"]*)\"[^>]*>(.*?)</a>", re.DOTALL)
_TABLE = re.compile(r"<table[^>]*>(.*?)</table>", re.DOTALL)
_ASIDE = re.compile(r"<details>\s*<summary>(.*?)</summary>(.*?)</details>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
# what Chinese stresses has dots; a title in Latin letters is in italics there too
_LATIN = re.compile(r"<em>(?=[^<]*[A-Za-z]{2})([\x00-;=-\u02ff\u2010-\u203a]+)</em>")
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
OUTSIDE = ("http://", "https://")


@dataclass(frozen=True)
class Heading:
    """A heading: its level, the id it has on the page, its text."""

    level: int
    id: str
    text: str


@dataclass(frozen=True)
class Aside:
    """What a reader unfolds, as HTML: the line that is there before, and what it hides."""

    summary: str
    html: str


@cache
def html_of(source: str, cell: str) -> tuple[str, tuple[Heading, ...]]:
    """Return a text cell as HTML, and its headings. The title, a heading of the first level, is left to the page."""
    headings: list[Heading] = []

    def head(found: re.Match[str]) -> str:
        level, inner = int(found[1]), found[2].strip()
        if level == 1:
            return ""
        text = unescape(_TAG.sub("", inner))
        number = _NUMBER.match(text)
        headings.append(Heading(level, f"s{number[0]}" if number else f"{cell}-{len(headings) + 1}", text))
        return f'<h{level} id="{headings[-1].id}">{inner}</h{level}>'

    html = _HEADING.sub(head, _LATIN.sub(r'<em lang="en">\1</em>', str(markdown(source))))
    return _TABLE.sub(r'<div class="wide" tabindex="0" role="group"><table>\1</table></div>', html), tuple(headings)


def linked(html: str, door: Callable[[str], str | None], footnote: Callable[[str], int]) -> str:
    """Return HTML with every link where `door` says, or as mere text where it says None.

    `footnote` gives the number under which paper names a link that leads to another host.
    """

    def lead(found: re.Match[str]) -> str:
        address, text = unescape(found[1]), found[2]
        if address.startswith(OUTSIDE):
            # an address that stands in the text already needs no note
            note = "" if unescape(text) == address else f'<sup class="on-paper">{footnote(address)}</sup>'
            return f'<a href="{escape(address)}" rel="noreferrer">{text}</a>{note}'
        target = door(address)
        return text if target is None else f'<a href="{escape(target)}">{text}</a>'

    return _LINK.sub(lead, html)


def asides(html: str) -> Iterator[Aside]:
    """Yield what a text keeps folded."""
    for found in _ASIDE.finditer(html):
        yield Aside(found[1].strip(), found[2].strip())
