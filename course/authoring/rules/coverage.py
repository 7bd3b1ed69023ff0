"""Every objective is checked by a quiz item or a task, and every topic has its section and something that asks for it."""

from __future__ import annotations

from collections.abc import Iterator

from course.authoring.findings import Finding
from course.authoring.repo import Repo
from course.authoring.rules import of_module
from course.i18n import DEFAULT, LANGUAGES, current_language
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


@of_module
def topics_are_taught_and_asked(repo: Repo, module: Module) -> Iterator[Finding]:
    """Compare the topics of the manifest with the lesson's cells and with what the module asks."""
    place = repo.name(repo.at(MANIFEST))
    if module.simulated and not module.covers:
        yield Finding(
            place,
            module.id,
            _("The manifest names no topic of this module."),
            _("Write [[module.covers]] with en, zh, section and asked for each."),
        )
    sections = {cell.id for cell in repo.cells(repo.lesson(module, LANGUAGES[0]))}
    known = set(asked_of(repo, module))
    for topic in module.covers:
        where = f"{module.id}, {topic.text[DEFAULT]}"
        if topic.section not in sections:
            yield Finding(
                place,
                where,
                _("The lesson has no cell {id!r}.").format(id=topic.section),
                _("Name the cell of the lesson that teaches this topic."),
            )
        if not topic.asked:
            yield Finding(
                place,
                where,
                _("Nothing asks for this topic."),
                _("Write asked = […] with a quiz item, a task, a text or a prediction that does."),
            )
        for name in topic.asked:
            if name not in known:
                yield Finding(
                    place,
                    where,
                    _("The module asks no {name!r}.").format(name=name),
                    _("Choose one of: {known}.").format(known=", ".join(sorted(known))),
                )


def asked_of(repo: Repo, module: Module) -> Iterator[str]:
    """Yield what a module asks, as the manifest's topics name it: `item:…`, `task:…`, `writing:…`, `prediction:…`."""
    for kind in ("item", "writing", "prediction"):
        for row in repo.rows(repo.questions(module), kind):
            yield f"{kind}:{row.get('key')}"
    for cell in repo.cells(repo.solution(module, LANGUAGES[0])):
        if cell.answered:
            yield f"task:{cell.metadata['nbgrader']['grade_id']}"


def table(repo: Repo) -> Iterator[tuple[str, str, str, str]]:
    """Yield the topics of all finished modules: module, topic, section, what asks for it."""
    language = current_language()
    for module in repo.syllabus.ready:
        for topic in module.covers:
            yield module.number, topic.text[language], topic.section, ", ".join(topic.asked)
