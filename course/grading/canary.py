"""Canaries: what is sent around a test so that a kernel which no longer fails what is wrong gives itself away."""

from __future__ import annotations

import ast
import builtins
import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from course.grading.source import Piece

GUARD = "__import__('course.grading.guard', fromlist=['guard'])"


class Canary:
    """The grader's side of the guard in one kernel."""

    def __init__(self) -> None:
        self.key = secrets.token_hex(16)

    def installation(self, modules: tuple[str, ...]) -> str:
        """Return the expression that installs the guard over `modules` as well.

        An expression leaves no trace in the history or among the sources.
        """
        return f"{GUARD}.install({', '.join(repr(part) for part in (self.key, *modules))})"

    def question(self, nonce: str, names: tuple[str, ...] = ()) -> str:
        """Return the expression that asks the guard."""
        return f"{GUARD}.prove({', '.join(repr(part) for part in (nonce, *names))})"

    def reply(self, nonce: str, said: Mapping[str, Any] | None) -> list[str]:
        """Return what the guard found to be changed, from a reply's value of its question."""
        text = said.get("data", {}).get("text/plain", "") if said and said.get("status") == "ok" else ""
        try:
            return self.answer(nonce, str(ast.literal_eval(text)))
        except (ValueError, SyntaxError, TypeError):
            return ["the guard"]

    def answer(self, nonce: str, text: str) -> list[str]:
        """Return what the guard found to be changed: nothing, if all is well; itself, if its signature is wrong."""
        signature, _, found = text.partition(" ")
        expected = hashlib.blake2b(f"{nonce}{found}".encode(), key=self.key.encode()).hexdigest()
        if not secrets.compare_digest(signature.encode(), expected.encode()):
            return ["the guard"]
        return [str(name) for name in json.loads(found)]


def nonce() -> str:
    """Return a word that nobody can know beforehand."""
    return secrets.token_hex(8)


def failing_check(question: str, failed: str) -> str:
    """Return a test like any other, which prints what the guard answers and must fail with the word `failed`."""
    return (
        "# Test · 测试\nfrom course.answers import Answers\n\nanswers = Answers(globals())\n"
        f"__import__('sys').stdout.write({question})\nanswers.check(False, {failed!r})\n"
    )


def failing_assertion(question: str, failed: str) -> str:
    """Return an ordinary assertion, which must fail; before that it prints what the guard answers."""
    return f"__import__('sys').stdout.write({question})\nassert 1 == 2, {failed!r}\n"


@cache
def names_used(source: str) -> tuple[str, ...]:
    """Return the built-in names that a test uses, which a learner's own function of that name would answer."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return ()
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return tuple(sorted(name for name in used if hasattr(builtins, name)))


def modules_used(tests: Iterable[Piece]) -> tuple[str, ...]:
    """Return the modules that tests import, by their full names where those are certain."""
    found: set[str] = set()
    for test in tests:
        found |= _imported(test.source)
    return tuple(sorted(found))


@cache
def _imported(source: str) -> frozenset[str]:
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except (SyntaxError, ValueError):
        return frozenset()
    whole = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    parts = [node for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level]
    names = {f"{node.module}.{name.name}" for node in parts for name in node.names}
    return frozenset(whole | names | {str(node.module) for node in parts})


@cache
def gives_a_number(source: str) -> bool:
    """Tell whether a test ends in an expression, whose number nbgrader takes for points."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):
        return False
    last = body[-1] if body else None
    prints = (
        isinstance(last, ast.Expr)
        and isinstance(last.value, ast.Call)
        and getattr(last.value.func, "id", "") == "print"
    )
    return isinstance(last, ast.Expr) and not prints
