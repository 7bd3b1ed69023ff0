"""Numbers that learners may get their own of stand in the task, word for word, and the tests ask for them by name."""

from __future__ import annotations

from collections.abc import Iterator

from course.authoring.findings import Finding
from course.authoring.repo import Repo
from course.authoring.rules import of_module
from course.authoring.rules.assignments import tasks
from course.given import Given, GivenError, holds, read
from course.grading.assignment.variants import held
from course.i18n import LANGUAGES, ngettext
from course.i18n import gettext as _
from course.manifest import Module

FEWEST_VARIED = 3


@of_module
def given_numbers_stand_in_their_tasks(repo: Repo, module: Module) -> Iterator[Finding]:
    """Each default of given.toml stands in the text of its tasks, in both languages, and a test asks for it."""
    path = repo.given(module)
    try:
        entries = read(path)
    except GivenError as error:
        yield Finding(repo.name(path), "", str(error), _("Correct the entry."))
        return
    varied = {cell for entry in entries for cell in entry.cells}
    if module.graded and path.is_file() and len(varied) < FEWEST_VARIED:
        problem = ngettext(
            "{count} task has numbers of the learner's own.",
            "{count} tasks have numbers of the learner's own.",
            len(varied),
        ).format(count=len(varied))
        yield Finding(repo.name(path), "", problem, _("Vary at least {fewest}.").format(fewest=FEWEST_VARIED))
    for language in LANGUAGES:
        for entry in entries:
            yield from _missing(repo, module, language, entry)


def _missing(repo: Repo, module: Module, language: str, entry: Given) -> Iterator[Finding]:
    source = repo.solution(module, language)
    cells = repo.cells(source)
    for name in entry.cells:
        texts = [cell.source for cell in cells if cell.id.startswith(name) and held([entry], vars(cell))]
        for value in entry.values[0]:
            if not any(holds(text, value) for text in texts):
                yield Finding(
                    repo.name(source),
                    name,
                    _("given.toml says that {value!r} stands in this task, and it does not.").format(value=value),
                    _("Write the number in the task as in given.toml, or correct given.toml."),
                )
        tests = [test.source for task in tasks(cells) if task.answer.id == name for test in task.tests]
        if not any(f'"{entry.name}"' in test for test in tests):
            yield Finding(
                repo.name(source),
                name,
                _("No test of this task asks for {name}, so a learner's own number counts for nothing.").format(
                    name=entry.name
                ),
                _("Write in the test: {example}").format(example=f'given("{module.number}", "{entry.name}")'),
            )
