"""“You need no more Python than module 0 and the lesson teach”: every answer is written with what these two show."""

from __future__ import annotations

from collections.abc import Iterator

from course.authoring.findings import Finding
from course.authoring.python_taught import taught, untaught
from course.authoring.repo import Repo
from course.authoring.rules import of_module
from course.i18n import LANGUAGES
from course.i18n import gettext as _
from course.manifest import Module

PRIMER = "m00"


@of_module
def answers_use_what_is_taught(repo: Repo, module: Module) -> Iterator[Finding]:
    """Compare the constructs of each answer with those of module 0 and of the module's own lesson."""
    primer = next((one for one in repo.syllabus.ready if one.number == PRIMER), None)
    if primer is None:
        return
    for language in LANGUAGES:
        path = repo.solution(module, language)
        known = taught(repo.cells(repo.lesson(primer, language))) | taught(repo.cells(repo.lesson(module, language)))
        for cell, construct in untaught(repo.cells(path), known):
            yield Finding(
                repo.name(path),
                cell.id,
                _("The answer uses {construct}, which neither module 0 nor the lesson teaches.").format(
                    construct=construct
                ),
                _("Write it with what they teach, or teach it in {file}.").format(
                    file=repo.name(repo.lesson(primer, language))
                ),
            )
