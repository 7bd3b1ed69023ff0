"""Every objective a module promises is checked by a quiz item or by a task, and no other is claimed."""

from __future__ import annotations

from collections.abc import Iterator

from course.authoring.findings import Finding
from course.authoring.repo import Repo
from course.authoring.rules import of_module
from course.i18n import LANGUAGES
from course.i18n import gettext as _
from course.manifest import MANIFEST, Module


def _claims(repo: Repo, module: Module) -> Iterator[tuple[str, str, str]]:
    """Yield (file, cell id, objective) wherever a task says what it checks."""
    for language in LANGUAGES:
        path = repo.solution(module, language)
        for cell in repo.cells(path):
            for objective in cell.metadata.get("course", {}).get("objectives", ()):
                yield repo.name(path), cell.id, str(objective)


@of_module
def objectives_are_checked(repo: Repo, module: Module) -> Iterator[Finding]:
    """Compare what the manifest promises with what items and tasks claim."""
    claims = list(_claims(repo, module))
    claimed = {objective for _file, _place, objective in claims}
    claimed |= {str(item.get("objective")) for item in repo.rows(repo.questions(module), "item")}
    promised = [objective.id for objective in module.objectives]
    for objective in promised:
        if objective not in claimed:
            yield Finding(
                repo.name(repo.at(MANIFEST)),
                f"{module.id}, {objective}",
                _("No quiz item and no task checks this objective."),
                _(
                    'Write objective = "{id}" in an item of {file}, or metadata.course.objectives = ["{id}"] in a task.'
                ).format(id=objective, file=repo.name(repo.questions(module))),
            )
    for file, place, objective in claims:
        if objective not in promised:
            yield Finding(
                file,
                place,
                _("There is no objective {id!r} in the manifest.").format(id=objective),
                _("Choose one of: {known}.").format(known=", ".join(promised)),
            )
