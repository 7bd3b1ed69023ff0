"""The tables by which a module is tested are there and complete: answers, claims of sentences, worked numbers."""

from __future__ import annotations

import ast
import csv
from collections.abc import Iterator
from pathlib import Path

from course.authoring.findings import Finding
from course.authoring.repo import Repo
from course.authoring.rules import of_module
from course.i18n import gettext as _
from course.manifest import Module

TABLES = ("ACCEPTED", "VISIBLY_WRONG", "WRONG_WHERE_NOBODY_LOOKS")
CLAIMS, FUNCTIONS = "CLAIMS", "FUNCTIONS"


@of_module
def tables_of_tests_are_there(repo: Repo, module: Module) -> Iterator[Finding]:
    """Each test of the module holds its tables, in Python that can be read."""
    wanted: dict[Path, tuple[str, ...]] = {repo.answers(module): TABLES}
    if module.simulated:
        wanted[repo.simulation_test(module)] = (CLAIMS,)
    if module.graded:
        wanted[repo.numbers_test(module)] = (FUNCTIONS,)
    for path, tables in wanted.items():
        if not path.is_file():
            continue
        try:
            names = _assigned(path)
        except SyntaxError as error:
            problem = _("Python cannot read the file: {error}").format(error=error.msg)
            place = _("line {number}").format(number=error.lineno)
            yield Finding(repo.name(path), place, problem, _("Correct the line it names."))
            continue
        for table in tables:
            if table not in names:
                problem = _("The table {table} is missing.").format(table=table)
                yield Finding(repo.name(path), table, problem, _("Write it, as in the same file of another module."))


@of_module
def sentences_have_claims(repo: Repo, module: Module) -> Iterator[Finding]:
    """What each sentence under [tell] claims is tested, and nothing is claimed of a sentence that is not there."""
    if not module.simulated:
        return
    sentences = set(repo.table(repo.words(module), "tell"))
    yield from _apart(repo, repo.simulation_test(module), CLAIMS, sentences, repo.words(module))


@of_module
def worked_numbers_are_computed(repo: Repo, module: Module) -> Iterator[Finding]:
    """Every row of the module's worked numbers has a function, and every function a row."""
    path = repo.oracles(module)
    if not (module.graded and path.is_file()):
        return
    with path.open(encoding="utf-8", errors="replace", newline="") as stream:
        rows = {row.get("id") or "" for row in csv.DictReader(stream)}
    if not rows:
        yield Finding(
            repo.name(path), "", _("The table has no rows."), _("Write a number that can be worked out by hand.")
        )
    yield from _apart(repo, repo.numbers_test(module), FUNCTIONS, rows, path)


def _apart(repo: Repo, path: Path, table: str, wanted: set[str], home: Path) -> Iterator[Finding]:
    """Yield the keys of a table that its counterpart does not have, and the other way round."""
    try:
        keys = _assigned(path).get(table) if path.is_file() else None
    except SyntaxError:
        return
    if keys is None:
        return
    for key in sorted(wanted - keys):
        problem = _("{table} has no entry {key!r}, which stands in {file}.").format(
            table=table, key=key, file=repo.name(home)
        )
        yield Finding(repo.name(path), table, problem, _("Add it."))
    for key in sorted(keys - wanted):
        problem = _("{table} has an entry {key!r}, which does not stand in {file}.").format(
            table=table, key=key, file=repo.name(home)
        )
        yield Finding(repo.name(path), table, problem, _("Correct the name, or take the entry out."))


def _assigned(path: Path) -> dict[str, set[str] | None]:
    """Return the names that a file gives values to; with the keys of those that are written as a table of texts."""
    found: dict[str, set[str] | None] = {}
    for node in ast.parse(path.read_text(encoding="utf-8", errors="replace")).body:
        match node:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=value)
            ):
                keys = value.keys if isinstance(value, ast.Dict) else [None]
                texts = {key.value for key in keys if isinstance(key, ast.Constant) and isinstance(key.value, str)}
                found[name] = texts if len(texts) == len(keys) else None
    return found
