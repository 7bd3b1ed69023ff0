"""What holds for every notebook: it can be read, has no outputs, stable cell ids, and says what it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from course.authoring.findings import Finding
from course.authoring.repo import Repo, notebook_fault
from course.authoring.rules import of_module
from course.i18n import LANGUAGES
from course.i18n import gettext as _
from course.manifest import Module

STABLE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
DRAWN = re.compile(r"(?=[a-f]*\d)[0-9a-f]{8}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}")


@of_module
def notebooks_are_valid(repo: Repo, module: Module) -> Iterator[Finding]:
    """Every notebook is valid JSON in notebook format 4.5."""
    for path in repo.notebooks(module):
        fault = notebook_fault(path) if path.is_file() else ""
        if fault:
            yield Finding(
                repo.name(path),
                "",
                _("This is no valid notebook of format 4.5: {fault}").format(fault=fault),
                _("Restore it with: git checkout -- {file}").format(file=repo.name(path)),
            )


@of_module
def notebooks_hold_no_outputs(repo: Repo, module: Module) -> Iterator[Finding]:
    """No outputs and no execution counts are kept."""
    for path in repo.notebooks(module):
        notebook = repo.notebook(path)
        for cell in notebook["cells"] if notebook else ():
            if cell.get("outputs") or cell.get("execution_count") is not None:
                yield Finding(
                    repo.name(path),
                    cell.get("id", ""),
                    _("The cell keeps an output or an execution count."),
                    _("Run: course format {file}").format(file=repo.name(path)),
                )


@of_module
def cell_ids_are_stable(repo: Repo, module: Module) -> Iterator[Finding]:
    """Cell ids are words chosen by the author, not drawn by an editor, and occur once."""
    for path in repo.notebooks(module):
        ids = [cell.id for cell in repo.cells(path)]
        for name, times in Counter(ids).items():
            if times > 1:
                yield Finding(
                    repo.name(path),
                    name,
                    _("The cell id occurs {times} times.").format(times=times),
                    _("Give every cell an id of its own, the same in both languages."),
                )
            if DRAWN.fullmatch(name) or not STABLE.fullmatch(name):
                yield Finding(
                    repo.name(path),
                    name,
                    _("The cell id looks drawn by an editor, not chosen."),
                    _("Name what the cell is for: lower-case words joined by hyphens, such as theory-equation."),
                )


@of_module
def notebooks_say_what_they_are(repo: Repo, module: Module) -> Iterator[Finding]:
    """The metadata name kernel, programming language, module and edition."""
    editions = dict.fromkeys(repo.notebooks(module), "")
    editions |= {repo.lesson(module, language): language for language in LANGUAGES}
    editions |= {repo.solution(module, language): language for language in LANGUAGES}
    editions |= {repo.exercise(module, language): language for language in LANGUAGES}
    for path, language in editions.items():
        notebook = repo.notebook(path)
        if not notebook:
            continue
        metadata = notebook.get("metadata", {})
        wanted = {"module": module.id} | ({"language": language} if language else {})
        found = metadata.get("course", {})
        if metadata.get("kernelspec", {}).get("name") != "python3":
            yield _metadata(repo, path, "kernelspec.name", '"python3"')
        if metadata.get("language_info", {}).get("name") != "python":
            yield _metadata(repo, path, "language_info.name", '"python"')
        if any(found.get(key) != value for key, value in wanted.items()):
            yield _metadata(repo, path, "course", str(wanted).replace("'", '"'))
        if path == repo.app(module) and metadata.get("voila", {}).get("template") != "course":
            yield _metadata(repo, path, "voila.template", '"course"')


def _metadata(repo: Repo, path: Path, key: str, value: str) -> Finding:
    return Finding(
        repo.name(path),
        f"metadata.{key}",
        _("The notebook's metadata do not say what it is."),
        _("Set metadata.{key} to {value}.").format(key=key, value=value),
    )
