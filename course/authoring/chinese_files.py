"""Where the Chinese of the course stands, and what its files read when it is mended.

Notebooks (markdown cells), TOML (`zh = "…"`), catalogues (msgstr) and markdown documents; all else is left
byte for byte.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course import whole
from course.authoring.chinese import mend
from course.authoring.repo import Repo
from course.i18n import LANGUAGES
from course.i18n import gettext as _
from course.manifest import MANIFEST, Module

SHOWN = 70


@dataclass(frozen=True)
class Change:
    """A text before and after; both are empty where only outputs were taken out."""

    place: str
    before: str
    after: str


@dataclass
class Tidied:
    """The text a file should have, and what was changed to get there."""

    text: str
    changes: list[Change] = field(default_factory=list)


def module_files(repo: Repo, module: Module) -> Iterator[Path]:
    """Yield the written files of a module that hold Chinese; exercises follow from their solutions."""
    yield repo.lesson(module, "zh")
    yield repo.solution(module, "zh")
    yield repo.questions(module)
    yield repo.words(module)
    yield repo.dialogue(module)
    yield repo.teaching(module, "zh")
    yield from repo.catalogues(module)


def house_files(repo: Repo) -> Iterator[Path]:
    """Yield the files that hold Chinese and belong to no module."""
    of_modules = {path for module in repo.syllabus.modules for path in repo.catalogues(module)}
    yield repo.at(MANIFEST)
    yield from sorted(repo.root.glob("*.zh.md"))
    yield from (path for path in sorted((repo.root / "course" / "i18n" / "zh").glob("*.po")) if path not in of_modules)


def format_files(repo: Repo) -> Iterator[Path]:
    """Yield everything `course format` looks after, English notebooks too: their outputs go."""
    for module in repo.syllabus.modules:
        yield from module_files(repo, module)
        yield repo.lesson(module, "en")
        yield repo.solution(module, "en")
        yield repo.app(module)
    yield from house_files(repo)


def tidied(path: Path) -> Tidied:
    """Return what a file should read. Files that cannot be read are returned as they are: the rules say why."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return Tidied("")
    forms: dict[str, Callable[[str, bool], Tidied]] = {
        ".ipynb": _notebook,
        ".toml": _toml,
        ".po": _catalogue,
        ".md": _document,
    }
    form = forms.get(path.suffix)
    return form(text, _is_chinese(path)) if form else Tidied(text)


def _is_chinese(path: Path) -> bool:
    return ".zh." in path.name or "zh" in path.parts[-3:-1]


def write(path: Path, text: str) -> None:
    """Replace a file in one step, keeping its permissions."""
    whole.write(path, text, mode=path.stat().st_mode & 0o777 if path.exists() else 0o644)


def _change(place: str, before: str, after: str) -> Change:
    """Show the first line that differs."""
    old, new = before.splitlines(), after.splitlines()
    a, b = next(((a, b) for a, b in zip(old, new, strict=False) if a != b), (before, after))
    first = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), 0)
    start = max(0, first - SHOWN // 2)
    return Change(place, a[start : start + SHOWN].strip(), b[start : start + SHOWN].strip())


def _notebook(text: str, chinese: bool) -> Tidied:
    try:
        notebook = json.loads(text)
        cells: list[dict[str, Any]] = notebook["cells"]
    except (json.JSONDecodeError, KeyError, TypeError):
        return Tidied(text)
    changes = []
    for cell in cells:
        if cell.get("outputs") or cell.get("execution_count") is not None:
            cell["outputs"], cell["execution_count"] = [], None
            changes.append(Change(str(cell.get("id", "")), "", ""))
        if not chinese or cell.get("cell_type") != "markdown":
            continue
        source = "".join(cell["source"])
        mended = mend(source)
        if mended != source:
            cell["source"] = mended.splitlines(keepends=True) if isinstance(cell["source"], list) else mended
            changes.append(_change(str(cell.get("id", "")), source, mended))
    if not changes:
        return Tidied(text)
    return Tidied(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", changes)


def _document(text: str, chinese: bool) -> Tidied:
    if not chinese:
        return Tidied(text)
    mended = mend(text)
    pairs = enumerate(zip(text.splitlines(), mended.splitlines(), strict=False), 1)
    changes = [_change(_("line {number}").format(number=number), a, b) for number, (a, b) in pairs if a != b]
    return Tidied(mended, changes)


_TOML_ZH = re.compile(
    r'(?P<head>\bzh\s*=\s*)(?:"""(?P<long>(?:\\.|[^\\])*?)"""|"(?P<basic>(?:\\.|[^"\\\n])*)"|\'(?P<literal>[^\'\n]*)\')',
    re.DOTALL,
)


def _toml(text: str, _chinese: bool) -> Tidied:
    changes: list[Change] = []

    def put_right(match: re.Match[str]) -> str:
        kind = next(name for name in ("long", "basic", "literal") if match[name] is not None)
        mended = mend(match[kind])
        if mended == match[kind]:
            return match[0]
        line = text.count("\n", 0, match.start()) + 1
        changes.append(_change(_("line {number}").format(number=line), match[kind], mended))
        start, end = (edge - match.start() for edge in match.span(kind))
        return match[0][:start] + mended + match[0][end:]

    new = _TOML_ZH.sub(put_right, text)
    return Tidied(new, changes) if changes and _same_but_for_chinese(text, new) else Tidied(text)


def _same_but_for_chinese(before: str, after: str) -> bool:
    try:
        return _without_chinese(tomllib.loads(before)) == _without_chinese(tomllib.loads(after))
    except tomllib.TOMLDecodeError:
        return False


def _without_chinese(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_chinese(item) for key, item in value.items() if key != LANGUAGES[1]}
    if isinstance(value, list):
        return [_without_chinese(item) for item in value]
    return value


_MSGSTR = re.compile(
    r'^(?P<head>msgstr(?:\[\d\])? )(?P<body>"(?:\\.|[^"\\\n])*"(?:\n"(?:\\.|[^"\\\n])*")*)', re.MULTILINE
)


def _catalogue(text: str, _chinese: bool) -> Tidied:
    changes: list[Change] = []

    def put_right(match: re.Match[str]) -> str:
        joined = "".join(line[1:-1] for line in match["body"].split("\n"))
        mended = mend(joined)
        if mended == joined or text[: match.start()].endswith('msgid ""\n'):
            return match[0]
        line = text.count("\n", 0, match.start()) + 1
        changes.append(_change(_("line {number}").format(number=line), joined, mended))
        return f'{match["head"]}"{mended}"'

    return Tidied(_MSGSTR.sub(put_right, text), changes)
