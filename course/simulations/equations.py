"""Equations in which the numbers of a run stand in place of the symbols."""

from __future__ import annotations

import re
from collections.abc import Mapping

from course.i18n import Text
from course.markup import mathml

# a number's name, and whether it is given in percent where the equation needs a share
NUMBER = re.compile(r"([a-z][a-z0-9_]*)(?: ?/ ?(100))?")
_PLACE = re.compile(r"\\text\{@(?P<name>[^}]*)\}")
_WORDS = re.compile(r"\\(?:frac|tfrac|sqrt|left|right|cdot|approx|min|max|[,;])(?![A-Za-z])|e(?=\^)")
_FACTOR = re.compile(r"(?P<factor>[\d)}])(?:\\,|\s)*$")
_WORD = re.compile(r"\\text\{(\s*)([^{}@]*[A-Za-z][^{}@]*?)(\s*)\}")
_MTEXT = re.compile(r"<mtext>@([^<]*)</mtext>")


class UnboundError(ValueError):
    """Raised with the first symbol of an equation that no number stands for."""


class UnusedError(ValueError):
    """Raised with the first bound symbol that the equation does not hold."""


def numbers(symbols: Mapping[str, str]) -> dict[str, float]:
    """Return what each number of `symbols` is divided by, by its name; `KeyError` with what is no name of a number."""
    found = {}
    for text in symbols.values():
        match = NUMBER.fullmatch(text)
        if match is None:
            raise KeyError(text)
        found[match[1]] = float(match[2] or 1)
    return found


def bind(equation: str, symbols: Mapping[str, str]) -> str:
    r"""Return the right-hand side of a LaTeX equation with `\text{@name}` in place of each of its `symbols`.

    The right-hand side is what follows the last equals sign. A product of two numbers gets its dot. Raises `UnboundError`
    and `UnusedError`.
    """
    rest = equation.rsplit(" = ", 1)[-1]
    known = "|".join(re.escape(symbol) for symbol in sorted(symbols, key=len, reverse=True))
    pattern = re.compile(rf"(?<![A-Za-z\\])(?:{known})(?![A-Za-z])")
    bound, end, used = "", 0, set()
    for match in pattern.finditer(rest):
        bound += rest[end : match.start()]
        bound = _FACTOR.sub(r"\g<factor> \\cdot ", bound)
        # a space would come back as another one
        bound += rf"\text{{@{symbols[match[0]].replace(' ', '')}}}"
        end = match.end()
        used.add(match[0])
    bound += rest[end:]
    unused = [symbol for symbol in symbols if symbol not in used]
    if unused:
        raise UnusedError(unused[0])
    left = re.search(r"\\?[A-Za-z]+", _WORDS.sub("", _PLACE.sub("", bound)))
    if left:
        raise UnboundError(left[0])
    return bound


def words_of(equation: str) -> set[str]:
    r"""Return the words that stand in an equation, each in a `\text{…}`."""
    return {found[2] for found in _WORD.finditer(equation)}


def spoken(equation: str, words: Mapping[str, Text], language: str) -> str:
    r"""Return the equation with its words as `language` says them."""
    return _WORD.sub(lambda found: rf"\text{{{found[1]}{words[found[2]][language]}{found[3]}}}", equation)


def mathml_with_places(equation: str, symbols: Mapping[str, str]) -> str:
    """Return the right-hand side as MathML in which `<mn data-number="name" data-per="1">` waits for each number."""

    def place(match: re.Match[str]) -> str:
        name, per = NUMBER.fullmatch(match[1]).groups()  # type: ignore[union-attr]  # checked when the words were read
        return f'<mn data-number="{name}" data-per="{per or 1}"></mn>'

    return _MTEXT.sub(place, mathml(bind(equation, symbols) + r" \approx \text{@result}"))
