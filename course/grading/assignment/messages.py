"""What tests say: their sentences taken apart again, so that they can be counted, translated and kept from telling secrets.

>>> said = understand("Yours is 3.", ("Yours is {found:.3g}.",))
>>> said.text, said.values
('Yours is {found:.3g}.', {'found': '3'})
"""

from __future__ import annotations

import ast
import builtins
import re
import string
from collections.abc import Iterable
from functools import cache

from course.i18n import LANGUAGES, translator
from course.i18n.message import Message
from course.paths import PACKAGE

BEGIN_HIDDEN, END_HIDDEN = "BEGIN HIDDEN TESTS", "END HIDDEN TESTS"
_TRANSLATES = {"_", "gettext", "N_"}
# How `Answers` is asked: the place of the name among the arguments; what follows it are inputs
_NAMED = {"value": 0, "number": 0, "numbers": 1, "word": 1}
_NAMED_ALONE = {"simulation": 0, "result": 0}


def split(source: str) -> tuple[str, str]:
    """Return the visible and the hidden lines of a test cell, each as one text with every line in its old place."""
    visible: list[str] = []
    hidden: list[str] = []
    inside = False
    for line in source.split("\n"):
        inside = inside or BEGIN_HIDDEN in line
        (hidden if inside else visible).append(line)
        (visible if inside else hidden).append("")
        inside = inside and END_HIDDEN not in line
    return "\n".join(visible), "\n".join(hidden)


@cache
def sentences(source: str) -> tuple[str, ...]:
    """Return the English templates that a test cell hands to its translator. None where it is no Python."""
    return tuple(
        call.args[0].value
        for call in _calls(source)
        if getattr(call.func, "id", "") in _TRANSLATES
        and len(call.args) == 1
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    )


@cache
def common_sentences() -> tuple[str, ...]:
    """Return what the course says of any answer that is missing or cannot be used, and of any unusable run code."""
    # read, not imported: simulations bring pandas along, for which a grader need not wait
    files = (PACKAGE / "answers.py", PACKAGE / "simulations" / "base.py", PACKAGE / "simulations" / "codes.py")
    return tuple(text for path in files for text in sentences(path.read_text(encoding="utf-8")))


@cache
def visible_calls(source: str) -> frozenset[str]:
    """Return how the visible part of a test cell calls the learner's functions, as `felt_value(10)`."""
    found = set()
    for call in _calls(split(source)[0]):
        if getattr(call.func, "attr", "") not in _NAMED:
            continue
        texts = [_literal(argument) for argument in call.args]
        name = next((text for text in texts if isinstance(text, str) and text.isidentifier()), None)
        if name:
            inputs = texts[texts.index(name) + 1 :]
            found.add(f"{name}({', '.join(repr(value) for value in inputs)})")
    return frozenset(found)


@cache
def plain_names(source: str) -> frozenset[str]:
    """Return the names that the hidden part of a test cell asks for without inputs: by `Answers`, or as its own.

    They are the answers' names, which the task tells; nothing else of the hidden part is among them.
    """
    lines = split(source)[1].split("\n")
    # by its lines: a hidden part may stand in a loop of the visible one
    hidden = [node for node in ast.walk(_tree(source)) if isinstance(node, ast.expr) and lines[node.lineno - 1]]
    own = {node.id for node in hidden if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    asked = {_asked_alone(node) for node in hidden if isinstance(node, ast.Call)} - {""}
    return frozenset(own - _defined(source)) | asked


def _asked_alone(call: ast.Call) -> str:
    """Return the name that a call asks `Answers` for without inputs, nothing where it asks otherwise."""
    method = getattr(call.func, "attr", "")
    place = (_NAMED | _NAMED_ALONE).get(method, len(call.args))
    inputs = call.args[place + 1 :] if method in _NAMED else []
    name = None if inputs or place >= len(call.args) else _literal(call.args[place])
    return name if isinstance(name, str) else ""


def _defined(source: str) -> frozenset[str]:
    """Return the names that a test cell gives a meaning of its own, and Python's."""
    found = set(dir(builtins))
    for node in ast.walk(_tree(source)):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            found.add(node.id)
        elif isinstance(node, ast.alias):
            found.add((node.asname or node.name).partition(".")[0])
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.ExceptHandler):
            found.add(node.name or "")
    return frozenset(found)


@cache
def literals(source: str) -> frozenset[str]:
    """Return every number and text that is written out in a piece of code, as text; negative numbers with their sign."""
    found = set()
    for node in ast.walk(_tree(source)):
        value = _literal(node) if isinstance(node, ast.expr) else None
        if isinstance(value, int | float) and not isinstance(value, bool):
            found |= {repr(value), f"{value:g}"}
        elif isinstance(value, str) and value.strip():
            found.add(value)
    return frozenset(found)


def secrets(test: str, shown: str) -> frozenset[str]:
    """Return the literals of a test's hidden part that stand nowhere in `shown`, which the learner has seen.

    Left out are whole numbers of one digit, which any page holds, and the hidden part's own sentences: they are
    written for the learner. Tests never put figures into those.
    """
    hidden = split(test)[1]
    own = set(sentences(hidden))
    return frozenset(
        text
        for text in literals(hidden)
        if text not in own and not re.fullmatch(r"-?\d", text) and len(text) > 1 and not mentions(shown, text)
    )


def mentions(text: str, literal: str) -> bool:
    """Tell whether `literal` stands in `text` as a number or word of its own; a minus sign may be any."""
    pattern = re.escape(literal).replace(r"\-", "[-−]")
    return bool(re.search(rf"(?<![\w.]){pattern}(?![\w]|\.\d)", text))


def understand(text: str, templates: Iterable[str]) -> Message | None:
    """Return which of `templates`, in any language of the course, `text` was made from; None where of none of them."""
    for template in templates:
        for language in LANGUAGES:
            found = _pattern(translator(language)(template)).fullmatch(text)
            if found:
                return Message(template, **found.groupdict())
    return None


@cache
def _pattern(template: str) -> re.Pattern[str]:
    parts, met = [], set()
    for literal, field, _format, _conversion in string.Formatter().parse(template):
        parts.append(re.escape(literal))
        if field is None:
            continue
        parts.append(f"(?P={field})" if field in met else f"(?P<{field}>.*?)")
        met.add(field)
    return re.compile("".join(parts), re.DOTALL)


@cache
def _tree(source: str) -> ast.Module:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError):
        return ast.Module(body=[], type_ignores=[])


def _calls(source: str) -> Iterable[ast.Call]:
    return (node for node in ast.walk(_tree(source)) if isinstance(node, ast.Call))


def _literal(node: ast.expr) -> object:
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None
