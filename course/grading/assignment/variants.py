"""Variants: each learner's own numbers, from a secret that the instructor keeps and the learner's id.

The token in the first cell of a notebook is an HMAC over learner and module. It says which numbers to draw and nothing
else; nobody can work out another one without the secret. The secret, and which modules have variants, stand in
`variants.toml` in the instructor's course folder, which Git ignores.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import click

from course import whole
from course.given import Given, personal
from course.i18n import DEFAULT, LANGUAGES, gettext
from course.manifest import Module, syllabus
from course.paths import ROOT

FILE = "variants.toml"
FOLDER = "variants"
SETUP = "setup"
_TEXT = re.compile("-(task|text)$")
_EXTRA = re.compile(r""",\s*variant\s*=\s*["'][^"']*["']""")
_TOKEN = re.compile(r"""variant\s*=\s*["']([^"']*)["']""")


def token(secret: str, student: str, module_id: str) -> str:
    """Return the token of one learner for one module: 16 hexadecimal digits."""
    return hmac.new(bytes.fromhex(secret), f"{module_id}\n{student}".encode(), hashlib.sha256).hexdigest()[:16]


def token_of(student: str, module: Module, folder: Path = ROOT) -> str:
    """Return the token of a learner as this class has it: empty where the module was given out without variants."""
    secret, modules = _settings(folder)
    return token(secret, student, module.id) if module.id in modules else ""


def setup_source(student: str, module: Module, language: str, folder: Path = ROOT) -> str:
    """Return the first code cell as `student` was given it; grading puts it back before anything runs."""
    return setup(module, language, token_of(student, module, folder))


def setup(module: Module, language: str, own: str = "") -> str:
    """Return the first code cell of an assignment, for everybody or for the learner with the token `own`."""
    extra = f', variant="{own}"' if own else ""
    return f'import course\n_ = course.begin("{module.id}", language="{language}"{extra})'


def without_token(source: str) -> str:
    """Return a first cell as everybody has it."""
    return _EXTRA.sub("", source)


def claimed(notebook: Mapping[str, Any]) -> str:
    """Return the token that a notebook's first code cell names, empty where it names none."""
    for cell in notebook.get("cells", ()):
        source = "".join(cell.get("source", ""))
        if cell.get("id") == SETUP or "course.begin" in source:
            found = _TOKEN.search(source)
            return found[1] if found else ""
    return ""


def exchanged(notebook: Mapping[str, Any], student: str, module: Module, folder: Path = ROOT) -> bool:
    """Tell whether a notebook as handed in names another token than the learner's own."""
    return claimed(notebook) != token_of(student, module, folder)


def restore(notebook: dict[str, Any], student: str, module_id: str, folder: Path = ROOT) -> bool:
    """Put a learner's own first code cell in front of everything else; tell whether it was another one.

    In front, so that it is the one that counts: a notebook takes its numbers once. Nothing changes where the module was
    given out without variants.
    """
    module = next((module for module in syllabus().graded if module.id == module_id), None)
    if module is None or not token_of(student, module, folder):
        return False
    other = exchanged(notebook, student, module, folder)
    language = notebook["metadata"].get("course", {}).get("language")
    source = setup_source(student, module, language if language in LANGUAGES else DEFAULT, folder)
    cells = notebook["cells"]
    found = next((cell for cell in cells if cell.get("id") == SETUP and cell["cell_type"] == "code"), None)
    if found is None:
        # its import takes longer than all that is done before the first submission is taken up
        from nbformat.v4 import new_code_cell

        found = new_code_cell(source, id=SETUP)
    notebook["cells"] = [found, *(cell for cell in cells if cell is not found)]
    found["source"] = source
    return other


def personal_notebook(notebook: dict[str, Any], module: Module, own: str, found: Iterable[Given]) -> dict[str, Any]:
    """Return a copy of an assignment, as released or with its solution, with the numbers of the token `own`.

    `found` are the module's entries: the numbers stand in task texts and in answers; locked tests ask for them.
    """
    copy: dict[str, Any] = json.loads(json.dumps(notebook))
    language = copy["metadata"]["course"]["language"]
    found = tuple(found)
    for cell in copy["cells"]:
        source = "".join(cell["source"])
        cell["source"] = (
            setup(module, language, own) if cell["id"] == SETUP else personal(source, held(found, cell), own)
        )
    return copy


def held(found: Iterable[Given], cell: Mapping[str, Any]) -> list[Given]:
    """Return the entries that a cell of the assignment holds."""
    name = _TEXT.sub("", str(cell.get("id", "")))
    locked = cell.get("metadata", {}).get("nbgrader", {}).get("locked", False)
    return [] if locked else [entry for entry in found if name in entry.cells]


def remember(module: Module, folder: Path = ROOT) -> None:
    """Note that a module is given out with variants; the first time, draw the secret."""
    secret, modules = _settings(folder)
    secret = secret or secrets.token_hex(32)
    names = ", ".join(f'"{name}"' for name in sorted({*modules, module.id}))
    text = (
        "# The class's secret for variants. Keep it private and keep it: without it nobody can be graded.\n"
        f'secret = "{secret}"\nmodules = [{names}]\n'
    )
    whole.write(folder / FILE, text, mode=0o600)
    _read.cache_clear()


def _settings(folder: Path) -> tuple[str, tuple[str, ...]]:
    path = folder / FILE
    return _read(path, path.stat().st_mtime_ns) if path.is_file() else ("", ())


@cache
def _read(path: Path, _changed: int) -> tuple[str, tuple[str, ...]]:
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        secret, modules = str(found["secret"]), tuple(str(name) for name in found["modules"])
        if len(bytes.fromhex(secret)) < 16:
            raise ValueError
    except (OSError, KeyError, TypeError, ValueError) as error:
        message = gettext("{file} cannot be read, so nobody's numbers are known. Restore it from your copy.")
        raise click.ClickException(message.format(file=path)) from error
    return secret, modules
