"""Every English string that is shown has a Chinese one with the same placeholders, and no Chinese one is left over."""

from __future__ import annotations

import ast
import string
from collections.abc import Collection, Iterator
from functools import cache
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

from course.authoring.findings import Finding
from course.authoring.repo import Repo
from course.authoring.rules import of_house, of_module
from course.i18n import gettext as _
from course.manifest import Module

ONE_FORM, TWO_FORMS = ("_", "N_", "gettext"), ("NN_", "ngettext")
KEYWORDS = dict.fromkeys(ONE_FORM) | dict.fromkeys(TWO_FORMS, (1, 2))
WAYS = {".js": "javascript", ".html": "jinja2.ext:babel_extract", ".j2": "jinja2.ext:babel_extract"}
# A string that counts has two forms in English
Text = str | tuple[str, ...]
Found = tuple[Path, str, Text]


def _marked(node: ast.AST | None) -> Iterator[str]:
    """Yield the texts an argument can be; `_(WORDS["reset"])` marks none, which Babel's own reader of Python gets wrong."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=other):
            yield from (*_marked(body), *_marked(other))


@cache
def _in_python(source: str) -> list[tuple[int, Text]]:
    """Return (line, message) for every marked string; a source is read once, whichever rule asks."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return []
    return [found for node in ast.walk(tree) for found in _marked_by(node)]


def _marked_by(node: ast.AST) -> Iterator[tuple[int, Text]]:
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[first, *_]) if name in ONE_FORM:
            yield from ((node.lineno, text) for text in _marked(first))
        case ast.Call(
            func=ast.Name(id=name) | ast.Attribute(attr=name),
            args=[ast.Constant(value=str(one)), ast.Constant(value=str(many)), *_],
        ) if name in TWO_FORMS:
            yield node.lineno, (one, many)


def _in_file(path: Path) -> Iterator[Found]:
    """Yield what a file of the package shows: Python by its syntax tree, scripts and pages by Babel."""
    if not path.is_file():
        return
    if path.suffix == ".py":
        messages = _in_python(path.read_text(encoding="utf-8", errors="replace"))
    else:
        messages = _by_babel(WAYS[path.suffix], path.read_bytes())
    for line, message in messages:
        yield path, _("line {number}").format(number=line), message


@cache
def _by_babel(way: str, source: bytes) -> list[tuple[int, Text]]:
    from babel.messages.extract import extract

    module, _colon, function = way.partition(":")
    method = getattr(import_module(module), function) if function else way
    found = extract(method, BytesIO(source), KEYWORDS, options={"encoding": "utf-8"})
    return [(line, text if isinstance(text, str) else tuple(text)) for line, text, _comments, _context in found]


@cache
def _entries(catalogue: bytes) -> list[Any]:
    """Return the entries of a catalogue; raise `PoFileError` and its like where it cannot be read."""
    from babel.messages.pofile import read_po

    return list(read_po(BytesIO(catalogue), locale="zh", abort_invalid=True))


def _in_notebook(repo: Repo, path: Path) -> Iterator[Found]:
    for cell in repo.cells(path):
        if cell.kind == "code":
            for _line, message in _in_python(cell.source):
                yield path, cell.id, message


def _of_module(repo: Repo, module: Module) -> Iterator[Found]:
    yield from _in_file(repo.simulation(module))
    for path in (repo.lesson(module, "en"), repo.app(module), repo.solution(module, "en")):
        yield from _in_notebook(repo, path)


def _of_house(repo: Repo) -> Iterator[Found]:
    of_modules = {repo.simulation(module) for module in repo.syllabus.modules}
    package = repo.root / "course"
    for path in repo.sources(".py", *WAYS):
        if package in path.parents and path not in of_modules:
            yield from _in_file(path)


def _catalogues(repo: Repo) -> Iterator[tuple[Path, Any]]:
    """Yield (file, message) for every entry of the Chinese catalogues."""
    from babel.messages.pofile import PoFileError

    for path in sorted((repo.root / "course" / "i18n" / "zh").glob("*.po")):
        try:
            entries = _entries(path.read_bytes())
        except (PoFileError, UnicodeDecodeError, ValueError):
            continue
        yield from ((path, message) for message in entries if message.id)


def _untranslated(repo: Repo, found: Iterator[Found], home: str, elsewhere: Collection[Path] = ()) -> Iterator[Finding]:
    """Yield strings that are in no catalogue; what stands in one of those `elsewhere` does not count."""
    known = {message.id for path, message in _catalogues(repo) if _written(message) and path not in elsewhere}
    for path, place, text in found:
        if text not in known:
            known.add(text)
            yield Finding(
                repo.name(path),
                place,
                _("The string has no Chinese: {text}").format(text=_shown(text)),
                _("Add it, with its Chinese, to {file}").format(file=home),
            )


@of_module
def strings_of_modules_are_translated(repo: Repo, module: Module) -> Iterator[Finding]:
    """Strings of a module's simulation and of its code cells, in its own catalogues or in those of the house."""
    others = {path for other in repo.syllabus.modules if other.id != module.id for path in repo.catalogues(other)}
    yield from _untranslated(repo, _of_module(repo, module), repo.name(repo.catalogue(module)), others)


@of_house
def strings_of_the_house_are_translated(repo: Repo) -> Iterator[Finding]:
    """Strings of the package, its scripts and pages."""
    yield from _untranslated(repo, _of_house(repo), "course/i18n/zh/<concern>.po")


@of_house
def catalogues_can_be_read(repo: Repo) -> Iterator[Finding]:
    """Every catalogue is well-formed."""
    from babel.messages.pofile import PoFileError

    for path in sorted((repo.root / "course" / "i18n" / "zh").glob("*.po")):
        try:
            _entries(path.read_bytes())
        except (PoFileError, UnicodeDecodeError, ValueError) as error:
            yield Finding(
                repo.name(path),
                "",
                _("The catalogue cannot be read: {error}").format(error=error),
                _("Correct the line it names."),
            )


@of_house
def catalogues_hold_what_is_used(repo: Repo) -> Iterator[Finding]:
    """Entries are used, translated one way, and keep their placeholders."""
    used = {text for _path, _place, text in _of_house(repo)}
    for module in repo.syllabus.modules:
        used |= {text for _path, _place, text in _of_module(repo, module)}
    first: dict[Text, tuple[Path, Text]] = {}
    for path, message in _catalogues(repo):
        place = _("line {number}").format(number=message.lineno)
        if message.id not in used:
            yield Finding(
                repo.name(path),
                place,
                _("Nothing shows this string: {text}").format(text=_shown(message.id)),
                _("Take the entry out, or mark the string where it is shown."),
            )
        if not _written(message):
            yield Finding(
                repo.name(path),
                place,
                _("The entry has no Chinese, or it is marked fuzzy: {text}").format(text=_shown(message.id)),
                _("Write the msgstr and take out the mark."),
            )
        elif _placeholders(message.id) != _placeholders(message.string):
            yield Finding(
                repo.name(path),
                place,
                _("Other placeholders than in English: {text}").format(text=_shown(message.string)),
                _("Use each of these: {known}.").format(
                    known=" ".join("{" + name + "}" for name in sorted(_placeholders(message.id))) or "–"
                ),
            )
        other, chinese = first.setdefault(message.id, (path, message.string))
        if chinese != message.string:
            yield Finding(
                repo.name(path),
                place,
                _("{file} has another Chinese for: {text}").format(file=repo.name(other), text=_shown(message.id)),
                _("Keep one of the two; a string is translated once."),
            )


def _placeholders(text: Text) -> set[str]:
    forms = (text,) if isinstance(text, str) else text
    try:
        return {name for form in forms for _text, name, _spec, _conversion in string.Formatter().parse(form) if name}
    except ValueError:
        return set()


def _shown(text: Text) -> str:
    return text if isinstance(text, str) else " / ".join(text)


def _written(message: Any) -> bool:
    forms = (message.string,) if isinstance(message.string, str) else message.string
    return all(forms) and not message.fuzzy
