"""Notebook text as HTML: Markdown, with formulae as MathML, which browsers draw by themselves.

>>> "<mi>E</mi>" in drawn("the gap $P - E$")
True
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from markupsafe import Markup

FORMULA = re.compile(r"\$\$(?P<block>.+?)\$\$|(?<![\\$])\$(?!\s)(?P<inline>[^$\n]+?)\$", re.DOTALL)


def held(content: Any) -> Markup:
    """Return JSON that can stand within a script element, where only a tag could end it too early."""
    return Markup(json.dumps(content, ensure_ascii=False).replace("<", "\\u003c"))


@cache
def markdown(text: str) -> Markup:
    """Return a text of a notebook as HTML, with its formulae drawn and without a request to anybody."""
    from nbconvert.filters.markdown import markdown2html

    html = markdown2html(drawn(text))
    # What may scroll on a phone can be reached by keyboard
    return Markup(re.sub(r"<(table|p)>(?=\s*(?:<thead|<math[^>]*display=\"block\"))", r'<\1 tabindex="0">', html))


def drawn(text: str) -> str:
    """Return a text with its formulae as MathML."""
    return FORMULA.sub(_mathml, text)


@cache
def mathml(equation: str, *, block: bool = False) -> str:
    """Return a LaTeX equation as MathML, within a line or as a `block` of its own."""
    from latex2mathml.converter import convert

    return str(convert(equation, display="block" if block else "inline"))


def _mathml(found: re.Match[str]) -> str:
    block = found["block"] is not None
    return mathml((found["block"] or found["inline"]).strip(), block=block)
