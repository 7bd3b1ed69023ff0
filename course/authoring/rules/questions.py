"""Predictions and quiz items can be read, and what a lesson asks for is there."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from course.authoring.findings import Finding
from course.authoring.repo import Repo
from course.authoring.rules import of_module
from course.i18n import gettext as _
from course.i18n import ngettext
from course.manifest import Module
from course.questions import QuestionsError, read

FEWEST_ITEMS, MOST_ITEMS = 4, 6


@of_module
def questions_can_be_read(repo: Repo, module: Module) -> Iterator[Finding]:
    """The file is what `course.questions` reads, and the quiz is neither too short nor too long."""
    path = repo.questions(module)
    if not path.is_file():
        return
    file = repo.name(path)
    try:
        asked = read(path, [objective.id for objective in module.objectives])
    except QuestionsError as error:
        problem = str(error).removeprefix(file).lstrip(":： ")
        yield Finding(file, "", problem, _("Mend this entry, then check again: the first fault hides those after it."))
        return
    if not FEWEST_ITEMS <= len(asked.items) <= MOST_ITEMS:
        yield Finding(
            file,
            "",
            ngettext("The quiz has {count} item.", "The quiz has {count} items.", len(asked.items)).format(
                count=len(asked.items)
            ),
            _("Write {fewest} to {most}.").format(fewest=FEWEST_ITEMS, most=MOST_ITEMS),
        )


def _calls(source: str, function: str) -> Iterator[str]:
    """Yield the constant first argument of every call `course.function("…")`."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="course"), attr=name), args=[ast.Constant(value=str(argument)), *_]
            ) if name == function:
                yield argument


@of_module
def lessons_ask_for_what_is_there(repo: Repo, module: Module) -> Iterator[Finding]:
    """`predict`, `guess` and `load` name predictions and datasets of the module; no prediction is forgotten."""
    file = repo.name(repo.questions(module))
    keys = [str(row.get("key")) for row in repo.rows(repo.questions(module), "prediction")]
    for path in repo.lessons(module).values():
        asked: set[str] = set()
        for cell in repo.cells(path):
            if cell.kind != "code":
                continue
            asked |= set(_calls(cell.source, "predict"))
            for key in [*_calls(cell.source, "predict"), *_calls(cell.source, "guess")]:
                if key not in keys:
                    yield Finding(
                        repo.name(path),
                        cell.id,
                        _("There is no prediction {key!r}.").format(key=key),
                        _("Write it in {file}, or choose one of: {known}.").format(file=file, known=", ".join(keys)),
                    )
            for dataset in [*_calls(cell.source, "load"), *_calls(cell.source, "columns")]:
                if dataset not in module.datasets:
                    yield Finding(
                        repo.name(path),
                        cell.id,
                        _("The module has no dataset {name!r}.").format(name=dataset),
                        _("Add it to the module's datasets in the manifest, or choose one of: {known}.").format(
                            known=", ".join(module.datasets)
                        ),
                    )
        if repo.cells(path):
            for key in keys:
                if key not in asked:
                    yield Finding(
                        file,
                        f"prediction {key}",
                        _("The lesson {file} never asks for it.").format(file=repo.name(path)),
                        _('Ask with course.predict("{key}"), or take it out.').format(key=key),
                    )


# the table of a questions file -> the functions that ask for its entries; the first one must be called in the lesson
ASKED = {"check": ("check",), "figure": ("figure",), "writing": ("write", "written")}


@of_module
def lessons_use_every_entry(repo: Repo, module: Module) -> Iterator[Finding]:
    """Checks, figures and writings that a lesson calls are in the questions file, and none there is forgotten."""
    source = repo.questions(module)
    for path in repo.lessons(module).values():
        cells = [cell for cell in repo.cells(path) if cell.kind == "code"]
        for table, functions in ASKED.items() if cells else ():
            known = [str(row.get("key")) for row in repo.rows(source, table)]
            called = {
                function: {key: cell.id for cell in cells for key in _calls(cell.source, function)}
                for function in functions
            }
            for key, place in ((key, place) for keys in called.values() for key, place in keys.items()):
                if key not in known:
                    yield Finding(
                        repo.name(path),
                        place,
                        _("There is no {table} {key!r}.").format(table=table, key=key),
                        _("Write it in {file}, or choose one of: {known}.").format(
                            file=repo.name(source), known=", ".join(known) or "–"
                        ),
                    )
            for key in known:
                if key not in called[functions[0]]:
                    yield Finding(
                        repo.name(source),
                        f"{table} {key}",
                        _("The lesson {file} never asks for it.").format(file=repo.name(path)),
                        _("Ask with {call}, or take it out.").format(call=f'course.{functions[0]}("{key}")'),
                    )
