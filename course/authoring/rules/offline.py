"""Nothing the course shows or runs asks another host for anything. Links a reader may follow are no requests."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

from course.authoring.findings import Finding
from course.authoring.links import images, without_code
from course.authoring.repo import Repo
from course.authoring.rules import of_house, of_module
from course.i18n import gettext as _
from course.manifest import Module

HOST = r"(?:https?:|wss?:|ftp:)?//(?!localhost\b|127\.0\.0\.1\b|\[::1\])[\w\[]"
EMBEDDING = re.compile(
    rf"<(?:script|img|iframe|video|audio|source|embed|track)\b[^>]*?\bsrc\s*=\s*[\"']?\s*{HOST}"
    rf"|<link\b[^>]*?\bhref\s*=\s*[\"']?\s*{HOST}"
    rf"|<object\b[^>]*?\bdata\s*=\s*[\"']?\s*{HOST}"
    rf"|<form\b[^>]*?\baction\s*=\s*[\"']?\s*{HOST}",
    re.IGNORECASE,
)
STYLE = re.compile(rf"@import\s+(?:url\(\s*)?[\"']?\s*{HOST}|url\(\s*[\"']?\s*{HOST}", re.IGNORECASE)
SCRIPT = re.compile(
    rf"\b(?:fetch|import|importScripts|WebSocket|EventSource|Worker|sendBeacon|Image|open)\s*\(\s*(?:[\"'`]\w+[\"'`]\s*,\s*)?[\"'`]{HOST}"
    rf"|\b(?:import|export)\b[^;\"'`\n]*[\"'`]{HOST}"
    rf"|\.(?:src|href|action)\s*=\s*[\"'`]{HOST}",
)
CODE_CELL = re.compile(r"(?:https?|wss?|ftp)://(?!localhost\b|127\.0\.0\.1\b|(?:dx\.)?doi\.org/)[^\s\"')]+")
ASKING = frozenset(
    (
        "urlopen",
        "urlretrieve",
        "Request",
        "get",
        "post",
        "put",
        "request",
        "stream",
        "create_connection",
        "ImageURL",
        "read_csv",
        "read_json",
        "read_excel",
        "read_parquet",
        "read_html",
        "read_table",
    )
)
SUFFIXES = {
    ".js": (SCRIPT, EMBEDDING),
    ".css": (STYLE,),
    ".html": (SCRIPT, STYLE, EMBEDDING),
    ".j2": (SCRIPT, STYLE, EMBEDDING),
    ".svg": (STYLE, EMBEDDING),
    ".md": (EMBEDDING,),
    ".toml": (EMBEDDING,),
}


def _finding(file: str, place: str, found: str) -> Finding:
    return Finding(
        file,
        place,
        _("It asks another host: {found}").format(found=found[:90]),
        _("Keep a copy in the repo and name that; in China and offline the other host does not answer."),
    )


@of_house
def sources_ask_no_other_host(repo: Repo) -> Iterator[Finding]:
    """Scripts, styles, pages and Python of the course."""
    for path in repo.sources(*SUFFIXES):
        for line, asked in _in_text(path.read_text(encoding="utf-8", errors="replace"), SUFFIXES[path.suffix]):
            yield _finding(repo.name(path), _("line {number}").format(number=line), asked)
    for path in repo.sources(".py"):
        for line, asked in _in_python(path.read_text(encoding="utf-8", errors="replace")):
            yield _finding(repo.name(path), _("line {number}").format(number=line), asked)


@cache
def _in_text(text: str, patterns: tuple[re.Pattern[str], ...]) -> list[tuple[int, str]]:
    """Return (line, what is asked for); a text is looked through once."""
    matches = [match for pattern in patterns for match in pattern.finditer(text)]
    return [(text.count("\n", 0, match.start()) + 1, _from(text, match)) for match in matches]


@cache
def _in_python(source: str) -> list[tuple[int, str]]:
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return []
    return [(getattr(node, "lineno", 0), asked) for node in ast.walk(tree) for asked in _asked_by(node)]


def _asked_by(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        for pattern in (EMBEDDING, STYLE):
            yield from (_from(node.value, match) for match in pattern.finditer(node.value))
    if isinstance(node, ast.Call) and _name(node.func) in ASKING and node.args:
        first = node.args[0]
        if isinstance(first, ast.Constant) and re.match(HOST, str(first.value)):
            yield str(first.value)


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _from(text: str, match: re.Match[str]) -> str:
    return text[match.start() : match.end() + 60].split("\n")[0]


@of_module
def notebooks_ask_no_other_host(repo: Repo, module: Module) -> Iterator[Finding]:
    """Code cells hold no address but of a DOI; markdown embeds nothing from elsewhere."""
    for path in repo.notebooks(module):
        for cell in repo.cells(path):
            if cell.kind == "code":
                found = [match[0] for match in CODE_CELL.finditer(cell.source)]
            else:
                prose = without_code(cell.source)
                found = [target for target in images(cell.source) if re.match(HOST, target)]
                found += [
                    _from(prose, match)
                    for pattern in (EMBEDDING, STYLE)
                    for match in pattern.finditer(prose)
                    if not any(target in _from(prose, match) for target in found)
                ]
            for address in found:
                yield _finding(repo.name(path), cell.id, address)
