"""The learners' version is exactly what nbgrader makes from the solution."""

from __future__ import annotations

import json
from collections.abc import Iterator

from course.authoring.findings import Finding
from course.authoring.release import ReleaseError, command, released
from course.authoring.repo import Cell, Repo, cells
from course.authoring.rules import of_module
from course.i18n import LANGUAGES
from course.i18n import gettext as _
from course.manifest import Module


@of_module
def exercises_are_in_step(repo: Repo, module: Module) -> Iterator[Finding]:
    """Generate each exercise anew in a temporary folder and compare, cell by cell."""
    for language in LANGUAGES:
        source, path = repo.solution(module, language), repo.exercise(module, language)
        kept = repo.notebook(path)
        if not repo.notebook(source):
            continue
        try:
            made = released(repo, module, language)
        except ReleaseError as error:
            yield Finding(
                repo.name(source),
                "",
                _("nbgrader cannot make the exercise: {error}").format(error=error),
                _("Correct the cell it names, then run: {command}").format(command=command(module, language)),
            )
            continue
        cure = _("Never edit an exercise; change the solution and run: {command}").format(
            command=command(module, language)
        )
        for place in _differences(cells(made), cells(kept)) if kept else ():
            yield Finding(repo.name(path), place, _("The cell is not what nbgrader makes from the solution."), cure)


def _differences(made: list[Cell], kept: list[Cell]) -> Iterator[str]:
    """Yield the ids of cells that are missing, added, moved or changed."""
    if [cell.id for cell in made] != [cell.id for cell in kept]:
        odd = {cell.id for cell in made} ^ {cell.id for cell in kept}
        yield from sorted(odd) or [next(b.id for a, b in zip(made, kept, strict=False) if a.id != b.id)]
        return
    for a, b in zip(made, kept, strict=True):
        if (a.kind, a.source, json.dumps(a.metadata, sort_keys=True)) != (
            b.kind,
            b.source,
            json.dumps(b.metadata, sort_keys=True),
        ):
            yield b.id
