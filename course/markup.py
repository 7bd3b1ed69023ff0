"""Notebook text as HTML: Markdown, with formulae as MathML, which browsers draw by themselves.

>>> "<mi>E</mi>" in drawn("the gap $P - E$")
True
"""

from __future__ import annotations

import json
import re
from functools import cache
from html import unescape
from typing import Any
from xml.etree import ElementTree

from markupsafe import Markup

FORMULA = re.compile(r"\$\$(?P<block>.+?)\$\$|(?<![\\$])\$(?!\s)(?P<inline>[^$\n]+?)\$", re.DOTALL)

MATHML = "http://www.w3.org/1998/Math/MathML"
LINE_OVER = "&#x02015;"


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

    return _with_lines_over(str(convert(equation, display="block" if block else "inline")))


def _with_lines_over(formula: str) -> str:
    """Draw the line over a mean as an edge: the sign for it only grows with fonts that few machines have."""
    if LINE_OVER not in formula:
        return formula
    ElementTree.register_namespace("", MATHML)
    whole = ElementTree.fromstring(formula)
    for over in whole.iter(f"{{{MATHML}}}mover"):
        base, sign = over
        if sign.text == unescape(LINE_OVER):
            base.set("style", "border-top: 0.06em solid; padding-top: 0.12em")
            sign.set("style", "visibility: hidden; font-size: 0")
    return ElementTree.tostring(whole, encoding="unicode")


def _mathml(found: re.Match[str]) -> str:
    block = found["block"] is not None
    return mathml((found["block"] or found["inline"]).strip(), block=block)
