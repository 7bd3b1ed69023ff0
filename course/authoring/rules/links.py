"""Links to our own files lead somewhere, and not out of the repo."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from course.authoring.findings import Finding
from course.authoring.links import images, links
from course.authoring.repo import Repo
from course.authoring.rules import of_house, of_module
from course.i18n import LANGUAGES
from course.i18n import gettext as _
from course.manifest import Module


@of_module
def notebook_links_resolve(repo: Repo, module: Module) -> Iterator[Finding]:
    """Links and images of every markdown cell, and of the teacher's notes."""
    missing = {path.resolve() for path in repo.files(module) if not path.is_file()}  # the rule on files says so
    for path in repo.notebooks(module):
        for cell in repo.cells(path):
            if cell.kind == "markdown":
                yield from _unresolved(repo, path, cell.id, cell.source, missing)
    for language in LANGUAGES:
        path = repo.teaching(module, language)
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else ()
        for number, line in enumerate(lines, 1):
            yield from _unresolved(repo, path, _("line {number}").format(number=number), line, missing)


@of_house
def document_links_resolve(repo: Repo) -> Iterator[Finding]:
    """Links and images of the top-level documents and the data dictionary."""
    for path in (*sorted(repo.root.glob("*.md")), *sorted((repo.root / "datasets").glob("*.md"))):
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            yield from _unresolved(repo, path, _("line {number}").format(number=number), line)


def _unresolved(repo: Repo, path: Path, place: str, text: str, missing: Collection[Path] = ()) -> Iterator[Finding]:
    for target in (*links(text), *images(text)):
        problem = _problem(repo.root, path, target, missing)
        if problem:
            yield Finding(
                repo.name(path),
                place,
                problem,
                _("Write the path of a file of the repo, relative to {folder}/.").format(
                    folder=path.parent.relative_to(repo.root.parent).as_posix()
                ),
            )


def _problem(root: Path, path: Path, target: str, missing: Collection[Path]) -> str:
    parts = urlsplit(target)
    if parts.scheme or target.startswith(("//", "#")) or not parts.path:
        return ""
    if parts.path.startswith("/") or re.match(r"[A-Za-z]:\\", target):
        return _("The link {target} starts at the root of a server.").format(target=target)
    leads_to = (path.parent / unquote(parts.path)).resolve()
    if not leads_to.is_relative_to(root):
        return _("The link {target} leads out of the repo.").format(target=target)
    return (
        "" if leads_to.exists() or leads_to in missing else _("The link {target} leads nowhere.").format(target=target)
    )
