"""The two editions of a lesson and of an assignment are the same but for their words."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from course.authoring.findings import Finding
from course.authoring.links import images, links, without_code
from course.authoring.repo import Cell, Repo
from course.authoring.rules import of_module
from course.authoring.rules.files import PLACEHOLDERS
from course.i18n import gettext as _
from course.manifest import Module

EQUATION = re.compile(r"\$\$(?P<block>.+?)\$\$|(?<![\\$])\$(?P<inline>[^$\n]+?)\$", re.DOTALL)
HAN = re.compile(r"[\u4e00-\u9fff]")


@of_module
def lessons_are_in_step(repo: Repo, module: Module) -> Iterator[Finding]:
    """English and Chinese lesson: same cells, code, equations, links and images."""
    yield from _compare(repo, repo.lesson(module, "en"), repo.lesson(module, "zh"), words_may_differ=False)


@of_module
def assignments_are_in_step(repo: Repo, module: Module) -> Iterator[Finding]:
    """English and Chinese assignment: the same, but messages in the code may be written in each language."""
    yield from _compare(repo, repo.solution(module, "en"), repo.solution(module, "zh"), words_may_differ=True)


def _compare(repo: Repo, english: Path, chinese: Path, *, words_may_differ: bool) -> Iterator[Finding]:
    ours, theirs = repo.cells(english), repo.cells(chinese)
    if not ours or not theirs:
        return
    file, other = repo.name(chinese), repo.name(english)
    drifts = list(_order(file, other, ours, theirs))
    yield from drifts
    if drifts:
        return
    for a, b in zip(ours, theirs, strict=True):
        for problem in _drift(a, b, words_may_differ):
            yield Finding(file, b.id, problem, _("Bring it in step with {file}, or change both.").format(file=other))


def _order(file: str, other: str, ours: list[Cell], theirs: list[Cell]) -> Iterator[Finding]:
    left, right = [cell.id for cell in ours], [cell.id for cell in theirs]
    for name in left:
        if name not in right:
            yield Finding(
                file, name, _("The cell is missing; {file} has it.").format(file=other), _("Add it at the same place.")
            )
    for name in right:
        if name not in left:
            yield Finding(
                file,
                name,
                _("The cell is missing in {file}.").format(file=other),
                _("Add it there, or take it out here."),
            )
    if Counter(left) != Counter(right):
        return
    moved = next((b for a, b in zip(left, right, strict=True) if a != b), None)
    if moved:
        yield Finding(
            file,
            moved,
            _("The cell stands at another place than in {file}.").format(file=other),
            _("Bring the cells into the same order."),
        )


def _drift(a: Cell, b: Cell, words_may_differ: bool) -> Iterator[str]:
    if a.kind != b.kind:
        yield _("The cell is {zh} here and {en} in English.").format(zh=b.kind, en=a.kind)
        return
    if _marked(a) != _marked(b):
        yield _("The cell's metadata differ: {zh} here, {en} in English.").format(zh=_marked(b), en=_marked(a))
    if a.kind == "code":
        if a.id != "setup":
            yield from _code_drift(a.source, b.source, words_may_differ)
        return
    readers: tuple[tuple[str, Callable[[str], list[str]]], ...] = (
        (_("equations"), equations),
        (_("links"), lambda text: [_no_language(target) for target in links(text)]),
        (_("images"), lambda text: [_no_language(target) for target in images(text)]),
    )
    for what, read in readers:
        english, chinese = dict.fromkeys(read(a.source)), dict.fromkeys(read(b.source))
        missing = [item for item in english if item not in chinese]
        extra = [item for item in chinese if item not in english]
        if missing:
            yield _("Other {what} than in English: {items} missing here.").format(what=what, items=", ".join(missing))
        if extra:
            yield _("Other {what} than in English: {items} only here.").format(what=what, items=", ".join(extra))


def _marked(cell: Cell) -> dict[str, Any]:
    return {key: cell.metadata[key] for key in ("tags", "nbgrader", "course") if cell.metadata.get(key)}


def equations(text: str) -> list[str]:
    """Return the formulae of a markdown text, without spaces; words within `\\text{}` may differ."""
    found = [match["block"] or match["inline"] for match in EQUATION.finditer(without_code(text))]
    return [re.sub(r"\s+", "", re.sub(r"\\(?:text|mathrm|textrm)\{[^}]*\}", r"\\text{}", formula)) for formula in found]


def _no_language(target: str) -> str:
    """Make the English and the Chinese form of a link to our own files equal."""
    return re.sub(r"\.zh\.", ".", re.sub(r"\.en\.", ".", re.sub(r"(^|/)(en|zh)/", r"\1", target)))


def _code_drift(english: str, chinese: str, words_may_differ: bool) -> Iterator[str]:
    try:
        same = _same(ast.parse(english), ast.parse(chinese), words_may_differ)
    except SyntaxError:
        return
    if same or any(opening in english for opening in PLACEHOLDERS):
        return
    left, right = _lines(english), _lines(chinese)
    for tag, i, k, m, n in SequenceMatcher(a=left, b=right, autojunk=False).get_opcodes():
        if tag != "equal":
            yield _("Other code than in English: `{zh}` here, `{en}` there.").format(
                zh=" ⏎ ".join(right[m:n]) or "–", en=" ⏎ ".join(left[i:k]) or "–"
            )
            return


def _lines(code: str) -> list[str]:
    return ast.unparse(ast.parse(code)).splitlines()


def _same(a: object, b: object, words_may_differ: bool) -> bool:
    """Whether two pieces of code do the same; comments and layout never count."""
    if isinstance(a, ast.JoinedStr | ast.Constant) and words_may_differ and _in_chinese(b):
        return _fields(a) == _fields(b)
    if isinstance(a, ast.AST) and type(a) is type(b):
        return all(_same(value, getattr(b, name, None), words_may_differ) for name, value in ast.iter_fields(a))
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(_same(x, y, words_may_differ) for x, y in zip(a, b, strict=True))
    return bool(type(a) is type(b) and a == b)


def _in_chinese(node: object) -> bool:
    return isinstance(node, ast.JoinedStr | ast.Constant) and bool(HAN.search(ast.unparse(node)))


def _fields(node: object) -> list[str]:
    """Return the expressions an f-string shows, none for a plain string."""
    values = getattr(node, "values", [])
    return sorted(ast.dump(value.value) for value in values if isinstance(value, ast.FormattedValue))
