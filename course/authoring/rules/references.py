"""What the course refers to stands once, in the shared table or beside its lesson: lists and theory agree with it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from course.authoring.findings import Finding
from course.authoring.repo import Repo
from course.authoring.rules import of_house, of_module
from course.i18n import gettext as _
from course.manifest import Module
from course.references import FILE, Reference, ReferencesError, read_all

LIST = "references"  # the id of the cell


def _table(repo: Repo) -> dict[str, Reference]:
    try:
        return read_all(repo.at(FILE))
    except ReferencesError:
        return {}


@of_house
def references_can_be_read(repo: Repo) -> Iterator[Finding]:
    """The tables are what `course.references` reads."""
    try:
        read_all(repo.at(FILE))
    except ReferencesError as error:
        # the message begins with the file: the shared table, or a module's own
        file, _colon, problem = re.split("([:：])", str(error), maxsplit=1)
        problem = problem.lstrip()
        yield Finding(file, "", problem, _("Mend this entry, then check again: the first fault hides those after it."))


@of_module
def lists_agree_with_the_table(repo: Repo, module: Module) -> Iterator[Finding]:
    """Every paragraph of a lesson's list is an entry of the table, word for word."""
    table = _table(repo)
    for language, path in repo.lessons(module).items():
        known = {reference.listed(language) for reference in table.values()}
        for cell in repo.cells(path):
            if cell.id != LIST or not table:
                continue
            for paragraph in cell.source.split("\n\n")[1:]:
                text = paragraph.strip()
                if text and text not in known and not text.startswith("‹"):  # a placeholder is said elsewhere
                    yield Finding(
                        repo.name(path),
                        cell.id,
                        _("{file} has no such entry: {text}").format(file=repo.name(repo.at(FILE)), text=text),
                        _("Add it there, or write it here as it stands there."),
                    )


def _sources(path: Path) -> Iterator[tuple[int, str]]:
    """Yield (line, key) for every key in the constant `SOURCES` of a file."""
    try:
        tree = ast.parse(path.read_text(encoding="utf-8", errors="replace"))
    except SyntaxError:
        return
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id="SOURCES")], value=ast.Tuple(elts=keys)):
                yield from ((key.lineno, str(key.value)) for key in keys if isinstance(key, ast.Constant))


@of_house
def theory_names_its_sources(repo: Repo) -> Iterator[Finding]:
    """Every file of the theory has `SOURCES`, keys of the table."""
    table = _table(repo)
    for path in sorted((repo.root / "course" / "theory").glob("*.py")):
        if path.name == "__init__.py" or not table:
            continue
        keys = list(_sources(path))
        if not keys:
            cure = _('Write SOURCES = ("kalman-1960",), with keys of {file}.').format(file=repo.name(repo.at(FILE)))
            yield Finding(repo.name(path), "", _("The file names no source."), cure)
        for line, key in keys:
            if key not in table:
                yield Finding(
                    repo.name(path),
                    _("line {number}").format(number=line),
                    _("There is no reference {key!r}.").format(key=key),
                    _("Add it to {file}, or correct the key.").format(file=repo.name(repo.at(FILE))),
                )
