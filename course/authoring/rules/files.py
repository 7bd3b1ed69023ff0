"""Every module has all its files, and none of them still holds a template's placeholder."""

from __future__ import annotations

from collections.abc import Iterator

from course.authoring.findings import Finding
from course.authoring.release import command
from course.authoring.repo import Repo
from course.authoring.rules import of_module
from course.i18n import LANGUAGES
from course.i18n import gettext as _
from course.manifest import Module

PLACEHOLDERS = ("‹write:", "‹待写：")


@of_module
def files_are_there(repo: Repo, module: Module) -> Iterator[Finding]:
    """Lesson, app, assignment, questions, simulation, teacher's notes and all tests exist."""
    generated = {repo.exercise(module, language): language for language in LANGUAGES}
    for path in repo.files(module):
        if path.is_file():
            continue
        if path in generated:
            cure = _("Generate it from the solution: {command}").format(command=command(module, generated[path]))
        else:
            cure = _(
                "Write it, following another module; a new one gets all its files from: course new {number}"
            ).format(number=module.number)
        yield Finding(repo.name(path), "", _("The file is missing."), cure)


@of_module
def placeholders_are_filled(repo: Repo, module: Module) -> Iterator[Finding]:
    """No text of a template is left."""
    notebooks = set(repo.notebooks(module))
    for path in dict.fromkeys([*repo.files(module), *repo.own(module)]):
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
