"""Every module has all its files and tables of tests, and none of them still holds a template's placeholder."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from course.authoring.findings import Finding
from course.authoring.release import command
from course.authoring.repo import Repo
from course.authoring.rules import of_module
from course.i18n import LANGUAGES
from course.i18n import gettext as _
from course.manifest import Module

TABLES = ("ACCEPTED", "VISIBLY_WRONG", "WRONG_WHERE_NOBODY_LOOKS")
PLACEHOLDERS = ("‹write:", "‹待写：")


@of_module
def files_are_there(repo: Repo, module: Module) -> Iterator[Finding]:
    """Lesson, app, assignment, questions, simulation and all tests exist."""
    generated = {repo.exercise(module, language): language for language in LANGUAGES}
    for path in repo.files(module):
        if path.is_file():
            continue
        if path in generated:
            cure = _("Generate it from the solution: {command}").format(command=command(module, generated[path]))
        else:
            cure = _(
                "Write it, following module m01; a new module gets all its files from: course new {number}"
            ).format(number=module.number)
        yield Finding(repo.name(path), "", _("The file is missing."), cure)


@of_module
def answers_are_listed(repo: Repo, module: Module) -> Iterator[Finding]:
    """The tables of right and wrong answers, by which the assignment is tried, are there."""
    path = repo.answers(module)
    if not path.is_file():
        return
    name = repo.name(path)
    try:
        names = set(_assigned(path.read_text(encoding="utf-8", errors="replace")))
    except SyntaxError as error:
        problem = _("Python cannot read the file: {error}").format(error=error.msg)
        yield Finding(name, _("line {number}").format(number=error.lineno), problem, _("Correct the line it names."))
        return
    for table in TABLES:
        if table not in names:
            yield Finding(
                name,
                table,
                _("The table {table} is missing.").format(table=table),
                _("List a few answers there for every task, as in the same file of module m01."),
            )


def _assigned(source: str) -> Iterator[str]:
    """Yield the names that a file gives values to."""
    for node in ast.parse(source).body:
        match node:
            case ast.Assign(targets=targets):
                yield from (target.id for target in targets if isinstance(target, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name


@of_module
def placeholders_are_filled(repo: Repo, module: Module) -> Iterator[Finding]:
    """No text of a template is left."""
    notebooks = set(repo.notebooks(module))
    for path in repo.files(module):
        if path in notebooks:
            places = [(cell.id, cell.source) for cell in repo.cells(path)]
        elif path.is_file():
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
            places = [(_("line {number}").format(number=number), line) for number, line in enumerate(lines, 1)]
        else:
            continue
        for place, text in places:
            for wanted in _placeholders(text):
                yield Finding(
                    repo.name(path),
                    place,
                    _("A placeholder is still there: {text}").format(text=wanted),
                    _("Replace it by what it asks for."),
                )


def _placeholders(text: str) -> Iterator[str]:
    for opening in PLACEHOLDERS:
        for part in text.split(opening)[1:]:
            yield opening + part.split("›")[0] + "›"
