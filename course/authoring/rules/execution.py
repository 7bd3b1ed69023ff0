"""What only running shows: lessons run, the untouched exercise fails every task, the solution passes them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from course.authoring.findings import Finding
from course.authoring.release import untouched
from course.authoring.repo import Repo
from course.authoring.rules import of_module_executing
from course.authoring.running import Execution, Task, execute
from course.given import read
from course.grading.assignment.variants import personal_notebook
from course.i18n import LANGUAGES
from course.i18n import gettext as _
from course.manifest import Module

ON_PURPOSE = "raises-exception"
VARIANTS = ("0123456789abcdef", "fedcba9876543210")


def lesson_runs(repo: Repo, module: Module) -> dict[Path, Execution]:
    """Run a module's lessons and app, once; return what came of them, by file."""
    return _lesson_runs(repo, module.id)


@lru_cache(maxsize=32)
def _lesson_runs(repo: Repo, name: str) -> dict[Path, Execution]:
    import nbformat

    module = repo.syllabus.module(name)
    paths = [path for path in (*repo.lessons(module).values(), repo.app(module)) if repo.notebook(path)]
    tasks = [Task(nbformat.read(path, as_version=4), path.parent) for path in paths]
    return dict(zip(paths, execute(repo, tasks), strict=True))


def assignment_runs(
    repo: Repo, module: Module, make: Callable[[Path, str], Any]
) -> Iterator[tuple[Path, str, Execution]]:
    """Run a module's assignment in every edition, as `make` gives it; yield file, edition and what came of it."""
    sources = ((language, repo.solution(module, language)) for language in LANGUAGES)
    books = [
        (path, which, notebook)
        for language, path in sources
        if repo.notebook(path)
        for which, notebook in editions(repo, module, language, make(path, language))
    ]
    runs = execute(repo, [Task(notebook, path.parent, go_on=True) for path, _which, notebook in books])
    for (path, which, _notebook), run in zip(books, runs, strict=True):
        yield path, which, run


@of_module_executing
def lessons_and_app_run(repo: Repo, module: Module) -> Iterator[Finding]:
    """Lessons and app run from top to bottom; a cell that shows an error to read is tagged, and shows one."""
    for path, run in lesson_runs(repo, module).items():
        broken = {cell.id for cell in repo.cells(path) if ON_PURPOSE in cell.metadata.get("tags", ())}
        for place, error in run.errors.items():
            if place in broken:
                broken.remove(place)
                continue
            yield Finding(
                repo.name(path),
                place,
                _("The cell fails: {error}").format(error=error),
                _("Run the notebook from top to bottom and correct the cell."),
            )
        for place in sorted(broken):
            yield Finding(
                repo.name(path),
                place,
                _("The cell is to show an error, and shows none."),
                _("Break it on purpose, or take its tag {tag} out.").format(tag=ON_PURPOSE),
            )


def editions(repo: Repo, module: Module, language: str, notebook: Any) -> Iterator[tuple[str, Any]]:
    """Yield an assignment as everybody has it and, where learners may get their own numbers, as two of them would.

    Each comes with the words that tell it from the others. Code is the same in both languages, so one is enough.
    """
    import nbformat

    yield "", notebook
    found = read(repo.given(module))
    if found and language == LANGUAGES[0]:
        for token in VARIANTS:
            yield (
                _(" (variant {token})").format(token=token),
                nbformat.from_dict(personal_notebook(notebook, module, token, found)),
            )


@of_module_executing
def solutions_pass(repo: Repo, module: Module) -> Iterator[Finding]:
    """No cell of a solution fails."""
    import nbformat

    for path, which, run in assignment_runs(repo, module, lambda path, _language: nbformat.read(path, as_version=4)):
        for place, error in run.errors.items():
            yield Finding(
                repo.name(path),
                place,
                _("The solution fails here: {error}").format(error=error) + which,
                _("Correct the answer between the markers, or the test."),
            )


@of_module_executing
def untouched_exercises_fail(repo: Repo, module: Module) -> Iterator[Finding]:
    """Whoever hands in the exercise as it came gets no point; its setup works all the same."""
    for path, which, run in assignment_runs(repo, module, lambda path, language: untouched(repo, path, language)):
        for place in ("", "setup"):
            if place in run.errors:
                yield Finding(
                    repo.name(path),
                    place,
                    _("The exercise cannot even begin: {error}").format(error=run.errors[place]) + which,
                    _("Correct the setup; learners run it first."),
                )
        for cell in repo.cells(path):
            if cell.is_test and cell.id not in run.errors:
                yield Finding(
                    repo.name(path),
                    cell.id,
                    _("The test passes although nothing was answered.") + which,
                    _("Test something that only an answer can give, or move more of the answer between the markers."),
                )
