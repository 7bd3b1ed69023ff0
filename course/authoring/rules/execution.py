"""What only running shows: lessons run, the untouched exercise fails every task, the solution passes them all."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from course.authoring.findings import Finding
from course.authoring.release import untouched
from course.authoring.repo import Repo
from course.authoring.rules import of_module_executing
from course.given import read
from course.grading.variants import personal_notebook
from course.i18n import LANGUAGES
from course.i18n import gettext as _
from course.manifest import Module

SECONDS_PER_CELL = 120
ON_PURPOSE = "raises-exception"
VARIANTS = ("0123456789abcdef", "fedcba9876543210")


def errors(repo: Repo, notebook: Any, folder: Path, *, go_on: bool) -> dict[str, str]:
    """Run a notebook with this copy's package and return what went wrong, by cell id ("" for the kernel itself)."""
    from nbclient import NotebookClient
    from nbclient.exceptions import CellControlSignal, CellExecutionError, DeadKernelError

    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(repo.root), os.environ.get("PYTHONPATH", "")])}
    found: dict[str, str] = {}

    def remember(cell: Any, cell_index: int, execute_reply: dict[str, Any]) -> None:
        content = execute_reply["content"]
        found[cell.id] = f"{content.get('ename')}: {content.get('evalue')}".splitlines()[0]

    client = NotebookClient(
        notebook,
        timeout=SECONDS_PER_CELL,
        kernel_name="python3",
        allow_errors=go_on,
        on_cell_error=remember,
        resources={"metadata": {"path": str(folder)}},
    )
    try:
        client.execute(env=environment, stderr=subprocess.DEVNULL)
    except CellExecutionError:
        pass
    except (CellControlSignal, DeadKernelError) as error:
        found[""] = str(error).strip().splitlines()[-1]
    return found


@of_module_executing
def lessons_and_app_run(repo: Repo, module: Module) -> Iterator[Finding]:
    """Lessons and app run from top to bottom; a cell that shows an error to read is tagged, and shows one."""
    import nbformat

    for path in (*repo.lessons(module).values(), repo.app(module)):
        if not repo.notebook(path):
            continue
        broken = {cell.id for cell in repo.cells(path) if ON_PURPOSE in cell.metadata.get("tags", ())}
        for place, error in errors(repo, nbformat.read(path, as_version=4), path.parent, go_on=False).items():
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
    found = read(repo.at(module.folder) / "given.toml")
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

    for language in LANGUAGES:
        path = repo.solution(module, language)
        if not repo.notebook(path):
            continue
        for which, notebook in editions(repo, module, language, nbformat.read(path, as_version=4)):
            for place, error in errors(repo, notebook, path.parent, go_on=True).items():
                yield Finding(
                    repo.name(path),
                    place,
                    _("The solution fails here: {error}").format(error=error) + which,
                    _("Correct the answer between the markers, or the test."),
                )


@of_module_executing
def untouched_exercises_fail(repo: Repo, module: Module) -> Iterator[Finding]:
    """Whoever hands in the exercise as it came gets no point; its setup works all the same."""
    for language in LANGUAGES:
        path = repo.solution(module, language)
        if not repo.notebook(path):
            continue
        for which, notebook in editions(repo, module, language, untouched(repo, path, language)):
            found = errors(repo, notebook, path.parent, go_on=True)
            for place in ("", "setup"):
                if place in found:
                    yield Finding(
                        repo.name(path),
                        place,
                        _("The exercise cannot even begin: {error}").format(error=found[place]) + which,
                        _("Correct the setup; learners run it first."),
                    )
            for cell in repo.cells(path):
                if cell.is_test and cell.id not in found:
                    yield Finding(
                        repo.name(path),
                        cell.id,
                        _("The test passes although nothing was answered.") + which,
                        _(
                            "Test something that only an answer can give, "
                            "or move more of the answer between the markers."
                        ),
                    )
