"""The manifest is sane: every id once, every part and dataset known, nothing empty or left to write."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from course.authoring.findings import Finding
from course.authoring.repo import MODULE_ID, Repo
from course.authoring.rules import of_house, of_module
from course.i18n import gettext as _
from course.i18n import ngettext
from course.manifest import MANIFEST, Module


def _finding(repo: Repo, place: str, problem: str, cure: str) -> Finding:
    return Finding(repo.name(repo.at(MANIFEST)), place, problem, cure)


@of_house
def manifest_ids_are_unique(repo: Repo) -> Iterator[Finding]:
    """Module ids, their numbers, and the objective ids of a module each occur once."""
    modules = repo.syllabus.modules
    for number, times in Counter(module.number for module in modules).items():
        if times > 1:
            yield _finding(
                repo, number, _("The number occurs {times} times.").format(times=times), _("Renumber the modules.")
            )
    for module in modules:
        if not MODULE_ID.fullmatch(module.id):
            yield _finding(
                repo,
                module.id,
                _("The id is not of the form m01-expectation-gap."),
                _("Write m, two digits, then lower-case words joined by hyphens."),
            )
        if module.part not in {part.id for part in repo.syllabus.parts}:
            yield _finding(
                repo,
                module.id,
                _("There is no part {part!r}.").format(part=module.part),
                _("Choose one of: {known}.").format(known=", ".join(part.id for part in repo.syllabus.parts)),
            )
        for objective, times in Counter(objective.id for objective in module.objectives).items():
            if times > 1:
                yield _finding(
                    repo,
                    f"{module.id}, {objective}",
                    _("The objective's id occurs {times} times.").format(times=times),
                    _("Give every objective an id of its own."),
                )


@of_module
def manifest_entry_is_complete(repo: Repo, module: Module) -> Iterator[Finding]:
    """A written module has minutes, points, and three or four objectives; no text is a placeholder.

    Only a module without a simulation may do without points.
    """
    if module.minutes <= 0 or module.points < 0 or (module.simulated and not module.graded):
        yield _finding(
            repo,
            module.id,
            _("minutes or points is not above 0."),
            _("Give the minutes of work and the assignment's points."),
        )
    if not 3 <= len(module.objectives) <= 4:
        yield _finding(
            repo,
            module.id,
            ngettext("It has {count} objective.", "It has {count} objectives.", len(module.objectives)).format(
                count=len(module.objectives)
            ),
            _("Write three or four, each checked by a quiz item or a task."),
        )
    texts = [module.title, module.summary, *(objective.text for objective in module.objectives)]
    for text in texts:
        for language, words in text.items():
            if "‹" in words:
                yield _finding(
                    repo,
                    f"{module.id}, {language}",
                    _("A placeholder is still there: {text}").format(text=words),
                    _("Replace it by what it asks for."),
                )


@of_module
def datasets_are_packaged(repo: Repo, module: Module) -> Iterator[Finding]:
    """Every dataset a module names is in the data package, and its file is there."""
    package = repo.root / "datasets" / "datapackage.json"
    try:
        described = json.loads(package.read_text(encoding="utf-8"))
        resources: dict[str, Any] = {row["name"]: row["path"] for row in described["resources"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        yield Finding(
            repo.name(package),
            "",
            _("The data package cannot be read: {error}").format(error=error),
            _("Restore it with: git checkout -- {file}").format(file=repo.name(package)),
        )
        return
    for dataset in module.datasets:
        if dataset not in resources:
            yield _finding(
                repo,
                module.id,
                _("The dataset {name!r} is not in datasets/datapackage.json.").format(name=dataset),
                _("Describe it there, or take it out of the module's datasets."),
            )
            continue
        paths = resources[dataset] if isinstance(resources[dataset], list) else [resources[dataset]]
        for path in paths:
            if not (package.parent / str(path)).is_file():
                yield Finding(
                    repo.name(package),
                    dataset,
                    _("Its file datasets/{path} is missing.").format(path=path),
                    _("Add the file or correct the path."),
                )
